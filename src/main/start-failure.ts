// A start that failed for a reason that the operator can do something about, in words. Defects stay what they are.

import { exitCode } from '../cli/exit-code';
import { Failure } from '../cli/failure';
import { storeOptions } from '../engine/recovery/damage-means';
import { CannotListen } from '../services/listener';
import { JournalCorruption } from '../storage/journal/journal';
import { DirectoryInUse } from '../storage/state/process-lock';

/** Where the store is that did not start. Absolute paths. */
export interface StorePlaces {
  readonly dir: string;
  readonly backupsDir: string;
  readonly mirrorDir: string | undefined;
}

/** What the system says when a directory cannot be used as it is. LevelDB says the same in words. */
const REASONS: readonly { readonly code: string; readonly said: string; readonly todo: string }[] = [
  {
    code: 'EACCES',
    said: 'Permission denied',
    todo: 'Start the server as the user that owns it, or give it to this user.',
  },
  { code: 'EPERM', said: 'Operation not permitted', todo: 'Start the server as the user that owns it.' },
  {
    code: 'EROFS',
    said: 'Read-only file system',
    todo: 'Mount its file system for writing. A disk with errors is often mounted read-only: see dmesg.',
  },
  { code: 'ENOTDIR', said: 'Not a directory', todo: 'Give a directory, or a path that does not exist yet.' },
  {
    code: 'ENOSPC',
    said: 'No space left on device',
    todo: 'Make room on its file system, then start again. Nothing that was acknowledged is at risk.',
  },
];

/** The failure to end with: its exit code, what is wrong, and what to do. Any other fault is given back. */
export function startFailure(fault: unknown, places: StorePlaces): unknown {
  const { message } = fault as Error;
  if (fault instanceof CannotListen || fault instanceof DirectoryInUse) return new Failure(exitCode.refused, message);
  if (fault instanceof JournalCorruption) return new Failure(exitCode.internal, message, afterCorruption(places));
  return directoryFailure(fault, places.dir) ?? fault;
}

function afterCorruption({ dir, backupsDir, mirrorDir }: StorePlaces): string[] {
  const recover = `holdfast recover ${storeOptions(dir, backupsDir, mirrorDir)}`;
  return [
    'Nothing was changed. Keep a copy of the data directory before anything else.',
    `See what is lost, and what each source still has: ${recover} --dry-run`,
    `Then go back to a backup: holdfast restore ${storeOptions(dir, backupsDir)} --backup ID --dry-run`,
    `Or begin a new history with all that is left: ${recover}`,
  ];
}

/** The failure of a command on a data directory that this user or its file system does not allow; undefined for any other fault. */
export function directoryFailure(fault: unknown, dir: string): Failure | undefined {
  const { code, message, cause } = fault as NodeJS.ErrnoException;
  const under = cause instanceof Error ? cause.message : '';
  const reason = REASONS.find((one) => one.code === code || (code?.startsWith('LEVEL_') && under.includes(one.said)));
  if (!reason) return undefined;
  return new Failure(exitCode.refused, `the data directory ${dir} cannot be used: ${under || message}`, [reason.todo]);
}
