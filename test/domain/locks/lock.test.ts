// Goal: who gets a lock, what a refusal says, and when a lock ends. Method: a small world whose journal time the test holds.

import { durationOf, millisecondsIn } from '../../../src/domain/duration';
import { millisecondsOf } from '../../../src/domain/timestamp';
import type { LockQueue } from '../../../src/domain/locks/lock-queue';
import { parsePath } from '../../../src/domain/locks/lock-target';
import { EntityKind, EventType, SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import type { LockTarget } from '../../../src/gen/holdfast/v1/lock';
import { LockMode } from '../../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import { SessionState } from '../../../src/gen/holdfast/v1/session';
import { LockWorld } from '../../support/lock-world';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function holdsOf(world: LockWorld, session: string): string[] {
  const row = world.view.row(EntityKind.SESSION_WORK, 'p', session)!;
  return SessionWork.decode(row.image).locks;
}

describe('acquiring a lock', () => {
  it('is granted with a name, a token and its targets in normal form', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['./src//api/**', 'key:deploy'], { purpose: 'the release' });
    expect(lock).toMatchObject({
      name: `projects/p/locks/l${world.sequence}`,
      session: 'projects/p/sessions/a',
      agent: 'projects/p/agents/agent-a',
      mode: LockMode.EXCLUSIVE,
      fencingToken: world.sequence,
      purpose: 'the release',
      expireTime: undefined,
    });
    expect(lock.targets.map(({ target }) => target)).toEqual([
      { $case: 'path', value: 'src/api/**' },
      { $case: 'key', value: 'deploy' },
    ]);
    expect(holdsOf(world, 'a')).toEqual([`l${lock.fencingToken}`]);
    const [change] = world.last.replies;
    expect(change?.event).toBe(EventType.LOCK_ACQUIRED);
  });

  it('all targets are granted or none: one that is held refuses the request', () => {
    const world = new LockWorld(['a', 'b']);
    world.acquire('a', ['src/api/server.ts']);
    const refusal = world.refusedAcquire('b', ['docs/x', 'src/**']);
    expect(refusal.reason).toBe('LOCK_HELD');
    expect(world.view.held.of('p').size).toBe(1);
    expect(world.acquire('b', ['docs/x'])).toBeDefined();
  });

  it.each([
    [LockMode.SHARED, LockMode.SHARED, true],
    [LockMode.SHARED, LockMode.EXCLUSIVE, false],
    [LockMode.EXCLUSIVE, LockMode.SHARED, false],
    [LockMode.EXCLUSIVE, LockMode.EXCLUSIVE, false],
    [LockMode.UNSPECIFIED, LockMode.SHARED, false],
  ])('mode %i beside mode %i of another session: %s', (first, second, granted) => {
    const world = new LockWorld(['a', 'b']);
    world.acquire('a', ['src/**'], { mode: first });
    if (granted) expect(world.acquire('b', ['src/x'], { mode: second }).fencingToken).toBe(world.sequence);
    else expect(world.refusedAcquire('b', ['src/x'], { mode: second }).reason).toBe('LOCK_HELD');
  });

  it('own locks never stand in the way', () => {
    const world = new LockWorld(['a']);
    world.acquire('a', ['src/**']);
    world.acquire('a', ['src/x']);
    expect(holdsOf(world, 'a')).toHaveLength(2);
  });

  it('the refusal says who holds what, until when, for what, and how many more', () => {
    const world = new LockWorld(['a', 'b', 'c']);
    const held = world.acquire('a', ['src/api/**'], { ttl: durationOf(MINUTE), purpose: 'a rewrite' });
    world.acquire('b', ['src/ui/**']);
    const refusal = world.refusedAcquire('c', ['src/**']);
    const expireTime = new Date(millisecondsOf(held.expireTime)).toISOString().replace('.000Z', 'Z');
    expect(refusal.details.metadata).toEqual({
      holder: 'projects/p/sessions/a',
      lock: held.name,
      target: 'src/**',
      expire_time: expireTime,
      waiting: 'false',
      count: '2',
    });
    expect(refusal.message).toBe(
      `projects/p/sessions/a (projects/p/agents/agent-a) holds path "src/**" by ${held.name}, for "a rewrite", until ${expireTime} unless it is ` +
        'renewed; 1 more stand in the way: wait for it with `wait`, or ask its holder',
    );
  });

  it('a lock without a ttl ends with the grace of its session at the earliest, and never by itself where the session has no ttl', () => {
    const world = new LockWorld(['a', 'b', 'c']);
    world.acquire('a', ['x']);
    const until = Date.parse(world.refusedAcquire('b', ['x']).details.metadata!['expire_time']!);
    // The session's loss, a tenth late as renewals are written down a tenth apart, and its grace.
    expect(until).toBe(world.renewedMs('a') + 2.1 * 15 * MINUTE);
    world.startSession('endless', 0);
    world.acquire('endless', ['y']);
    const refusal = world.refusedAcquire('b', ['y']);
    expect(refusal.details.metadata).not.toHaveProperty('expire_time');
    expect(refusal.message).toContain('until its session is ended');
  });

  it('an earlier request of another session is in the way too', () => {
    const world = new LockWorld(['a', 'b']);
    const queue: LockQueue = { ahead: [{ session: 'a', exclusive: true, covers: [parsePath('src/**')] }] };
    const refusal = world.refusedAcquire('b', ['src/x'], {}, queue);
    expect(refusal.reason).toBe('LOCK_HELD');
    expect(refusal.details.metadata).toEqual({
      holder: 'projects/p/sessions/a',
      target: 'src/x',
      waiting: 'true',
      count: '1',
    });
  });

  it('a wait that would close a circle is refused with the circle', () => {
    const world = new LockWorld(['a', 'b', 'c']);
    world.acquire('a', ['x']);
    const waits: Record<string, string[]> = { a: ['b'], b: ['c'] };
    const search = { behind: new Set(['b']), waitsFor: (session: string) => waits[session] ?? [] };
    const queue: LockQueue = { ahead: [], wait: { own: 0, full: false, waits: () => search } };
    expect(world.refusedAcquire('c', ['x'], {}, queue)).toMatchObject({
      reason: 'DEADLOCK',
      details: { metadata: { path: ['c', 'a', 'b'].map((id) => `projects/p/sessions/${id}`).join(',') } },
    });
    waits['a'] = [];
    expect(world.refusedAcquire('c', ['x'], {}, queue).reason).toBe('LOCK_HELD');
    const full: LockQueue = { ...queue, wait: { ...queue.wait!, full: true } };
    expect(world.refusedAcquire('c', ['x'], {}, full).reason).toBe('OVERLOADED');
  });

  it.each([
    ['no targets', { targets: [] }, 'targets'],
    ['65 targets', { targets: Array(65).fill(target('x')) }, 'targets'],
    ['an empty target', { targets: [{ target: undefined }] }, 'targets[0]'],
    ['a path upwards', { targets: [target('a'), target('../b')] }, 'targets[1].path'],
    ['a mode that is none', { mode: 7 as LockMode }, 'mode'],
    ['a wait above 10 minutes', { wait: durationOf(601 * SECOND) }, 'wait'],
    ['a wait below zero', { wait: { seconds: -1, nanos: 0 } }, 'wait'],
    ['a ttl below a second', { ttl: durationOf(999) }, 'ttl'],
    ['a ttl above a day', { ttl: durationOf(24 * 60 * MINUTE + 1) }, 'ttl'],
    ['a purpose above 1 KiB', { purpose: 'x'.repeat(1025) }, 'purpose'],
  ])('%s is refused by its path', (_, fields: Partial<AcquireLockRequest>, field) => {
    const world = new LockWorld(['a']);
    const refusal = world.refusedAcquire('a', ['x'], fields);
    expect(refusal.reason).toBe('FIELD_INVALID');
    expect(refusal.details.fields?.map((each) => each.field)).toEqual([field]);
  });

  it('the same target twice is one', () => {
    const world = new LockWorld(['a']);
    expect(world.acquire('a', ['x/y', './x/y/', 'key:x/y']).targets).toHaveLength(2);
  });

  it('a session has at most 256 locks', () => {
    const world = new LockWorld(['a']);
    for (let i = 0; i < 256; i++) world.acquire('a', [`x/${i}`]);
    expect(world.refusedAcquire('a', ['y'])).toMatchObject({
      reason: 'QUOTA',
      details: { metadata: { limit: '256' } },
    });
  });

  it('needs a session, of this project, that is at work', () => {
    const world = new LockWorld(['a']);
    const request = { ...AcquireLockRequest.fromPartial({}), parent: 'projects/p', targets: [target('x')] };
    expect(world.refusal({ kind: 'acquireLock', request })).toMatchObject({
      reason: 'FIELD_INVALID',
      details: { fields: [{ field: 'metadata.holdfast-session' }] },
    });
    world.setState('a', SessionState.LOST);
    expect(world.refusedAcquire('a', ['x']).reason).toBe('SESSION_LOST');
    world.setState('a', SessionState.ENDED);
    expect(world.refusedAcquire('a', ['x']).reason).toBe('SESSION_ENDED');
  });
});

