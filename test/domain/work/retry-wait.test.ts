import { durationOf } from '../../../src/domain/duration';
import { millisecondsOf } from '../../../src/domain/timestamp';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import type { Task } from '../../../src/gen/holdfast/v1/task';
import { FailTaskRequest, UpdateTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { act, begin, claimAs, expireTask, workOf } from '../../support/agents';
import { World, on } from '../../support/world';

const { PENDING, RUNNING } = TaskState;
const name = (id: string) => `projects/p/tasks/${id}`;
const fail = (id: string, fencingToken: number) => ({
  kind: 'failTask' as const,
  request: FailTaskRequest.fromPartial({
    name: name(id),
    fencingToken,
    error: { code: 'broken', message: 'It broke' },
  }),
});

/** A world with one task, t1, that ada holds. */
function held(task: Partial<Task> = {}) {
  const world = new World();
  const retryPolicy = {
    maxAttempts: 3,
    initialBackoff: durationOf(20_000),
    maxBackoff: undefined,
    multiplier: 0,
    nonRetryable: [],
  };
  world.create({ retryPolicy, ...task });
  const ada = begin(world, 'ada', 'ada-1');
  return { world, ada, token: claimAs(world, ada, 't1') };
}

describe('a task that waits after a failure', () => {
  const own = { seconds: Date.UTC(2026, 0, 1) / 1000 - 60, nanos: 0 };

  it('has its own not_before again when the wait is over, and by that its place by age', () => {
    for (const notBefore of [undefined, own]) {
      const { world, token } = held({ notBefore });
      world.run(fail('t1', token));
      const wait = world.task('t1').notBefore!;
      expect(workOf(world, 't1').dueMs).toBe(millisecondsOf(wait));
      expect(expireTask(world, 't1')).toBe(0);
      world.nowMs += 60_000;
      expect(expireTask(world, 't1')).toBe(1);
      expect(world.task('t1')).toMatchObject({ state: PENDING, error: { code: 'broken' } });
      expect(millisecondsOf(world.task('t1').notBefore)).toBe(millisecondsOf(notBefore));
      expect(workOf(world, 't1')).toMatchObject({ retryMs: 0, dueMs: 0, failures: 1 });
    }
  });

  it('has it again when it is claimed before the timer has looked', () => {
    const { world, ada, token } = held({ notBefore: own });
    world.run(fail('t1', token));
    world.nowMs += 60_000;
    const again = claimAs(world, ada, 't1');
    expect(world.task('t1')).toMatchObject({ state: RUNNING, notBefore: own });
    expect(workOf(world, 't1').retryMs).toBe(0);
    // A second failure waits anew, and gives back the same.
    world.run(fail('t1', again));
    expect(millisecondsOf(world.task('t1').notBefore)).toBe(workOf(world, 't1').retryMs);
    world.nowMs += 60_000;
    expireTask(world, 't1');
    expect(world.task('t1').notBefore).toMatchObject(own);
  });

  it('waits for its own not_before where that is later', () => {
    const { world, token } = held();
    const later = { seconds: world.nowMs / 1000 + 3600, nanos: 0 };
    const request = UpdateTaskRequest.fromPartial({
      task: { name: name('t1'), notBefore: later },
      updateMask: ['not_before'],
    });
    world.run({ kind: 'updateTask', request });
    world.run(fail('t1', token));
    expect(world.task('t1').notBefore).toMatchObject(later);
    world.nowMs += 60_000;
    expireTask(world, 't1');
    expect(world.task('t1').notBefore).toMatchObject(later);
    expect(workOf(world, 't1').retryMs).toBe(0);
  });

  it('keeps what somebody sets meanwhile', () => {
    const { world, token } = held();
    world.run(fail('t1', token));
    const later = { seconds: world.nowMs / 1000 + 3600, nanos: 0 };
    world.run({
      kind: 'updateTask',
      request: UpdateTaskRequest.fromPartial({
        task: { name: name('t1'), notBefore: later },
        updateMask: ['not_before'],
      }),
    });
    world.nowMs += 60_000;
    expireTask(world, 't1');
    expect(world.task('t1').notBefore).toMatchObject(later);
    expect(workOf(world, 't1').retryMs).toBe(0);
  });

  it('is not looked at any more once it has ended', () => {
    const { world, token } = held();
    world.run(fail('t1', token));
    act(world, undefined);
    world.run({ kind: 'cancelTask', request: { ...on('t1'), cascade: false } });
    expect(workOf(world, 't1').dueMs).toBe(0);
  });
});
