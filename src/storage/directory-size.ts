/**
 * How much a directory takes on the disk.
 *
 * Boundary: sizes for a person to read. It asks the file system directly, not through the `Files` port: nothing rests on
 * the answer, and what vanishes while it is counted is left out.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that are asked about at once: a few of libuv's threads stay free for the journal. */
const AT_ONCE = 2;

/** A file and its bytes. */
export interface SizedFile {
  readonly name: string;
  readonly bytes: number;
}

/** The bytes of all files below a directory; 0 for one that is not there or cannot be read. */
export async function directorySize(path: string): Promise<number> {
  let bytes = 0;
  const directories = [path];
  for (let next = directories.pop(); next !== undefined; next = directories.pop()) {
    const { files, folders } = await entriesOf(next);
    bytes += (await sized(next, files)).reduce((sum, file) => sum + file.bytes, 0);
    for (const folder of folders) directories.push(join(next, folder));
  }
  return bytes;
}

/** The files of one directory with their bytes, in order of their names; without what is below it. */
export async function sizedFiles(path: string): Promise<readonly SizedFile[]> {
  const { files } = await entriesOf(path);
  return sized(path, files.sort());
}

async function entriesOf(path: string): Promise<{ files: string[]; folders: string[] }> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const names = (wanted: (entry: (typeof entries)[number]) => boolean) =>
      entries.filter(wanted).map(({ name }) => name);
    return { files: names((entry) => entry.isFile()), folders: names((entry) => entry.isDirectory()) };
  } catch {
    // Absent, or unreadable: a figure that is too low is better than no status at all.
    return { files: [], folders: [] };
  }
}

async function sized(path: string, names: readonly string[]): Promise<SizedFile[]> {
  const found: SizedFile[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE).map(async (name) => {
      const facts = await stat(join(path, name)).catch(() => undefined);
      return facts ? [{ name, bytes: facts.size }] : [];
    });
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}