describe('releasing and renewing a lock', () => {
  it('a released lock is free, and its session has it no more', () => {
    const world = new LockWorld(['a', 'b']);
    const lock = world.acquire('a', ['x']);
    world.release('a', lock);
    expect(world.last.replies[0]).toMatchObject({ removed: true, event: EventType.LOCK_RELEASED });
    expect(holdsOf(world, 'a')).toEqual([]);
    expect(world.acquire('b', ['x']).fencingToken).toBeGreaterThan(lock.fencingToken);
    expect(world.refusedRelease('a', lock).reason).toBe('NOT_FOUND');
  });

  it('a token that is not the holder’s is fenced, and told who holds it', () => {
    const world = new LockWorld(['a', 'b']);
    const lock = world.acquire('a', ['x']);
    for (const [session, fencingToken] of [
      ['a', lock.fencingToken - 1],
      ['b', lock.fencingToken],
    ] as const) {
      const refusal = world.refusedRelease(session, { ...lock, fencingToken });
      expect(refusal).toMatchObject({
        reason: 'FENCED',
        details: { metadata: { name: lock.name, holder: 'projects/p/sessions/a' } },
      });
      expect(world.refusedRenew(session, { ...lock, fencingToken }).reason).toBe('FENCED');
    }
    expect(world.refusedRelease('a', { ...lock, fencingToken: 0 }).reason).toBe('FIELD_INVALID');
    expect(world.refusedRelease('a', { ...lock, name: 'projects/p/locks/x' }).reason).toBe('FIELD_INVALID');
  });

  it('a session that is lost may give a lock back, but not renew it', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x'], { ttl: durationOf(MINUTE) });
    world.setState('a', SessionState.LOST);
    expect(world.refusedRenew('a', lock).reason).toBe('SESSION_LOST');
    world.release('a', lock);
    expect(world.view.held.of('p').size).toBe(0);
  });

  it('a renewal counts from now, and is written down once in a tenth of the ttl', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x'], { ttl: durationOf(MINUTE) });
    const grantedMs = millisecondsOf(lock.acquireTime);
    expect(millisecondsOf(lock.expireTime)).toBe(grantedMs + 66 * SECOND);
    world.nowMs = grantedMs + 4 * SECOND;
    expect(world.renew('a', lock)).toEqual(lock);
    expect(world.last.decision.changes).toEqual([]);
    world.nowMs = grantedMs + 6 * SECOND;
    expect(millisecondsOf(world.renew('a', lock).expireTime)).toBe(grantedMs + 72 * SECOND);
  });

  it('renewing a lock without a ttl of its own changes nothing', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x']);
    expect(world.renew('a', lock)).toEqual(lock);
  });
});

