// What is not as it should be with backups, the mirror, and what recovery would cost. Pure.

import { millisecondsOf } from '../../domain/timestamp';
import { HealthStatus } from '../../gen/holdfast/v1/system';
import type { RecoveryStatus, ServerStatus } from '../../gen/holdfast/v1/system';
import type { BackupSettings } from '../store-settings';
import type { DamagedBackup } from './backup-facts';
import { found } from './issue';
import type { Issue } from './issue';
import * as limit from './thresholds';
import { spanText } from './words';

interface BackupFacts {
  readonly status: ServerStatus;
  readonly nowMs: number;
  readonly storeSinceMs: number | undefined;
  readonly backups: BackupSettings | undefined;
  readonly damagedBackups: readonly DamagedBackup[];
  readonly changedSince: boolean;
}

const { DEGRADED, UNHEALTHY } = HealthStatus;
/** Damaged backups that an issue names. */
const NAMED_MAX = 5;

/** The issues of backups; none for a store that is not kept by itself. */
export function backupIssues(facts: BackupFacts): Issue[] {
  const { status, backups } = facts;
  const { recovery } = status;
  if (!recovery) return [];
  return [
    ...damaged(facts, recovery),
    ...found(recovery.lastFailure !== '', {
      code: 'backup_failed',
      severity: DEGRADED,
      message: `the last automatic backup or round of the mirror failed: ${recovery.lastFailure}`,
      recommendation: 'Mend what it names; it is tried again by itself.',
    }),
    ...found(recovery.mirrorLag > limit.MIRROR_LAG_MAX, {
      code: 'mirror_behind',
      severity: DEGRADED,
      message: `the mirror is ${recovery.mirrorLag} records behind (threshold ${limit.MIRROR_LAG_MAX})`,
      recommendation: 'Look at the disk of `mirrorDir`: it is full, slow, or gone.',
    }),
    ...(backups ? [...unsaved(facts, recovery, backups), ...debt(recovery, backups)] : []),
  ];
}

function damaged({ damagedBackups: known }: BackupFacts, { damagedBackups, backups }: RecoveryStatus): Issue[] {
  const names = known.slice(0, NAMED_MAX).map(({ name }) => name);
  const which = names.length === 0 ? '' : ` (${names.join(', ')}${known.length > NAMED_MAX ? ', …' : ''})`;
  const base = known.find(({ isBase }) => isBase)?.name;
  const make = 'ake a new one with: holdfast backup create.';
  const look = 'Look at the disk that holds the damaged ones.';
  return found(damagedBackups > 0, {
    code: 'backup_damaged',
    severity: backups > 0 ? DEGRADED : UNHEALTHY,
    message: `${damagedBackups} backups are damaged${which}, ${backups} are good (threshold 0)`,
    recommendation:
      base === undefined
        ? `M${make} ${look}`
        : `The trimmed journal stands on ${base}: m${make} It takes the place of that by itself. ${look}`,
  });
}

/** There is no backup, or the newest is too old. A server has some minutes after its start to make up for what was due. */
function unsaved(
  { status, nowMs, storeSinceMs, changedSince }: BackupFacts,
  { newestBackupTime, debtRecords, backups }: RecoveryStatus,
  { auto, intervalMs }: BackupSettings,
): Issue[] {
  const threshold = auto ? limit.BACKUP_AGE_FACTOR * intervalMs : limit.UNSAVED_AGE_MAX_MS;
  if (auto && (status.process?.uptimeMs ?? 0) < Math.min(limit.CATCH_UP_MS, threshold)) return [];
  const ageMs = nowMs - (newestBackupTime ? millisecondsOf(newestBackupTime) : (storeSinceMs ?? nowMs));
  if (ageMs <= threshold) return [];
  const recommendation = auto
    ? 'Look in the log for backups that failed, or make one now with: holdfast backup create'
    : 'Make one with: holdfast backup create. Or let the server make them: `autoBackup`.';
  if (backups === 0) {
    const message = `the store is ${spanText(ageMs)} old and has no backup that verified (threshold ${spanText(threshold)})`;
    return [{ code: 'backup_missing', severity: DEGRADED, message, recommendation }];
  }
  // Nothing has changed: the old one has everything.
  if (!changedSince) return [];
  const message =
    `the newest backup is ${spanText(ageMs)} old (threshold ${spanText(threshold)}); ` +
    `${debtRecords} records came after it`;
  return [{ code: 'backup_old', severity: DEGRADED, message, recommendation }];
}

function debt({ debtRecords }: RecoveryStatus, { debtRecords: due }: BackupSettings): Issue[] {
  const threshold = limit.DEBT_FACTOR * due;
  return found(debtRecords > threshold, {
    code: 'recovery_debt',
    severity: DEGRADED,
    message: `a rebuild of the state would apply ${debtRecords} records (threshold ${threshold})`,
    recommendation: 'Make a backup with: holdfast backup create. Recovery begins with the newest one.',
  });
}
