/** Holds LevelDB's files against a checkpoint's list, before LevelDB opens. */
import type { StateCheckpoint } from './checkpoint-file';
import type { FileFact } from './level-files';
import { isManifest, isTable, levelFileNames, levelFileSize, readFact } from './level-files';
import { StateUnusable } from './state';

/**
 * Throws `StateUnusable` if a file is not what the list says. Sizes and small files are checked at once, and tables up to
 * `bytesMax`, newest first. Gives the tables that were left unread.
 */
export async function verifyListed(
  directory: string,
  { clean, files }: StateCheckpoint,
  bytesMax: number,
): Promise<readonly FileFact[]> {
  const names = await levelFileNames(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new StateUnusable('the LevelDB directory is gone');
    throw error;
  });
  if (clean) verifyNames(names, files);
  const present = new Set(names);
  const unread: FileFact[] = [];
  let bytesLeft = bytesMax;
  for (const listed of newestFirst(files)) {
    if (!present.has(listed.name)) continue;
    const growing = !clean && isManifest(listed.name);
    const size = await levelFileSize(directory, listed.name);
    if (growing ? size < listed.size : size !== listed.size) {
      throw new StateUnusable(`${listed.name} has ${size} bytes, not ${listed.size}`);
    }
    if (isTable(listed.name) && listed.size > bytesLeft) {
      unread.push(listed);
      continue;
    }
    if (isTable(listed.name)) bytesLeft -= listed.size;
    const found = await readFact(directory, listed.name, { length: listed.size });
    if (found?.crc !== listed.crc) throw new StateUnusable(`${listed.name} fails its checksum`);
  }
  return unread;
}

/** After a clean stop nothing may be missing, and a file that is too many would be read as well. */
function verifyNames(names: readonly string[], files: readonly FileFact[]): void {
  const listed = new Set(files.map(({ name }) => name));
  const missing = [...listed].find((name) => !names.includes(name));
  if (missing !== undefined) throw new StateUnusable(`${missing} is gone`);
  const strange = names.find((name) => !listed.has(name));
  if (strange !== undefined) throw new StateUnusable(`${strange} was not there at the last stop`);
}

/** Files by falling number: names sort by number as long as they are of one length, so longer ones come first. */
function newestFirst(files: readonly FileFact[]): FileFact[] {
  return [...files].sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? 1 : -1));
}
