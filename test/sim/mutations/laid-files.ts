// Files in memory, to be laid into a directory as often as a test needs them: a store of some twenty small files is written anew in a millisecond,
// and copied in four.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** By path below the directory, with slashes. */
export type LaidFiles = ReadonlyMap<string, Buffer>;

/** The files below a directory, without those of the process lock. */
export function filesBelow(dir: string): LaidFiles {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = relative(dir, join(entry.parentPath, entry.name));
    if (entry.isFile() && !path.startsWith('lock/')) found.set(path, readFileSync(join(dir, path)));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those below one of these directories. */
export function part(files: LaidFiles, ...directories: readonly string[]): LaidFiles {
  return new Map([...files].filter(([path]) => directories.includes(path.split('/')[0]!)));
}

/** The same files in another directory. */
export function moved(files: LaidFiles, to: string): LaidFiles {
  return new Map([...files].map(([path, bytes]) => [`${to}/${path}`, bytes]));
}

/** Makes `dir` hold these files and nothing else. */
export function lay(files: LaidFiles, dir: string): void {
  rmSync(dir, { recursive: true, force: true });
  const made = new Set<string>();
  mkdirSync(dir);
  for (const [path, bytes] of files) {
    const target = join(dir, path);
    if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
    made.add(dirname(target));
    writeFileSync(target, bytes);
  }
}
