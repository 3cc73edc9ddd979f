/**
 * Takes whole segments away from a journal's start.
 *
 * Boundary: which files go; that a verified backup covers them is their owner's word.
 *
 * T1. The mark of what is kept is durable before the first file goes: a cut leaves files that a start knows to be too old, never a gap.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import { OLDEST_NAME, encodeOldest, writeMark } from './mark-files';
import type { Segment } from './segment';
import type { SegmentSet } from './segment-set';

/** The segments that hold nothing at or above `before`: never the last one. */
export function segmentsBelow(segments: readonly Segment[], before: number): readonly Segment[] {
  const last = segments.at(-1);
  return segments.filter((segment) => segment !== last && segment.head.sequence < before);
}

/** Deletes them, oldest first. */
export async function trimSegments(files: Files, set: SegmentSet, before: number): Promise<void> {
  const gone = segmentsBelow(set.all, before);
  const kept = set.all[gone.length];
  if (gone.length === 0 || kept === undefined) return;
  const { history, firstSequence, chain } = kept.header;
  await writeMark(files, set.dir, OLDEST_NAME, encodeOldest({ history, sequence: firstSequence, chain }));
  set.dropOldest(gone.length);
  for (const { name } of gone) await files.unlink(join(set.dir, name));
  await files.syncDirectory(set.dir);
}
