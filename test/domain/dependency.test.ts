import { DependencyKind, ReadinessReason, Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import type { Action } from '../../src/domain/command';
import { AWAITING_MAX, DEPENDENCIES_MAX, DEPENDENTS_MAX } from '../../src/domain/limits';
import { readinessOf } from '../../src/domain/readiness';
import { World, createTask, on } from '../support/world';

const { BLOCKS, RUN_IF_FAILED, RELATED, SUPERSEDES } = DependencyKind;

function name(id: string): string {
  return `projects/p/tasks/${id}`;
}

function adding(id: string, to: string, kind: DependencyKind = BLOCKS, allowUnresolved = false): Action {
  return { kind: 'addDependency', request: { ...on(id), dependency: { task: name(to), kind }, allowUnresolved } };
}

function removing(id: string, to: string, kind: DependencyKind = DependencyKind.UNSPECIFIED): Action {
  return { kind: 'removeDependency', request: { ...on(id), dependency: { task: name(to), kind } } };
}

function verb(kind: 'completeTask' | 'failTask' | 'retryTask' | 'deleteTask' | 'purgeTask', id: string): Action {
  const request = { ...on(id), result: undefined, error: undefined };
  return { kind: kind as 'completeTask', request };
}

function worldOf(...ids: string[]): World {
  const world = new World();
  for (const id of ids) world.create({}, id);
  return world;
}

function readiness(world: World, id: string) {
  const look = (kind: EntityKind, project: string, row: string) => world.view.row(kind, project, row)?.image;
  return readinessOf(look, 'p', id, world.task(id), world.nowMs);
}

describe('an edge', () => {
  it('stands in its task, moves its etag, and is added once', () => {
    const world = worldOf('a', 'b');
    const { sequence } = world.run(adding('a', 'b'));
    expect(world.task('a')).toMatchObject({
      ...{ revision: 2, etag: String(sequence), dependencies: [{ task: name('b'), kind: BLOCKS }] },
    });
    expect(world.task('b').revision).toBe(1);
    expect(world.refusal(adding('a', 'b')).reason).toBe('ALREADY_EXISTS');
    world.run(adding('a', 'b', RELATED));
    expect(world.task('a').dependencies).toHaveLength(2);
  });

  it('is removed by its kind, or all to a task at once', () => {
    const world = worldOf('a', 'b');
    for (const kind of [BLOCKS, RELATED, RUN_IF_FAILED]) world.run(adding('a', 'b', kind));
    world.run(removing('a', 'b', RELATED));
    expect(world.task('a').dependencies.map(({ kind }) => kind)).toEqual([BLOCKS, RUN_IF_FAILED]);
    world.run(removing('a', 'b'));
    expect(world.task('a').dependencies).toEqual([]);
    expect(readiness(world, 'a').ready).toBe(true);
    expect(world.refusal(removing('a', 'b'))).toMatchObject({
      reason: 'NOT_FOUND',
      message: 'projects/p/tasks/b is no dependency of projects/p/tasks/a',
    });
  });

  it.each([
    ['without a dependency', undefined, 'dependency'],
    ['without a kind', { task: name('b'), kind: DependencyKind.UNSPECIFIED }, 'dependency.kind'],
    ['of an unknown kind', { task: name('b'), kind: 77 as DependencyKind }, 'dependency.kind'],
    ['to what is no task', { task: 'b', kind: BLOCKS }, 'dependency.task'],
    ['to another project', { task: 'projects/q/tasks/b', kind: BLOCKS }, 'dependency.task'],
  ])('%s is refused with its field', (_, dependency, field) => {
    const world = worldOf('a', 'b');
    const refusal = world.refusal({
      kind: 'addDependency',
      request: { ...on('a'), dependency, allowUnresolved: false },
    });
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields?.map((each) => each.field)).toEqual([field]);
  });

  it('of a task that is done is refused, and one that would hold a RUNNING task back', () => {
    const world = worldOf('a', 'b');
    world.plant('a', { state: TaskState.RUNNING });
    expect(world.refusal(adding('a', 'b')).reason).toBe('ILLEGAL_TRANSITION');
    world.run(adding('a', 'b', RELATED));
    world.plant('a', { state: TaskState.SUCCEEDED });
    expect(world.refusal(adding('a', 'b', SUPERSEDES)).reason).toBe('ILLEGAL_TRANSITION');
  });

  it('may be given when its task is created; a malformed one is named by its index', () => {
    const world = worldOf('b');
    const dependencies = [{ task: name('b'), kind: BLOCKS }];
    const { decision } = world.run({ kind: 'createTask', request: createTask({ dependencies }, 'a') });
    expect(decision.changes.find(({ kind, id }) => kind === EntityKind.TASK && id === 'a')).toMatchObject({
      ...{ event: EventType.TASK_CREATED, held: true, changedPaths: [] },
    });
    expect(world.task('a')).toMatchObject({ revision: 1, dependencies });
    const twice = [...dependencies, ...dependencies, { task: 'x', kind: 0 as const }];
    const refusal = world.refusal({ kind: 'createTask', request: createTask({ dependencies: twice }) });
    expect(refusal.details.fields?.map(({ field }) => field)).toEqual([
      'task.dependencies[1]',
      'task.dependencies[2].kind',
      'task.dependencies[2].task',
    ]);
  });
});

