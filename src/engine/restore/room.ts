import { Refusal } from '../../domain/refusal';
import { SEGMENT_BYTES_MAX } from '../../storage/journal/format';
import type { Engine } from '../engine';
import { recordsBetween } from '../health/records';
import { stateBytes } from '../recovery/bases';
import type { RestoreSource } from './source';
import type { RestoreTarget } from './target';

/** What one record adds to a state, in bytes: between 400 and 1,200 for the tasks of our benchmarks. */
const RECORD_BYTES = 1200;

/** Refuses with DISK_FULL unless the old state fits beside the present one and the reserve. What comes back of blobs is not counted: it is there
 *  already but for what was purged since. */
export async function restoreRoom(engine: Engine, source: RestoreSource, target: RestoreTarget): Promise<void> {
  const { files, dir, journal } = source;
  const base = target.bases[0];
  const records = target.inJournal
    ? recordsBetween(journal!.lineage(), base?.manifest.sequence ?? 0, target.sequence)
    : 0;
  const copied = engine.options.segmentBytesMax ?? SEGMENT_BYTES_MAX;
  const needed = (base ? stateBytes(base) : 0) + records * RECORD_BYTES + copied;
  const free = await files.freeBytes(dir);
  const reserve = engine.parts.disk.freeBytesMin;
  if (free - reserve >= needed) return;
  const [need, have, kept] = [needed, free, reserve].map((bytes) => Math.ceil(bytes / 1_000_000));
  throw new Refusal(
    'DISK_FULL',
    `the restore takes about ${need} MB beside the present store, ${have} MB are free, and ${kept} MB stay in reserve: make room`,
  );
}
