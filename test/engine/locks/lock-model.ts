// What serving requests for locks in order means, written as plainly as it can be: two lists, compared pair by pair.

import { overlap, storedCover } from '../../../src/domain/locks/lock-target';
import { targetsOf } from '../../support/lock-world';

export interface Asked {
  readonly session: string;
  readonly targets: readonly string[];
  readonly exclusive: boolean;
  readonly untilMs: number;
}

export type Answer = 'granted' | 'waits' | 'LOCK_HELD' | 'DEADLOCK';

export class LockModel {
  readonly held: Asked[] = [];
  readonly waiting: Asked[] = [];

  ask(asked: Asked, waits: boolean): Answer {
    const blockers = this.inTheWay(asked, this.waiting);
    if (blockers.length === 0) {
      this.held.push(asked);
      return 'granted';
    }
    if (!waits) return 'LOCK_HELD';
    if (blockers.some(({ session }) => this.reaches(session, asked.session, new Set()))) return 'DEADLOCK';
    this.waiting.push(asked);
    return 'waits';
  }

  /** Takes requests out, whether they hold or wait, and serves who can be served then, in order. Gives those. */
  remove(gone: (asked: Asked) => boolean): Asked[] {
    for (const list of [this.held, this.waiting]) list.splice(0, list.length, ...list.filter((each) => !gone(each)));
    const served: Asked[] = [];
    for (let i = 0; i < this.waiting.length; i++) {
      const next = this.waiting[i]!;
      if (this.inTheWay(next, this.waiting.slice(0, i)).length > 0) continue;
      this.waiting.splice(i--, 1);
      this.held.push(next);
      served.push(next);
    }
    return served;
  }

  private inTheWay(asked: Asked, earlier: readonly Asked[]): Asked[] {
    return [...this.held, ...earlier].filter((other) => conflict(asked, other));
  }

  private reaches(from: string, to: string, seen: Set<string>): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return this.waiting.some(
      (waiter, i) =>
        waiter.session === from &&
        this.inTheWay(waiter, this.waiting.slice(0, i)).some(({ session }) => this.reaches(session, to, seen)),
    );
  }
}

export function conflict(a: Asked, b: Asked): boolean {
  if (a.session === b.session || !(a.exclusive || b.exclusive)) return false;
  const others = targetsOf(b.targets).map(storedCover);
  return targetsOf(a.targets).some((target) => others.some((other) => overlap(storedCover(target), other)));
}
