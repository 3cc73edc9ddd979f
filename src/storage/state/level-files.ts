/**
 * What can be said of LevelDB's files from outside: their names, sizes and checksums. LevelDB does its own I/O, so this
 * reads the real file system.
 */
import { constants } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** A file as it was when a checkpoint was taken. */
export interface FileFact {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
}

export interface ReadFactOptions {
  /** Bytes of its beginning; all if not given. */
  readonly length?: number;
  readonly sync?: boolean;
  readonly buffer?: Buffer;
}

/** Read at a time, in bytes: a tenth of a millisecond of checksum on the main thread. */
export const READ_BYTES = 256 * 1024;
/** LevelDB's own log of events and its lock say nothing about the state. */
const UNLISTED = new Set(['LOG', 'LOG.old', 'LOCK']);

/** The name of the table of this number. */
export const tableName = (number: number): string => `${String(number).padStart(6, '0')}.ldb`;
export const isTable = (name: string): boolean => name.endsWith('.ldb');
export const isManifest = (name: string): boolean => name.startsWith('MANIFEST-');

/** The files of a LevelDB directory that hold its state, by name. */
export async function levelFileNames(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => !UNLISTED.has(name)).sort();
}

/**
 * Reads a file and gives its size and CRC-32, or undefined if there is none. With `length` only so many bytes of its
 * beginning; fewer if the file is shorter. With `sync` it is flushed first. Whoever reads many files one after another gives
 * the `buffer`, of READ_BYTES: a fresh one for each leaves the process with tens of megabytes that nothing uses. Otherwise the buffer is as large as
 * the file.
 */
export async function readFact(
  directory: string,
  name: string,
  { length = Infinity, sync = false, buffer: given }: ReadFactOptions = {},
): Promise<FileFact | undefined> {
  const file = await open(join(directory, name), constants.O_RDONLY).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    if (sync) await file.sync();
    const buffer = given ?? Buffer.allocUnsafe(Math.min(READ_BYTES, (await file.stat()).size + 1));
    let size = 0;
    let crc = 0;
    while (size < length) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, length - size), size);
      if (bytesRead === 0) break;
      crc = crc32(buffer.subarray(0, bytesRead), crc);
      size += bytesRead;
    }
    return { name, size, crc };
  } finally {
    await file.close();
  }
}

/** The size of a file in bytes. */
export async function levelFileSize(directory: string, name: string): Promise<number> {
  return (await stat(join(directory, name))).size;
}
