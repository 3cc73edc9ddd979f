// Edges, readiness, notes and history on a real server, as people and agents see them.

import { boot } from '../support/boot';
import type { Given, Ran } from './command-line';
import { commandLine } from './command-line';

async function world(): Promise<(line: string, given?: Given) => Promise<Ran>> {
  const { address } = await boot();
  // Words with blanks stand in double quotes.
  const words = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  return (line, given) => commandLine([...words(line), '--server', address], given);
}

const widths = (text: string) => text.split('\n').map((line) => line.length);

test('an edge is added and removed by words that read like a sentence', async () => {
  const run = await world();
  await run('task create One');
  await run('task create Two --external-id JIRA-2');
  expect((await run('task depend JIRA-2 --on t1')).stdout).toBe('t2 waits for t1: Two\n');
  expect((await run('task depend t2 --on t1 --kind discovered-from')).stdout).toBe('t2 found in t1: Two\n');
  expect((await run('task get t2')).stdout).toContain('edge           waits for t1\nedge           found in t1\n');
  expect((await run('task undepend t2 --on t1 --kind discovered-from')).stdout).toBe('t2 no longer found in t1: Two\n');
  expect((await run('task undepend t2 --on t1')).stdout).toBe('t2 has no edge to t1: Two\n');
  expect((await run('task undepend t2 --on t1')).exitCode).toBe(3);
  expect((await run('task depend t2 --on t1 --kind blox')).stderr).toContain('Allowed choices are blocks');
  expect((await run('task depend t2')).exitCode).toBe(2);
});

test('several edges are added and removed at once, all or none, and a refusal names the one that it is about', async () => {
  const run = await world();
  for (const title of ['One', 'Two', 'Three', 'Four']) await run(`task create ${title}`);
  expect((await run('task depend t4 --on t1,t2 --on t3')).stdout).toBe('t4 waits for t1, t2, t3: Four\n');
  expect((await run('task depend t4 --on t1,t1 --kind related --brief')).stdout).toMatch(/^t4 /);
  expect((await run('task undepend t4 --on t1,t3 --kind blocks')).stdout).toBe('t4 no longer waits for t1, t3: Four\n');
  const json = JSON.parse((await run('task depend t4 --on t1,t3 --json')).stdout) as {
    task: { dependencies: object[] };
  };
  expect(json.task.dependencies).toHaveLength(4);
  const { exitCode, stderr } = await run('task depend t1 --on t2,nowhere,t3');
  expect(exitCode).toBe(3);
  expect(stderr).toContain('mutations[1] is the edge to nowhere; none was changed');
  expect((await run('task depend t1 --on t2,t4')).stderr).toContain('mutations[1] is the edge to t4; none was changed');
  expect((await run('task get t1')).stdout).not.toContain('waits for');
  expect((await run('task depend t1 --on ,')).exitCode).toBe(2);
  const more = await run('task depend t1 --on t2,later --allow-unresolved');
  expect(more.stdout).toContain('later is not there yet: such an edge holds nothing back until the task is.');
  const made = await run('task create Five --depends-on t1,t2 --depends-on t3 --json');
  expect((JSON.parse(made.stdout) as { task: { dependencies: object[] } }).task.dependencies).toHaveLength(3);
});

test('a cycle is refused with its way round, and ends with 5', async () => {
  const run = await world();
  await run('task create One');
  await run('task create Two --depends-on t1');
  const { exitCode, stderr } = await run('task depend t1 --on t2');
  expect(exitCode).toBe(5);
  expect(stderr).toMatch(/DEPENDENCY_CYCLE: .*t1.*t2/);
});

test('a task that is not there yet is awaited only if that is allowed', async () => {
  const run = await world();
  expect((await run('task create One --depends-on later')).exitCode).toBe(3);
  await run('task create One --depends-on later --allow-unresolved');
  expect((await run('task show t1')).stdout).toContain('waits for later (not there yet)');
  const more = await run('task depend t1 --on JIRA-9 --allow-unresolved --kind related');
  expect(more.stdout).toContain('That task is not there yet: the edge holds nothing back until it is.');
  await run('task create Later --id later');
  expect((await run('task show t1')).stdout).toMatch(/waits for later\n/);
});

test('ready lists in the order of claiming; blocked says what each waits for, failures first', async () => {
  const run = await world();
  await run('task create "Parent task"');
  await run('task create Child --parent t1');
  await run('task create "A task that waits" --depends-on t2 --priority P0');
  await run('task create Fails --priority P1 --queue docs');
  await run('task create "Runs never" --depends-on t4,t2 --queue docs');
  await run('task create "Not yet" --not-before +30h');
  await run('task fail t4 --message "no such file"');
  expect((await run('ready --brief')).stdout).toBe('t2 P2 PENDING Child\n');
  const { stdout } = await run('blocked');
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    '! t5  P2  Runs never',
    '          a dependency failed; waits for t4, t2',
    expect.stringMatching(/^ {10}-> .*t4/) as unknown,
  ]);
  expect(stdout).toContain('  t3  P0  A task that waits\n          waits for t2\n');
  expect(stdout).toContain('  t1  P2  Parent task\n          has a live child\n');
  expect(stdout).toContain('  t6  P2  Not yet\n          its time comes in 1 d\n');
  expect(Math.max(...widths(stdout))).toBeLessThanOrEqual(80);
  expect((await run('blocked --brief --queue docs')).stdout).toBe('t5 P2 FAILED_DEPENDENCY t4,t2 Runs never\n');
  const json = JSON.parse((await run('blocked --json')).stdout) as { tasks: { readiness: object }[] };
  expect(json.tasks[0]!.readiness).toMatchObject({ blocking: [expect.stringMatching(/t4$/), expect.anything()] });
  const shown = (await run('task get t5')).stdout;
  expect(shown).toContain('held back      a dependency failed\nheld back      waits for t4, t2\nwhat helps     ');
  expect(Math.max(...widths(shown))).toBeLessThanOrEqual(80);
  expect((await run('ready --queue none')).stderr).toContain('holdfast blocked');
  expect((await run('ready --limit 1 --queue docs')).stdout).toBe('');
});

