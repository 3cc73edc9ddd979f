import { dirname, resolve } from 'node:path';
import type { Files } from '../storage/files';

/** Creates a directory with its parents, so that their names survive power loss. An existing one is fine. */
export async function makeDataDirectory(files: Files, dir: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(dir); !(await exists(files, at)); at = dirname(at)) missing.push(at);
  await files.makeDirectory(dir);
  for (const one of missing) await files.syncDirectory(dirname(one));
}

async function exists(files: Files, dir: string): Promise<boolean> {
  try {
    await files.list(dir);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return dirname(dir) === dir;
  }
}
