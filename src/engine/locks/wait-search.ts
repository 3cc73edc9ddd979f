/**
 * Who waits for whom, for one search for a circle.
 *
 * WS1. It is of one turn: nothing is granted, and nobody comes or goes, while it is used.
 * WS2. What was looked at is remembered by set and order: a queue of thousands on one target is walked once, not once for each that waits in it.
 */
import type { HeldLocks } from '../../domain/locks/held-locks';
import type { LockWaits } from '../../domain/locks/lock-cycle';
import type { Hold } from '../../domain/locks/lock-trie';
import type { LockWaiters, Waiter } from './lock-waiters';

export class WaitSearch implements LockWaits {
  readonly behind: ReadonlySet<string>;
  private readonly project: string;
  /** Of sets of waiters, up to which place all were given. */
  private readonly given = new Map<ReadonlySet<Waiter>, number>();
  /** Sets of locks whose holders were all given. */
  private readonly givenHolders = new Set<ReadonlySet<Hold>>();

  /** For a request that is about to wait: whoever is in its way directly is known, and not given again. */
  constructor(
    private readonly locks: HeldLocks,
    private readonly waiters: LockWaiters,
    request: Waiter,
  ) {
    this.project = request.project;
    this.behind = this.waitingFor(request.session);
    waiters.eachSet(request.project, request, (set) => this.given.set(set, request.order));
    locks.of(request.project).eachSet(request, (set) => this.givenHolders.add(set));
  }

  *waitsFor(session: string): Iterable<string> {
    for (const waiter of this.waiters.ofSession(this.project, session)) {
      yield* this.holders(waiter);
      yield* this.earlier(waiter);
    }
  }

  private holders(waiter: Waiter): string[] {
    const found: string[] = [];
    this.locks.of(this.project).eachSet(waiter, (set) => {
      if (this.givenHolders.has(set)) return;
      this.givenHolders.add(set);
      for (const { session } of set) found.push(session);
    });
    return found;
  }

  private earlier({ order, ...request }: Waiter): string[] {
    const found: string[] = [];
    this.waiters.eachSet(this.project, request, (set) => {
      const known = this.given.get(set) ?? 0;
      if (order <= known) return;
      this.given.set(set, order);
      for (const other of set) {
        if (other.order >= order) break;
        if (other.order >= known) found.push(other.session);
      }
    });
    return found;
  }

  /** The sessions that wait for what a session holds, or that asked later than it did for what is not compatible. */
  private waitingFor(session: string): Set<string> {
    const found = new Set<string>();
    const known = new Map<ReadonlySet<Waiter>, number>();
    const look = (request: Hold, after: number): void =>
      this.waiters.eachSet(this.project, request, (set) => {
        if (after >= (known.get(set) ?? Infinity)) return;
        known.set(set, after);
        for (const other of set) if (other.order > after && other.session !== session) found.add(other.session);
      });
    for (const lock of this.locks.ofSession(this.project, session)) look(lock, 0);
    for (const waiter of this.waiters.ofSession(this.project, session)) look(waiter, waiter.order);
    return found;
  }
}