describe('a cycle', () => {
  it('of edges is refused with its path, and nothing changed', () => {
    const world = worldOf('a', 'b', 'c');
    world.run(adding('a', 'b'));
    world.run(adding('b', 'c', RUN_IF_FAILED));
    const refusal = world.refusal(adding('c', 'a'));
    expect(refusal).toMatchObject({ reason: 'DEPENDENCY_CYCLE', details: { metadata: { path: 'c -> a -> b -> c' } } });
    expect(refusal.message).toBe('projects/p/tasks/c would wait for itself: c -> a -> b -> c');
    expect(world.refusal(adding('a', 'a')).details.metadata).toEqual({ path: 'a -> a' });
    world.run(adding('c', 'a', RELATED));
  });

  it('of an edge and a parent is refused: a parent waits for its children', () => {
    const world = worldOf('parent', 'other');
    world.create({ parent: name('parent') }, 'child');
    expect(world.refusal(adding('child', 'parent')).details.metadata).toEqual({ path: 'child -> parent -> child' });
    world.run(adding('parent', 'child'));
    world.run(adding('other', 'parent'));
    const task = Task.fromPartial({ name: name('parent'), parent: name('other') });
    world.run({ kind: 'updateTask', request: { ...on('parent'), task, updateMask: ['parent'] } });
    const below = Task.fromPartial({ name: name('other'), parent: name('child') });
    const refusal = world.refusal({
      kind: 'updateTask',
      request: { ...on('other'), task: below, updateMask: ['parent'] },
    });
    expect(refusal.reason).toBe('DEPENDENCY_CYCLE');
  });
});

