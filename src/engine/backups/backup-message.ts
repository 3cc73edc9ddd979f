import { formatBackup } from '../../domain/backup-name';
import { timestampOf } from '../../domain/timestamp';
import { Backup, BackupKind, BackupState } from '../../gen/holdfast/v1/backup';
import { isGood } from '../../storage/backup/catalogue';
import type { KeptBackup } from '../../storage/backup/catalogue';

/** A backup as callers see it. `others` are all backups, it included. */
export function backupOf(backup: KeptBackup, others: readonly KeptBackup[]): Backup {
  const { id, manifest, problems, verifiedAt } = backup;
  const message: Backup = {
    ...Backup.create(),
    name: formatBackup(id),
    state: isGood(backup) ? BackupState.VERIFIED : BackupState.DAMAGED,
    kind: kindOf(backup),
    verifyTime: verifiedAt > 0 ? timestampOf(verifiedAt) : undefined,
    problems: [...problems],
    keptBecause: keptBecause(backup, others) ?? '',
  };
  if (!manifest) return message;
  return {
    ...message,
    position: { history: manifest.history, sequence: manifest.sequence },
    chain: Buffer.from(manifest.chain, 'hex'),
    digest: Buffer.from(manifest.digest, 'hex'),
    createTime: timestampOf(manifest.createdAt),
    journalTime: timestampOf(manifest.journalAt),
    sizeBytes: manifest.addedBytes,
    tasks: manifest.tasks,
    files: manifest.files.length,
    blobs: manifest.blobs.length,
    blobBytes: manifest.blobs.reduce((sum, { size }) => sum + size, 0),
    description: manifest.description,
    serverVersion: manifest.serverVersion,
    tookMs: manifest.tookMs,
  };
}

/** Why a backup is never deleted, or undefined if it may be. */
export function keptBecause(backup: KeptBackup, others: readonly KeptBackup[]): string | undefined {
  if (backup.base !== undefined) return backup.base;
  if (!isGood(backup) || others.some((other) => other.id !== backup.id && isGood(other))) return undefined;
  return 'it is the last good backup';
}

function kindOf({ base, manifest }: KeptBackup): BackupKind {
  if (base !== undefined) return BackupKind.BASE;
  if (!manifest) return BackupKind.UNSPECIFIED;
  return manifest.kind === 'AUTOMATIC' ? BackupKind.AUTOMATIC : BackupKind.NAMED;
}
