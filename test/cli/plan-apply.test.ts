// Plans on a real server: what an application shows, does, and leaves alone.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import type { Given, Ran } from './command-line';
import { commandLine } from './command-line';

interface World {
  readonly run: (args: readonly string[], given?: Given) => Promise<Ran>;
  readonly apply: (plan: readonly string[], ...args: string[]) => Promise<Ran>;
  readonly task: (id: string) => Promise<Task>;
}

async function world(): Promise<World> {
  const { address } = await boot();
  const run = (args: readonly string[], given?: Given) => commandLine([...args, '--server', address], given);
  return {
    run,
    apply: (plan, ...args) => run(['plan', 'apply', '-', ...args], { stdin: plan.join('\n') }),
    task: async (id) => {
      const { stdout } = await run(['task', 'get', id.includes('/') ? `external:plan:${id}` : id, '--json']);
      return (JSON.parse(stdout) as { task: Task }).task;
    },
  };
}

const plan = [
  '# Release {#r}',
  '## Docs',
  '- [ ] Write the manual P1 (after: api) {#manual}',
  '  Done when: the links work',
  '## Build',
  '1. [ ] Compile {#compile}',
  '2. [x] Decide on the API {#api}',
  '   - [x] Ask around',
  '3. [ ] Ship (after: manual) {#ship}',
];

test('a plan becomes tasks with edges in one commit, shown first; again, it changes nothing', async () => {
  const { apply, run, task } = await world();
  const dry = await apply(plan, '--dry-run');
  expect(dry.stderr).toBe('');
  expect(dry.stdout.split('\n')).toEqual([
    'Plan r',
    '+ Docs',
    '+   Write the manual P1',
    '      waits for api',
    '+ Build',
    '+   Compile',
    '+   Decide on the API (done)',
    '      waits for compile',
    '+     Ask around (done)',
    '+   Ship',
    '      waits for api, manual',
    '7 to create, 4 edges to add, 2 to complete; 0 as the plan says.',
    '',
  ]);
  expect((await run(['task', 'list', '--brief'])).stdout).toBe('');

  const first = await apply(plan, '--yes');
  expect(first.stdout).toContain('Applied at position');
  expect(await task('r/manual')).toMatchObject({
    title: 'Write the manual',
    priority: 'PRIORITY_P1',
    queue: 'default',
  });
  expect(await task('r/api')).toMatchObject({ state: 'TASK_STATE_SUCCEEDED' });
  const events = await run(['events', '--brief', '--types', 'task.created']);
  expect(
    new Set(
      events.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).size,
  ).toBe(1);
  expect((await run(['ready', '--brief'])).stdout).toBe('t2 P1 PENDING Write the manual\nt4 P2 PENDING Compile\n');

  const again = await apply(plan, '--yes');
  expect(again).toMatchObject({ exitCode: 0, stdout: 'Plan r\nNothing to do: 7 as the plan says.\n' });
  const after = await run(['events', '--brief', '--types', 'task.*']);
  expect(after.stdout).not.toContain('task.updated');
});

test('changes are shown field by field, and only what the plan says is touched', async () => {
  const { apply, run, task } = await world();
  await apply(plan, '--yes');
  await run(['task', 'update', 't2', '--assignee', 'agent-7', '--description', 'By hand', '--label', 'mine=1']);
  const met = { acceptanceCriteria: [{ id: 'c1', text: 'the links work', met: true, evidence: 'seen' }] };
  await run(['task', 'update', 't2', '--input', '-'], { stdin: JSON.stringify(met) });
  await run(['task', 'create', 'By hand', '--id', 'extra']);
  await run(['task', 'depend', 't4', '--on', 'extra']);
  const changed = [
    '# Release {#r}',
    '## Docs',
    '- [ ] Write the handbook P0 #docs {#manual}',
    '  Done when: the links work',
    '  Done when: it is read',
    '## Build',
    '- [ ] Ship (after: extra, manual) {#ship}',
    '- [x] Compile {#compile}',
  ];
  const wrong = await apply(changed, '--yes');
  expect(wrong).toMatchObject({ exitCode: 65, stdout: '' });
  expect(wrong.stderr).toContain('line 7: there is no "extra" in the plan');

  const { stdout, stderr } = await apply(changed.with(6, '- [ ] Ship (after: task:extra, manual) {#ship}'), '--yes');
  expect(stdout.split('\n').slice(0, -2)).toEqual([
    'Plan r',
    '~ t2 title: Write the manual -> Write the handbook',
    '~ t2 priority: P1 -> P0',
    '~ t2 label docs is set',
    '~ t2 acceptance_criteria: the links work -> the links work; it is read',
    '- t2 no longer waits for t5',
    '+ t7 waits for extra',
    '- t7 no longer waits for t5',
    'x t4 is done: Compile',
    '1 to change, 1 edge to add, 2 edges to remove, 1 to complete; 2 as the plan says.',
  ]);
  expect(stderr).toBe('');
  const manual = await task('r/manual');
  expect(manual).toMatchObject({ title: 'Write the handbook', assignee: 'agent-7', description: 'By hand' });
  expect(manual.labels).toEqual({ mine: '1', docs: '' });
  expect(manual.acceptanceCriteria).toMatchObject([{ met: true, evidence: 'seen' }, { text: 'it is read' }]);
  expect((await task('r/compile')).dependencies).toHaveLength(1);
  expect((await apply(changed.with(6, '- [ ] Ship (after: task:extra, manual) {#ship}'), '--yes')).stdout).toContain(
    'Nothing to do',
  );
});

