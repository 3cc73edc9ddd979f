// Whether the bytes that rows name stand in their files, and are those of their digests.

import { Blob, EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { BlobCorruption, BlobMissing } from '../../storage/blobs/blobs';
import type { Blobs } from '../../storage/blobs/blobs';
import type { Pace } from '../../storage/backup/pace';
import type { Engine } from '../engine';
import type { Problems } from './problems';

export interface BlobCheck {
  readonly engine: Engine;
  /** Read all bytes; otherwise only look whether a file of that name is there. */
  readonly bytes: boolean;
  /** Where the same bytes may be found; undefined: leave what is wrong. */
  readonly spare: (() => Promise<Blobs>) | undefined;
  readonly pace: Pace;
  readonly onBlob: (count: number) => void;
}

/** Bytes read at a time. */
const CHUNK_BYTES = 256 * 1024;
const NO_COPY =
  'no backup has these bytes: what names them cannot give them; put the file back if there is a copy elsewhere';

export async function checkBlobs(check: BlobCheck, problems: Problems): Promise<void> {
  const { engine, pace } = check;
  const { blobs } = engine.store;
  const digests = await engine.withSnapshot(async (snapshot) => {
    const found: string[] = [];
    for await (const { id, row } of snapshot.scan({ by: 'rows', kind: EntityKind.BLOB, project: '' })) {
      if (Blob.decode(row.image).references > 0) found.push(id);
    }
    return found;
  });
  for (const digest of digests) {
    await pace.take(0);
    check.onBlob(++problems.read.blobs);
    const wrong = await problemOf(blobs, digest, check);
    if (wrong === undefined || !isNamed(engine, digest)) continue;
    const source = check.spare && (await copyBack(check, digest));
    const remedy = source ? `put back from the blobs of the backups` : NO_COPY;
    problems.add('blob', `blobs/${digest}`, wrong, remedy, source === true);
  }
}

async function problemOf(blobs: Blobs, digest: string, { bytes, pace }: BlobCheck): Promise<string | undefined> {
  if (!bytes) return (await blobs.has(digest)) ? undefined : 'its file is gone';
  try {
    await readThrough(blobs, digest, async (chunk) => pace.take(chunk.length));
    return undefined;
  } catch (error) {
    if (error instanceof BlobMissing) return 'its file is gone';
    if (error instanceof BlobCorruption) return 'its bytes are not those of its digest';
    if ((error as NodeJS.ErrnoException).code === 'EIO') return `it cannot be read: ${(error as Error).message}`;
    throw error;
  }
}

/** Puts the bytes back from where they are whole. False: they are nowhere. */
async function copyBack({ engine, spare }: BlobCheck, digest: string): Promise<boolean> {
  const pool = await spare!();
  const writer = await engine.store.blobs.begin();
  try {
    await readThrough(pool, digest, (chunk) => writer.write(chunk));
    await writer.commit();
    return true;
  } catch (error) {
    if (error instanceof BlobMissing || error instanceof BlobCorruption) return false;
    throw error;
  } finally {
    await writer.abort();
  }
}

/** The last bytes come only if all of them are those of the digest. */
async function readThrough(blobs: Blobs, digest: string, each: (chunk: Buffer) => Promise<void>): Promise<void> {
  const reader = await blobs.read(digest);
  try {
    for (let left = reader.sizeBytes; ;) {
      const chunk = await reader.next(CHUNK_BYTES);
      await each(chunk);
      left -= chunk.length;
      if (left <= 0) return;
    }
  } finally {
    await reader.close();
  }
}

/** It may have gone while it was looked for. */
function isNamed(engine: Engine, digest: string): boolean {
  const row = engine.readNow(EntityKind.BLOB, '', digest);
  return row !== undefined && Blob.decode(row.image).references > 0;
}
