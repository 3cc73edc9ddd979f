import { durationOf } from '../../../src/domain/duration';
import { backoffMs } from '../../../src/domain/work/retry';
import { EntityKind, EventType } from '../../../src/gen/holdfast/journal/v1/journal';
import { Queue } from '../../../src/gen/holdfast/v1/queue';
import { DependencyKind, TaskState } from '../../../src/gen/holdfast/v1/task';
import type { Task } from '../../../src/gen/holdfast/v1/task';
import {
  ClaimTaskRequest,
  CompleteTaskRequest,
  FailTaskRequest,
  HeartbeatTaskRequest,
  ReleaseTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { Attempt, AttemptOutcome } from '../../../src/gen/holdfast/v1/work';
import { act, begin, claim, claimAs, expire, expireTask, sessionWorkOf, tasksOf, workOf } from '../../support/agents';
import type { Begun } from '../../support/agents';
import { World, on } from '../../support/world';

const { PENDING, RUNNING, SUCCEEDED, FAILED } = TaskState;
const name = (id: string) => `projects/p/tasks/${id}`;

const complete = (id: string, fencingToken = 0, more: Partial<CompleteTaskRequest> = {}) => ({
  kind: 'completeTask' as const,
  request: CompleteTaskRequest.fromPartial({ name: name(id), fencingToken, ...more }),
});
const fail = (id: string, fencingToken = 0, code = 'broken', final = false) => ({
  kind: 'failTask' as const,
  request: FailTaskRequest.fromPartial({ name: name(id), fencingToken, error: { code, message: 'It broke' }, final }),
});
const heartbeat = (id: string, fencingToken: number, percent?: number) => ({
  kind: 'heartbeatTask' as const,
  request: HeartbeatTaskRequest.fromPartial({
    name: name(id),
    fencingToken,
    progress: percent === undefined ? undefined : { percent },
  }),
});
const release = (id: string, fencingToken: number, more: Partial<ReleaseTaskRequest> = {}) => ({
  kind: 'releaseTask' as const,
  request: ReleaseTaskRequest.fromPartial({ name: name(id), fencingToken, ...more }),
});
const next = (candidates: readonly string[], more: Partial<ClaimTaskRequest> = {}) => ({
  kind: 'claimTask' as const,
  request: ClaimTaskRequest.fromPartial({ parent: 'projects/p', maxTasks: candidates.length, ...more }),
  candidates,
});

function attemptsOf(world: World, task: string): Attempt[] {
  return Array.from({ length: workOf(world, task).attempts }, (_, i) =>
    world.view.row(EntityKind.TASK_ATTEMPT, 'p', `${task}/${i + 1}`),
  ).flatMap((row) => (row ? Attempt.decode(row.image) : []));
}

function plantQueue(world: World, settings: Partial<Queue>): void {
  const image = Queue.encode(Queue.fromPartial({ name: 'projects/p/queues/default', ...settings })).finish();
  world.view.plant(EntityKind.QUEUE, 'p', 'default', image, ++world.sequence);
}

/** A world with two sessions and one task, t1, that ada holds. */
function held(task: Partial<Task> = {}): { world: World; ada: Begun; bob: Begun; token: number } {
  const world = new World();
  world.create(task);
  const ada = begin(world, 'ada', 'ada-1');
  const bob = begin(world, 'bob', 'bob-1');
  const token = claimAs(world, ada, 't1');
  return { world, ada, bob, token };
}

describe('a claim', () => {
  it('gives a lease whose token is the sequence of its record, and counts an attempt', () => {
    const { world, token } = held();
    expect(token).toBe(world.sequence);
    expect(world.task('t1')).toMatchObject({ state: RUNNING, startTime: { seconds: world.nowMs / 1000 - 1 } });
    expect(workOf(world, 't1')).toMatchObject({
      attempts: 1,
      failures: 0,
      lease: {
        session: 'projects/p/sessions/ada-1',
        agent: 'projects/p/agents/ada',
        fencingToken: token,
        lapsed: false,
      },
    });
    expect(tasksOf(world, 'ada-1')).toMatchObject([{ task: 't1', token, left: false }]);
  });

  it('needs a session, of the same project', () => {
    const world = new World();
    world.create();
    expect(world.refusal(claim('t1'))).toMatchObject({
      reason: 'FIELD_INVALID',
      message: expect.stringContaining('StartSession') as string,
    });
  });

  it('of a task that another holds says who, until when', () => {
    const { world, bob } = held();
    act(world, bob);
    const { reason, message, details } = world.refusal(claim('t1'));
    expect(reason).toBe('ALREADY_CLAIMED');
    expect(details.metadata).toMatchObject({ holder: 'projects/p/sessions/ada-1', agent: 'projects/p/agents/ada' });
    expect(message).toContain(details.metadata!['expire_time']!);
  });

  it('of a task that the caller holds gives it as it is', () => {
    const { world, token } = held();
    world.nowMs -= 1000;
    const { decision } = world.run(claim('t1'));
    expect(decision.changes).toEqual([]);
    expect(decision.unchanged.map(({ kind }) => kind)).toEqual([EntityKind.TASK, EntityKind.TASK_WORK]);
    expect(workOf(world, 't1').lease!.fencingToken).toBe(token);
  });

  it('by name takes no more tasks than one, and waits for none', () => {
    const { world } = held();
    world.create();
    const request = ClaimTaskRequest.fromPartial({ name: name('t2'), maxTasks: 2, wait: durationOf(1000) });
    const { details } = world.refusal({ kind: 'claimTask', request });
    expect(details.fields?.map(({ field }) => field)).toEqual(['max_tasks', 'wait']);
  });

  it('by name is refused while something is in the way, which it names', () => {
    const world = new World();
    world.create();
    world.create({ dependencies: [{ task: name('t1'), kind: DependencyKind.BLOCKS }] });
    world.create({ notBefore: { seconds: world.nowMs / 1000 + 60, nanos: 0 } });
    act(world, begin(world, 'ada'));
    expect(world.refusal(claim('t2'))).toMatchObject({
      reason: 'NOT_READY',
      details: { metadata: { name: name('t2'), reasons: 'BLOCKED', blocking: name('t1') } },
    });
    expect(world.refusal(claim('t3')).details.metadata).toMatchObject({ reasons: 'NOT_BEFORE' });
    plantQueue(world, { paused: true });
    expect(world.refusal(claim('t1')).details.metadata).toMatchObject({ reasons: 'QUEUE_PAUSED' });
  });

  it('of several gives each its own lease, no more than the queue allows', () => {
    const world = new World();
    for (let i = 0; i < 4; i++) world.create();
    act(world, begin(world, 'ada'));
    plantQueue(world, { concurrencyLimit: 3 });
    world.run(next(['t1', 't2']));
    world.run(next(['t3', 't4']));
    expect(['t1', 't2', 't3', 't4'].map((id) => world.task(id).state)).toEqual([RUNNING, RUNNING, RUNNING, PENDING]);
    expect(world.refusal(claim('t4')).details.metadata).toMatchObject({ reasons: 'CONCURRENCY_LIMIT' });
  });

  it('without candidates changes nothing and names nothing', () => {
    const world = new World();
    act(world, begin(world, 'ada'));
    world.nowMs -= 2000;
    expect(world.run(next([])).decision).toMatchObject({ changes: [], unchanged: [], reply: [] });
  });

  it('of a candidate that cannot be claimed is no refusal: the window is wrong', () => {
    const { world, bob } = held();
    world.create({ assignee: 'carol' });
    world.create({ requiredCapabilities: ['gpu'] });
    act(world, bob);
    for (const id of ['t1', 't2', 't3', 't9']) {
      expect(() => world.decide(next([id]))).toThrow(`${id} cannot be claimed`);
    }
    world.run(next(['t3'], { capabilities: ['gpu', 'web'] }));
    expect(world.task('t3').state).toBe(RUNNING);
  });

  it('takes as long a lease as the claim says, else the task, else its queue', () => {
    const world = new World();
    for (const timeouts of [undefined, { lease: durationOf(30_000), run: undefined, total: undefined }]) {
      world.create({ timeouts });
    }
    world.create();
    plantQueue(world, { timeouts: { lease: durationOf(60_000), run: durationOf(90_000), total: undefined } });
    act(world, begin(world, 'ada'));
    for (const id of ['t1', 't2']) world.run(claim(id));
    world.run(claim('t3', 5000));
    expect(['t1', 't2', 't3'].map((id) => workOf(world, id).lease!.ttl?.seconds)).toEqual([60, 30, 5]);
    expect(workOf(world, 't1').runDeadlineMs).toBe(world.nowMs - 3000 + 90_000);
  });
});

describe('a fencing token', () => {
  it('is asked for by every verb of a holder, and no other is taken', () => {
    const { world, token } = held();
    for (const wrong of [0, token - 1, token + 1]) {
      for (const action of [complete('t1', wrong), fail('t1', wrong), heartbeat('t1', wrong), release('t1', wrong)]) {
        const { reason, details } = world.refusal(action);
        expect(reason).toBe('FENCED');
        expect(details.metadata).toMatchObject({ name: name('t1'), holder: 'projects/p/sessions/ada-1' });
      }
    }
    world.run(complete('t1', token));
    expect(world.task('t1').state).toBe(SUCCEEDED);
    expect(workOf(world, 't1').lease).toBeUndefined();
    expect(tasksOf(world, 'ada-1')).toEqual([]);
  });

  it('dies when the task is given back', () => {
    const { world, token } = held();
    world.run(release('t1', token, { reason: 'no time' }));
    expect(world.task('t1')).toMatchObject({ state: PENDING, stateReason: 'no time' });
    expect(world.refusal(complete('t1', token)).reason).toBe('FENCED');
    expect(attemptsOf(world, 't1')).toMatchObject([{ number: 1, outcome: AttemptOutcome.RELEASED }]);
    expect(workOf(world, 't1').failures).toBe(0);
  });

  it('grows with every claim of the task', () => {
    const { world, ada, bob, token } = held();
    let last = token;
    for (const session of [bob, ada, bob]) {
      world.run(release('t1', last));
      const given = claimAs(world, session, 't1');
      expect(given).toBeGreaterThan(last);
      last = given;
    }
  });
});

describe('a lease with a ttl of its own', () => {
  function shortLease() {
    const world = new World();
    world.create({
      retryPolicy: {
        maxAttempts: 3,
        initialBackoff: durationOf(10_000),
        maxBackoff: undefined,
        multiplier: 0,
        nonRetryable: [],
      },
    });
    const ada = begin(world, 'ada', 'ada-1');
    const bob = begin(world, 'bob', 'bob-1');
    act(world, ada);
    world.run(claim('t1', 20_000));
    act(world, undefined);
    return { world, ada, bob, token: workOf(world, 't1').lease!.fencingToken };
  }

  it('does not end before its ttl, and the task then waits to be tried again', () => {
    const { world } = shortLease();
    world.nowMs += 19_000;
    expect(expireTask(world, 't1')).toBe(0);
    world.nowMs += 3000;
    expect(expireTask(world, 't1')).toBe(1);
    const task = world.task('t1');
    expect(task).toMatchObject({ state: PENDING, error: { code: 'lease_expired' } });
    const waits = task.notBefore!.seconds * 1000 + task.notBefore!.nanos / 1e6 - (world.nowMs - 1000);
    expect(waits).toBeGreaterThanOrEqual(5000);
    expect(waits).toBeLessThanOrEqual(10_000);
    expect(workOf(world, 't1')).toMatchObject({ failures: 1, lease: { lapsed: true } });
    expect(attemptsOf(world, 't1')).toMatchObject([
      { outcome: AttemptOutcome.LEASE_EXPIRED, retryTime: task.notBefore },
    ]);
    expect(sessionWorkOf(world, 'ada-1').lostTasks).toEqual([name('t1')]);
    expect(tasksOf(world, 'ada-1')).toEqual([]);
  });

  it('is renewed by heartbeats, and by whatever else its session does', () => {
    const { world, ada, token } = shortLease();
    world.nowMs += 15_000;
    world.run(heartbeat('t1', token));
    world.nowMs += 15_000;
    act(world, ada);
    world.create({ title: 'A sign of life' });
    act(world, undefined);
    world.nowMs += 15_000;
    expire(world, 'ada-1');
    expireTask(world, 't1');
    expect(world.task('t1').state).toBe(RUNNING);
  });

  it('gets a full ttl from the start of the server', () => {
    const { world } = shortLease();
    world.nowMs += 60_000;
    world.bootMs = world.nowMs - 1000;
    expireTask(world, 't1');
    expect(world.task('t1').state).toBe(RUNNING);
    world.nowMs += 25_000;
    expireTask(world, 't1');
    expect(world.task('t1').state).toBe(PENDING);
  });

  it('a late holder may finish while nobody else has claimed', () => {
    const { world, token } = shortLease();
    world.nowMs += 30_000;
    expireTask(world, 't1');
    expect(world.refusal(heartbeat('t1', token)).reason).toBe('ILLEGAL_TRANSITION');
    expect(attemptsOf(world, 't1')).toMatchObject([{ outcome: AttemptOutcome.LEASE_EXPIRED }]);
    world.run(complete('t1', token));
    expect(world.task('t1').state).toBe(SUCCEEDED);
    const endTime = world.task('t1').endTime!;
    expect(attemptsOf(world, 't1')).toMatchObject([
      { outcome: AttemptOutcome.SUCCEEDED, fencingToken: token, endTime, error: undefined, retryTime: undefined },
    ]);
  });

  it('a late holder is fenced once somebody else has claimed', () => {
    const { world, bob, token } = shortLease();
    world.nowMs += 60_000;
    expireTask(world, 't1');
    world.nowMs += 60_000;
    const newer = claimAs(world, bob, 't1');
    expect(world.refusal(complete('t1', token))).toMatchObject({
      reason: 'FENCED',
      details: { metadata: { holder: 'projects/p/sessions/bob-1' } },
    });
    world.run(complete('t1', newer));
    expect(world.refusal(complete('t1', token)).reason).toBe('ILLEGAL_TRANSITION');
  });
});

describe('a failure', () => {
  const policy = {
    maxAttempts: 3,
    initialBackoff: durationOf(4000),
    maxBackoff: durationOf(6000),
    multiplier: 2,
    nonRetryable: ['bad_input'],
  };

  it('is tried again after a wait, until the attempts are used up', () => {
    const { world, ada, token } = held({ retryPolicy: policy });
    let last = token;
    for (const [failures, least, most] of [
      [1, 2000, 4000],
      [2, 3000, 6000],
    ] as const) {
      world.run(fail('t1', last));
      const { state, notBefore, error } = world.task('t1');
      expect({ state, code: error!.code }).toEqual({ state: PENDING, code: 'broken' });
      const waits = notBefore!.seconds * 1000 + notBefore!.nanos / 1e6 - (world.nowMs - 1000);
      expect(waits).toBeGreaterThanOrEqual(least);
      expect(waits).toBeLessThanOrEqual(most);
      expect(workOf(world, 't1').failures).toBe(failures);
      expect(world.refusal(claim('t1')).reason).toBe('NOT_READY');
      world.nowMs += 10_000;
      last = claimAs(world, ada, 't1');
    }
    world.run(fail('t1', last));
    expect(world.task('t1')).toMatchObject({ state: FAILED, error: { code: 'broken' } });
    expect(attemptsOf(world, 't1').map(({ outcome }) => outcome)).toEqual([2, 2, 2].map(() => AttemptOutcome.FAILED));
  });

  it.each([
    ['a code that is not tried again', fail('t1', 0, 'bad_input')],
    ['a final one', fail('t1', 0, 'broken', true)],
  ])('with %s ends at once', (_what, action) => {
    const { world, token } = held({ retryPolicy: policy });
    world.run({ ...action, request: { ...action.request, fencingToken: token } });
    expect(world.task('t1').state).toBe(FAILED);
  });

  it('is forgotten by RetryTask: fresh attempts', () => {
    const { world, ada, token } = held({ retryPolicy: { ...policy, maxAttempts: 1 } });
    world.run(fail('t1', token));
    world.run({ kind: 'retryTask', request: on('t1') });
    expect(workOf(world, 't1').failures).toBe(0);
    world.run(fail('t1', claimAs(world, ada, 't1')));
    expect(world.task('t1').state).toBe(FAILED);
    expect(workOf(world, 't1').attempts).toBe(2);
  });

  it('waits longer each time, up to the longest, and never less than half', () => {
    const effective = {
      maxAttempts: 9,
      initialBackoffMs: 1000,
      maxBackoffMs: 5000,
      multiplier: 2,
      nonRetryable: new Set<string>(),
      leaseMs: undefined,
      runMs: undefined,
      totalMs: undefined,
    };
    expect([1, 2, 3, 4, 50].map((failures) => backoffMs(effective, failures, 0))).toEqual([
      500, 1000, 2000, 2500, 2500,
    ]);
    expect([1, 2, 3, 4, 50].map((failures) => backoffMs(effective, failures, 1))).toEqual([
      1000, 2000, 4000, 5000, 5000,
    ]);
  });

  it('of a late holder is kept, and the task waits on', () => {
    const { world, token } = held({ timeouts: { lease: durationOf(5000), run: undefined, total: undefined } });
    world.nowMs += 10_000;
    expireTask(world, 't1');
    world.run(fail('t1', token, 'out_of_disk'));
    expect(world.task('t1')).toMatchObject({ state: PENDING, error: { code: 'out_of_disk' } });
    expect(workOf(world, 't1')).toMatchObject({ failures: 1, lease: undefined });
  });
});

describe('giving a task back', () => {
  it('to an agent assigns it', () => {
    const { world, token } = held();
    world.run(release('t1', token, { handOverTo: 'projects/p/agents/carol' }));
    expect(world.task('t1')).toMatchObject({ state: PENDING, assignee: 'carol' });
  });

  it('to a session hands it over at once, under a new token', () => {
    const { world, token } = held();
    const { decision } = world.run(release('t1', token, { handOverTo: 'projects/p/sessions/bob-1' }));
    expect(decision.changes.find(({ kind }) => kind === EntityKind.TASK)!.event).toBe(EventType.TASK_HANDED_OVER);
    expect(world.task('t1').state).toBe(RUNNING);
    expect(workOf(world, 't1').lease).toMatchObject({
      session: 'projects/p/sessions/bob-1',
      fencingToken: world.sequence,
    });
    expect(tasksOf(world, 'ada-1')).toEqual([]);
    expect(tasksOf(world, 'bob-1')).toMatchObject([{ task: 't1' }]);
  });

  it('with blockers adds edges, and the task waits for them', () => {
    const { world, ada, token } = held();
    world.create();
    world.run(release('t1', token, { blockedBy: [name('t2')] }));
    act(world, ada);
    expect(world.refusal(claim('t1')).details.metadata).toMatchObject({ reasons: 'BLOCKED', blocking: name('t2') });
  });

  it('is done for a deleted task: nobody holds it', () => {
    const { world, token } = held();
    world.run({ kind: 'deleteTask', request: on('t1') });
    expect(world.task('t1').state).toBe(PENDING);
    expect(tasksOf(world, 'ada-1')).toEqual([]);
    world.run({ kind: 'undeleteTask', request: on('t1') });
    expect(world.refusal(complete('t1', token)).reason).toBe('FENCED');
  });
});

describe('a completion', () => {
  it('creates follow-ups that were found while working on it', () => {
    const { world, token } = held();
    const followUps = [
      { task: { title: 'Document it' }, ref: 'docs' },
      { task: { title: 'Announce it', dependencies: [{ task: 'tasks/$docs', kind: DependencyKind.BLOCKS }] } },
    ];
    const request = CompleteTaskRequest.fromPartial({ name: name('t1'), fencingToken: token, followUps });
    world.run({ kind: 'completeTask', request });
    expect(world.task('t2').dependencies).toMatchObject([{ task: name('t1'), kind: DependencyKind.DISCOVERED_FROM }]);
    expect(world.task('t3').dependencies).toMatchObject([
      { task: name('t2'), kind: DependencyKind.BLOCKS },
      { task: name('t1'), kind: DependencyKind.DISCOVERED_FROM },
    ]);
    expect(world.task('t1').state).toBe(SUCCEEDED);
  });

  it('with a malformed follow-up is refused whole, with the path', () => {
    const { world, token } = held();
    const request = CompleteTaskRequest.fromPartial({
      name: name('t1'),
      fencingToken: token,
      followUps: [{ task: { title: '' } }],
    });
    expect(world.refusal({ kind: 'completeTask', request }).details.fields![0]!.field).toBe('follow_ups[0].task.title');
  });

  it('of a task that nobody holds needs no token', () => {
    const world = new World();
    world.create();
    world.run(complete('t1'));
    expect(world.task('t1').state).toBe(SUCCEEDED);
  });
});

it('a session that lasts until it is ended renews what it holds with a ttl of its own', () => {
  const world = new World();
  world.create();
  act(world, begin(world, 'ada', 'ada-1', 0));
  world.run(claim('t1', 20_000));
  for (let i = 0; i < 5; i++) {
    world.nowMs += 15_000;
    world.create({ title: 'A sign of life' });
    expireTask(world, 't1');
  }
  expect(world.task('t1').state).toBe(RUNNING);
});