test('what the plan no longer has is named, and canceled with --prune alone, children first', async () => {
  const { apply, task } = await world();
  await apply(plan, '--yes');
  const shorter = plan.slice(0, 4);
  const named = await apply(shorter.with(2, '- [ ] Write the manual P1 {#manual}'), '--yes');
  expect(named.stdout).toContain('? no longer in the plan: t4  Compile');
  expect(named.stderr).toContain('--prune cancels');
  expect(await task('r/compile')).toMatchObject({ state: 'TASK_STATE_PENDING' });
  const pruned = await apply(shorter.with(2, '- [ ] Write the manual P1 {#manual}'), '--yes', '--prune');
  expect(pruned.stderr).toBe('');
  expect(pruned.stdout).toContain('- cancel t4  Compile');
  expect(await task('r/build')).toMatchObject({
    state: 'TASK_STATE_CANCELED',
    stateReason: 'no longer in the plan r',
  });
  // What is done stays done.
  expect(await task('r/api')).toMatchObject({ state: 'TASK_STATE_SUCCEEDED' });
});

test('a task that has ended stays as it is; one that was deleted comes back', async () => {
  const { apply, run, task } = await world();
  await apply(plan, '--yes');
  await run(['task', 'cancel', 't2']);
  await run(['task', 'delete', 't4']);
  const ran = await apply(plan.with(2, '- [ ] Another title (after: api) {#manual}'), '--yes');
  expect(ran.stdout).toContain('+ t4 comes back: Compile');
  expect(ran.stdout).toContain('! t2 is CANCELED and stays as it is: Another title');
  expect(await task('r/manual')).toMatchObject({ title: 'Write the manual' });
  expect((await task('r/compile')).deleteTime).toBeUndefined();
});

test('it asks on a terminal; without one it wants --yes; a dry run asks nothing', async () => {
  const { run } = await world();
  const path = join(tempDir(), 'plan.md');
  writeFileSync(path, plan.join('\n'));
  const apply = (given: Given) => run(['plan', 'apply', path], given);
  const nobody = await apply({});
  expect(nobody.exitCode).toBe(2);
  expect(nobody.stderr).toContain('--yes');
  for (const answer of ['n\n', '\n', '']) {
    const no = await apply({ isTty: true, stdin: answer });
    expect(no.exitCode).toBe(1);
    expect(no.stderr).toContain('Apply it to default? [y/N]');
    expect(no.stderr).toContain('Nothing was changed.');
  }
  expect((await run(['task', 'list', '--brief'])).stdout).toBe('');
  const yes = await apply({ isTty: true, stdin: 'y\n' });
  expect(yes).toMatchObject({ exitCode: 0, stderr: 'Apply it to default? [y/N] ' });
  expect(yes.stdout).toContain('Applied at position');
});

test('a plan turned round is applied all the same: edges go before others come', async () => {
  const { apply, run } = await world();
  await apply(['# P {#p}', '1. [ ] A', '2. [ ] B', '3. [ ] C', '- [ ] D', '  - [ ] E {#e}'], '--yes');
  const turned = ['# P {#p}', '1. [ ] C', '2. [ ] B', '3. [ ] A', '- [ ] E {#e}', '  - [ ] D {#d}'];
  const ran = await apply(turned, '--yes', '--prune');
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await apply(turned, '--yes')).stdout).toContain('Nothing to do');
  expect((await run(['ready', '--brief'])).stdout).toContain('t3 P2 PENDING C');
});

