// Importing and exporting: what comes in, what a second run does, what is refused before anything is sent, and what goes out again.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { bytesOf } from '../../src/cli/proto-json';
import { stateWord } from '../../src/cli/task-words';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { itIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import type { Given } from './command-line';
import { commandLine } from './command-line';
import { normalised } from './import/normalised';

/** A real backlog may lie beside the project; it is not part of it. */
const backlog = join(__dirname, '../../../shared/data/beads-issues.jsonl');

let server: Booted;
const holdfast = (args: readonly string[], given?: Given) => commandLine([...args, '--server', server.address], given);
const importLines = (lines: readonly unknown[], ...args: string[]) =>
  holdfast(['import', '-', ...args], { stdin: lines.map((line) => JSON.stringify(line)).join('\n') });
const issue = (id: string, more: Record<string, unknown> = {}) => ({
  ...{ id, title: `Title of ${id}`, status: 'open', priority: 2, issue_type: 'task' },
  ...more,
});
const edge = (depends_on_id: string, type: string) => ({ depends_on_id, type });

async function exported(project = 'default', ...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout, exitCode } = await holdfast(['export', '--project', project, ...args]);
  expect(exitCode).toBe(0);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function tasks(project = 'default'): Promise<Map<string, Task>> {
  const lines = await exported(project);
  const all = lines.map(({ notes: _, ...json }) => Task.decode(bytesOf('holdfast.v1.Task', json as never)));
  return new Map(all.map((task) => [task.externalId || task.name.slice(task.name.lastIndexOf('/') + 1), task]));
}

async function ready(): Promise<string[]> {
  const request = ListTasksRequest.fromPartial({ parent: 'projects/default', filter: 'ready = true', pageSize: 1000 });
  const { tasks: found } = await call(server.tasks, 'listTasks', request);
  return found.map(({ name }) => name.slice(name.lastIndexOf('/') + 1));
}

/** The ids of the issues that are open, have no open `blocks` target and no live children: by the issues' own fields. */
function readyByDefinition(lines: string): string[] {
  interface Issue {
    readonly id: string;
    readonly status: string;
    readonly dependencies?: readonly { readonly depends_on_id: string; readonly type: string }[];
  }
  const issues = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Issue);
  const live = new Set(issues.filter(({ status }) => status !== 'closed').map(({ id }) => id));
  const to = ({ dependencies = [] }: Issue, type: string) =>
    dependencies.filter((each) => each.type === type).map((each) => each.depends_on_id);
  const held = new Set(issues.filter(({ id }) => live.has(id)).flatMap((each) => to(each, 'parent-child').slice(0, 1)));
  return issues
    .filter((each) => each.status === 'open' && !held.has(each.id) && !to(each, 'blocks').some((id) => live.has(id)))
    .map(({ id }) => id)
    .sort();
}

beforeEach(async () => {
  server = await boot();
});

