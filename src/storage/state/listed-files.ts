/**
 * Verifies LevelDB's files before LevelDB opens them: it checks next to nothing itself, and some damage aborts the process.
 * Listed files are held against the list; a table that came after the checkpoint against the checksums in it.
 */
import type { StateCheckpoint } from './checkpoint-file';
import type { FileFact } from './level-files';
import { isManifest, isTable, levelFileNames, levelFileSize, READ_BYTES, readFact } from './level-files';
import { StateUnusable } from './state';
import { tableProblem, UNFINISHED } from './table-check';

export interface Verified {
  /** Listed tables that were left unread. */
  readonly unread: readonly FileFact[];
  /** Tables without an end. LevelDB deletes them when it opens; if it needs one instead, the state is unusable. */
  readonly unfinished: readonly string[];
}

/**
 * Throws `StateUnusable` if a file is not what the list says. Sizes and small files are checked at once, and tables up to
 * `bytesMax`, newest first.
 */
export async function verifyListed(
  directory: string,
  { clean, files }: StateCheckpoint,
  bytesMax: number,
): Promise<Verified> {
  const names = await levelFileNames(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new StateUnusable('the LevelDB directory is gone');
    throw error;
  });
  if (clean) verifyNames(names, files);
  const present = new Set(names);
  const unread: FileFact[] = [];
  let bytesLeft = bytesMax;
  const largest = files.reduce((most, { size }) => Math.max(most, size), 1);
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, largest));
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
    const found = await readFact(directory, listed.name, { length: listed.size, buffer });
    if (found?.crc !== listed.crc) throw new StateUnusable(`${listed.name} fails its checksum`);
  }
  return { unread, unfinished: clean ? [] : await verifyUnlisted(directory, names, files) };
}

/** All of them at once: they are what LevelDB made of some 16 MB of journal, and of tables that it compacted meanwhile. Gives
 *  those that are not finished, as a crash leaves them. */
async function verifyUnlisted(
  directory: string,
  names: readonly string[],
  files: readonly FileFact[],
): Promise<string[]> {
  const listed = new Set(files.map(({ name }) => name));
  const unfinished: string[] = [];
  for (const name of names) {
    if (!isTable(name) || listed.has(name)) continue;
    const problem = await tableProblem(directory, name);
    if (problem === UNFINISHED) unfinished.push(name);
    else if (problem !== undefined) throw new StateUnusable(`${name} ${problem}`);
  }
  return unfinished;
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
