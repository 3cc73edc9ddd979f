// Work under a lock.
//
// G1. The lock is let go of when the work has ended, however it ended.
// G2. A lock with a ttl is renewed at a third of it. When that is refused, `signal` aborts: the work is not guarded any more.

import { isHoldfastError } from './error';
import type { AcquireOptions, Locks, Target } from './locks';
import { periodOf, Pulse } from './pulse';

export type GuardOptions = Omit<AcquireOptions, 'requestId' | 'validateOnly'>;

/** A lock that is held while the work goes on. */
export interface LockGuard {
  readonly name: string;
  /** Show it to whatever the lock guards: a stale one must be refused there. The lock alone does not exclude. */
  readonly fencingToken: number;
  /** Aborts when the lock or its session is gone. */
  readonly signal: AbortSignal;
}

/** Does work under a lock. Rejects as the work does, and as `Locks.acquire` does. */
export async function guarded<T>(
  locks: Locks,
  lost: AbortSignal,
  targets: Target | readonly Target[],
  options: GuardOptions,
  work: (lock: LockGuard) => Promise<T>,
): Promise<T> {
  const lock = await locks.acquire(targets, options);
  const gone = new AbortController();
  const pulse =
    options.ttlMs === undefined
      ? undefined
      : new Pulse({
          periodMs: () => periodOf(options.ttlMs!),
          beat: async () => void (await locks.renew(lock)),
          onEnd: (error) => gone.abort(error),
        });
  try {
    const signal = AbortSignal.any([gone.signal, lost]);
    return await work({ name: lock.name, fencingToken: lock.fencingToken, signal });
  } finally {
    await pulse?.stop();
    await released(locks, lock);
  }
}

async function released(locks: Locks, lock: Parameters<Locks['release']>[0]): Promise<void> {
  try {
    await locks.release(lock);
  } catch (error) {
    // It is gone, or goes with its session or its ttl: the work's own outcome is worth more than this.
    if (!isHoldfastError(error)) throw error;
  }
}
