/**
 * Keeps the present state beside the one that is being built in its place, until that is whole.
 *
 * Boundary: directories and their names, under the process lock, while no state is open.
 *
 * A1. A state that was set aside comes back, whole, unless it was dropped: by whoever set it aside, or by the next start.
 * A2. A state that was dropped never comes back, nor a part of it: it has another name before the first file goes.
 */
import type { Files } from './files';
import { stateDir } from './layout';
import { basename, join } from 'node:path';

const ASIDE = 'state-before';
const GONE = 'state-gone';

/** Leaves room for a state that is built. False if there is none to set aside. */
export async function setStateAside(files: Files, dir: string): Promise<boolean> {
  if (!(await files.list(dir)).includes(basename(stateDir(dir)))) return false;
  await files.rename(stateDir(dir), join(dir, ASIDE));
  await files.syncDirectory(dir);
  return true;
}

/** The state that was built is whole: the one before goes. */
export async function dropStateAside(files: Files, dir: string): Promise<void> {
  await files.removeTree(join(dir, GONE));
  await files.rename(join(dir, ASIDE), join(dir, GONE));
  await files.syncDirectory(dir);
  await files.removeTree(join(dir, GONE));
}

/** Puts a state that was set aside in its place again; what was being built there goes. Nothing happens if there is none. May be repeated. */
export async function takeStateBack(files: Files, dir: string): Promise<void> {
  const names = await files.list(dir);
  if (names.includes(GONE)) await files.removeTree(join(dir, GONE));
  if (!names.includes(ASIDE)) return;
  await files.removeTree(stateDir(dir));
  await files.rename(join(dir, ASIDE), stateDir(dir));
  await files.syncDirectory(dir);
}
