// The command line with the real server: what only both together can show.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerChild } from '../../src/cli/demo/server-child';
import { boot } from '../support/boot';
import { builtProgram } from '../support/built';
import { randomFrom, chosenSeed, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { commandLine } from './command-line';

test('an import survives a server that is killed again and again, and gives each task once in its state', async () => {
  const program = builtProgram();
  const random = randomFrom(chosenSeed());
  const dir = tempDir();
  const count = 3000;
  const issues = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      id: n % 5 === 0 ? `x-${n}.1` : `x-${n}`,
      title: `Issue ${n}`,
      status: ['open', 'closed', 'hooked'][n % 3],
      priority: n % 5,
      // Always an earlier one, so many levels deep; parents end before their children come.
      parent: n < 50 ? undefined : idOf(random.below(50)),
    }),
  );
  let server = await ServerChild.start(program, dir, 0);
  let kills = 0;
  let over = false;
  const importing = commandLine(['import', '-', '--json', '--server', server.address, '--retry-for', '60s'], {
    stdin: issues.join('\n'),
  }).finally(() => (over = true));
  try {
    while (!over && kills < 5) {
      await new Promise((resolve) => setTimeout(resolve, 50 + random.below(400)));
      await server.kill();
      kills++;
      server = await ServerChild.start(program, dir, server.port);
    }
    const { exitCode, stdout, stderr } = await importing;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) as string });
    expect(JSON.parse(stdout)).toMatchObject({
      created: count,
      states: { PENDING: 1000, SUCCEEDED: 1000, PAUSED: 1000 },
    });
    const exported = await commandLine(['export', '--server', server.address]);
    const titles = exported.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { title: string }).title);
    expect(titles).toHaveLength(count);
    expect(new Set(titles).size).toBe(count);
    const events = await commandLine(['events', '--brief', '--server', server.address]);
    const created = events.stdout.split('\n').filter((line) => line.includes(' task.created '));
    expect(created).toHaveLength(count);
    const again = await commandLine(['import', '-', '--server', server.address], { stdin: issues.join('\n') });
    expect(again.stdout).toContain(`0 created, ${count} there already`);
    say(`killed ${kills} times during the import`);
  } finally {
    await server.stop();
  }
}, 180_000);

function idOf(n: number): string {
  return n % 5 === 0 ? `x-${n}.1` : `x-${n}`;
}

test('an export of everything that a task can hold comes back the same', async () => {
  const { address } = await boot();
  const holdfast = (args: readonly string[], stdin = '') => commandLine([...args, '--server', address], { stdin });
  await holdfast(['project', 'create', 'copy']);
  const content = {
    title: 'Everything — 漢字 👩‍👩‍👧',
    description: 'a\n\tb\r\n"c"',
    priority: 'PRIORITY_P0',
    queue: 'q1',
    labels: { 'a.b/c': 'v', docs: '' },
    assignee: 'agent-7',
    annotations: { k: 'v', 'with space': 'w' },
    acceptanceCriteria: [{ id: 'c1', text: 'Holds', met: true, evidence: 'seen' }],
    kind: 'bug',
    payload: { deep: [{ n: 1.5, none: null, yes: true, text: '' }] },
    notBefore: '2030-01-01T00:00:00.123Z',
    dueTime: '2031-01-01T00:00:00Z',
    requiredCapabilities: ['gpu'],
  };
  const created = await holdfast(
    ['task', 'create', '--input', '-', '--id', 'all', '--external-id', 'E:1'],
    JSON.stringify(content),
  );
  expect(created.stderr).toBe('');
  await holdfast([
    'task',
    'fail',
    'all',
    '--code',
    'broke',
    '--message',
    'It broke',
    '--details',
    '{"n":[1]}',
    '--reason',
    'why',
  ]);
  const { stdout } = await holdfast(['export']);
  await holdfast(['import', '-', '--project', 'copy'], stdout);
  const copied = await holdfast(['export', '--project', 'copy']);
  const [before, after] = [stdout, copied.stdout].map((text) => JSON.parse(text) as Record<string, unknown>);
  const given = ['name', 'uid', 'etag', 'createTime', 'updateTime', 'endTime', 'annotations'];
  const without = (task: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(task).filter(([key]) => !given.includes(key)));
  expect(without(after!)).toEqual(without(before!));
  expect(after!['name']).toBe('projects/copy/tasks/all');
  expect(after!['error']).toEqual({ code: 'broke', message: 'It broke', details: { n: [1] } });
  expect(after!['annotations']).toMatchObject(before!['annotations'] as object);
});

test('the journal of a stopped server is sound, and one flipped bit is named and placed', async () => {
  const booted = await boot();
  const { address, dir } = booted;
  await commandLine(['task', 'create', 'One', '--server', address]);
  await commandLine(['task', 'complete', 't1', '--server', address]);
  await booted.stop();
  const sound = await commandLine(['journal', 'verify', dir]);
  expect(sound.stdout).toMatch(/records[^]*Stopped cleanly\.\nSound\.\n$/);
  expect(sound.exitCode).toBe(0);
  const dump = await commandLine(['journal', 'dump', dir, '--after', '2']);
  expect(dump.stdout).toMatch(/3 \S+Z CREATE_TASK local [0-9a-f-]{36}\n +TASK default\/t1 \d+ bytes TASK_CREATED/);
  expect(dump.stdout).toContain('COMPLETE_TASK');

  const path = join(
    dir,
    'journal',
    readdirSync(join(dir, 'journal')).find((name) => name.endsWith('.seg'))!,
  );
  const bytes = readFileSync(path);
  const offset = Number(/group at (\d+)/.exec(dump.stdout)![1]) + 70;
  bytes[offset]! ^= 1;
  writeFileSync(path, bytes);
  const damaged = await commandLine(['journal', 'verify', dir, '--json']);
  expect(damaged.exitCode).toBe(70);
  const { problems } = JSON.parse(damaged.stdout) as { problems: { offset: number }[] };
  expect(problems.length).toBeGreaterThan(0);
  expect((await commandLine(['journal', 'verify', join(dir, 'nowhere')])).exitCode).toBe(2);
});

test('what the server refuses is told with its reason, fields and advice', async () => {
  const { address } = await boot();
  const holdfast = (...args: string[]) => commandLine([...args, '--server', address]);
  const wrong = await holdfast('task', 'create', 'x'.repeat(501), '--label', 'Not A Key=v');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toMatch(/task\.title: /);
  expect(wrong.stderr).toMatch(/task\.labels/);
  await holdfast('task', 'create', 'One', '--id', 'one');
  expect((await holdfast('task', 'create', 'One', '--id', 'one')).exitCode).toBe(4);
  expect((await holdfast('task', 'update', 'one', '--kind', 'bug', '--etag', '1')).stderr).toContain('its etag is now');
  expect((await holdfast('task', 'get', 'none')).exitCode).toBe(3);
  expect((await holdfast('task', 'retry', 'one')).exitCode).toBe(5);
  const dry = await holdfast('task', 'complete', 'one', '--validate-only');
  expect(dry.stdout).toBe('Would be accepted: one is SUCCEEDED: One\n');
  expect((await holdfast('task', 'get', 'one', '--brief')).stdout).toBe('one P2 PENDING One\n');
  expect((await holdfast('events', '--after', '999999')).stderr).toContain('POSITION_UNKNOWN');
});
