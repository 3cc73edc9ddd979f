// Goal: requests for locks are served in order, and each leaves exactly once. Method: the real rules and the real parking over a state in memory,
// decided as the committer does it; journal time is the test's.

import { Refusal } from '../../../src/domain/refusal';
import { LockMode } from '../../../src/gen/holdfast/v1/lock';
import { LockRoom } from './lock-room';
import type { Request } from './lock-room';

const SECOND = 1000;
const WAIT = 60 * SECOND;
const SHARED = { mode: LockMode.SHARED };

function reasonOf({ refusal }: Request): string | undefined {
  return refusal instanceof Refusal ? refusal.reason : refusal?.message;
}

function isWaiting({ lock, refusal }: Request): boolean {
  return lock === undefined && refusal === undefined;
}

describe('waiting for a lock', () => {
  it('without a wait the answer comes at once', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    expect(reasonOf(room.ask('b', ['x'], 0))).toBe('LOCK_HELD');
    expect(room.parking.waiting).toBe(0);
  });

  it('who asked first is served first', () => {
    const room = new LockRoom(['a', 'b', 'c', 'd']);
    const holder = room.ask('a', ['x'], 0);
    const waiters = ['b', 'c', 'd'].map((session) => room.ask(session, ['x'], WAIT));
    expect(waiters.every(isWaiting)).toBe(true);
    for (let last = holder; room.granted.length < 4; last = room.granted.at(-1)!) room.giveBack(last);
    expect(room.granted).toEqual([holder, ...waiters]);
    expect(room.parking.waiting).toBe(0);
  });

  it('a later request waits for an earlier one that overlaps, also where nobody holds anything of it', () => {
    const room = new LockRoom(['a', 'b', 'c', 'd']);
    const holder = room.ask('a', ['src/api/x'], 0);
    const wide = room.ask('b', ['src/**'], WAIT);
    const narrow = room.ask('c', ['src/ui/y'], WAIT);
    const elsewhere = room.ask('d', ['docs/**'], WAIT);
    expect([isWaiting(wide), isWaiting(narrow), isWaiting(elsewhere)]).toEqual([true, true, false]);
    expect(reasonOf(room.ask('d', ['src/ui/z'], 0))).toBe('LOCK_HELD');
    room.giveBack(holder);
    expect([isWaiting(wide), isWaiting(narrow)]).toEqual([false, true]);
    room.giveBack(wide);
    expect(isWaiting(narrow)).toBe(false);
  });

  it('nothing is held while a request waits for the rest of its targets', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    const holder = room.ask('a', ['x'], 0);
    const both = room.ask('b', ['x', 'y'], WAIT);
    expect(room.view.held.of('p').size).toBe(1);
    room.giveBack(holder);
    expect(both.lock?.targets).toHaveLength(2);
  });

  it('those that share are served together, and not past an exclusive request', () => {
    const room = new LockRoom(['a', 'b', 'c', 'd', 'e']);
    const writer = room.ask('a', ['x'], 0);
    const [b, c] = [room.ask('b', ['x'], WAIT, SHARED), room.ask('c', ['x'], WAIT, SHARED)];
    const second = room.ask('d', ['x'], WAIT);
    const late = room.ask('e', ['x'], WAIT, SHARED);
    room.giveBack(writer);
    expect([b, c, second, late].map(isWaiting)).toEqual([false, false, true, true]);
    room.giveBack(b);
    expect(isWaiting(second)).toBe(true);
    room.giveBack(c);
    expect([isWaiting(second), isWaiting(late)]).toEqual([false, true]);
    room.giveBack(second);
    expect(isWaiting(late)).toBe(false);
  });

  it('a request that comes while an earlier one is on its way back stays behind it', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    const holder = room.ask('a', ['x'], 0);
    const first = room.ask('b', ['x'], WAIT);
    let late: Request | undefined;
    room.beforeNext = () => (late = room.enqueue('c', ['x'], WAIT));
    room.giveBack(holder);
    expect([isWaiting(first), isWaiting(late!)]).toEqual([false, true]);
  });
});

