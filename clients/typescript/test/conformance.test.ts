// The conformance list of all clients, run for this one. Steps that break connections are in faults.test.ts.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bulkResultOf, DependencyKind, OperationState, Priority, TaskState } from '@holdfast/client';
import type { HoldfastErrorOf, ImportedTaskFields, ImportProgress, ReasonName } from '@holdfast/client';
import { steps, step } from './conformance-step';
import { refusal, served } from './connected';

async function refused<R extends ReasonName>(promise: Promise<unknown>, reason: R): Promise<HoldfastErrorOf<R>> {
  const error = await refusal(promise);
  expect(error).toMatchObject({ name: 'HoldfastError', reason });
  return error as HoldfastErrorOf<R>;
}

test('every step of the list is tested', () => {
  const files = [
    'conformance.test.ts',
    'session.test.ts',
    'worker.test.ts',
    'nouns.test.ts',
    'own-work.test.ts',
    'watch.test.ts',
    'faults.test.ts',
  ];
  const text = files.map((file) => readFileSync(join(__dirname, file), 'utf8')).join('\n');
  const tested = [...text.matchAll(/\bstep\(\s*'([a-z-]+)'/g)].map(([, name]) => name);
  expect([...steps.keys()].filter((name) => !tested.includes(name))).toEqual([]);
  expect(tested).toHaveLength(steps.size);
});

step('create-and-get', async () => {
  const { holdfast } = await served();
  const dueTime = new Date('2027-01-02T03:04:05.678Z');
  const task = await holdfast.tasks.create({
    title: 'Write the manual',
    priority: Priority.P1,
    labels: { area: 'docs' },
    payload: { pages: 3, tags: ['a', null, { deep: true }] },
    dueTime,
  });
  expect(task).toMatchObject({ name: 'projects/default/tasks/t1', state: TaskState.PENDING, dueTime });
  expect(task.payload).toEqual({ pages: 3, tags: ['a', null, { deep: true }] });
  expect(task.labels.get('area')).toBe('docs');
  const { readiness, ...got } = await holdfast.tasks.get('t1');
  expect({ ...got, readiness: undefined }).toEqual(task);
  expect(readiness?.ready).toBe(true);
});

step('chosen-id', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Chosen', externalId: 'JIRA/7' }, { id: 'manual' });
  expect((await holdfast.tasks.get('manual')).title).toBe('Chosen');
  expect((await holdfast.tasks.get('external:JIRA/7')).name).toBe('projects/default/tasks/manual');
  const error = await refused(holdfast.tasks.create({ title: 'Again' }, { id: 'manual' }), 'ALREADY_EXISTS');
  expect(error.metadata.name).toBe('projects/default/tasks/manual');
});

step('update-clears', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Old', description: 'long', assignee: 'ada', labels: { a: '1', b: '2' } });
  const task = await holdfast.tasks.update('t1', { title: 'New', description: '', labels: { a: '1' } });
  expect(task).toMatchObject({ title: 'New', description: '', assignee: 'ada' });
  expect([...task.labels]).toEqual([['a', '1']]);
  const labelled = await holdfast.tasks.update('t1', { labels: { c: '3' } }, { updateMask: ['labels.c'] });
  expect([...labelled.labels].sort()).toEqual([
    ['a', '1'],
    ['c', '3'],
  ]);
  const sentBack = await holdfast.tasks.update('t1', { ...(await holdfast.tasks.get('t1')), kind: 'bug' });
  expect(sentBack).toMatchObject({ title: 'New', kind: 'bug', assignee: 'ada' });
});

step('etag', async () => {
  const { holdfast } = await served();
  const { etag } = await holdfast.tasks.create({ title: 'Old' });
  const newer = await holdfast.tasks.update('t1', { title: 'New' }, { etag });
  const error = await refused(holdfast.tasks.update('t1', { title: 'Late' }, { etag }), 'ETAG_MISMATCH');
  expect(error.code).toBe('ABORTED');
  expect(error.metadata.etag).toBe(newer.etag);
});

