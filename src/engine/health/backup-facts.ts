import { isGood, listBackups } from '../../storage/backup/catalogue';
import type { Files } from '../../storage/files';
import type { HistorySpan } from '../../storage/journal/lineage';
import { isOurs } from './records';

/** What the catalogue says of backups. */
export interface BackupFacts {
  /** Backups of which no damage is known and whose moment lies in the present journal's histories, newest first. */
  readonly verified: readonly BackupFact[];
  readonly damagedCount: number;
}

export interface BackupFact {
  readonly name: string;
  readonly sequence: number;
  /** By the wall clock, in milliseconds. */
  readonly createdAtMs: number;
}

/** Reads the catalogue in `dir`. */
export async function backupFacts(files: Files, dir: string, lineage: readonly HistorySpan[]): Promise<BackupFacts> {
  const backups = await listBackups(files, dir);
  const verified = backups
    .filter(isGood)
    .filter(({ manifest: { history, sequence } }) => isOurs(lineage, history, sequence));
  return {
    verified: verified.map(({ id, manifest: { sequence, createdAt } }) => {
      return { name: `backups/${id}`, sequence, createdAtMs: createdAt };
    }),
    damagedCount: backups.filter((backup) => !isGood(backup)).length,
  };
}
