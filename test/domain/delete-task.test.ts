import { EntityKind, EventType } from '../../src/gen/holdfast/journal/v1/journal';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { expireTask, workOf } from '../support/agents';
import { World, createTask, on } from '../support/world';

const DAY_MS = 86_400_000;

describe('a deleted task', () => {
  it('goes for good after 30 days, and can be brought back until then', () => {
    const world = new World();
    world.create();
    const { decision } = world.run({ kind: 'deleteTask', request: on('t1', world.task('t1').etag) });
    expect(decision.changes[0]!.changedPaths).toEqual(['delete_time', 'purge_time']);
    const { deleteTime, purgeTime, state } = world.task('t1');
    expect(purgeTime!.seconds - deleteTime!.seconds).toBe(30 * 86_400);
    expect(state).toBe(TaskState.PENDING);
    world.run({ kind: 'undeleteTask', request: on('t1') });
    expect(world.task('t1')).toMatchObject({ deleteTime: undefined, purgeTime: undefined, revision: 3 });
    expect(world.view.tally('p')).toEqual({ nextTaskNumber: 2, tasks: 1, liveTasks: 1 });
  });

  it('that is brought back has its clocks again', () => {
    const world = new World();
    world.create({ timeouts: { total: { seconds: 3600, nanos: 0 }, lease: undefined, run: undefined } });
    const { dueMs } = workOf(world, 't1');
    expect(dueMs).toBeGreaterThan(world.nowMs);
    world.run({ kind: 'deleteTask', request: on('t1') });
    expect(workOf(world, 't1').dueMs).toBe(0);
    world.run({ kind: 'undeleteTask', request: on('t1') });
    expect(workOf(world, 't1').dueMs).toBe(dueMs);
    world.nowMs = dueMs;
    expireTask(world, 't1');
    expect(world.task('t1')).toMatchObject({ state: TaskState.FAILED, error: { code: 'total_timeout' } });
  });

  it.each(['completeTask', 'failTask', 'pauseTask', 'resumeTask', 'retryTask', 'deleteTask'] as const)(
    'is not found by %s, which says how it comes back',
    (kind) => {
      const world = new World();
      world.create();
      world.run({ kind: 'deleteTask', request: on('t1') });
      const request = { ...on('t1', 'stale'), result: undefined, error: undefined };
      const { reason, message } = world.refusal({ kind, request });
      expect([reason, message]).toEqual(['NOT_FOUND', 'projects/p/tasks/t1 is deleted; UndeleteTask brings it back']);
    },
  );

  it('that is not deleted cannot be undeleted', () => {
    const world = new World();
    world.create();
    expect(world.refusal({ kind: 'undeleteTask', request: on('t1') })).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      details: { metadata: { state: 'PENDING', verb: 'UndeleteTask' } },
    });
  });

  it('is no live child of its parent, and cannot come back without it', () => {
    const world = new World();
    world.create({}, 'epic');
    world.create({ parent: 'projects/p/tasks/epic' });
    world.run({ kind: 'deleteTask', request: on('t1') });
    expect(world.liveChildren('epic')).toBe(0);
    expect(world.view.row(EntityKind.TASK_GRAPH, 'p', 'epic')).toBeUndefined();
    world.run({ kind: 'deleteTask', request: on('epic') });
    expect(world.refusal({ kind: 'undeleteTask', request: on('t1') })).toMatchObject({
      reason: 'NOT_FOUND',
      details: { metadata: { name: 'projects/p/tasks/epic' } },
    });
    world.run({ kind: 'undeleteTask', request: on('epic') });
    world.run({ kind: 'undeleteTask', request: on('t1') });
    expect(world.liveChildren('epic')).toBe(1);
  });
});

describe('a purge', () => {
  it('takes the task and frees its external id when its time has come', () => {
    const world = new World();
    world.create({ externalId: 'X-1' });
    expect(world.refusal({ kind: 'purgeTask', request: on('t1') }).reason).toBe('ILLEGAL_TRANSITION');
    world.run({ kind: 'deleteTask', request: on('t1') });
    world.nowMs += 30 * DAY_MS - 1001;
    expect(world.refusal({ kind: 'purgeTask', request: on('t1') }).reason).toBe('ILLEGAL_TRANSITION');
    expect(world.refusal({ kind: 'createTask', request: createTask({ externalId: 'X-1' }) }).reason).toBe(
      'ALREADY_EXISTS',
    );
    world.nowMs += 1;
    const { replies } = world.run({ kind: 'purgeTask', request: on('t1') });
    expect(replies[0]).toMatchObject({
      event: EventType.TASK_PURGED,
      removed: true,
      changedPaths: [],
      previousSequence: 3,
    });
    expect(replies[0]!.previousIndexed).toMatchObject({ externalId: 'X-1', deleted: true });
    expect(world.refusal({ kind: 'purgeTask', request: on('t1') }).reason).toBe('NOT_FOUND');
    world.create({ externalId: 'X-1' });
  });

  it('leaves a task that was brought back meanwhile', () => {
    const world = new World();
    world.create();
    world.run({ kind: 'deleteTask', request: on('t1') });
    world.nowMs += 31 * DAY_MS;
    world.run({ kind: 'undeleteTask', request: on('t1') });
    expect(world.refusal({ kind: 'purgeTask', request: on('t1') }).reason).toBe('ILLEGAL_TRANSITION');
  });

  it('takes every task of a project that is due, so that the project can go', () => {
    const world = new World();
    world.create();
    world.run({ kind: 'completeTask', request: { ...on('t1'), result: undefined } });
    world.run({ kind: 'deleteProject', request: on('projects/p') });
    expect(world.refusal({ kind: 'purgeTask', request: on('t1') }).reason).toBe('ILLEGAL_TRANSITION');
    world.nowMs += 31 * DAY_MS;
    expect(world.refusal({ kind: 'purgeProject', request: on('projects/p') }).reason).toBe('HAS_CHILDREN');
    world.run({ kind: 'purgeTask', request: on('t1') });
    const { replies } = world.run({ kind: 'purgeProject', request: on('projects/p') });
    expect(replies[0]).toMatchObject({ event: EventType.PROJECT_PURGED, removed: true });
    expect(world.view.rows.size).toBe(0);
    expect(world.view.projectCount()).toBe(0);
  });

  it('of a parent leaves the count of its children right for a later task of that id', () => {
    const world = new World();
    world.create({}, 'epic');
    world.create({ parent: 'projects/p/tasks/epic' });
    world.run({ kind: 'failTask', request: { ...on('t1'), error: undefined } });
    world.run({ kind: 'deleteTask', request: on('epic') });
    world.nowMs += 31 * DAY_MS;
    world.run({ kind: 'purgeTask', request: on('epic') });
    world.run({ kind: 'retryTask', request: on('t1') });
    world.create({}, 'epic');
    expect(world.liveChildren('epic')).toBe(1);
    world.run({ kind: 'completeTask', request: { ...on('t1'), result: undefined } });
    expect(world.liveChildren('epic')).toBe(0);
  });
});