step('verbs', async () => {
  const { holdfast } = await served();
  const { tasks } = holdfast;
  await tasks.create({ title: 'Work' });
  expect((await tasks.pause('t1', { reason: 'lunch' })).stateReason).toBe('lunch');
  expect((await tasks.resume('t1')).state).toBe(TaskState.PENDING);
  const failed = await tasks.fail('t1', { error: { code: 'timeout', message: 'took too long', details: { s: 5 } } });
  expect(failed).toMatchObject({ state: TaskState.FAILED, error: { code: 'timeout', details: { s: 5 } } });
  expect((await tasks.retry('t1')).state).toBe(TaskState.PENDING);
  const done = await tasks.complete('t1', { result: { words: 100 } });
  expect(done).toMatchObject({ state: TaskState.SUCCEEDED, result: { words: 100 } });
  const successor = await tasks.reopen('t1', { id: 'again' });
  expect(successor.dependencies).toMatchObject([{ task: done.name, kind: DependencyKind.SUPERSEDES }]);
  await tasks.create({ title: 'Part', parent: successor.name });
  const { task, canceledChildren } = await tasks.cancel('again', { cascade: true });
  expect([task?.state, canceledChildren.length]).toEqual([TaskState.CANCELED, 1]);
});

step('verb-refused', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Work' });
  await holdfast.tasks.complete('t1');
  const error = await refused(holdfast.tasks.pause('t1'), 'ILLEGAL_TRANSITION');
  expect(error.metadata).toMatchObject({
    state: 'SUCCEEDED',
    legal_verbs: expect.stringContaining('ReopenTask') as string,
  });
  expect(error.preconditionFailures).toMatchObject([{ type: 'ILLEGAL_TRANSITION' }]);
});

step('delete-undelete', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Gone' });
  expect((await holdfast.tasks.delete('t1')).deleteTime).toBeInstanceOf(Date);
  expect(await holdfast.tasks.list().toArray()).toEqual([]);
  expect((await holdfast.tasks.get('t1')).deleteTime).toBeInstanceOf(Date);
  expect((await holdfast.tasks.undelete('t1')).deleteTime).toBeUndefined();
});

step('list-paging', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.createBatch(Array.from({ length: 23 }, (_, n) => ({ fields: { title: `Task ${n}` } })));
  const all = (await holdfast.tasks.list().toArray()).map(({ title }) => title);
  expect(new Set(all).size).toBe(23);
  const listing = holdfast.tasks.list({ pageSize: 5 });
  expect((await listing.toArray()).map(({ title }) => title)).toEqual(all);
  const sizes: number[] = [];
  for await (const page of listing.pages()) sizes.push(page.tasks.length);
  expect(sizes).toEqual([5, 5, 5, 5, 3]);
  expect(await listing.toArray(7)).toHaveLength(7);
});

step('list-filter', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'A', labels: { area: 'docs' }, priority: Priority.P0 });
  await holdfast.tasks.create({ title: 'B', labels: { area: 'docs' }, assignee: 'ada' });
  await holdfast.tasks.create({ title: 'C', parent: holdfast.tasks.nameOf('t1') });
  const titles = async (...given: Parameters<typeof holdfast.tasks.list>): Promise<string[]> =>
    (await holdfast.tasks.list(...given).toArray()).map(({ title }) => title).sort();
  expect(await titles({ labels: { area: 'docs' } })).toEqual(['A', 'B']);
  expect(await titles({ filter: 'labels.area = "docs" AND priority <= P1' })).toEqual(['A']);
  expect(await titles({ filter: 'ready = true', orderBy: 'priority' })).toEqual(['B', 'C']);
  expect(await titles({ parentTask: 't1' })).toEqual(['C']);
  expect(await titles({ states: [TaskState.SUCCEEDED] })).toEqual([]);
  await refused(holdfast.tasks.list({ filter: 'priority <' }).toArray(), 'FILTER_INVALID');
});

step('revisions', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'One' });
  await holdfast.tasks.update('t1', { title: 'Two' });
  await holdfast.tasks.complete('t1');
  const revisions = await holdfast.tasks.revisions('t1', { pageSize: 2 }).toArray();
  expect(revisions.map(({ revision, title }) => [revision, title])).toEqual([
    [3, 'Two'],
    [2, 'Two'],
    [1, 'One'],
  ]);
  expect((await holdfast.tasks.get('t1', { revision: 1 })).title).toBe('One');
});

step('batch', async () => {
  const { holdfast } = await served();
  const tasks = await holdfast.tasks.createBatch([
    { fields: { title: 'Epic' }, ref: 'epic' },
    { fields: { title: 'Part', parent: 'tasks/$epic' } },
  ]);
  expect(tasks[1]!.parent).toBe(tasks[0]!.name);
  const batch = holdfast.tasks.createBatch([{ fields: { title: 'Good' } }, { fields: { title: '' } }]);
  const error = await refused(batch, 'FIELD_INVALID');
  expect(error.fieldViolations[0]!.field).toBe('requests[1].task.title');
  expect(await holdfast.tasks.list().toArray()).toHaveLength(2);
});

