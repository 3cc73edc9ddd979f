// The backups that a recovery can begin with.

import type { Files } from '../../storage/files';
import { backupStateDir, isGood, listBackups } from '../../storage/backup/catalogue';
import type { GoodBackup } from '../../storage/backup/catalogue';
import { copyBackupState } from '../../storage/backup/copy-state';
import type { Journal } from '../../storage/journal/journal';
import { readCheckpoint, writeCheckpoint } from '../../storage/state/checkpoint-file';
import { StateUnusable } from '../../storage/state/state';

/** A backup, or why it is none that this journal continues. */
export interface Candidate {
  /** `backups/b1`. */
  readonly name: string;
  readonly backup: GoodBackup | undefined;
  /** Why it cannot be taken; empty if it can. */
  readonly problem: string;
}

/** All backups, newest first: each with what keeps it from being a base of this journal, as far as that can be known without reading it whole. */
export async function candidates(files: Files, backupsDir: string, journal: Journal): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const backup of await listBackups(files, backupsDir)) {
    const name = `backups/${backup.id}`;
    if (!isGood(backup)) found.push({ name, backup: undefined, problem: backup.problems.join('; ') });
    else found.push({ name, backup, problem: await misfit(journal, backup) });
  }
  return found;
}

/** Why a backup is not of the histories that the journal consists of; empty if it is. */
async function misfit(journal: Journal, { manifest }: GoodBackup): Promise<string> {
  const { sequence, history, chain } = manifest;
  const span = journal.lineage().find((one) => one.history === history);
  if (span === undefined || sequence > span.last)
    return `it is of history ${history}, which was left before ${sequence}`;
  if (sequence < journal.floor()) return `the journal begins at ${journal.oldest()}, above it`;
  const found = await journal.chainAfter(sequence);
  if (found === undefined || Buffer.from(found).toString('hex') !== chain) {
    return `the journal has another chain at ${sequence} than it had when the backup was made`;
  }
  return '';
}

/** Copies a backup's state to `to`, which does not exist, as one of the present history, checking every byte. Throws StateUnusable. */
export async function copyBase(files: Files, backup: GoodBackup, history: string, to: string): Promise<void> {
  await files.removeTree(to);
  await copyBackupState(files, backup, to);
  const checkpoint = await readCheckpoint(files, to);
  if (!checkpoint) throw new StateUnusable(`${backupStateDir(backup)} has no state checkpoint`);
  // Its sequence is of a history that the present one comes from.
  if (checkpoint.history !== history) await writeCheckpoint(files, to, { ...checkpoint, history });
}

/** Bytes of a backup's state. */
export function stateBytes({ manifest }: GoodBackup): number {
  return manifest.files.reduce((sum, { size }) => sum + size, 0);
}
