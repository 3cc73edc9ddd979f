// Whether a wait could never end: sessions that wait for each other in a circle.

import { LOCK_CYCLE_EDGES_MAX } from '../limits';
import { Refusal } from '../refusal';

/** What is known of who waits for whom, when a session is about to wait. */
export interface LockWaits {
  /** The sessions that wait for this one: for what it holds, or as it asked earlier. */
  readonly behind: ReadonlySet<string>;
  /** The sessions that a session waits for. Those that were given before, of whichever session, may be left out. */
  waitsFor(session: string): Iterable<string>;
}

/**
 * The shortest circle that a session would close if it waited for these: itself, whom it waits for, and so on up to who waits for it.
 * Undefined if there is none. Refuses with OVERLOADED if more than 200,000 waits would have to be looked at.
 */
export function findLockCycle(session: string, blockers: Iterable<string>, waits: LockWaits): string[] | undefined {
  const { behind } = waits;
  if (behind.size === 0) return undefined;
  const cameFrom = new Map<string, string>();
  let edges = 0;
  let level: string[] = [];
  const reach = (from: string, others: Iterable<string>): string | undefined => {
    for (const to of others) {
      if (++edges > LOCK_CYCLE_EDGES_MAX) throw tooMany();
      if (to === session || cameFrom.has(to)) continue;
      cameFrom.set(to, from);
      if (behind.has(to)) return to;
      level.push(to);
    }
    return undefined;
  };
  let last = reach(session, blockers);
  while (last === undefined && level.length > 0) {
    const above = level;
    level = [];
    for (const from of above) {
      last = reach(from, waits.waitsFor(from));
      if (last !== undefined) break;
    }
  }
  return last === undefined ? undefined : pathTo(last, session, cameFrom);
}

function pathTo(last: string, session: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [last];
  for (let at = last; at !== session; path.push(at)) at = cameFrom.get(at)!;
  return path.reverse();
}

function tooMany(): Refusal {
  const message =
    'too many sessions wait for each other to tell whether this wait could end: release what is held, or ask again later';
  return new Refusal('OVERLOADED', message, { retryAfterMs: 1000 });
}
