/**
 * One process per data directory. The lock is that of a tiny LevelDB store that holds nothing: the kernel lets go of it
 * when the process ends, however it ends.
 */
import type { ClassicLevel } from 'classic-level';
import { Level } from 'level';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Another process has the directory. `cause.code` is LEVEL_LOCKED. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse';

  constructor(
    readonly directory: string,
    cause: unknown,
  ) {
    super(`another process uses ${directory}: stop it, or choose another directory`, { cause });
  }
}

export interface ProcessLock {
  release(): Promise<void>;
}

/** Holds `directory` for this process until it is released or the process ends. Throws `DirectoryInUse`. */
export async function lockDirectory(directory: string): Promise<ProcessLock> {
  const location = join(directory, 'lock');
  try {
    return await hold(directory, location);
  } catch (error) {
    if (error instanceof DirectoryInUse) throw error;
    // A power cut while it was created leaves a store that never opens. It holds nothing: all but the file that is locked
    // goes, so that two processes that come here at once still meet at the same lock.
    await emptyBut(location, 'LOCK');
    return hold(directory, location);
  }
}

async function hold(directory: string, location: string): Promise<ProcessLock> {
  const level = new Level(location) as unknown as ClassicLevel;
  try {
    await level.open();
  } catch (error) {
    const { cause } = error as Error;
    if ((cause as NodeJS.ErrnoException | undefined)?.code === 'LEVEL_LOCKED')
      throw new DirectoryInUse(directory, cause);
    throw error;
  }
  return { release: () => level.close() };
}

async function emptyBut(location: string, kept: string): Promise<void> {
  for (const name of await readdir(location)) if (name !== kept) await rm(join(location, name), { recursive: true });
}
