/**
 * The blobs of all backups: each is copied once, however many backups name it. `Blobs` keeps the files.
 *
 * O1. Copies, never second names: damage to a live blob must not be damage to its backup.
 * O2. What a manifest names stays. Blobs go only while no backup is being made, and while every manifest can be read.
 */
import type { Blobs } from '../blobs/blobs';
import { BlobCorruption, BlobMissing } from '../blobs/blobs';
import type { Files } from '../files';
import { listBackups } from './catalogue';
import type { BackupBlob } from './manifest';
import type { Pace } from './pace';

/** Read at a time, in bytes. */
const CHUNK_BYTES = 256 * 1024;

/** Copies a blob, whose bytes are checked against its digest on the way. Throws BlobMissing or BlobCorruption; nothing is left then. */
export async function copyBlob(from: Blobs, to: Blobs, digest: string, pace: Pace): Promise<number> {
  const reader = await from.read(digest);
  try {
    const writer = await to.begin();
    try {
      for (;;) {
        const chunk = await reader.next(CHUNK_BYTES);
        if (chunk.length === 0) break;
        await pace.take(chunk.length);
        await writer.write(chunk);
      }
      return (await writer.commit()).sizeBytes;
    } finally {
      await writer.abort();
    }
  } finally {
    await reader.close();
  }
}

/** What is wrong with a blob, or undefined. */
export async function blobProblem(pool: Blobs, { digest, size }: BackupBlob, pace: Pace): Promise<string | undefined> {
  try {
    const reader = await pool.read(digest);
    try {
      if (reader.sizeBytes !== size) return `blob ${digest} has ${reader.sizeBytes} bytes, not ${size}`;
      for (;;) {
        const chunk = await reader.next(CHUNK_BYTES);
        if (chunk.length === 0) return undefined;
        await pace.take(chunk.length);
      }
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof BlobMissing) return `blob ${digest} is gone`;
    if (error instanceof BlobCorruption) return `blob ${digest} fails its checksum`;
    throw error;
  }
}

/** Removes what no manifest names (O2). Gives how many went. */
export async function dropUnnamed(files: Files, backups: string, pool: Blobs): Promise<number> {
  const named = new Set<string>();
  for (const { manifest } of await listBackups(files, backups)) {
    if (!manifest) return 0;
    for (const { digest } of manifest.blobs) named.add(digest);
  }
  let gone = 0;
  for await (const digest of pool.list()) {
    if (named.has(digest)) continue;
    await pool.remove(digest);
    gone += 1;
  }
  return gone;
}
