// Files of backups: copied with their checksums, and read again. All of it through the port.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Files, OpenFile } from '../files';
import type { Pace } from './pace';

/** What was read or written. */
export interface FileSums {
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly crc: number;
}

/** Read at a time, in bytes: a fifth of a millisecond of hashing on the main thread. */
const CHUNK_BYTES = 256 * 1024;
/** Bytes after which a copy is flushed: more at once would hold up the journal's flushes. */
const FLUSH_BYTES = 8 * 1024 * 1024;

/** Copies a file to a new one and flushes it. Its name is not flushed. */
export async function copyFile(files: Files, from: string, to: string, pace: Pace): Promise<FileSums> {
  const source = await files.open(from, 'r');
  try {
    const target = await files.open(to, 'wx+');
    try {
      let unflushed = 0;
      const sums = await sumUp(source, pace, async (chunk, position) => {
        await target.write(chunk, position);
        unflushed += chunk.length;
        if (unflushed < FLUSH_BYTES) return;
        await target.datasync();
        unflushed = 0;
      });
      await target.sync();
      return sums;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Writes a new file and flushes it. Its name is not flushed. */
export async function writeNew(files: Files, path: string, bytes: Buffer): Promise<FileSums> {
  const file = await files.open(path, 'wx+');
  try {
    await file.write(bytes, 0);
    await file.sync();
    return await sumUp(file, undefined, () => Promise.resolve());
  } finally {
    await file.close();
  }
}

/** Reads a file whole, or undefined if there is none. */
export async function sumsOf(files: Files, path: string, pace: Pace): Promise<FileSums | undefined> {
  const file = await files.open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    return await sumUp(file, pace, () => Promise.resolve());
  } finally {
    await file.close();
  }
}

async function sumUp(
  file: OpenFile,
  pace: Pace | undefined,
  each: (chunk: Buffer, position: number) => Promise<void>,
): Promise<FileSums> {
  const hash = createHash('sha256');
  let crc = 0;
  let size = 0;
  for (;;) {
    const chunk = await file.read(size, CHUNK_BYTES);
    if (chunk.length === 0) break;
    await pace?.take(chunk.length);
    hash.update(chunk);
    crc = crc32(chunk, crc);
    await each(chunk, size);
    size += chunk.length;
  }
  return { size, sha256: hash.digest('hex'), crc };
}