describe('the end of a lock by time', () => {
  const ttl = durationOf(MINUTE);

  it('a lock ends when its ttl and a tenth have passed, not before', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x'], { ttl });
    world.nowMs = millisecondsOf(lock.expireTime) - 1;
    expect(world.expire(lock).changes).toEqual([]);
    world.nowMs = millisecondsOf(lock.expireTime);
    expect(world.expire(lock).changes[0]).toMatchObject({ removed: true, event: EventType.LOCK_EXPIRED });
    expect(holdsOf(world, 'a')).toEqual([]);
    expect(world.expire(lock).changes).toEqual([]);
  });

  it('what its session was renewed for counts for the lock', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x'], { ttl });
    world.nowMs = millisecondsOf(lock.expireTime) - 30 * SECOND;
    world.acquire('a', ['y']);
    const renewedMs = world.renewedMs('a');
    world.nowMs = millisecondsOf(lock.expireTime);
    world.expire(lock);
    expect(millisecondsOf(world.lock(lock)!.expireTime)).toBe(renewedMs + 66 * SECOND);
    world.nowMs = renewedMs + 66 * SECOND;
    world.expire(lock);
    expect(world.lock(lock)).toBeUndefined();
  });

  it('a start of the server gives it a full ttl', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x'], { ttl });
    world.bootMs = millisecondsOf(lock.expireTime) + 60 * MINUTE;
    world.nowMs = world.bootMs;
    world.expire(lock);
    expect(millisecondsOf(world.lock(lock)!.expireTime)).toBe(world.bootMs + 66 * SECOND);
  });

  it('a session whose lock has a short ttl writes its renewals down as often', () => {
    const world = new LockWorld(['a']);
    world.acquire('a', ['x'], { ttl: durationOf(10 * SECOND) });
    const before = world.renewedMs('a');
    world.nowMs = before + 2 * SECOND;
    world.acquire('a', ['y']);
    expect(world.renewedMs('a')).toBe(before + 2 * SECOND);
    expect(millisecondsIn(ttl)).toBe(MINUTE);
  });

  it('a lock that is gone, or has no ttl of its own, is left alone', () => {
    const world = new LockWorld(['a']);
    const lock = world.acquire('a', ['x']);
    world.nowMs += 365 * 24 * 60 * MINUTE;
    expect(world.expire(lock).changes).toEqual([]);
    expect(world.lock(lock)).toEqual(lock);
  });
});