describe('issues of Beads', () => {
  test('an issue becomes a task with all that it had', async () => {
    const lines = [
      issue('bd-1', {
        description: 'Long',
        design: 'Two layers',
        acceptance_criteria: '- [x] builds\n- [ ] is fast',
        priority: 0,
        issue_type: 'epic',
        labels: ['docs', 'area:login', 'area:logout', 'Not A Key'],
        assignee: 'agent-1',
        owner: 'agent-2',
        notes: 'Found by chance',
        comments: [{ id: 7, author: 'ada', text: 'Why?', created_at: '2026-01-02T00:00:00Z' }],
        created_at: '2026-01-01T00:00:00Z',
        updated_at: '2026-01-03T00:00:00Z',
        dependencies: [{ ...edge('bd-9', 'blocks'), created_by: 'agent-3', metadata: '{}' }, edge('bd-2', 'tracks')],
      }),
      issue('bd-1.1', {
        status: 'closed',
        close_reason: 'Done',
        closed_at: '2026-01-04T05:06:07Z',
        dependencies: [edge('bd-1', 'parent-child'), edge('bd-2', 'parent-child'), edge('bd-1', 'discovered-from')],
      }),
      issue('bd-2', { status: 'hooked', assignee: 'agent-9', dependencies: [edge('bd-1', 'conditional-blocks')] }),
    ];
    const { stdout, exitCode } = await importLines(lines, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ created: 3, alreadyThere: 0, released: 3, parents: 1, dependencies: 4, unresolved: 1, notes: 2 },
      ...{ keptLabels: 2, states: { PENDING: 1, SUCCEEDED: 1, PAUSED: 1 } },
    });
    const [child, one, two] = await exported();
    expect(one).toMatchObject({
      ...{ name: 'projects/default/tasks/bd-1', description: 'Long', priority: 'PRIORITY_P0', kind: 'epic' },
      ...{ state: 'TASK_STATE_PENDING', assignee: 'agent-1', createTime: '2026-01-01T00:00:00Z' },
      labels: { docs: '', area: 'login' },
      acceptanceCriteria: [
        { id: 'c1', text: 'builds', met: true },
        { id: 'c2', text: 'is fast' },
      ],
      annotations: {
        'beads.design': 'Two layers',
        'beads.labels': '["area:logout","Not A Key"]',
        'beads.updated_at': '2026-01-03T00:00:00Z',
        'beads.edge.bd-2': 'tracks',
      },
      dependencies: [{ task: 'projects/default/tasks/bd-2', kind: 'DEPENDENCY_KIND_RELATED' }],
      unresolvedDependencies: [{ task: 'projects/default/tasks/bd-9', kind: 'DEPENDENCY_KIND_BLOCKS' }],
      notes: [
        { text: 'Found by chance', author: 'beads:notes', createTime: '2026-01-03T00:00:00Z' },
        { text: 'Why?', author: 'ada', createTime: '2026-01-02T00:00:00Z' },
      ],
    });
    const record = (one!['annotations'] as Record<string, string>)['beads.record']!;
    expect(JSON.parse(record)).toEqual({
      owner: 'agent-2',
      dependencies: [{ depends_on_id: 'bd-9', type: 'blocks', created_by: 'agent-3' }],
    });
    expect(two).toMatchObject({
      ...{ state: 'TASK_STATE_PAUSED', pausedFrom: 'TASK_STATE_PENDING', stateReason: 'was hooked in Beads' },
      ...{ assignee: 'agent-9', annotations: { 'beads.status': 'hooked' } },
      dependencies: [{ task: 'projects/default/tasks/bd-1', kind: 'DEPENDENCY_KIND_RUN_IF_FAILED' }],
    });
    expect(child).toMatchObject({
      ...{ name: 'projects/default/tasks/t1', externalId: 'bd-1.1', parent: 'projects/default/tasks/bd-1' },
      ...{ state: 'TASK_STATE_SUCCEEDED', stateReason: 'Done', endTime: '2026-01-04T05:06:07Z' },
      annotations: { 'beads.edge.bd-2': 'parent-child' },
    });
  });

  test('the states are those of the source, whatever the order and whoever is whose parent', async () => {
    const child = (id: string, parent: string, status: string) =>
      issue(id, { status, dependencies: [edge(parent, 'parent-child')] });
    const lines = [
      ...[child('c', 'b', 'closed'), child('d', 'c', 'open'), child('b', 'a', 'open')],
      issue('a', { status: 'closed' }),
      issue('e', { dependencies: [edge('c', 'blocks')] }),
      issue('f', { dependencies: [edge('d', 'blocks')] }),
    ];
    const { stderr, exitCode } = await importLines(lines);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const states = [...(await tasks())].map(([id, { state }]) => `${id} ${stateWord(state)}`);
    const wanted = ['a SUCCEEDED', 'b PENDING', 'c SUCCEEDED', 'd PENDING', 'e PENDING', 'f PENDING'];
    expect(states.sort()).toEqual(wanted);
    expect((await ready()).sort()).toEqual(['b', 'd', 'e']);
  });

  test('tasks are claimed by the age that they had', async () => {
    const aged = (id: string, day: number) => issue(id, { created_at: `2026-01-0${day}T00:00:00Z` });
    await importLines([aged('young', 3), aged('old', 1), issue('future', { created_at: '2999-01-01T00:00:00Z' })]);
    expect(await ready()).toEqual(['old', 'young', 'future']);
  });

  test('an edge that would close a cycle becomes RELATED, and is said', async () => {
    const lines = [
      issue('a', { dependencies: [edge('b', 'blocks')] }),
      issue('b', { dependencies: [edge('c', 'blocks')] }),
      issue('c', { dependencies: [edge('a', 'blocks')] }),
    ];
    const { stderr } = await importLines(lines);
    expect(stderr).toMatch(/waiting for \w would close a cycle; the edge became RELATED/);
    const kinds = [...(await tasks()).values()].flatMap(({ dependencies }) => dependencies.map(({ kind }) => kind));
    expect(kinds.sort()).toEqual([1, 1, 3]);
    expect(await ready()).toHaveLength(1);
  });

  test('parents that cannot be set become RELATED edges with their own word, and are said', async () => {
    const lines = [issue('a', { parent: 'b' }), issue('b', { parent: 'a' }), issue('c', { parent: 'gone' })];
    const { stderr, exitCode } = await importLines(lines);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('would close a cycle');
    expect(stderr).toContain('gone is not in the source');
    const all = await tasks();
    expect(all.get('a')!.parent).toBe(all.get('b')!.name);
    expect(all.get('b')!.dependencies).toMatchObject([{ task: all.get('a')!.name, kind: 3 }]);
    expect(all.get('c')!.unresolvedDependencies).toMatchObject([{ task: 'projects/default/tasks/gone', kind: 3 }]);
    expect(all.get('c')!.annotations.get('beads.edge.gone')).toBe('parent-child');
  });

  test('a status of the user’s own is kept, and sets the task aside', async () => {
    const { stderr } = await importLines([
      issue('a', { status: 'awaiting_review' }),
      issue('b', { status: 'tombstone' }),
    ]);
    expect(stderr).toContain("awaiting_review is none of Beads' own");
    expect(stderr).toContain('1 tasks are deleted in the source');
    expect((await tasks()).get('a')).toMatchObject({
      state: TaskState.PAUSED,
      stateReason: 'was awaiting_review in Beads',
    });
  });

  test('an export as issues has all that Beads knows, and comes back the same', async () => {
    const lines = [
      issue('bd-1', {
        ...{ design: 'D', notes: 'N', labels: ['area:login', 'Not A Key'], priority: 1, owner: 'agent-2' },
        comments: [{ author: 'ada', text: 'Why?', created_at: '2026-01-02T00:00:00Z' }],
        ...{ created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-03T00:00:00Z', issue_type: 'epic' },
        dependencies: [edge('bd-2', 'tracks'), edge('bd-9', 'blocks')],
      }),
      issue('bd-1.1', {
        status: 'closed',
        closed_at: '2026-01-04T00:00:00Z',
        dependencies: [edge('bd-1', 'parent-child')],
      }),
      issue('bd-2', { status: 'pinned', dependencies: [edge('bd-1.1', 'waits-for')] }),
    ];
    await importLines(lines);
    await holdfast(['task', 'create', 'Mine', '--queue', 'docs', '--payload', '{"n":[1]}', '--kind', 'idea']);
    await holdfast(['task', 'cancel', 't2', '--reason', 'No']);
    const { stdout } = await holdfast(['export', '--form', 'beads']);
    const issues = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const byId = new Map(issues.map((one) => [one['id'], one]));
    expect(byId.get('bd-1')).toMatchObject({
      ...{ status: 'open', priority: 1, issue_type: 'epic', design: 'D', notes: 'N', owner: 'agent-2' },
      ...{ labels: ['area:login', 'Not A Key'], created_at: '2026-01-01T00:00:00Z' },
      comments: [{ author: 'ada', text: 'Why?', created_at: '2026-01-02T00:00:00Z' }],
      dependencies: [
        { issue_id: 'bd-1', depends_on_id: 'bd-2', type: 'tracks' },
        { depends_on_id: 'bd-9', type: 'blocks' },
      ],
    });
    expect(byId.get('bd-1.1')).toMatchObject({ status: 'closed', closed_at: '2026-01-04T00:00:00Z' });
    expect(byId.get('bd-2')).toMatchObject({ status: 'pinned', dependencies: [{ type: 'waits-for' }] });
    expect(byId.get('default-t2')).toMatchObject({
      ...{ status: 'closed', issue_type: 'task', close_reason: 'No' },
      holdfast: { state: 'TASK_STATE_CANCELED', queue: 'docs', kind: 'idea', payload: { n: [1] } },
    });
    await holdfast(['project', 'create', 'copy']);
    expect((await holdfast(['import', '-', '--project', 'copy'], { stdin: stdout })).exitCode).toBe(0);
    const [copied, own] = [await exported('copy'), await exported()];
    // What never was an issue has been one now.
    expect(normalised(copied, 'beads.updated_at')).toEqual(normalised(own, 'beads.updated_at'));
    expect(copied.find(({ name }) => name === 'projects/copy/tasks/bd-1')).toMatchObject({
      annotations: { 'beads.updated_at': '2026-01-03T00:00:00Z' },
    });
  });
});

