/**
 * The live locks of a store that is opened.
 *
 * LL1. They are read before the first command is decided: the state stands at the journal's head then, and from there on each decided
 *      record is folded in.
 */
import type { HeldLocks } from '../../domain/held-locks';
import type { StateSnapshot } from '../../storage/state/state';

/** Reads all rows of locks. May be asked again after a damaged row was healed: a lock that is known already is taken anew. */
export async function loadLocks(snapshot: StateSnapshot, locks: HeldLocks): Promise<void> {
  for await (const { project, id, row } of snapshot.scan({ by: 'locks' })) locks.set(project, id, row.image);
}
