// What rules cannot find by points, of what sessions have saved: listed right before a command, which checks it.

import type { SessionRemains } from '../domain/own-requests';
import type { LineName } from '../domain/checkpoints/checkpoint-line';
import { CHECKPOINTS_OF_CALL_MAX } from '../domain/checkpoints/checkpoint-limits';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { ScanRange, StateSnapshot } from '../storage/state/state';

/** Where the checkpoints of one line are, or those of all lines of a session. */
export type LinesOf = Omit<LineName, 'namespace'> & { readonly namespace?: string | undefined };

/** The ids of the first checkpoints, oldest first, at most `max`. */
export async function oldestOf(snapshot: StateSnapshot, lines: LinesOf, max: number): Promise<string[]> {
  return restsOf(snapshot, { by: 'checkpoints', ...lines }, max);
}

/** What a session has saved, as much as one command may take away. */
export async function remainsOf(snapshot: StateSnapshot, project: string, session: string): Promise<SessionRemains> {
  const max = CHECKPOINTS_OF_CALL_MAX;
  const owned = (kind: EntityKind): ScanRange => ({ by: 'owned', kind, project, owner: session });
  const checkpoints = await oldestOf(snapshot, { project, session }, max);
  const namespaces = await restsOf(snapshot, owned(EntityKind.CHECKPOINT_LINE), max);
  const transcripts = await restsOf(snapshot, owned(EntityKind.TRANSCRIPT), max);
  const more = [checkpoints, namespaces, transcripts].some((ids) => ids.length === max);
  return { checkpoints, namespaces, transcripts, more };
}

/** What follows the session in the ids of the first rows of a range. */
async function restsOf(snapshot: StateSnapshot, range: ScanRange, max: number): Promise<string[]> {
  const rests: string[] = [];
  for await (const { id } of snapshot.scan(range)) {
    rests.push(id.slice(id.indexOf('/') + 1));
    if (rests.length === max) break;
  }
  return rests;
}