describe('own exports', () => {
  test('an export comes back the same in another project, given ids under an external id', async () => {
    await importLines([
      issue('a', { status: 'closed', close_reason: 'r', closed_at: '2026-01-04T00:00:00Z' }),
      issue('a.1', { parent: 'a', notes: 'n', dependencies: [edge('b', 'blocks'), edge('zz', 'related')] }),
      issue('b', { status: 'deferred' }),
    ]);
    const create = (...args: string[]) => holdfast(['task', 'create', ...args]);
    await create('Third', '--payload', '{"deep":{"n":[1,null]}}', '--external-id', 'x-3');
    await create('Fourth', '--depends-on', 't2');
    await holdfast(['task', 'fail', 't2', '--reason', 'broke']);
    await create('Fifth', '--id', 'fifth', '--external-id', 'x-5', '--parent', 't3');
    const before = await exported();
    await holdfast(['project', 'create', 'copy']);
    const stdin = before.map((line) => JSON.stringify(line)).join('\n');
    const first = await holdfast(['import', '-', '--project', 'copy'], { stdin });
    expect({ exitCode: first.exitCode, stderr: first.stderr }).toEqual({ exitCode: 0, stderr: '' });
    const after = await exported('copy');
    expect(after).toHaveLength(6);
    expect(normalised(after)).toEqual(normalised(before));
    expect((await tasks('copy')).get('default:t3')).toMatchObject({ title: 'Fourth' });
    const again = await holdfast(['import', '-', '--project', 'copy'], { stdin });
    expect(again.stdout).toContain('0 created, 6 there already');
    // A copy of the copy is the same again.
    await holdfast(['project', 'create', 'third']);
    await holdfast(['import', '-', '--project', 'third'], {
      stdin: after.map((line) => JSON.stringify(line)).join('\n'),
    });
    expect(normalised(await exported('third'))).toEqual(normalised(before));
  });

  test('edges to a task that was reopened go to the task that took its place', async () => {
    const create = (...args: string[]) => holdfast(['task', 'create', ...args]);
    await create('A', '--id', 'a');
    await create('C', '--id', 'c', '--depends-on', 'a');
    await holdfast(['task', 'complete', 'a']);
    await holdfast(['task', 'reopen', 'a']);
    expect(await ready()).toEqual(['t1']);
    const { stdout } = await holdfast(['export']);
    await holdfast(['project', 'create', 'copy']);
    await holdfast(['import', '-', '--project', 'copy'], { stdin: stdout });
    const c = (await tasks('copy')).get('c')!;
    expect(c.dependencies).toMatchObject([{ task: 'projects/copy/tasks/t1', kind: 1 }]);
  });

  test('an export can be narrowed by a filter', async () => {
    await importLines([issue('a', { priority: 0 }), issue('b')]);
    expect((await exported('default', '--filter', 'priority = P0')).map(({ name }) => name)).toEqual([
      'projects/default/tasks/a',
    ]);
  });
});

