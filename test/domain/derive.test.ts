import { derive, taskNumber } from '../../src/domain/derive';
import { indexedOf } from '../../src/domain/indexed';
import { Change, EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import type { Task as TaskMessage } from '../../src/gen/holdfast/v1/task';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';

const at = (seconds: number) => ({ seconds, nanos: 0 });
const base: Partial<TaskMessage> = { state: TaskState.PENDING, priority: 3, queue: 'default', createTime: at(1) };
const encoded = (task: Partial<TaskMessage>): Buffer => Buffer.from(Task.encode(Task.fromPartial(task)).finish());

function change(before: Partial<TaskMessage> | undefined, after: Partial<TaskMessage> | undefined): Change {
  return Change.fromPartial({
    kind: EntityKind.TASK,
    project: 'p',
    id: 't1',
    image: after ? encoded(after) : Buffer.alloc(0),
    removed: !after,
    previousIndexed: before ? indexedOf(encoded(before)) : undefined,
  });
}

const stateEntry = {
  ...{ index: 'state', state: 1, held: false, queue: 'default' },
  ...{ priority: 3, notBeforeMs: 0, createTimeMs: 1000 },
};

test('a created task gets at most four entries', () => {
  const task = { ...base, assignee: 'ada', parent: 'projects/p/tasks/t9', externalId: 'X-1' };
  expect(derive(change(undefined, task))).toEqual({
    remove: [],
    put: [
      stateEntry,
      { index: 'assignee', assignee: 'ada' },
      { index: 'parent', parent: 't9' },
      { index: 'external', externalId: 'X-1' },
    ],
    tally: { projects: 0, tasks: 1, liveTasks: 1 },
  });
});

test('an update of other fields touches no index and no count', () => {
  expect(derive(change({ ...base, title: 'a' }, { ...base, title: 'b' }))).toEqual({
    remove: [],
    put: [],
    tally: { projects: 0, tasks: 0, liveTasks: 0 },
  });
});

test('a change of one index leaves the other entries alone', () => {
  const derived = derive(change({ ...base, assignee: 'ada' }, { ...base, assignee: 'bob' }));
  expect(derived.remove).toEqual([{ index: 'assignee', assignee: 'ada' }]);
  expect(derived.put).toEqual([{ index: 'assignee', assignee: 'bob' }]);
});

test('a terminal task keeps its parent and external id, a failed one its state too', () => {
  const before = { ...base, assignee: 'ada', parent: 'projects/p/tasks/t9', externalId: 'X' };
  const done = derive(change(before, { ...before, state: TaskState.SUCCEEDED }));
  expect(done.remove).toEqual([stateEntry, { index: 'assignee', assignee: 'ada' }]);
  expect(done.put).toEqual([]);
  expect(done.tally).toEqual({ projects: 0, tasks: 0, liveTasks: -1 });
  const failed = derive(change(before, { ...before, state: TaskState.FAILED }));
  expect(failed.put).toEqual([{ ...stateEntry, state: TaskState.FAILED }]);
});

test('a deleted task keeps only its external id and when it goes', () => {
  const before = { ...base, parent: 'projects/p/tasks/t9', externalId: 'X' };
  const deleted = { ...before, deleteTime: at(5), purgeTime: at(9) };
  const gone = derive(change(before, deleted));
  expect(gone.remove).toEqual([stateEntry, { index: 'parent', parent: 't9' }]);
  expect(gone.put).toEqual([{ index: 'timer', timeMs: 9000 }]);
  expect(gone.tally).toEqual({ projects: 0, tasks: 0, liveTasks: -1 });
  const back = derive(change(deleted, before));
  expect(back.remove).toEqual(gone.put);
  expect(back.put).toEqual(gone.remove);
  const purged = derive(change(deleted, undefined));
  expect(purged.remove).toEqual([...gone.put, { index: 'external', externalId: 'X' }]);
  expect(purged.tally).toEqual({ projects: 0, tasks: -1, liveTasks: 0 });
});

test('a graph row that holds its task back, or lets it go, moves the entry of the task', () => {
  const graph = (before: boolean, held: boolean) =>
    Change.fromPartial({
      ...{ kind: EntityKind.TASK_GRAPH, project: 'p', id: 't1', held },
      previousIndexed: { ...indexedOf(encoded(base)), held: before },
    });
  const held = derive(graph(false, true));
  expect(held).toEqual({
    remove: [stateEntry],
    put: [{ ...stateEntry, held: true }],
    tally: { projects: 0, tasks: 0, liveTasks: 0 },
  });
  const free = derive(graph(true, false));
  expect(free).toMatchObject({ remove: held.put, put: held.remove });
  const nothing = derive(Change.fromPartial({ kind: EntityKind.TASK_GRAPH, project: 'p', id: 't1', held: true }));
  expect(nothing).toMatchObject({ remove: [], put: [] });
});

test('only PENDING tasks are held back', () => {
  const held = { ...change(undefined, { ...base, state: TaskState.PAUSED }), held: true };
  expect(derive(held).put).toEqual([{ ...stateEntry, state: TaskState.PAUSED }]);
  expect(derive({ ...change(undefined, base), held: true }).put).toEqual([{ ...stateEntry, held: true }]);
});

test('only ids that the service gives have a number', () => {
  expect(['t1', 't12', 't999999999999999'].map(taskNumber)).toEqual([1, 12, 999999999999999]);
  expect(['t', 't0', 't01', 'x1', 't1a', 't-1', '', 't12345678901234567'].map(taskNumber)).toEqual(Array(8).fill(0));
});
