// Whether a wait could never end: sessions that wait for each other in a circle.

import { LOCK_CYCLE_EDGES_MAX } from './limits';
import { Refusal } from './refusal';

/** Whom a session waits for: those that hold what its requests need, and those that asked for it earlier. */
export type WaitsFor = (session: string) => Iterable<string>;

/**
 * The shortest circle that a session would close if it waited for these: itself, whom it waits for, and so on up to who waits for it.
 * Undefined if there is none. Refuses with OVERLOADED if more than 200,000 waits would have to be looked at.
 */
export function findLockCycle(session: string, blockers: Iterable<string>, waitsFor: WaitsFor): string[] | undefined {
  const cameFrom = new Map<string, string>();
  let level: string[] = [];
  for (const blocker of blockers) {
    if (blocker === session || cameFrom.has(blocker)) continue;
    cameFrom.set(blocker, session);
    level.push(blocker);
  }
  let edges = level.length;
  while (level.length > 0) {
    const next: string[] = [];
    for (const from of level) {
      for (const to of waitsFor(from)) {
        if (to === session) return pathTo(from, session, cameFrom);
        if (++edges > LOCK_CYCLE_EDGES_MAX) throw tooMany();
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, from);
        next.push(to);
      }
    }
    level = next;
  }
  return undefined;
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
