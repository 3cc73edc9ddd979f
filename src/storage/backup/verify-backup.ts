/**
 * Whether a backup still is what its manifest says.
 *
 * Boundary: it reads, and says what it found. Writing that down is for the caller (`writeVerification`).
 *
 * V1. Every byte of the state and of the blobs is read and held against SHA-256. Files that are too many are problems as well: LevelDB would
 *     read them.
 * V2. `deep` opens a copy of the state and holds every row, index entry and request id against the digest of the manifest.
 */
import { join } from 'node:path';
import type { Blobs } from '../blobs/blobs';
import type { Files } from '../files';
import { openState } from '../state/open-state';
import { StateUnusable } from '../state/state';
import { NEW_PREFIX, STATE_NAME } from './catalogue';
import type { KeptBackup } from './catalogue';
import { copyBackupState } from './copy-state';
import { sumsOf } from './copy-file';
import type { BackupManifest } from './manifest';
import type { Pace } from './pace';
import { blobProblem } from './pool';

/** Problems that are named; there may be more. */
export const BACKUP_PROBLEMS_MAX = 20;

export interface VerifyOptions {
  readonly pace: Pace;
  /** Hold the rows against the digest, too. */
  readonly deep: boolean;
  /** Bytes so far, and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is wrong with a backup, one sentence each, at most 20; none for a good one. Takes as long as reading it. */
export async function verifyBackup(
  files: Files,
  pool: Blobs,
  backup: KeptBackup,
  { pace, deep, onProgress }: VerifyOptions,
): Promise<string[]> {
  const { manifest } = backup;
  if (!manifest) return [...backup.problems];
  const problems: string[] = [];
  let done = 0;
  const total = [...manifest.files, ...manifest.blobs].reduce((sum, { size }) => sum + size, 0);
  const note = (problem: string | undefined, bytes: number): void => {
    if (problem !== undefined && problems.length < BACKUP_PROBLEMS_MAX) problems.push(problem);
    onProgress?.((done += bytes), total);
  };
  for (const problem of await strangers(files, backup.dir, manifest)) note(problem, 0);
  for (const file of manifest.files) note(await fileProblem(files, backup.dir, file, pace), file.size);
  for (const blob of manifest.blobs)
    note(await problemOf(() => blobProblem(pool, blob, pace), `blob ${blob.digest}`), blob.size);
  if (deep && problems.length === 0) note(await rowsProblem(files, backup, manifest, pace), 0);
  return problems;
}

async function fileProblem(
  files: Files,
  dir: string,
  { path, size, sha256 }: BackupManifest['files'][number],
  pace: Pace,
): Promise<string | undefined> {
  return problemOf(async () => {
    const found = await sumsOf(files, join(dir, path), pace);
    if (!found) return `${path} is gone`;
    if (found.size !== size) return `${path} has ${found.size} bytes, not ${size}`;
    return found.sha256 === sha256 ? undefined : `${path} fails its checksum`;
  }, path);
}

/** A disk that cannot read is a problem of the backup, and none of the verification. */
async function problemOf(look: () => Promise<string | undefined>, what: string): Promise<string | undefined> {
  try {
    return await look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EIO' && code !== 'EISDIR' && code !== 'ENOTDIR') throw error;
    return `${what} cannot be read: ${(error as Error).message}`;
  }
}

/** Files in the state that the manifest does not name. */
async function strangers(files: Files, dir: string, manifest: BackupManifest): Promise<string[]> {
  const known = new Set(manifest.files.map(({ path }) => path));
  const directories = new Set(manifest.files.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  const problems: string[] = [];
  for (const directory of directories) {
    const names = await files.list(join(dir, directory)).catch(() => []);
    for (const name of names) {
      const path = `${directory}/${name}`;
      if (!known.has(path) && !directories.has(path)) problems.push(`${path} is not in the manifest`);
    }
  }
  return problems;
}

/** V2. */
async function rowsProblem(
  files: Files,
  backup: KeptBackup,
  manifest: BackupManifest,
  pace: Pace,
): Promise<string | undefined> {
  const aside = join(backup.dir, '..', `${NEW_PREFIX}${backup.id}.deep`);
  await files.removeTree(aside);
  try {
    await files.makeDirectory(aside);
    await copyBackupState(files, backup, join(aside, STATE_NAME), pace);
    const { state } = await openState({ dir: join(aside, STATE_NAME), files, history: manifest.history });
    try {
      const digest = Buffer.from(state.digest.total()).toString('hex');
      if (digest !== manifest.digest) return `the state's digest is ${digest}, not ${manifest.digest}`;
      const { sound } = await state.scrub();
      return sound ? undefined : 'its rows and index entries are not those of its digest';
    } finally {
      await state.close();
    }
  } catch (error) {
    if (error instanceof StateUnusable) return `the state does not open: ${error.message}`;
    throw error;
  } finally {
    await files.removeTree(aside);
  }
}
