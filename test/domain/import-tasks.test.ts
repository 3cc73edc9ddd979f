// What an import decides: tasks come in PAUSED with the state that they came for, and are released into it.

import { NothingToImport } from '../../src/domain/import-tasks';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { Note } from '../../src/gen/holdfast/v1/note';
import { DependencyKind, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { ImportedTask } from '../../src/gen/holdfast/v1/task_service';
import { on, World } from '../support/world';

const { PENDING, RUNNING, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;
const { BLOCKS, RUN_IF_FAILED, RELATED } = DependencyKind;
const parent = 'projects/p';

type Given = Omit<Partial<ImportedTask>, 'task'> & { readonly task?: Partial<Task> };

function imported(key: string, { task, ...more }: Given = {}): ImportedTask {
  return { ...ImportedTask.create(), key, task: Task.fromPartial({ title: key, ...task }), ...more };
}

function bring(world: World, tasks: readonly ImportedTask[], lenient = false) {
  return world.run({ kind: 'importTasks', request: { parent, importId: 'i', tasks, offset: 0, lenient } });
}

function release(world: World, ...ids: string[]) {
  const names = ids.map((id) => `projects/p/tasks/${id}`);
  return world.run({ kind: 'releaseImport', request: { parent, importId: 'i', names } });
}

const edge = (key: string, kind: DependencyKind = BLOCKS) => ({ key, kind });

describe('a task of an import', () => {
  it('is PAUSED, and knows what it came for', () => {
    const world = new World();
    bring(world, [imported('a', { task: { state: SUCCEEDED, stateReason: 'r', result: { n: 1 }, title: 'A' } })]);
    const time = { seconds: Date.UTC(2026, 0, 1) / 1000 + 1, nanos: 0 };
    expect(world.task('a')).toMatchObject({
      ...{ title: 'A', state: PAUSED, pausedFrom: SUCCEEDED, importId: 'i', stateReason: 'r', result: { n: 1 } },
      ...{ priority: 3, queue: 'default', creator: 'local', revision: 1, createTime: time, endTime: time },
    });
    expect(world.run({ kind: 'pauseTask', request: on(world.create().name) }).sequence).toBeGreaterThan(0);
  });

  it('has its key as its id, or as its external id', () => {
    const world = new World();
    bring(world, [imported('a', { task: { externalId: 'x-1' } }), imported('B.1'), imported('t7')]);
    expect(world.task('a').externalId).toBe('x-1');
    expect(world.task('t1').externalId).toBe('B.1');
    expect(world.task('t2').externalId).toBe('t7');
  });

  it('keeps its times, but none that an index cannot hold', () => {
    const world = new World();
    const at = (ms: number) => ({ seconds: ms / 1000, nanos: 0 });
    const early = at(Date.UTC(2020, 0, 1));
    bring(world, [
      imported('a', { task: { createTime: early, endTime: at(Date.UTC(2021, 0, 1)), state: FAILED } }),
      imported('b', { task: { createTime: at(Date.UTC(2999, 0, 1)) } }),
      imported('c', { task: { createTime: at(Date.UTC(1950, 0, 1)), endTime: early } }),
    ]);
    expect(world.task('a')).toMatchObject({ createTime: early, endTime: at(Date.UTC(2021, 0, 1)) });
    expect(world.task('b').createTime!.seconds).toBe(world.nowMs / 1000 - 1);
    expect(world.task('c').createTime!.seconds).toBe(world.nowMs / 1000 - 1);
    expect(world.task('c').endTime).toBeUndefined();
  });

  it('is not there twice, and one that is there is left alone', () => {
    const world = new World();
    world.create({ title: 'Mine', externalId: 'X' }, 'a');
    bring(world, [imported('a'), imported('X'), imported('b')]);
    expect(world.task('a').title).toBe('Mine');
    expect(() => bring(world, [imported('a'), imported('b'), imported('X')])).toThrow(NothingToImport);
  });

  it('has edges in both directions within its chunk, and notes', () => {
    const world = new World();
    const notes = [
      { text: 'n', author: 'ada', createTime: { seconds: 5, nanos: 0 } },
      { text: 'm', author: '', createTime: undefined },
    ];
    bring(world, [
      imported('a', { edges: [edge('B.1'), edge('zz', RELATED), edge('Z.9')], notes }),
      imported('B.1', { edges: [edge('a', RELATED)], parentKey: 'a' }),
    ]);
    const name = (id: string) => `projects/p/tasks/${id}`;
    expect(world.task('a').dependencies).toMatchObject([{ task: name('t1'), kind: BLOCKS }]);
    expect(world.task('a').unresolvedDependencies).toMatchObject([
      { task: name('zz'), kind: RELATED },
      { task: name('external:Z.9'), kind: BLOCKS },
    ]);
    expect(world.task('t1')).toMatchObject({ parent: name('a'), dependencies: [{ task: name('a'), kind: RELATED }] });
    const note = Note.decode(world.view.row(EntityKind.NOTE, 'p', 'a/1')!.image);
    expect(note).toMatchObject({ name: `${name('a')}/notes/n1`, text: 'n', author: 'ada', createTime: { seconds: 5 } });
    expect(Note.decode(world.view.row(EntityKind.NOTE, 'p', 'a/2')!.image).author).toBe('local');
    bring(world, [imported('zz'), imported('Z.9')]);
    expect(world.task('a').unresolvedDependencies).toEqual([]);
    expect(world.task('a').dependencies).toHaveLength(3);
  });

  it('has an edge less, or a RELATED one, where it cannot be as it was', () => {
    const world = new World();
    bring(world, [
      imported('a', { edges: [edge('b'), edge('a')], parentKey: 'nobody' }),
      imported('b', { edges: [edge('a', RUN_IF_FAILED)] }),
    ]);
    expect(world.task('a')).toMatchObject({ parent: '', dependencies: [{ kind: BLOCKS }] });
    expect(world.task('b').dependencies).toMatchObject([{ task: 'projects/p/tasks/a', kind: RELATED }]);
  });

  it('is not resumed, but can be given up: then it is not released', () => {
    const world = new World();
    bring(world, [imported('a'), imported('b')]);
    const refusal = world.refusal({ kind: 'resumeTask', request: on('a') });
    expect(refusal.reason).toBe('ILLEGAL_TRANSITION');
    expect(refusal.message).toContain('part of the import i');
    world.run({ kind: 'cancelTask', request: { ...on('a'), cascade: false } });
    expect(world.task('a')).toMatchObject({ state: CANCELED, importId: '', pausedFrom: 0 });
    release(world, 'a', 'b');
    expect(world.task('a').state).toBe(CANCELED);
    expect(world.task('b').state).toBe(PENDING);
  });
});

describe('a release', () => {
  it.each([
    [PENDING, PENDING, 0, EventType.TASK_RESUMED],
    [RUNNING, PAUSED, PENDING, EventType.TASK_UPDATED],
    [PAUSED, PAUSED, PENDING, EventType.TASK_UPDATED],
    [SUCCEEDED, SUCCEEDED, 0, EventType.TASK_COMPLETED],
    [FAILED, FAILED, 0, EventType.TASK_FAILED],
    [CANCELED, CANCELED, 0, EventType.TASK_CANCELED],
  ])('a task that was %d becomes %d, to be resumed to %d, with event %d', (was, state, pausedFrom, event) => {
    const world = new World();
    bring(world, [imported('a', { task: { state: was } })]);
    const { decision } = release(world, 'a');
    expect(decision.changes.find(({ kind }) => kind === EntityKind.TASK)!.event).toBe(event);
    expect(world.task('a')).toMatchObject({ state, pausedFrom, importId: '' });
  });

  it('leaves alone what is deleted, of another import, or gone', () => {
    const world = new World();
    bring(world, [imported('a'), imported('b')]);
    world.run({ kind: 'deleteTask', request: on('a') });
    world.create({}, 'c');
    expect(() => release(world, 'a', 'c', 'nobody')).toThrow(NothingToImport);
    const request = { parent, importId: 'other', names: ['projects/p/tasks/b'] };
    expect(() => world.run({ kind: 'releaseImport', request })).toThrow(NothingToImport);
  });

  it('counts at parents and at those that wait, in whatever order tasks are released', () => {
    const world = new World();
    bring(world, [
      imported('p', { task: { state: SUCCEEDED } }),
      imported('c', { parentKey: 'p', task: { state: SUCCEEDED } }),
      imported('d', { parentKey: 'p' }),
      imported('w', { edges: [edge('c'), edge('f', RUN_IF_FAILED)] }),
      imported('f', { task: { state: FAILED } }),
    ]);
    expect(world.liveChildren('p')).toBe(2);
    release(world, 'p', 'w', 'c');
    expect(world.liveChildren('p')).toBe(1);
    const { decision } = release(world, 'f', 'd');
    expect(decision.changes.filter(({ event }) => event === EventType.TASK_READY).map(({ id }) => id)).toEqual(['w']);
  });
});

describe('malformed chunks', () => {
  it('are refused whole, and every field is named from the start of the caller’s chunk', () => {
    const world = new World();
    const tasks = [
      imported('a'),
      imported('a', {
        task: { title: '', queue: 'No Queue', stateReason: 'x'.repeat(5000), createTime: { seconds: 1e15, nanos: 0 } },
      }),
      imported('b\n', {
        edges: [edge('', 9 as DependencyKind)],
        notes: [{ text: '', author: '', createTime: undefined }],
      }),
      { ...imported('c'), task: undefined },
    ];
    const refusal = world.refusal({
      kind: 'importTasks',
      request: { parent, importId: 'i', tasks, offset: 10, lenient: false },
    });
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields!.map(({ field }) => field)).toEqual([
      'chunk.tasks[11].key',
      'chunk.tasks[11].task.title',
      'chunk.tasks[11].task.queue',
      'chunk.tasks[11].task.state_reason',
      'chunk.tasks[11].task.create_time',
      'chunk.tasks[12].key',
      'chunk.tasks[12].edges[0].key',
      'chunk.tasks[12].edges[0].kind',
      'chunk.tasks[12].notes[0].text',
      'chunk.tasks[12].task.title',
      'chunk.tasks[13].task.title',
    ]);
  });

  it('are at most 500 tasks', () => {
    const tasks = Array.from({ length: 501 }, (_, n) => imported(`k${n}`));
    const action = {
      kind: 'importTasks',
      request: { parent, importId: 'i', tasks, offset: 0, lenient: false },
    } as const;
    expect(new World().refusal(action).details.fields).toMatchObject([{ field: 'chunk.tasks' }]);
  });

  it('an edge for which there is no room refuses the chunk, or is left out where that is asked for', () => {
    const world = new World();
    world.create({}, 'hub');
    for (let n = 0; n < 1000; n += 250) {
      bring(
        world,
        Array.from({ length: 250 }, (_, m) => imported(`k${n + m}`, { edges: [edge('hub', RELATED)] })),
      );
    }
    const one = [imported('one', { edges: [edge('hub', RELATED), edge('k1', RELATED)] })];
    const request = { parent, importId: 'i', tasks: one, offset: 0, lenient: false };
    expect(world.refusal({ kind: 'importTasks', request }).reason).toBe('GRAPH_TOO_LARGE');
    bring(world, one, true);
    expect(world.task('one').dependencies).toMatchObject([{ task: 'projects/p/tasks/k1' }]);
  });
});