step('dependency', async () => {
  const { holdfast } = await served();
  const [first, second] = await holdfast.tasks.createBatch([
    { fields: { title: 'First' } },
    { fields: { title: 'Second' } },
  ]);
  const task = await holdfast.tasks.addDependency('t2', 't1');
  expect(task.dependencies).toMatchObject([{ task: first!.name, kind: DependencyKind.BLOCKS }]);
  expect((await holdfast.tasks.get('t2')).readiness).toMatchObject({ ready: false, blocking: [first!.name] });
  await holdfast.tasks.complete('t1');
  expect((await holdfast.tasks.get(second!.name)).readiness?.ready).toBe(true);
  expect((await holdfast.tasks.removeDependency('t2', 't1')).dependencies).toEqual([]);
});

step('cycle', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.createBatch([{ fields: { title: 'A' } }, { fields: { title: 'B' } }]);
  await holdfast.tasks.addDependency('t2', 't1');
  const error = await refused(holdfast.tasks.addDependency('t1', 't2'), 'DEPENDENCY_CYCLE');
  expect(error.metadata.path).toContain('t2');
});

step('graph', async () => {
  const { holdfast } = await served();
  const [a, b] = await holdfast.tasks.createBatch([{ fields: { title: 'A' } }, { fields: { title: 'B' } }]);
  await holdfast.tasks.addDependency('t2', 't1');
  const { tasks, edges } = await holdfast.tasks.graph('t2', { depth: 2 });
  expect(tasks.map(({ title }) => title)).toEqual(['B', 'A']);
  expect(edges).toMatchObject([{ from: b!.name, to: a!.name, kind: DependencyKind.BLOCKS, holdsBack: true }]);
});

step('apply', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Old' });
  let design = '';
  let build = '';
  const applied = await holdfast.tasks.apply((changes) => {
    design = changes.create({ title: 'Design' });
    build = changes.create({ title: 'Build', dependencies: [{ task: design, kind: DependencyKind.BLOCKS }] });
    changes.addNote(build, 'see the drawings', { author: 'ada' });
    changes.complete('t1', { reason: 'split' });
  });
  expect(applied.taskOf(build).dependencies).toMatchObject([{ task: applied.taskOf(design).name }]);
  expect(applied.notes).toMatchObject([{ text: 'see the drawings', author: 'ada' }]);
  expect((await holdfast.tasks.get('t1')).state).toBe(TaskState.SUCCEEDED);
  expect(() => applied.taskOf('tasks/$nothing')).toThrow(RangeError);
  const before = (await holdfast.tasks.list().toArray()).length;
  const error = await refused(
    holdfast.tasks.apply((changes) => {
      changes.create({ title: 'Never' });
      changes.create({ title: '' });
    }),
    'FIELD_INVALID',
  );
  expect(error.fieldViolations[0]!.field).toBe('mutations[1].create_task.task.title');
  expect(await holdfast.tasks.list().toArray()).toHaveLength(before);
});

step('notes', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'Talked about' });
  for (const n of [1, 2, 3]) await holdfast.tasks.addNote('t1', `Note ${n}`, { author: `agent-${n}` });
  const notes = await holdfast.tasks.notes('t1', { pageSize: 2 }).toArray();
  expect(notes.map(({ text, author }) => [text, author])).toEqual([
    ['Note 1', 'agent-1'],
    ['Note 2', 'agent-2'],
    ['Note 3', 'agent-3'],
  ]);
  expect(await holdfast.tasks.notes().toArray()).toHaveLength(3);
});

step('bulk', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.createBatch(
    Array.from({ length: 30 }, (_, n) => ({
      fields: { title: `Task ${n}`, labels: { area: n % 3 ? 'docs' : 'code' } },
    })),
  );
  const filter = 'labels.area = "docs"';
  const preview = await holdfast.tasks.previewBulk(filter, { cancel: { reason: 'obsolete' } });
  expect([preview.matched, preview.operation, preview.sample.length]).toEqual([20, undefined, 20]);
  const operation = await holdfast.tasks.bulk(filter, { cancel: { reason: 'obsolete' } });
  const states: OperationState[] = [];
  for await (const { state } of holdfast.operations.watch(operation.name)) states.push(state);
  expect(states.at(-1)).toBe(OperationState.SUCCEEDED);
  const ended = await holdfast.operations.wait(operation.name);
  expect(bulkResultOf(ended)).toMatchObject({ changed: 20, refusals: [] });
  expect(await holdfast.tasks.list({ states: [TaskState.CANCELED] }).toArray()).toHaveLength(20);
  expect((await holdfast.operations.list().toArray()).map(({ name }) => name)).toEqual([operation.name]);
  expect((await holdfast.operations.cancel(operation.name)).state).toBe(OperationState.SUCCEEDED);
  await holdfast.operations.wait((await holdfast.tasks.bulk('state = PENDING', { update: { title: 'Same' } })).name);
  expect((await holdfast.tasks.get('t1')).title).toBe('Same');
  await refused(holdfast.operations.get('nothing'), 'NOT_FOUND');
});