test('what the server refuses is told with the line of the plan, and nothing is changed', async () => {
  const { apply, run } = await world();
  const refused = await apply(['# P {#p}', '- [ ] A', `- [ ] ${'x'.repeat(501)} {#b}`], '--yes');
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toMatch(/mutations\[1\] is line 3: x/);
  expect(refused.stderr).toContain('mutations[1].create_task.task.title');
  expect((await run(['task', 'list', '--brief'])).stdout).toBe('');
  const absent = await apply(['# P {#p}', '- [ ] A (after: t99)'], '--yes');
  expect(absent.stderr).toContain('line 2: projects/default/tasks/t99 does not exist');
});

test('more than one commit takes goes out in several, and refers from one to the other', async () => {
  const { apply, run } = await world();
  const many = Array.from({ length: 1300 }, (_, n) => `- [ ] Task ${n}${n === 0 ? ' (after: Task 1299)' : ''}`);
  const ran = await apply(['# P {#p}', ...many, '1. [ ] First', '2. [ ] Second (after: Task 5)'], '--yes');
  expect(ran.stderr).toContain('goes out in 2');
  expect(ran.exitCode).toBe(0);
  const listed = await run(['task', 'list', '--limit', '0', '--brief']);
  expect(listed.stdout.trimEnd().split('\n')).toHaveLength(1302);
  expect((await run(['task', 'get', 't1'])).stdout).toContain('waits for t1300');
  expect((await run(['task', 'get', 't1302'])).stdout).toMatch(/waits for t(6|1301), t(6|1301)/);
});

test('a task that somebody changes while the question stands is not overwritten', async () => {
  const { apply, run, task } = await world();
  await apply(plan, '--yes');
  const path = join(tempDir(), 'plan.md');
  writeFileSync(path, plan.with(2, '- [ ] Write the handbook (after: api) {#manual}').join('\n'));
  const keys = new PassThrough();
  const onLine = (line: string) => {
    if (!line.endsWith('as the plan says.')) return;
    void run(['task', 'update', 't2', '--title', 'By another']).then(() => keys.end('y\n'));
  };
  const ran = await run(['plan', 'apply', path], { stdin: keys, isTty: true, onLine });
  expect(ran.exitCode).toBe(4);
  expect(ran.stderr).toContain('ETAG_MISMATCH');
  expect(ran.stderr).toContain('mutations[0] is line 3: Write the handbook');
  expect(await task('r/manual')).toMatchObject({ title: 'By another' });
});

test('a plan whose second commit is refused says what was applied, and goes on when it is put right', async () => {
  const { apply, run } = await world();
  const many = Array.from({ length: 1100 }, (_, n) => `- [ ] Task ${n}`);
  const wrong = await apply(['# P {#p}', ...many, `- [ ] ${'x'.repeat(501)} {#last}`], '--yes');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('mutations[100] is line 1102: xxx');
  expect(wrong.stderr).toContain('1 commit was applied before');
  const right = await apply(['# P {#p}', ...many, '- [ ] Short {#last}'], '--yes');
  expect(right.stdout).toContain('101 to create; 1000 as the plan says.');
  expect((await run(['task', 'list', '--limit', '0', '--brief'])).stdout.trimEnd().split('\n')).toHaveLength(1101);
});

test('--json gives the comparison, and what was applied', async () => {
  const { apply } = await world();
  const dry = JSON.parse((await apply(plan, '--dry-run', '--json')).stdout) as Record<string, unknown>;
  expect(dry).toMatchObject({ plan: 'r', created: 7, edgesAdded: 4, completed: 2 });
  const { stdout } = await apply(plan, '--yes', '--json');
  const done = JSON.parse(stdout) as { applied: { results: { task: { state: string } }[] } };
  expect(done.applied.results).toHaveLength(10);
});

test('YAML means the same', async () => {
  const { apply, task } = await world();
  const yaml = [
    'plan: r',
    'tasks:',
    '  - title: A',
    '    id: a',
    '  - {title: B, depends_on: [a], priority: P0, done: true}',
  ];
  expect((await apply(yaml, '--yes')).stdout).toContain('2 to create, 1 edge to add, 1 to complete');
  expect(await task('r/b')).toMatchObject({ state: 'TASK_STATE_SUCCEEDED', priority: 'PRIORITY_P0' });
  expect((await apply(['# R {#r}', '- [ ] A', '- [x] B P0 (after: a)'], '--yes')).stdout).toContain('Nothing to do');
});
