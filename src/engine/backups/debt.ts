// How much a recovery would have to apply to the newest backup. Pure, but for the look at a few records.

import type { KeptBackup, GoodBackup } from '../../storage/backup/catalogue';
import { isGood } from '../../storage/backup/catalogue';
import type { HistorySpan, Journal } from '../../storage/journal/journal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';

/** Records that are looked at to see whether anything has changed: beyond them, something has. */
const LOOKED_AT_MAX = 1000;
/** What the server says of itself and of its own work: an idle server that backs itself up journals it, and nothing has changed. */
const OWN: ReadonlySet<EntityKind> = new Set<EntityKind>([
  EntityKind.OPERATION,
  EntityKind.HEALTH,
  EntityKind.REPAIR,
  EntityKind.RECOVERY,
]);

/** Whether the state of a backup is one that this history went through. One of a branch that was left is no base for it. */
export function isAncestor({ manifest }: GoodBackup, lineage: readonly HistorySpan[]): boolean {
  const span = lineage.find(({ history }) => history === manifest.history);
  return span !== undefined && manifest.sequence <= span.last;
}

/** The newest good backup that this history can be built on. `backups` are newest first. */
export function newestBase(backups: readonly KeptBackup[], lineage: readonly HistorySpan[]): GoodBackup | undefined {
  return backups.filter(isGood).find((backup) => isAncestor(backup, lineage));
}

/** Whether anything but the server's own tellings was journalled after a sequence. */
export async function hasChanged(journal: Journal, sequence: number): Promise<boolean> {
  let looked = 0;
  for await (const { records } of journal.read(sequence)) {
    for (const record of records) {
      if (record.sequence <= sequence) continue;
      if (record.changes.some(({ kind }) => !OWN.has(kind)) || ++looked > LOOKED_AT_MAX) return true;
    }
  }
  return false;
}

/** Whether a backup was found damaged since the newest good one was made: then it is not known how much longer that one stands alone. */
export function damagedSince(backups: readonly KeptBackup[], newest: GoodBackup, nowMs: number): boolean {
  // What was found in the future says nothing: the clock was set back, and a new backup would not come after it.
  return backups.some(
    (each) => !isGood(each) && each.verifiedAt > newest.manifest.createdAt && each.verifiedAt <= nowMs,
  );
}