step('import', async () => {
  const { holdfast } = await served();
  const tasks: ImportedTaskFields[] = [
    { key: 'EPIC', task: { title: 'Epic' } },
    { key: 'A', parentKey: 'EPIC', task: { title: 'A', state: TaskState.SUCCEEDED, labels: { from: 'tracker' } } },
    { key: 'B', parentKey: 'EPIC', task: { title: 'B' }, edges: [{ key: 'A', kind: DependencyKind.BLOCKS }] },
    { key: 'C', task: { title: 'C' }, notes: [{ text: 'said', author: 'ada', createTime: new Date(1e12) }] },
  ];
  const steps: ImportProgress[] = [];
  for await (const progress of holdfast.tasks.import(tasks, { importId: 'from-tracker' })) steps.push(progress);
  expect(steps.at(-1)).toMatchObject({
    importId: 'from-tracker',
    finished: true,
    report: { created: 4, released: 4, parents: 2, dependencies: 1, notes: 1 },
  });
  const states = (await holdfast.tasks.list().toArray()).map(({ title, state }) => [title, state]).sort();
  expect(states).toEqual([
    ['A', TaskState.SUCCEEDED],
    ['B', TaskState.PENDING],
    ['C', TaskState.PENDING],
    ['Epic', TaskState.PENDING],
  ]);
  expect((await holdfast.tasks.get('external:A')).labels.get('from')).toBe('tracker');
  expect(await holdfast.tasks.notes('external:C').toArray()).toMatchObject([
    { text: 'said', createTime: new Date(1e12) },
  ]);
  let last: ImportProgress | undefined;
  for await (const progress of holdfast.tasks.import(tasks)) last = progress;
  expect(last?.report).toMatchObject({ created: 0, alreadyThere: 4 });
});

step('projects', async () => {
  const { holdfast } = await served();
  await holdfast.projects.create('site', { displayName: 'The site', labels: { team: 'web' } });
  const { displayName, labels } = await holdfast.projects.update('site', { displayName: 'Our site' });
  expect([displayName, labels.get('team')]).toEqual(['Our site', 'web']);
  expect((await holdfast.projects.list().toArray()).map(({ name }) => name)).toEqual([
    'projects/default',
    'projects/site',
  ]);
  const task = await holdfast.tasks.create({ title: 'Elsewhere' }, { project: 'site' });
  expect(task.name).toBe('projects/site/tasks/t1');
  expect(await holdfast.tasks.list({ project: '-' }).toArray()).toHaveLength(1);
  await refused(holdfast.projects.delete('site'), 'HAS_CHILDREN');
  await holdfast.tasks.complete(task.name);
  expect((await holdfast.projects.delete('site')).deleteTime).toBeInstanceOf(Date);
  expect((await holdfast.projects.undelete('site')).deleteTime).toBeUndefined();
});

step('reason', async () => {
  const { holdfast } = await served();
  const error = await refused(holdfast.tasks.get('nothing'), 'NOT_FOUND');
  expect(error).toMatchObject({ code: 'NOT_FOUND', isRetryable: false, mayHaveApplied: false, retryAfterMs: 0 });
  expect(error.metadata.name).toBe('projects/default/tasks/nothing');
  expect(error.resource).toEqual({ type: 'task', name: 'projects/default/tasks/nothing' });
  expect(error.message).toBe(`NOT_FOUND: ${error.description}`);
});

step('fields', async () => {
  const { holdfast } = await served();
  const requestId = randomUUID();
  const error = await refused(holdfast.tasks.create({ title: '', labels: { Ä: 'x' } }, { requestId }), 'FIELD_INVALID');
  expect(error.fieldViolations.map(({ field }) => field)).toEqual(expect.arrayContaining(['task.title']));
  expect(error.fieldViolations.length).toBeGreaterThan(1);
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', requestId, mayHaveApplied: false });
});
