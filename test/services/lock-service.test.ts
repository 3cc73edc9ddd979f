// Goal: locks as callers meet them. Method: a real server in this process, and clients that wait, leave and come back.

import { Metadata, status } from '@grpc/grpc-js';
import { durationOf } from '../../src/domain/duration';
import { LockMode } from '../../src/gen/holdfast/v1/lock';
import type { Lock } from '../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest, LockServiceClient } from '../../src/gen/holdfast/v1/lock_service';
import {
  EndSessionRequest,
  SessionServiceClient,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import { SESSION_KEY } from '../../src/services/caller';
import { boot, call } from '../support/boot';
import type { Booted, BootOptions } from '../support/boot';
import { reasonOf } from '../support/refusals';
import { targetsOf } from '../support/lock-world';

const PARENT = 'projects/default';
const WAIT_MS = 60_000;

/** A server, and sessions that ask it for locks. */
class Room {
  private constructor(
    readonly booted: Booted,
    readonly locks: LockServiceClient,
    readonly sessions: SessionServiceClient,
  ) {}

  static async open(options: BootOptions = {}): Promise<Room> {
    const booted = await boot(options);
    return new Room(booted, booted.client(LockServiceClient), booted.client(SessionServiceClient));
  }

  /** Starts a session; gives the metadata by which its calls are its own. */
  async session(id: string, ttlMs = 600_000): Promise<Metadata> {
    const request = StartSessionRequest.fromPartial({
      parent: PARENT,
      agent: `agent-${id}`,
      sessionId: id,
      ttl: durationOf(ttlMs),
    });
    const { session, token } = await call(this.sessions, 'startSession', request);
    const metadata = new Metadata();
    metadata.set(SESSION_KEY, `${session!.name};${token}`);
    return metadata;
  }

  async acquire(as: Metadata, targets: readonly string[], more: Partial<AcquireLockRequest> = {}): Promise<Lock> {
    const { lock } = await call(this.locks, 'acquireLock', acquire(targets, more), as);
    return lock!;
  }

  async release(as: Metadata, { name, fencingToken }: Lock, requestId = ''): Promise<Lock> {
    const request = { name, fencingToken, requestId, validateOnly: false };
    return (await call(this.locks, 'releaseLock', request, as)).lock!;
  }

  async list(session = ''): Promise<Lock[]> {
    const request = { parent: PARENT, pageSize: 0, pageToken: '', session, atLeast: undefined };
    return (await call(this.locks, 'listLocks', request)).locks;
  }
}

function acquire(targets: readonly string[], more: Partial<AcquireLockRequest> = {}): AcquireLockRequest {
  return { ...AcquireLockRequest.fromPartial({ parent: PARENT }), targets: targetsOf(targets), ...more };
}

describe('the lock service', () => {
  it('grants, shows, lists, renews and releases', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    const lock = await room.acquire(a, ['src/**', 'key:deploy'], { ttl: durationOf(WAIT_MS), purpose: 'a release' });
    expect(lock).toMatchObject({
      session: `${PARENT}/sessions/a`,
      agent: `${PARENT}/agents/agent-a`,
      purpose: 'a release',
    });
    const other = await room.acquire(b, ['docs/**'], { mode: LockMode.SHARED });
    expect(await call(room.locks, 'getLock', { name: lock.name, atLeast: undefined })).toMatchObject({ lock });
    expect(await room.list()).toEqual([lock, other]);
    expect(await room.list(`${PARENT}/sessions/b`)).toEqual([other]);
    const renewed = await call(room.locks, 'renewLock', { ...lock, requestId: '', validateOnly: false }, a);
    expect(renewed.lock).toEqual(lock);
    expect(await room.release(a, lock)).toEqual(lock);
    expect(await room.list()).toEqual([other]);
    await expect(call(room.locks, 'getLock', { name: lock.name, atLeast: undefined })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
  });

  it('lists page by page', async () => {
    const room = await Room.open();
    const a = await room.session('a');
    const held: Lock[] = [];
    for (let i = 0; i < 5; i++) held.push(await room.acquire(a, [`f${i}`]));
    const seen: Lock[] = [];
    for (let pageToken = ''; ;) {
      const request = { parent: PARENT, pageSize: 2, pageToken, session: '', atLeast: undefined };
      const page = await call(room.locks, 'listLocks', request);
      expect(page.locks.length).toBeLessThanOrEqual(2);
      seen.push(...page.locks);
      if ((pageToken = page.nextPageToken) === '') break;
    }
    expect(seen).toEqual(held);
  });

  it('a release that is repeated by its request id gives the lock as it was, also after a restart', async () => {
    const room = await Room.open();
    const a = await room.session('a');
    const lock = await room.acquire(a, ['x']);
    const requestId = '5f0c54fa-7f31-4a52-a1ab-1d9ae0d3a6b0';
    expect(await room.release(a, lock, requestId)).toEqual(lock);
    expect(await room.release(a, lock, requestId)).toEqual(lock);
    await room.booted.stop();
    const again = await Room.open({ dir: room.booted.dir });
    expect(await again.release(a, lock, requestId)).toEqual(lock);
    await expect(again.release(a, lock)).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('one that waits is served when the lock is free, longer than other calls may take', async () => {
    const room = await Room.open({ server: { operationTimeoutMs: 2000 } });
    const [a, b] = [await room.session('a'), await room.session('b')];
    const lock = await room.acquire(a, ['x']);
    const waits = room.acquire(b, ['x'], { wait: durationOf(WAIT_MS) });
    // Two looks of the guard at its calls.
    await new Promise((resolve) => setTimeout(resolve, 4500));
    await room.release(a, lock);
    expect(await waits).toMatchObject({ session: `${PARENT}/sessions/b` });
  });

  it('one whose time is up is told who holds it', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    const lock = await room.acquire(a, ['x']);
    const fault = await room.acquire(b, ['x'], { wait: durationOf(50) }).catch((error: unknown) => error);
    expect(reasonOf(fault)).toMatchObject({ reason: 'LOCK_HELD', metadata: { lock: lock.name, holder: lock.session } });
  });

  it('one that waits leaves with its call, and those behind it are served', async () => {
    const room = await Room.open();
    const [a, b, c] = [await room.session('a'), await room.session('b'), await room.session('c')];
    await room.acquire(a, ['x']);
    const leaving = new Promise<unknown>((resolve) => {
      const request = acquire(['x', 'y'], { wait: durationOf(WAIT_MS) });
      const pending = room.locks.acquireLock(request, b, (error) => resolve(error));
      void (async () => {
        // It is in the queue as soon as an overlapping request of another is refused for it.
        while ((await refusedFor(room, c, ['y'])) !== 'LOCK_HELD') continue;
        pending.cancel();
      })();
    });
    expect(await leaving).toMatchObject({ code: status.CANCELLED });
    expect(await room.acquire(c, ['y'], { wait: durationOf(WAIT_MS) })).toBeDefined();
  });

  it('a deadlock is refused with its cycle', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    await room.acquire(a, ['x']);
    const held = await room.acquire(b, ['y']);
    const waits = room.acquire(a, ['y'], { wait: durationOf(WAIT_MS) });
    const fault = await until(async () => {
      const error: unknown = await room
        .acquire(b, ['x'], { wait: durationOf(50) })
        .catch((refused: unknown) => refused);
      return reasonOf(error)?.reason === 'DEADLOCK' ? error : undefined;
    });
    expect(reasonOf(fault)?.metadata).toEqual({ path: `${PARENT}/sessions/b,${PARENT}/sessions/a` });
    await room.release(b, held);
    expect(await waits).toBeDefined();
  });

  it('after a restart locks are held and nobody waits; tokens go on', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    const lock = await room.acquire(a, ['x']);
    const waits = room.acquire(b, ['x'], { wait: durationOf(WAIT_MS) }).catch((error: unknown) => error);
    while ((await refusedFor(room, a, ['x', 'z'])) === undefined) continue;
    await room.booted.stop();
    expect(await waits).toMatchObject({ code: status.UNAVAILABLE });
    const again = await Room.open({ dir: room.booted.dir });
    expect(await again.list()).toEqual([lock]);
    expect(await refusedFor(again, b, ['x'])).toBe('LOCK_HELD');
    await again.release(a, lock);
    expect((await again.acquire(b, ['x'])).fencingToken).toBeGreaterThan(lock.fencingToken);
  });

  it('a lock with a ttl ends by itself, and the next is served', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    const lock = await room.acquire(a, ['x'], { ttl: durationOf(1000) });
    const next = await room.acquire(b, ['x'], { wait: durationOf(WAIT_MS) });
    const heldMs =
      next.acquireTime!.seconds * 1000 +
      next.acquireTime!.nanos / 1e6 -
      lock.acquireTime!.seconds * 1000 -
      lock.acquireTime!.nanos / 1e6;
    expect(heldMs).toBeGreaterThanOrEqual(1000);
    const renew = call(room.locks, 'renewLock', { ...lock, requestId: '', validateOnly: false }, a);
    await expect(renew).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('the end of a session gives its locks to who waits', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    await room.acquire(a, ['x']);
    const waits = room.acquire(b, ['x'], { wait: durationOf(WAIT_MS) });
    await call(room.sessions, 'endSession', EndSessionRequest.fromPartial({ name: `${PARENT}/sessions/a` }), a);
    expect(await waits).toMatchObject({ session: `${PARENT}/sessions/b` });
  });
});

