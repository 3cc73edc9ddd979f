import { durationOf } from '../../../src/domain/duration';
import { CLAIM_WINDOWS_MAX, CLAIMS_WAITING_MAX } from '../../../src/domain/limits';
import { EndSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { CancelTaskRequest, ClaimTaskRequest, FailTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { ClaimWorld } from '../../support/claim-world';
import { createTask } from '../../support/world';

/** What becomes of a promise, seen without waiting for it. */
function watched<T>(promise: Promise<T>): { value?: T; reason?: string } {
  const seen: { value?: T; reason?: string } = {};
  promise.then(
    (value) => (seen.value = value),
    (fault: { reason?: string; message: string }) => (seen.reason = fault.reason ?? fault.message),
  );
  return seen;
}

describe('claims of the next ready task', () => {
  it('give tasks by priority, then by age', async () => {
    const world = await ClaimWorld.of('anna');
    for (const priority of [3, 1, 3, 2] as const) await world.create({ priority });
    const order = [];
    for (let i = 0; i < 5; i++) order.push(await world.claim('anna'));
    expect(order).toEqual([['t2'], ['t4'], ['t1'], ['t3'], []]);
    expect(world.compared).toBe(5);
  });

  it('give several at once, and the rest later', async () => {
    const world = await ClaimWorld.of('anna');
    for (let i = 0; i < 5; i++) await world.create();
    expect(await world.claim('anna', { tasksMax: 3 })).toEqual(['t1', 't2', 't3']);
    expect(await world.claim('anna', { tasksMax: 3 })).toEqual(['t4', 't5']);
  });

  it('wait for a task, and get it in the turn of its creation', async () => {
    const world = await ClaimWorld.of('anna');
    const claim = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    expect(claim).toEqual({});
    expect(world.claims.waiting).toBe(1);
    await world.create();
    await world.settle();
    expect(claim.value).toEqual(['t1']);
    expect(world.claims.waiting).toBe(0);
  });

  it('are served in the order of their arrival, each with what it can take (L2)', async () => {
    const world = await ClaimWorld.of('anna');
    const claims = [
      watched(world.claim('anna', { waitMs: 60_000, capabilities: ['rust'] })),
      watched(world.claim('anna', { waitMs: 60_000 })),
      watched(world.claim('anna', { waitMs: 60_000, capabilities: ['rust', 'sql'] })),
    ];
    await world.settle();
    await world.create({ requiredCapabilities: ['sql'] });
    await world.create({ requiredCapabilities: ['rust'] });
    await world.settle();
    expect(claims.map(({ value }) => value)).toEqual([['t2'], undefined, ['t1']]);
    await world.create();
    await world.settle();
    expect(claims[1]!.value).toEqual(['t3']);
  });

  it('are not passed by a younger one while their windows are read (U3)', async () => {
    const world = await ClaimWorld.of('anna', 'ben');
    await world.claim('ben');
    let readOn = (): void => undefined;
    world.holdReads = new Promise((resolve) => (readOn = resolve));
    const [older, younger] = ['anna', 'ben'].map((agent) => watched(world.claim(agent, { waitMs: 60_000 })));
    await world.settle();
    await world.create();
    await world.settle();
    expect([older, younger]).toEqual([{}, {}]);
    readOn();
    await world.settle();
    expect([older, younger]).toEqual([{ value: ['t1'] }, {}]);
  });

  it('go on when the one before them leaves while its windows are read (U3)', async () => {
    const world = await ClaimWorld.of('anna', 'ben');
    await world.claim('ben');
    world.holdReads = new Promise(() => undefined);
    const caller = new AbortController();
    const gone = watched(world.claim('anna', { waitMs: 60_000, signal: caller.signal }));
    const next = watched(world.claim('ben', { waitMs: 60_000 }));
    await world.settle();
    await world.create();
    caller.abort();
    await world.settle();
    expect([gone, next]).toEqual([{ reason: 'CANCELLED' }, { value: ['t1'] }]);
  });

  it('wakes as many claims as can be served, and no more (U1)', async () => {
    const world = await ClaimWorld.of('anna');
    const claims = Array.from({ length: 50 }, () => watched(world.claim('anna', { waitMs: 60_000 })));
    await world.settle();
    const asked = world.asked;
    for (let i = 0; i < 10; i++) await world.create();
    await world.settle();
    expect(claims.filter(({ value }) => value !== undefined)).toHaveLength(10);
    expect(claims.slice(0, 10).map(({ value }) => value?.[0])).toEqual(
      Array.from({ length: 10 }, (_, i) => `t${i + 1}`),
    );
    expect(world.asked - asked).toBe(10);
  });

  it('are answered with nothing when their time is up', async () => {
    const world = await ClaimWorld.of('anna');
    const [soon, late] = [500, 5000].map((waitMs) => watched(world.claim('anna', { waitMs })));
    await world.settle();
    world.advance(499);
    await world.settle();
    expect([soon, late]).toEqual([{}, {}]);
    world.advance(1);
    await world.settle();
    expect([soon, late]).toEqual([{ value: [] }, {}]);
    world.advance(4500);
    await world.settle();
    expect(late).toEqual({ value: [] });
  });

  it('leave with their caller, and what comes then is for the next one', async () => {
    const world = await ClaimWorld.of('anna');
    const caller = new AbortController();
    const gone = watched(world.claim('anna', { waitMs: 60_000, signal: caller.signal }));
    const next = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    caller.abort();
    await world.settle();
    expect(gone).toEqual({ reason: 'CANCELLED' });
    await world.create();
    await world.settle();
    expect(next).toEqual({ value: ['t1'] });
  });

  it('get a task as soon as its not_before has passed, before tasks of later priority', async () => {
    const world = await ClaimWorld.of('anna');
    const notBefore = { seconds: world.nowMs / 1000 + 2, nanos: 0 };
    await world.create({ notBefore, priority: 1 });
    const claim = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    world.advance(1900);
    await world.settle();
    expect(claim).toEqual({});
    world.advance(200);
    await world.settle();
    expect(claim.value).toEqual(['t1']);
  });

  it('never give a task that is meant for another agent', async () => {
    const world = await ClaimWorld.of('anna', 'ben');
    await world.create({ assignee: 'ben' });
    await world.create();
    expect(await world.claim('anna', { tasksMax: 5 })).toEqual(['t2']);
    await world.create({ priority: 1 });
    expect(await world.claim('ben', { tasksMax: 5 })).toEqual(['t3', 't1']);
  });

  it('give a task that is tried again by its age, not behind all that are fresh', async () => {
    const world = await ClaimWorld.of('anna');
    for (let i = 0; i < 4; i++) await world.create();
    for (const id of ['t1', 't2']) {
      await world.claim('anna');
      const name = `projects/p/tasks/${id}`;
      const error = { code: 'broken', message: 'It broke', details: undefined };
      const request = FailTaskRequest.fromPartial({ name, fencingToken: world.tokenOf(id), error });
      await world.run({ kind: 'failTask', request }, 'anna');
    }
    expect(await world.claim('anna')).toEqual(['t3']);
    world.advance(5000);
    await world.settle();
    // The timer has looked at one of them, and at the other not yet.
    await world.run({ kind: 'expireTask', request: { project: 'p', id: 't2' } });
    expect(await world.claim('anna', { tasksMax: 2 })).toEqual(['t2', 't4']);
    await world.create();
    await world.run({ kind: 'expireTask', request: { project: 'p', id: 't1' } });
    expect(await world.claim('anna')).toEqual(['t1']);
    expect(await world.claim('anna')).toEqual(['t5']);
  });

  it('wait while the queue is paused, and go on when it is not', async () => {
    const world = await ClaimWorld.of('anna');
    world.setQueue('default', { paused: true });
    await world.create();
    const claim = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    expect(claim).toEqual({});
    world.setQueue('default', { paused: false });
    await world.settle();
    expect(claim.value).toEqual(['t1']);
  });

  it('wait while as many tasks are RUNNING as may be, and go on when one ends', async () => {
    const world = await ClaimWorld.of('anna');
    world.setQueue('default', { concurrencyLimit: 2 });
    for (let i = 0; i < 4; i++) await world.create();
    expect(await world.claim('anna', { tasksMax: 5 })).toEqual(['t1', 't2']);
    const claim = watched(world.claim('anna', { tasksMax: 5, waitMs: 60_000 }));
    await world.settle();
    expect(claim).toEqual({});
    await world.run({
      kind: 'cancelTask',
      request: CancelTaskRequest.fromPartial({ name: 'projects/p/tasks/t2', grace: { seconds: 0, nanos: 0 } }),
    });
    await world.settle();
    expect(claim.value).toEqual(['t3']);
  });

  it('answer a retry that waits beside its first call with the same task', async () => {
    const world = await ClaimWorld.of('anna');
    const requestId = Buffer.alloc(16, 7);
    const claims = [1, 2].map(() => watched(world.claim('anna', { waitMs: 60_000, requestId })));
    await world.settle();
    await world.create();
    await world.create();
    await world.settle();
    expect(claims.map(({ value }) => value)).toEqual([['t1'], ['t1']]);
    expect(world.claims.waiting).toBe(0);
  });

  it('are refused at once when they could not be decided later', async () => {
    const world = await ClaimWorld.of('anna');
    const refusals = await Promise.all([
      world.claim('nobody', { waitMs: 1000 }).catch((fault: { reason: string }) => fault.reason),
      world.claim('anna', { waitMs: 1000, filter: 'priority >' }).catch((fault: { reason: string }) => fault.reason),
      world.claim('anna', { waitMs: 601_000 }).catch((fault: { reason: string }) => fault.reason),
      world.claim('anna', { waitMs: 1000, queue: 'No Queue' }).catch((fault: { reason: string }) => fault.reason),
    ]);
    expect(refusals).toEqual(['NOT_FOUND', 'FILTER_INVALID', 'FIELD_INVALID', 'FIELD_INVALID']);
  });

  it('end with the session that asked', async () => {
    const world = await ClaimWorld.of('anna', 'ben');
    const claims = [watched(world.claim('anna', { waitMs: 60_000 })), watched(world.claim('ben', { waitMs: 60_000 }))];
    await world.settle();
    await world.run(
      { kind: 'endSession', request: EndSessionRequest.fromPartial({ name: 'projects/p/sessions/anna' }) },
      'anna',
    );
    await world.settle();
    expect(claims).toEqual([{ reason: 'SESSION_ENDED' }, {}]);
  });

  it('end when the engine stops', async () => {
    const world = await ClaimWorld.of('anna');
    const claim = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    world.claims.close(new Error('the server is shutting down'));
    await world.settle();
    expect(claim).toEqual({ reason: 'the server is shutting down' });
    expect(watched(world.claim('anna'))).toEqual({});
  });
});

describe('a claim that waits', () => {
  /** Lets time pass in steps, and what is due at the session with it, as its timer would. */
  async function pass(world: ClaimWorld, agent: string, ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 200) {
      world.advance(200);
      await world.settle();
      await world.run({ kind: 'expireSession', request: { project: 'p', id: agent } });
    }
  }

  it('keeps its session alive as long as it waits, by a renewal a third of the ttl apart and no other record (V1, V2)', async () => {
    const world = await ClaimWorld.of();
    await world.start('anna', 2000);
    const claim = watched(world.claim('anna', { waitMs: 60_000 }));
    await world.settle();
    const before = world.marks.decided;
    await pass(world, 'anna', 20_000);
    // Looking at the session leaves no record while it is alive.
    const renewals = world.marks.decided - before;
    expect(renewals).toBeGreaterThanOrEqual(10);
    expect(renewals).toBeLessThanOrEqual(34);
    expect(claim).toEqual({});
    await world.create();
    await world.settle();
    expect(claim.value).toEqual(['t1']);
    // Nothing renews it any more.
    await pass(world, 'anna', 3000);
    await expect(world.claim('anna')).rejects.toMatchObject({ reason: 'SESSION_LOST' });
  });

  it('renews nothing once its caller has gone (V3)', async () => {
    const world = await ClaimWorld.of();
    await world.start('anna', 2000);
    const caller = new AbortController();
    const claim = watched(world.claim('anna', { waitMs: 60_000, signal: caller.signal }));
    await pass(world, 'anna', 5000);
    expect(claim).toEqual({});
    caller.abort();
    await pass(world, 'anna', 3000);
    await expect(world.claim('anna')).rejects.toMatchObject({ reason: 'SESSION_LOST' });
  });

  it('keeps what the session holds under a shorter ttl, though that was claimed while it waited (V1)', async () => {
    const world = await ClaimWorld.of();
    await world.start('anna', 900_000);
    world.compares = false;
    const claim = watched(world.claim('anna', { waitMs: 60_000, queue: 'other' }));
    await world.settle();
    await world.create();
    const request = ClaimTaskRequest.fromPartial({ name: 'projects/p/tasks/t1', leaseTtl: durationOf(2000) });
    await world.run({ kind: 'claimTask', request }, 'anna');
    const token = world.tokenOf('t1');
    for (let i = 0; i < 50; i++) {
      world.advance(200);
      await world.settle();
      await world.run({ kind: 'expireTask', request: { project: 'p', id: 't1' } });
    }
    expect([claim, world.tokenOf('t1')]).toEqual([{}, token]);
    expect(world.isHeld('t1')).toBe(true);
  });
});

describe('a thousand claims that wait on an empty queue', () => {
  it('read nothing, ask for nothing, and are served one by one when tasks come (L3)', async () => {
    const world = await ClaimWorld.of('anna');
    const claims = Array.from({ length: 1000 }, () => watched(world.claim('anna', { waitMs: 300_000 })));
    await world.settle();
    expect(world.claims.waiting).toBe(1000);
    const [asked, reads] = [world.asked, world.reads];
    // A sort of all tasks for each of a thousand decisions takes too long; they come in one order here.
    world.compares = false;
    const row = jest.spyOn(world.state, 'row');
    for (let second = 0; second < 240; second++) world.advance(1000);
    await world.settle();
    expect([world.asked, world.reads, row.mock.calls.length]).toEqual([asked, reads, 0]);
    row.mockRestore();
    await world.run({ kind: 'batchCreateTasks', request: batch(1000) });
    await world.settle();
    expect(claims.map(({ value }) => value?.[0])).toEqual(Array.from({ length: 1000 }, (_, i) => `t${i + 1}`));
    expect(world.asked - asked).toBe(1000);
  });

  it('are refused beyond the bound, and told when to come back', async () => {
    const world = await ClaimWorld.of('anna');
    for (let i = 0; i < CLAIMS_WAITING_MAX; i += 2000) {
      for (let j = 0; j < 2000; j++) world.claim('anna', { waitMs: 300_000 }).catch(() => undefined);
      await world.settle();
    }
    expect(world.claims.waiting).toBe(CLAIMS_WAITING_MAX);
    const one = watched(world.claim('anna', { waitMs: 300_000 }));
    await world.settle();
    expect(one.reason).toBe('OVERLOADED');
  });
});

describe('windows', () => {
  it('are refused when claims wait for too many different things, and room is made by those that nobody waits for', async () => {
    const world = await ClaimWorld.of('anna');
    for (let i = 0; i < CLAIM_WINDOWS_MAX + 5; i++) await world.claim('anna', { capabilities: [`c${i}`] });
    const claims = Array.from({ length: CLAIM_WINDOWS_MAX }, (_, i) =>
      watched(world.claim('anna', { capabilities: [`d${i}`], waitMs: 60_000 })),
    );
    await world.settle();
    const more = watched(world.claim('anna', { capabilities: ['more'], waitMs: 60_000 }));
    await world.settle();
    expect(more.reason).toBe('QUOTA');
    await world.create({ requiredCapabilities: ['d7'] });
    await world.settle();
    expect(claims[7]!.value).toEqual(['t1']);
    expect(await world.claim('anna', { capabilities: ['more'] })).toEqual([]);
  });

  it('that have what cannot be claimed are read anew, and the claim goes on (L1)', async () => {
    const world = await ClaimWorld.of('anna');
    await world.create();
    await world.create();
    expect(await world.claim('anna')).toEqual(['t1']);
    world.compares = false;
    world.corrupt('t1');
    expect(await world.claim('anna')).toEqual(['t2']);
    expect(world.notices).toEqual([expect.stringContaining('t1')]);
  });
});

const batch = (count: number) => ({
  parent: 'projects/p',
  requests: Array.from({ length: count }, () => createTask({})),
  requestId: '',
  validateOnly: false,
  allowUnresolved: false,
});
