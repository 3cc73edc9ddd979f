// The audit trail on the command line: listed, checked, exported, trimmed, as a person and as a program asks for it.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './command-line';
import type { Given } from './command-line';
import { boot } from '../support/boot';
import { agedStore, trimWorld } from '../support/trim-world';

async function world() {
  const { address, dir } = await boot();
  const run = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  await run(['task', 'create', 'Write the manual']);
  await run(['task', 'create', 'Print it']);
  await run(['note', 'add', 't1', 'A note']);
  await run(['task', 'complete', 't1']);
  return { run, dir };
}

test('who did what, when and from where is listed within 80 columns, newest first', async () => {
  const { run } = await world();
  const { stdout, stderr } = await run(['audit', 'list']);
  expect(stderr).toBe('');
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect(head).toMatch(/^AT +TIME \(UTC\) +WHO +EVENT +ENTITY +FROM$/);
  expect(rows.map((row) => row.trim().split(/ +/).slice(4, 6))).toEqual([
    ['task.completed', 't1'],
    ['note.added', 't1/notes/n1'],
    ['task.created', 't2'],
    ['task.created', 't1'],
    ['project.created', 'projects/default'],
  ]);
  expect(rows[0]).toMatch(/local +task.completed +t1 +127\.0\.0/);
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(80);
});

test.each([
  [['t1'], ['task.completed', 'note.added', 'task.created']],
  [
    ['t1', '--oldest-first'],
    ['task.created', 'note.added', 'task.completed'],
  ],
  [['projects/default/tasks/t1/notes/n1'], ['note.added']],
  [['--by', 'system', '--all-projects'], ['project.created']],
  [
    ['--types', 'task.*', '--origin', '127.'],
    ['task.completed', 'task.created', 'task.created'],
  ],
  [['--origin', '10.'], []],
  [['--since', '2020-01-01', '--until', '2020-01-02'], []],
  [['--limit', '1'], ['task.completed']],
])('audit list %j', async (flags, types) => {
  const { run } = await world();
  const { stdout } = await run(['audit', 'list', ...flags, '--brief']);
  expect(
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ')[3]),
  ).toEqual(types);
});

test('a check prints the chain, which a later check takes as an anchor; exit code 70 when something was changed', async () => {
  const { run, dir } = await world();
  const first = await run(['audit', 'verify']);
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toMatch(/^Checked \d+ records in \d+ groups, from 1 to \d+\.\n/);
  const anchor = /--anchor (\S+)/.exec(first.stdout)![1]!;
  const second = await run(['audit', 'verify', '--anchor', anchor]);
  expect(second.stdout).toMatch(/ {2}request at \d+: the same chain\n/);
  const wrong = `${anchor.slice(0, -64)}${'0'.repeat(64)}`;
  const third = await run(['audit', 'verify', '--anchor', wrong]);
  expect(third.stdout).toMatch(/ {2}request at \d+: ANOTHER CHAIN\n[^]*DAMAGED: request knows another chain at/);
  expect(third.exitCode).toBe(70);
  const path = join(
    dir,
    'journal',
    readdirSync(join(dir, 'journal')).find((name) => name.endsWith('.seg'))!,
  );
  const bytes = readFileSync(path);
  bytes[300]! ^= 1;
  writeFileSync(path, bytes);
  const damaged = await run(['audit', 'verify']);
  expect(damaged.stdout).toContain('DAMAGED: 0000000000000001.seg at byte ');
  expect(damaged.exitCode).toBe(70);
  expect((await run(['audit', 'verify', '--anchor', 'x'])).exitCode).toBe(2);
});

test('an export is one event a line, and goes on where it ended', async () => {
  const { run } = await world();
  const whole = await run(['audit', 'export']);
  const lines = whole.stdout.trimEnd().split('\n');
  const events = lines.map(
    (line) => JSON.parse(line) as { type: string; position: { sequence: string }; origin?: string },
  );
  expect(events.map(({ type }) => type)).toEqual([
    ...['project.created', 'task.created', 'task.created', 'note.added', 'task.completed'],
  ]);
  expect(events.at(-1)!.origin).toMatch(/^127\.0\.0\.1 holdfast-cli/);
  const [, at] = /--after ([0-9a-f]{16}:\d+)/.exec(whole.stderr)!;
  const middle = events[2]!.position.sequence;
  const early = await run(['audit', 'export', '--to', middle]);
  const late = await run(['audit', 'export', '--after', middle]);
  expect(early.stdout + late.stdout).toBe(whole.stdout);
  await run(['task', 'create', 'More']);
  expect((await run(['audit', 'export', '--after', at!])).stdout.trimEnd().split('\n')).toHaveLength(1);
});

test('a trim says what would go, asks, and says what went', async () => {
  const { address } = await trimWorld({ dir: await agedStore() });
  const run = (args: readonly string[]) => commandLine([...args, '--server', address]);
  const would = await run(['journal', 'trim', '--keep', '1d', '--validate-only']);
  expect(would.stdout).toMatch(/^Would be accepted: \d+ segments would go, [\d.]+ KiB: the journal begins at \d+/);
  expect((await run(['journal', 'trim', '--keep', '1d'])).exitCode).not.toBe(0);
  const went = await run(['journal', 'trim', '--keep', '1d', '--yes']);
  expect(went.stdout).toMatch(
    /^\d+ segments went, [\d.]+ KiB: the journal begins at \d+, and base-\d+ holds what was before\.\n/,
  );
  expect((await run(['journal', 'trim', '--keep', '30d'])).stdout).toMatch(
    /^Nothing went: the journal begins at \d+\./,
  );
  expect((await run(['journal', 'trim'])).exitCode).toBe(2);
});