describe('a run', () => {
  test('a second one gives nothing twice', async () => {
    const lines = [issue('a', { status: 'closed' }), issue('b.1', { status: 'in_progress', notes: 'n' }), issue('c')];
    await importLines(lines);
    const { position } = await call(
      server.tasks,
      'listTasks',
      ListTasksRequest.fromPartial({ parent: 'projects/default' }),
    );
    const again = await importLines(lines);
    expect(again.stdout).toContain('0 created, 3 there already');
    const later = await importLines([...lines, issue('d')]);
    expect(later.stdout).toContain('1 created, 3 there already');
    const { tasks: found, position: end } = await call(
      server.tasks,
      'listTasks',
      ListTasksRequest.fromPartial({ parent: 'projects/default' }),
    );
    expect(found).toHaveLength(4);
    // One record for the chunk, one for the release.
    expect(end!.sequence).toBe(position!.sequence + 2);
  });

  test('a task that has moved on since is left alone', async () => {
    await importLines([issue('a')]);
    await holdfast(['task', 'complete', 'a']);
    await importLines([issue('a', { status: 'hooked' })]);
    expect((await tasks()).get('a')!.state).toBe(TaskState.SUCCEEDED);
  });

  test('malformed parts are named, and then nothing is sent', async () => {
    const lines = [JSON.stringify(issue('a')), '{', '[]', '{"x":1}', JSON.stringify(issue('b', { priority: 9 }))];
    const more = [JSON.stringify(issue('a')), JSON.stringify(issue('c', { title: '' }))];
    const { exitCode, stderr } = await holdfast(['import', '-'], { stdin: [...lines, ...more].join('\n') });
    expect(exitCode).toBe(65);
    for (const line of [2, 3, 4, 5, 6]) expect(stderr).toContain(`line ${line}: `);
    expect(stderr).toContain('a is on line 1 already');
    expect(await tasks()).toEqual(new Map());
  });

  test('what the server refuses is named by the place in the source, and nothing of it stays', async () => {
    const lines = [issue('a'), issue('b', { labels: [`k:${'v'.repeat(63)}`], assignee: 'x' })];
    const exportedLines = lines.map(({ id }) => ({ name: `projects/p/tasks/${id}`, title: id, queue: 'Not A Queue' }));
    const { stderr, exitCode } = await importLines(exportedLines);
    expect(stderr).toContain('line 2: b: task.queue: ');
    expect(exitCode).toBe(2);
    expect(await tasks()).toEqual(new Map());
  });

  test('the form can be said, and the import named', async () => {
    expect((await importLines([issue('a')], '--form', 'export')).exitCode).toBe(65);
    expect((await importLines([issue('a')], '--form', 'word')).exitCode).toBe(2);
    expect((await importLines([issue('a')], '--import-id', 'Not An Id')).exitCode).toBe(2);
    const { stdout } = await importLines([issue('a')], '--form', 'beads', '--import-id', 'monday', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ importId: 'monday', created: 1 });
  });

  test('a directory of task files comes in as one list', async () => {
    const directory = join(tempDir(), 'session-1');
    mkdirSync(directory);
    const write = (name: string, value: unknown) =>
      writeFileSync(join(directory, name), JSON.stringify(value, null, 2));
    write('1.json', { id: '1', subject: 'First', description: 'd', status: 'completed', blocks: ['2'], blockedBy: [] });
    write('2.json', { id: '2', subject: 'Second', description: '', status: 'pending', blocks: [], blockedBy: ['1'] });
    writeFileSync(join(directory, '.highwatermark'), '2');
    expect((await holdfast(['import', directory])).exitCode).toBe(0);
    const all = await tasks();
    expect([...all.keys()].sort()).toEqual(['session-1:1', 'session-1:2']);
    expect(await ready()).toEqual(['t2']);
  });
});

