// The command line with the real server: what only both together can show.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../support/boot';
import { commandLine } from './command-line';

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
  const given = ['name', 'uid', 'etag', 'revision', 'updateTime', 'annotations'];
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