describe('a blocked task', () => {
  it('is let go when its blocker succeeds, and says so', () => {
    const world = worldOf('a', 'b', 'c');
    world.run(adding('a', 'b'));
    world.run(adding('a', 'c'));
    expect(readiness(world, 'a')).toMatchObject({
      ...{ ready: false, reasons: [ReadinessReason.BLOCKED], blocking: [name('b'), name('c')], remedies: [] },
    });
    const first = world.run(verb('completeTask', 'b')).decision.changes;
    expect(first.filter(({ event }) => event === EventType.TASK_READY)).toEqual([]);
    const second = world.run(verb('completeTask', 'c')).decision.changes;
    const ready = second.filter(({ event }) => event === EventType.TASK_READY);
    expect(ready).toMatchObject([
      { kind: EntityKind.TASK_GRAPH, id: 'a', held: false, previousIndexed: { held: true } },
    ]);
    expect(readiness(world, 'a')).toMatchObject({ ready: true, reasons: [], blocking: [] });
    expect(world.task('a').revision).toBe(3);
  });

  it('stays so when its blocker fails, and says what would help', () => {
    const world = worldOf('a', 'b');
    world.run(adding('a', 'b'));
    world.run(verb('failTask', 'b'));
    expect(readiness(world, 'a')).toMatchObject({
      reasons: [ReadinessReason.DEPENDENCY_FAILED],
      blocking: [name('b')],
      remedies: ['b is FAILED: RetryTask b, or RemoveDependency takes the edge away'],
    });
    world.run(verb('retryTask', 'b'));
    expect(readiness(world, 'a').reasons).toEqual([ReadinessReason.BLOCKED]);
    world.run(verb('completeTask', 'b'));
    expect(readiness(world, 'a').ready).toBe(true);
  });

  it('that runs only after a failure waits for it, and need not run after a success', () => {
    const world = worldOf('cleanup', 'work');
    world.run(adding('cleanup', 'work', RUN_IF_FAILED));
    expect(readiness(world, 'cleanup').reasons).toEqual([ReadinessReason.BLOCKED]);
    world.run(verb('failTask', 'work'));
    expect(readiness(world, 'cleanup').ready).toBe(true);
    world.run(verb('retryTask', 'work'));
    world.run(verb('completeTask', 'work'));
    expect(readiness(world, 'cleanup')).toMatchObject({
      reasons: [ReadinessReason.NOT_NEEDED],
      remedies: ['work is SUCCEEDED: CancelTask cleanup, or RemoveDependency takes the edge away'],
    });
  });

  it('waits for the successor of a blocker that was reopened', () => {
    const world = worldOf('a', 'b');
    world.run(adding('a', 'b'));
    world.run(verb('completeTask', 'b'));
    expect(readiness(world, 'a').ready).toBe(true);
    world.run({ kind: 'reopenTask', request: { ...on('b'), taskId: 'b-again' } });
    expect(readiness(world, 'a')).toMatchObject({ ready: false, blocking: [name('b-again')] });
    expect(world.task('b-again').dependencies).toMatchObject([{ task: name('b'), kind: SUPERSEDES }]);
    world.run(verb('completeTask', 'b-again'));
    expect(readiness(world, 'a').ready).toBe(true);
  });

  it('goes on counting a purged blocker by the state that it had', () => {
    const world = worldOf('a', 'b', 'done', 'broken');
    world.run(adding('a', 'done'));
    world.run(adding('b', 'broken'));
    world.run(verb('completeTask', 'done'));
    world.run(verb('failTask', 'broken'));
    for (const id of ['done', 'broken']) {
      world.run(verb('deleteTask', id));
      world.nowMs += 31 * 86_400_000;
      world.run(verb('purgeTask', id));
    }
    expect(readiness(world, 'a').ready).toBe(true);
    expect(readiness(world, 'b')).toMatchObject({
      reasons: [ReadinessReason.DEPENDENCY_FAILED],
      remedies: ['broken is purged: RemoveDependency takes the edge away'],
    });
    world.create({}, 'done');
    expect(readiness(world, 'a').reasons).toEqual([ReadinessReason.BLOCKED]);
    world.run(removing('a', 'done'));
    expect(readiness(world, 'a').ready).toBe(true);
  });

  it('is ready later when only its time is in the way', () => {
    const world = new World();
    const notBefore = { seconds: world.nowMs / 1000 + 3600, nanos: 0 };
    world.create({ notBefore }, 'a');
    const early = readiness(world, 'a');
    expect(early).toMatchObject({ ready: false, reasons: [ReadinessReason.NOT_BEFORE], nextTime: notBefore });
    world.nowMs += 3_600_000;
    expect(readiness(world, 'a').ready).toBe(true);
  });
});

