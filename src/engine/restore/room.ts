import { recordsBetween } from '../../storage/journal/lineage';
import { Refusal } from '../../domain/refusal';
import { GROUP_BYTES_MAX, SEGMENT_BYTES_MAX } from '../../storage/journal/format';
import { stateBytes } from '../recovery/bases';
import type { RestoreSource } from './source';
import type { RestoreTarget } from './target';

/** What one record adds to a state, in bytes: between 400 and 1,200 for the tasks of our benchmarks. */
const RECORD_BYTES = 1200;

/** The segment that the fork lies in is copied, at most: a usual one, and a group that was too large for the rest of it. */
const SEGMENT_COPY_BYTES = SEGMENT_BYTES_MAX + GROUP_BYTES_MAX;

/** Refuses with DISK_FULL unless the old state fits beside the present one and the reserve. What comes back of blobs is not counted: it is there
 *  already but for what was purged since. */
export async function restoreRoom(source: RestoreSource, target: RestoreTarget, reserve: number): Promise<void> {
  const { files, dir, journal } = source;
  const base = target.bases[0];
  const records = target.inJournal
    ? recordsBetween(journal!.lineage(), base?.manifest.sequence ?? 0, target.sequence)
    : 0;
  const needed = (base ? stateBytes(base) : 0) + records * RECORD_BYTES + SEGMENT_COPY_BYTES;
  const free = await files.freeBytes(dir);
  if (free - reserve >= needed) return;
  const [need, have, kept] = [needed, free, reserve].map((bytes) => Math.ceil(bytes / 1_000_000));
  throw new Refusal(
    'DISK_FULL',
    `the restore takes about ${need} MB beside the present store, ${have} MB are free, and ${kept} MB stay in reserve: make room`,
  );
}
