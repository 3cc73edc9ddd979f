/**
 * Which backups there are: the directories below the backups' directory, and what their manifests say. No rows: a restore to an older
 * moment forgets none. Works on a stopped store as well.
 *
 *     <backups>/<id>/manifest            manifest.ts
 *     <backups>/<id>/verified, base      marks.ts
 *     <backups>/<id>/state/checkpoint    as in the state directory: `openState` opens a copy of <id>/state
 *     <backups>/<id>/state/db-…/*
 *     <backups>/blobs/ab/cd/<digest>.blob  the pool: each blob once for all backups; `Blobs` opens it
 *     <backups>/.new-…, .gone-…          in the making, on the way out: never listed
 *
 * Y1. What is listed without problems was read whole and compared when it was made, and not found damaged since. Whether it still is good,
 *     `verifyBackup` says; ask it before you rest on one.
 * Y2. A directory without a manifest that verifies is listed as damaged, never left out.
 */
import { join } from 'node:path';
import { BACKUP_POOL, isBackupId } from '../../domain/backup-name';
import type { Files } from '../files';
import type { BackupManifest } from './manifest';
import { DamagedManifest, decodeManifest, MANIFEST_BYTES_MAX } from './manifest';
import { readBase, readVerification } from './marks';
import { readWhole } from './whole-file';

/** A backup as it is on the disk. */
export interface KeptBackup {
  readonly id: string;
  /** Its directory. */
  readonly dir: string;
  /** Undefined if it does not verify. */
  readonly manifest: BackupManifest | undefined;
  /** What is wrong with it as far as is known, one sentence each. Empty: it is good. */
  readonly problems: readonly string[];
  /** When it was last verified, by the wall clock in milliseconds since 1970; 0 for never. */
  readonly verifiedAt: number;
  /** Why it must never be deleted; undefined unless it is a base. */
  readonly base: string | undefined;
}

/** What a backup's place in listings follows from. */
export interface PlacedBackup {
  readonly id: string;
  readonly manifest: Pick<BackupManifest, 'sequence' | 'createdAt'> | undefined;
}

/** A backup whose manifest verifies and of which no damage is known. */
export type GoodBackup = KeptBackup & { readonly manifest: BackupManifest };

export const MANIFEST_NAME = 'manifest';
export const STATE_NAME = 'state';
export const NEW_PREFIX = '.new-';
export const GONE_PREFIX = '.gone-';

/** Where the blobs of all backups are; `Blobs` opens it. */
export const poolDir = (backups: string): string => join(backups, BACKUP_POOL);
/** A state directory in a backup: copy it before you open it. */
export const backupStateDir = ({ dir }: KeptBackup): string => join(dir, STATE_NAME);

export function isGood(backup: KeptBackup): backup is GoodBackup {
  return backup.manifest !== undefined && backup.problems.length === 0;
}

/** All backups in a directory, newest first, damaged ones last. None if the directory is absent. */
export async function listBackups(files: Files, backups: string): Promise<KeptBackup[]> {
  const names = await namesIn(files, backups);
  const found = await Promise.all(names.filter(isBackupId).map((id) => readBackup(files, backups, id)));
  return found.filter((backup) => backup !== undefined).sort(newestFirst);
}

/** One backup, or undefined if there is none of that id. */
export async function readBackup(files: Files, backups: string, id: string): Promise<KeptBackup | undefined> {
  const dir = join(backups, id);
  const names = await namesIn(files, dir).catch((error: NodeJS.ErrnoException) => {
    // A file that somebody put there is no backup.
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!names || (names.length === 0 && !(await namesIn(files, backups)).includes(id))) return undefined;
  const [{ manifest, problem }, verification, base] = await Promise.all([
    readManifest(files, dir),
    readVerification(files, dir),
    readBase(files, dir, names),
  ]);
  const problems = problem === undefined ? (verification?.problems ?? []) : [problem];
  const verifiedAt = verification?.at ?? manifest?.createdAt ?? 0;
  return { id, dir, manifest, problems, verifiedAt, base };
}

async function readManifest(files: Files, dir: string): Promise<{ manifest?: BackupManifest; problem?: string }> {
  try {
    const bytes = await readWhole(files, join(dir, MANIFEST_NAME), MANIFEST_BYTES_MAX);
    return bytes ? { manifest: decodeManifest(bytes) } : { problem: 'the manifest is gone' };
  } catch (error) {
    // A disk that fails is damage as well: what cannot be read cannot be restored from.
    const why = error instanceof DamagedManifest ? error.message : `cannot be read: ${(error as Error).message}`;
    return { problem: `the manifest ${why}` };
  }
}

async function namesIn(files: Files, path: string): Promise<string[]> {
  try {
    return await files.list(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The order of listings. */
export function newestFirst(a: PlacedBackup, b: PlacedBackup): number {
  const [left, right] = [a.manifest, b.manifest];
  if (!left || !right) return left ? -1 : right ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return right.sequence - left.sequence || right.createdAt - left.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
