// What a restore takes of the disk: more than it will use, and not much more. test/engine/restore/room.test.ts holds it against what restores use.

import { join } from 'node:path';
import { Refusal } from '../../domain/refusal';
import type { GoodBackup } from '../../storage/backup/catalogue';
import { blobPath } from '../../storage/blobs/blobs';
import type { Files } from '../../storage/files';
import { GROUP_BYTES_MAX, SEGMENT_BYTES_MAX, isSegmentName } from '../../storage/journal/format';
import { recordsBetween } from '../../storage/journal/lineage';
import { blobsDir, journalDir } from '../../storage/layout';
import { stateBytes } from '../recovery/bases';
import type { RestoreSource } from './source';
import type { RestoreTarget } from './target';

/** What one record adds to a state at least, in bytes: between 400 and 1,200 for the tasks of our benchmarks. */
const RECORD_BYTES = 1200;
/** What LevelDB has beside its tables while they are written: two logs, and a table that is merged and not yet let go, and again as much. */
const LEVEL_BYTES = 32 * 1024 * 1024;
/** The segment that the fork lies in is copied, at most: a usual one, and a group that was too large for the rest of it. */
const SEGMENT_COPY_BYTES = SEGMENT_BYTES_MAX + GROUP_BYTES_MAX;

/** Bytes that a restore needs beside the present store. */
export interface RestoreNeeds {
  readonly state: number;
  readonly journal: number;
  /** Of large bytes that the backup names and the store has lost or purged. */
  readonly blobs: number;
}

/** What a restore to a target needs. The state is counted twice as far as it comes from the journal: LevelDB merges tables while it takes records in. */
export async function restoreNeeds(source: RestoreSource, target: RestoreTarget): Promise<RestoreNeeds> {
  const base = target.bases[0];
  const after = base?.manifest.sequence ?? 0;
  const records = target.inJournal ? recordsBetween(source.journal!.lineage(), after, target.sequence) : 0;
  const written = records === 0 ? 0 : await journalBytes(source, after, target.sequence);
  return {
    state: (base ? stateBytes(base) : 0) + 2 * Math.max(records * RECORD_BYTES, written) + LEVEL_BYTES,
    journal: SEGMENT_COPY_BYTES,
    blobs: base ? await missingBlobBytes(source.files, source.dir, base) : 0,
  };
}

/** Refuses with DISK_FULL unless what a restore needs fits beside the present store and the reserve. Nothing is touched before. */
export async function restoreRoom(source: RestoreSource, target: RestoreTarget, reserve: number): Promise<void> {
  const { state, journal, blobs } = await restoreNeeds(source, target);
  const needed = state + journal + blobs;
  const free = await source.files.freeBytes(source.dir);
  if (free - reserve >= needed) return;
  const [need, have, kept] = [needed, free, reserve].map((bytes) => Math.ceil(bytes / 1_000_000));
  throw new Refusal(
    'DISK_FULL',
    `the restore takes up to ${need} MB beside the present store, ${have} MB are free, and ${kept} MB stay in reserve: make room`,
  );
}

/** Bytes of the segments that have records above `after`, up to `to`. */
async function journalBytes({ files, dir }: RestoreSource, after: number, to: number): Promise<number> {
  const at = journalDir(dir);
  const names = (await files.list(at)).filter(isSegmentName);
  let sum = 0;
  for (const [index, name] of names.entries()) {
    const next = names[index + 1];
    if (parseInt(name, 16) > to || (next !== undefined && parseInt(next, 16) <= after + 1)) continue;
    const file = await files.open(join(at, name), 'r');
    try {
      sum += await file.size();
    } finally {
      await file.close();
    }
  }
  return sum;
}

async function missingBlobBytes(files: Files, dir: string, { manifest }: GoodBackup): Promise<number> {
  let sum = 0;
  for (const { digest, size } of manifest.blobs) {
    try {
      await (await files.open(blobPath(blobsDir(dir), digest), 'r')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      sum += size;
    }
  }
  return sum;
}
