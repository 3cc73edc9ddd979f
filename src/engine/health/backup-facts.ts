import { formatBackup } from '../../domain/backup-name';
import { isGood } from '../../storage/backup/catalogue';
import type { GoodBackup } from '../../storage/backup/catalogue';
import type { BackupKeeper } from '../backups/backup-keeper';
import { hasChanged, isAncestor } from '../backups/debt';
import type { Engine } from '../engine';

/** What is known of backups. */
export interface BackupFacts {
  /** The newest one that verified and that the present history can be built on; undefined for none. */
  readonly newest: BackupFact | undefined;
  /** Backups that verified and that the present history can be built on. */
  readonly verifiedCount: number;
  readonly damaged: readonly DamagedBackup[];
  /** Whether anything but the server's own tellings came after the newest. */
  readonly changedSince: boolean;
  /** When the next automatic one is due, by the wall clock in milliseconds; undefined if they are off. */
  readonly nextAtMs: number | undefined;
}

export interface DamagedBackup {
  readonly name: string;
  /** Whether a trimmed journal stands on it. */
  readonly isBase: boolean;
}

export interface BackupFact {
  readonly name: string;
  readonly sequence: number;
  /** By the wall clock, in milliseconds. */
  readonly createdAtMs: number;
  /** Bytes of its files, and tasks in it. */
  readonly bytes: number;
  readonly tasks: number;
}

/** Reads the catalogue, and the journal after the newest backup up to the first change. */
export async function backupFacts(
  { parts: { journal } }: Engine,
  { backups, automatic }: BackupKeeper,
): Promise<BackupFacts> {
  const all = await backups.list();
  const lineage = journal.lineage();
  const verified = all.filter(isGood).filter((backup) => isAncestor(backup, lineage));
  const newest = verified[0] && factOf(verified[0]);
  return {
    newest,
    verifiedCount: verified.length,
    damaged: all
      .filter((backup) => !isGood(backup))
      .map(({ id, base }) => ({ name: formatBackup(id), isBase: base !== undefined })),
    // A journal that cannot be read now says nothing; that the newest has everything would be too good to assume.
    changedSince: newest === undefined || (await hasChanged(journal, newest.sequence).catch(() => true)),
    nextAtMs: await automatic.nextAt(),
  };
}

function factOf({ id, manifest: { sequence, createdAt, files, tasks } }: GoodBackup): BackupFact {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { name: formatBackup(id), sequence, createdAtMs: createdAt, bytes, tasks };
}
