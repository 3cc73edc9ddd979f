import { durationOf } from '../../../src/domain/duration';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import type { Task } from '../../../src/gen/holdfast/v1/task';
import { CompleteTaskRequest, HeartbeatTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { Attempt, AttemptOutcome } from '../../../src/gen/holdfast/v1/work';
import { begin, claimAs, expireTask, workOf } from '../../support/agents';
import { World, on } from '../../support/world';

const { PENDING, FAILED } = TaskState;
const name = (id: string) => `projects/p/tasks/${id}`;

const complete = (id: string, fencingToken: number) => ({
  kind: 'completeTask' as const,
  request: CompleteTaskRequest.fromPartial({ name: name(id), fencingToken }),
});
const heartbeat = (id: string, fencingToken: number, percent: number) => ({
  kind: 'heartbeatTask' as const,
  request: HeartbeatTaskRequest.fromPartial({ name: name(id), fencingToken, progress: { percent } }),
});

/** A world with one task, t1, that ada holds. */
function held(task: Partial<Task>): { world: World; token: number } {
  const world = new World();
  world.create(task);
  return { world, token: claimAs(world, begin(world, 'ada', 'ada-1'), 't1') };
}

function attemptsOf(world: World, task: string): Attempt[] {
  const row = world.view.row(EntityKind.TASK_ATTEMPT, 'p', `${task}/1`);
  return row ? [Attempt.decode(row.image)] : [];
}

describe('timeouts', () => {
  it('the run timeout ends an attempt, however often it is renewed', () => {
    const { world, token } = held({ timeouts: { lease: undefined, run: durationOf(10_000), total: undefined } });
    for (let i = 0; i < 4; i++) {
      world.run(heartbeat('t1', token, i));
      world.nowMs += 1500;
    }
    expireTask(world, 't1');
    expect(world.task('t1')).toMatchObject({ state: PENDING, error: { code: 'run_timeout' } });
    expect(world.refusal(complete('t1', token)).reason).toBe('FENCED');
    expect(attemptsOf(world, 't1')[0]!.outcome).toBe(AttemptOutcome.RUN_TIMEOUT);
  });

  it('the total timeout ends the task; its clock stands still while the task is set aside', () => {
    const world = new World();
    world.create({ timeouts: { lease: undefined, run: undefined, total: durationOf(60_000) } });
    const start = world.nowMs;
    world.nowMs = start + 20_000;
    world.run({ kind: 'pauseTask', request: on('t1') });
    world.nowMs += 1_000_000;
    expect(expireTask(world, 't1')).toBe(0);
    world.run({ kind: 'resumeTask', request: on('t1') });
    world.nowMs += 37_000;
    expect(expireTask(world, 't1')).toBe(0);
    world.nowMs += 3000;
    expireTask(world, 't1');
    expect(world.task('t1')).toMatchObject({ state: FAILED, error: { code: 'total_timeout' } });
  });

  it('the total timeout fences the holder, and starts anew with RetryTask', () => {
    const { world, token } = held({ timeouts: { lease: undefined, run: undefined, total: durationOf(5000) } });
    world.nowMs += 10_000;
    expireTask(world, 't1');
    expect(world.task('t1').state).toBe(FAILED);
    expect(world.refusal(complete('t1', token)).reason).toBe('ILLEGAL_TRANSITION');
    world.run({ kind: 'retryTask', request: on('t1') });
    expect(workOf(world, 't1').totalDeadlineMs).toBe(world.nowMs - 1000 + 5000);
  });
});