itIf(existsSync(backlog), 'the backlog is not beside the project', 'a real backlog comes in whole', async () => {
  const { stdout } = await holdfast(['import', backlog, '--json']);
  const report = JSON.parse(stdout) as Record<string, number>;
  expect(report).toMatchObject({
    created: 704,
    released: 704,
    notes: 32,
    states: { SUCCEEDED: 403, PENDING: 291, PAUSED: 10 },
  });
  expect(report['parents']! + report['dependencies']! + report['unresolved']!).toBe(745);
  const wanted = readyByDefinition(readFileSync(backlog, 'utf8'));
  expect(wanted).toHaveLength(55);
  const { tasks: listed } = JSON.parse((await holdfast(['ready', '--json'])).stdout) as {
    tasks: { name: string; externalId?: string }[];
  };
  const ids = listed.map(({ name, externalId }) => externalId ?? name.slice(name.lastIndexOf('/') + 1));
  expect(ids.sort()).toEqual(wanted);
  const again = await holdfast(['import', backlog]);
  expect(again.stdout).toContain('0 created, 704 there already');

  const issues = (await holdfast(['export', '--form', 'beads'])).stdout.trimEnd().split('\n');
  const byId = new Map(
    issues.map((line) => JSON.parse(line) as Record<string, unknown>).map((one) => [one['id'] as string, one]),
  );
  for (const line of readFileSync(backlog, 'utf8').trimEnd().split('\n')) {
    const source = JSON.parse(line) as Record<string, unknown> & { id: string };
    expect(comparable(byId.get(source.id)!)).toEqual(comparable(source));
  }
});

/** An issue without what Beads works out anew, and without the order of what has none. */
function comparable(issue: Record<string, unknown>): Record<string, unknown> {
  const left = new Set(['updated_at', 'dependency_count', 'dependent_count', 'comment_count', 'parent', 'holdfast']);
  const fields = Object.entries(issue).filter(([name]) => !left.has(name));
  const sorted = fields.map(([name, value]) => {
    if (!Array.isArray(value)) return [name, value];
    return [name, value.map((one: unknown) => JSON.stringify(one, ordered)).sort()];
  });
  return Object.fromEntries(sorted) as Record<string, unknown>;
}

function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { metadata, ...rest } = value as Record<string, unknown>;
  const kept = metadata === undefined || metadata === '{}' ? rest : { ...rest, metadata };
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('the source alone can be checked, without a server', async () => {
  const path = join(tempDir(), 'x.jsonl');
  writeFileSync(path, '{"id":"a","title":"A","status":"open"}\n\n');
  const { stdout, exitCode } = await commandLine(['import', path, '--validate-only', '--server', '127.0.0.1:1']);
  expect({ stdout, exitCode }).toEqual({ stdout: `${path} can be imported: 1 tasks.\n`, exitCode: 0 });
});
