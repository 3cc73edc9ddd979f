// Which automatic backups go. Pure.

import { isGood } from '../../storage/backup/catalogue';
import type { KeptBackup } from '../../storage/backup/catalogue';
import type { BackupSettings } from '../store-settings';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The backups that retention lets go of, oldest first: automatic ones beyond the count, and older than the days. Never the newest good one,
 * never a base, never one that somebody asked for. Of damaged ones only those that are too old, which were kept to be looked at. `backups`
 * are newest first; `nowMs` is the wall clock.
 */
export function outlived(
  backups: readonly KeptBackup[],
  { retentionCount, retentionDays }: Pick<BackupSettings, 'retentionCount' | 'retentionDays'>,
  nowMs: number,
): KeptBackup[] {
  const newestGood = backups.find(isGood);
  let kept = 0;
  const gone = backups.filter((backup) => {
    const { manifest, base } = backup;
    if (manifest?.kind !== 'AUTOMATIC' || base !== undefined) return false;
    const isTooOld = nowMs - manifest.createdAt > retentionDays * DAY_MS;
    if (isGood(backup)) kept += 1;
    if (backup === newestGood) return false;
    return isTooOld || (isGood(backup) && kept > retentionCount);
  });
  return gone.reverse();
}