describe('CheckLocks', () => {
  it('says of each path who holds it, and whether that is the caller', async () => {
    const room = await Room.open();
    const [a, b] = [await room.session('a'), await room.session('b')];
    const wide = await room.acquire(a, ['src/**']);
    const shared = await room.acquire(b, ['docs/*'], { mode: LockMode.SHARED });
    const paths = ['./src/x.ts', 'docs/a', 'docs/a/b', 'src/**', '**'];
    const request = { parent: PARENT, paths, atLeast: undefined };
    const seen = (await call(room.locks, 'checkLocks', request, a)).paths;
    const names = seen.map(({ locks }) => locks.map(({ name }) => name));
    expect(seen.map(({ path }) => path)).toEqual(['src/x.ts', 'docs/a', 'docs/a/b', 'src/**', '**']);
    expect(names).toEqual([[wide.name], [shared.name], [], [wide.name], [wide.name, shared.name]]);
    expect(seen.map(({ heldByCaller }) => heldByCaller)).toEqual([true, false, false, true, false]);
    expect(seen.map(({ heldByOthers }) => heldByOthers)).toEqual([false, true, false, false, true]);
    const nobody = (await call(room.locks, 'checkLocks', request)).paths;
    expect(nobody.map(({ heldByCaller, heldByOthers }) => [heldByCaller, heldByOthers])[0]).toEqual([false, true]);
  });

  it('sees what was granted before it was asked, and after a restart', async () => {
    const room = await Room.open();
    const a = await room.session('a');
    const lock = await room.acquire(a, ['x']);
    const request = { parent: PARENT, paths: ['x'], atLeast: undefined };
    expect((await call(room.locks, 'checkLocks', request)).paths[0]!.locks).toEqual([lock]);
    await room.booted.stop();
    const again = await Room.open({ dir: room.booted.dir });
    expect((await call(again.locks, 'checkLocks', request)).paths[0]!.locks).toEqual([lock]);
  });

  it('refuses what is no path, by its place', async () => {
    const room = await Room.open();
    const check = (paths: string[]) => call(room.locks, 'checkLocks', { parent: PARENT, paths, atLeast: undefined });
    const fault: unknown = await check(['a', '../b']).catch((error: unknown) => error);
    expect(reasonOf(fault)).toMatchObject({ reason: 'FIELD_INVALID' });
    expect((fault as Error).message).toContain('paths[1]');
    await expect(check([])).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
    await expect(check(Array<string>(1001).fill('a'))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });
});

/** The reason of a request that does not wait; undefined if it was granted, and given back. */
async function refusedFor(room: Room, as: Metadata, targets: readonly string[]): Promise<string | undefined> {
  try {
    await room.release(as, await room.acquire(as, targets));
    return undefined;
  } catch (fault) {
    return reasonOf(fault)?.reason;
  }
}

/** Asks again until there is an answer. */
async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
}