test('a history tells who changed what and when, with the notes in between, the newest last', async () => {
  const run = await world();
  await run('task create "Fix login" --label area=login');
  await run('task create Other');
  await run('task update t1 --priority P0 --unlabel area --label area2=x --description "At length"');
  await run('note add t1 "Seen on Firefox too" --author agent-7');
  await run('task depend t1 --on t2');
  await run('task undepend t1 --on t2');
  await run('task complete t1 --reason Released');
  const { stdout } = await run('history t1');
  const lines = stdout.replace(/(now|\d+ (s|min) ago) /g, 'now ').split('\n');
  expect(lines).toEqual([
    '   1  now  created by local  (etag 3)',
    '      Fix login',
    '   2  now  updated by local  (etag 5)',
    '      description: At length',
    '      priority: P2 -> P0',
    '      labels.area: no longer login',
    '      labels.area2: x',
    '  n1  now  agent-7 (added by local)',
    '      Seen on Firefox too',
    '   3  now  updated by local  (etag 7)',
    '      dependencies: + blocks t2',
    '   4  now  updated by local  (etag 8)',
    '      dependencies: - blocks t2',
    '   5  now  completed by local  (etag 9)',
    '      state: PENDING -> SUCCEEDED',
    '      state_reason: Released',
    expect.stringMatching(/^ {6}end_time: /) as unknown,
    '',
  ]);
  const brief = (await run('history t1 --limit 2 --brief')).stdout.split('\n');
  expect(brief[0]).toBe('8 updated local dependencies: - blocks t2');
  expect(brief).toHaveLength(3);
  const json = (await run('history t1 --json')).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(json).toHaveLength(6);
  expect(json[1]).toMatchObject({
    event: { type: 'task.updated', principal: 'local' },
    changes: expect.arrayContaining([{ field: 'priority', before: 'PRIORITY_P2', after: 'PRIORITY_P0' }]) as unknown,
  });
  expect(json[2]).toMatchObject({ note: { text: 'Seen on Firefox too' } });
});

test('notes are added from the command line or from standard input, and listed for a task or a project', async () => {
  const run = await world();
  await run('task create One');
  await run('task create Two');
  expect((await run('note add t1 First', { env: { AGENT_ID: 'agent-9' } })).stdout).toBe('n1 added to t1\n');
  const text = `Two lines:\n\x1b[31mred\x1b[0m and ${'long '.repeat(30)}\n`;
  expect((await run('note add t1 -', { stdin: text })).stdout).toBe('n2 added to t1\n');
  await run('note add t2 Elsewhere');
  expect((await run('note add t1 " "')).exitCode).toBe(2);
  const listed = (await run('note list t1')).stdout;
  expect(listed).toMatch(/^ {2}n1 {2}.* {2}agent-9 \(added by local\)\n {6}First\n {2}n2 /);
  expect(listed).not.toContain('\x1b');
  expect(Math.max(...widths(listed))).toBeLessThanOrEqual(80);
  expect((await run('note list --brief')).stdout).toContain('t2 n1 local Elsewhere');
  expect((await run('note list t2 --json')).stdout).toContain('"text":"Elsewhere"');
  expect((await run('note list t9')).exitCode).toBe(3);
});

test('the graph of a real project is drawn from its top, and from any task both ways', async () => {
  const run = await world();
  await run('task create Release');
  await run('task create Manual --parent t1');
  await run('task create Ship --parent t1 --depends-on t2');
  expect((await run('graph')).stdout).toBe(
    '◌ t1 P2  Release\n├─ ○ t2 P2  Manual\n└─ ◌ t3 P2  Ship\n   └─ waits for ○ t2 P2  (see above)\n' +
      '○ ready   ◌ held back\n',
  );
  const both = (await run('graph t3 --up --down --brief')).stdout;
  expect(both).toBe(
    't3 P2 BLOCKED Ship\n  waits for t2 P2 READY Manual\nt3 P2 BLOCKED Ship\n  is part of t1 P2 BLOCKED Release\n',
  );
  await run('task complete t2');
  expect((await run('graph t3 --brief')).stdout).toBe('t3 P2 READY Ship\n');
  expect((await run('graph t3 --brief --all')).stdout).toContain('waits for t2 P2 SUCCEEDED');
});