describe('leaving the queue', () => {
  it('a caller that goes leaves its place to those behind', () => {
    const room = new LockRoom(['a', 'b', 'c', 'd']);
    room.ask('a', ['x'], 0);
    const wide = room.ask('b', ['x', 'y'], WAIT);
    const narrow = room.ask('c', ['y'], WAIT);
    expect(isWaiting(narrow)).toBe(true);
    wide.leave();
    room.drain();
    expect(reasonOf(wide)).toBe('CANCELLED');
    expect(isWaiting(narrow)).toBe(false);
    expect(room.parking.waiting).toBe(0);
  });

  it('a caller that goes while it is on its way back gets nothing', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    const holder = room.ask('a', ['x'], 0);
    const gone = room.ask('b', ['x'], WAIT);
    const next = room.ask('c', ['x'], WAIT);
    room.beforeNext = () => gone.leave();
    room.giveBack(holder);
    expect(reasonOf(gone)).toBe('CANCELLED');
    expect(next.lock?.session).toBe('projects/p/sessions/c');
    expect(room.parking.waiting).toBe(0);
  });

  it('a wait ends after its time with who holds the lock then', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    const holder = room.ask('a', ['x'], 0);
    const second = room.ask('b', ['x'], WAIT);
    const third = room.ask('c', ['x'], 2 * WAIT);
    room.giveBack(holder);
    expect(isWaiting(third)).toBe(true);
    room.pass(2 * WAIT - 1);
    expect(isWaiting(third)).toBe(true);
    room.pass(1);
    expect(third.refusal).toMatchObject({
      reason: 'LOCK_HELD',
      details: { metadata: { holder: 'projects/p/sessions/b', lock: second.lock!.name, waiting: 'false' } },
    });
    expect(room.timersSet).toBe(0);
  });

  it('many waits need one timer', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    const waits = Array.from({ length: 100 }, (_, i) => room.ask('b', ['x'], WAIT + i * SECOND));
    expect(room.timersSet).toBe(1);
    room.pass(WAIT + 49 * SECOND);
    expect(waits.filter(isWaiting)).toHaveLength(50);
    expect(room.timersSet).toBe(1);
  });

  it('a session that ends takes its requests with it', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    room.ask('a', ['x'], 0);
    const asked = room.ask('b', ['x', 'y'], WAIT);
    const behind = room.ask('c', ['y'], WAIT);
    room.end('b');
    expect(reasonOf(asked)).toBe('SESSION_ENDED');
    expect(isWaiting(behind)).toBe(false);
  });

  it('the end of the holder’s session serves who waits', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    const asked = room.ask('b', ['x'], WAIT);
    room.end('a');
    expect(asked.lock).toBeDefined();
  });

  it('a project that is deleted refuses who waits in it', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    const asked = room.ask('b', ['x'], WAIT);
    const request = { name: 'projects/p', etag: '', requestId: '', validateOnly: false };
    room.act({ kind: 'deleteProject', request });
    expect(reasonOf(asked)).toBe('NOT_FOUND');
  });

  it('when the server stops, those that wait are told, and nobody waits any more', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    room.ask('a', ['x'], 0);
    const asked = room.ask('b', ['x'], WAIT);
    room.parking.close(new Refusal('DRAINING', 'the server is shutting down'));
    expect(reasonOf(asked)).toBe('DRAINING');
    expect(reasonOf(room.ask('c', ['x'], WAIT))).toBe('DRAINING');
    expect([room.parking.waiting, room.timersSet]).toEqual([0, 0]);
  });

  it('a dry run never waits', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    expect(reasonOf(room.ask('b', ['x'], WAIT, { validateOnly: true }))).toBe('LOCK_HELD');
    expect(room.parking.waiting).toBe(0);
  });
});

describe('deadlocks', () => {
  it('of two sessions are refused with both', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    room.ask('b', ['y'], 0);
    const first = room.ask('a', ['y'], WAIT);
    const second = room.ask('b', ['x'], WAIT);
    expect(isWaiting(first)).toBe(true);
    expect(second.refusal).toMatchObject({
      reason: 'DEADLOCK',
      message: expect.stringContaining('projects/p/sessions/b would wait for projects/p/sessions/a') as string,
      details: { metadata: { path: 'projects/p/sessions/b,projects/p/sessions/a' } },
    });
    expect(room.parking.waiting).toBe(1);
  });

  it('of three sessions, one of which merely asked earlier, are refused with all', () => {
    const room = new LockRoom(['a', 'b', 'c']);
    room.ask('a', ['x'], 0);
    room.ask('c', ['z'], 0);
    // b holds nothing, but stands before c, and waits for a.
    room.ask('b', ['x', 'y'], WAIT);
    room.ask('a', ['z'], WAIT);
    const last = room.ask('c', ['y'], WAIT);
    expect(last.refusal).toMatchObject({ details: { metadata: { path: ['c', 'b', 'a'].map(sessionName).join(',') } } });
    expect(reasonOf(room.ask('c', ['y'], 0))).toBe('LOCK_HELD');
  });

  it('once it has given back what it held, the same request waits', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['x'], 0);
    const held = room.ask('b', ['y'], 0);
    const first = room.ask('a', ['y'], WAIT);
    expect(reasonOf(room.ask('b', ['x'], WAIT))).toBe('DEADLOCK');
    room.giveBack(held);
    expect(first.lock).toBeDefined();
    expect(isWaiting(room.ask('b', ['x'], WAIT))).toBe(true);
  });

  it('a request is refused when as many wait as may', () => {
    const room = new LockRoom(['a', 'b', 'c'], 20);
    room.ask('a', ['**'], 0);
    for (let i = 0; i < 20; i++) room.ask('c', [`x${i}`], WAIT);
    expect(room.parking.waiting).toBe(20);
    expect(reasonOf(room.ask('b', ['x'], WAIT))).toBe('OVERLOADED');
  });

  it('a session waits for no more locks than it may have', () => {
    const room = new LockRoom(['a', 'b']);
    room.ask('a', ['**'], 0);
    room.ask('b', ['key:k'], 0);
    for (let i = 0; i < 255; i++) room.ask('b', [`x${i}`], WAIT);
    expect(reasonOf(room.ask('b', ['y'], WAIT))).toBe('QUOTA');
  });
});

function sessionName(id: string): string {
  return `projects/p/sessions/${id}`;
}