describe('locks of a session that is over', () => {
  it('end with it', () => {
    const world = new LockWorld(['a', 'b']);
    world.acquire('a', ['x']);
    world.acquire('a', ['y/**'], { ttl: durationOf(MINUTE) });
    world.endSession('a');
    expect(world.view.held.of('p').size).toBe(0);
    const events = world.last.decision.changes.filter(({ kind }) => kind === EntityKind.LOCK).map(({ event }) => event);
    expect(events).toEqual([EventType.LOCK_RELEASED, EventType.LOCK_RELEASED]);
    expect(world.acquire('b', ['x', 'y/z'])).toBeDefined();
  });

  it('go to its successor under new tokens, with their names; the old token is fenced', () => {
    const world = new LockWorld(['a', 'b']);
    const lock = world.acquire('a', ['x'], { ttl: durationOf(MINUTE) });
    const successor = world.resume('a');
    const adopted = world.lock(lock)!;
    expect(adopted).toMatchObject({
      name: lock.name,
      session: `projects/p/sessions/${successor}`,
      acquireTime: lock.acquireTime,
    });
    expect(adopted.fencingToken).toBe(world.sequence);
    expect(holdsOf(world, successor)).toEqual([`l${lock.fencingToken}`]);
    expect(world.refusedAcquire('b', ['x']).details.metadata).toMatchObject({
      holder: `projects/p/sessions/${successor}`,
    });
    expect(world.refusedRelease('a', lock)).toMatchObject({
      reason: 'SESSION_ENDED',
      details: { metadata: { successor: `projects/p/sessions/${successor}` } },
    });
    expect(world.refusedRelease(successor, lock).reason).toBe('FENCED');
    world.release(successor, adopted);
  });
});

function target(path: string): LockTarget {
  return { target: { $case: 'path', value: path } };
}