describe('an edge to a task that does not exist', () => {
  it('is refused, unless it may wait; then it holds nothing back', () => {
    const world = worldOf('a');
    expect(world.refusal(adding('a', 'later'))).toMatchObject({
      reason: 'NOT_FOUND',
      message: 'projects/p/tasks/later does not exist; with allow_unresolved the edge would wait for it',
    });
    expect(world.refusal(adding('a', 't99', BLOCKS, true)).message).toContain('only the service gives');
    world.run(adding('a', 'later', BLOCKS, true));
    expect(world.task('a')).toMatchObject({
      ...{ dependencies: [], unresolvedDependencies: [{ task: name('later'), kind: BLOCKS }] },
    });
    expect(readiness(world, 'a').ready).toBe(true);
    expect(world.refusal(adding('a', 'later', BLOCKS, true)).reason).toBe('ALREADY_EXISTS');
  });

  it('is resolved in the commit that creates it, by id or by external id', () => {
    const world = worldOf('a', 'b');
    world.run(adding('a', 'later', BLOCKS, true));
    world.run(adding('b', 'external:X-1', BLOCKS, true));
    const { decision } = world.run({ kind: 'createTask', request: createTask({ externalId: 'X-1' }, 'later') });
    expect(decision.changes.map(({ kind, id, event }) => [kind, id, event])).toEqual(
      expect.arrayContaining([
        [EntityKind.TASK, 'later', EventType.TASK_CREATED],
        [EntityKind.TASK, 'a', EventType.TASK_UPDATED],
        [EntityKind.TASK, 'b', EventType.TASK_UPDATED],
      ]),
    );
    for (const id of ['a', 'b']) {
      expect(world.task(id)).toMatchObject({
        ...{ dependencies: [{ task: name('later'), kind: BLOCKS }], unresolvedDependencies: [] },
      });
      expect(readiness(world, id)).toMatchObject({ ready: false, blocking: [name('later')] });
    }
    expect([...world.view.rows.keys()].filter((key) => key.startsWith(`${EntityKind.TASK_AWAITED}/`))).toEqual([]);
  });

  it('can be removed again, and goes with its task', () => {
    const world = worldOf('a');
    world.run(adding('a', 'later', BLOCKS, true));
    world.run(removing('a', 'later'));
    expect(world.task('a').unresolvedDependencies).toEqual([]);
    world.run(adding('a', 'later', RELATED, true));
    world.run(verb('deleteTask', 'a'));
    world.nowMs += 31 * 86_400_000;
    world.run(verb('purgeTask', 'a'));
    world.create({}, 'later');
    expect([...world.view.rows.keys()].sort()).toEqual([`${EntityKind.PROJECT}/p/`, `${EntityKind.TASK}/p/later`]);
  });
});

describe('bounds', () => {
  it(`a task has at most ${DEPENDENCIES_MAX} edges`, () => {
    const world = worldOf('a');
    for (let i = 0; i < DEPENDENCIES_MAX; i++) world.run(adding('a', `x${i}`, BLOCKS, true));
    expect(world.refusal(adding('a', 'one-more', BLOCKS, true)).reason).toBe('GRAPH_TOO_LARGE');
  });

  it(`at most ${DEPENDENTS_MAX} edges lead to a task, and all follow it at once`, () => {
    const world = worldOf('hub');
    const dependencies = [{ task: name('hub'), kind: BLOCKS }];
    for (let i = 0; i < DEPENDENTS_MAX; i++) world.create({ dependencies });
    const refusal = world.refusal({ kind: 'createTask', request: createTask({ dependencies }) });
    expect(refusal).toMatchObject({ reason: 'GRAPH_TOO_LARGE', details: { metadata: { limit: '1000' } } });
    const { changes } = world.run(verb('completeTask', 'hub')).decision;
    expect(changes.filter(({ event }) => event === EventType.TASK_READY)).toHaveLength(DEPENDENTS_MAX);
    expect(changes.filter(({ kind }) => kind === EntityKind.TASK)).toHaveLength(1);
  });

  it(`at most ${AWAITING_MAX} edges await one task`, () => {
    const world = new World();
    const dependencies = [{ task: name('later'), kind: BLOCKS }];
    const request = { ...createTask({ dependencies }), allowUnresolved: true };
    for (let i = 0; i < AWAITING_MAX; i++) world.run({ kind: 'createTask', request });
    expect(world.refusal({ kind: 'createTask', request }).reason).toBe('GRAPH_TOO_LARGE');
  });
});
