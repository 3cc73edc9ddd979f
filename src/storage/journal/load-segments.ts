/**
 * Finds the segments of a journal and checks that each continues the one before.
 *
 * Boundary: headers and trailers, and the frames of a segment whose sealing was interrupted. It changes nothing.
 *
 * D1. A sequence that is missing between two segments, or a chain that does not fit, is corruption. Between two histories sequences
 *     may be missing: the second begins at its own first one, right behind the fork that it names, in the same chain.
 * D2. The oldest segment is the history's first, or the one that the mark of a trim names, or an older one whose deletion was
 *     interrupted.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import { isSegmentName } from './format';
import { JournalCorruption } from './journal';
import { OLDEST_NAME, decodeOldest, readMark } from './mark-files';
import type { OldestMark } from './mark-files';
import { beginsAfter } from './lineage';
import { scanSegment } from './scan-segment';
import { headBefore, readSegmentHeader, readTrailer, trailerHead } from './segment';
import type { Segment } from './segment';
import { SEGMENT_HEADER_BYTES } from './format';

export interface LoadedSegments {
  /** Oldest first; the last one's `end` and `head` are not known yet. */
  readonly segments: Segment[];
  /** Segments below the mark of a trim that was interrupted. */
  readonly leftOver: readonly string[];
  readonly oldest: OldestMark | undefined;
}

/** Throws JournalCorruption. Gives no segments for a directory without any. Segments that begin above `upTo` are not looked at. */
export async function loadSegments(files: Files, dir: string, upTo = Infinity): Promise<LoadedSegments> {
  const oldest = await loadOldest(files, dir);
  const names = (await files.list(dir)).filter((name) => isSegmentName(name) && parseInt(name, 16) <= upTo);
  const leftOver = oldest === undefined ? [] : names.filter((name) => parseInt(name, 16) < oldest.sequence);
  const segments: Segment[] = [];
  for (const name of names.filter((candidate) => !leftOver.includes(candidate))) {
    segments.push(await loadSegment(files, dir, name));
  }
  checkFirst(segments[0], oldest);
  for (let index = 1; index < segments.length; index += 1)
    await link(files, dir, segments[index - 1]!, segments[index]!);
  return { segments, leftOver, oldest };
}

async function loadOldest(files: Files, dir: string): Promise<OldestMark | undefined> {
  const bytes = await readMark(files, dir, OLDEST_NAME);
  if (bytes === undefined) return undefined;
  const mark = decodeOldest(bytes);
  if (mark === undefined) throw new JournalCorruption(OLDEST_NAME, 0, 'the mark of the last trim does not verify');
  return mark;
}

async function loadSegment(files: Files, dir: string, name: string): Promise<Segment> {
  const file = await files.open(join(dir, name), 'r');
  try {
    const header = await readSegmentHeader(file, name);
    const trailer = await readTrailer(file, header.salt);
    return {
      name,
      header,
      end: trailer?.framesEnd ?? SEGMENT_HEADER_BYTES,
      head: trailer === undefined ? headBefore(header) : trailerHead(trailer),
      trailer,
      open: undefined,
    };
  } finally {
    await file.close();
  }
}

function checkFirst(first: Segment | undefined, oldest: OldestMark | undefined): void {
  if (first === undefined) {
    if (oldest === undefined) return;
    throw new JournalCorruption(OLDEST_NAME, 24, `the segment from sequence ${oldest.sequence} is missing`);
  }
  const { name, header } = first;
  if (oldest === undefined) {
    if (header.firstSequence === 1 || header.firstSequence === header.begin) return;
    throw new JournalCorruption(name, 80, `the segments before sequence ${header.firstSequence} are missing`);
  }
  if (header.firstSequence !== oldest.sequence) {
    throw new JournalCorruption(name, 80, `the segment from sequence ${oldest.sequence} is missing`);
  }
  if (header.history !== oldest.history || !header.chain.equals(oldest.chain)) {
    throw new JournalCorruption(name, 88, 'the segment does not fit the mark of the last trim');
  }
}

async function link(files: Files, dir: string, before: Segment, next: Segment): Promise<void> {
  const { header } = next;
  if (before.trailer === undefined) await scanUnsealed(files, dir, before);
  const { sequence, chain } = before.head;
  const begins = header.history !== before.header.history;
  if (begins && !beginsAfter(before.header, sequence, header)) {
    const problem = `it belongs to history ${header.history}, which does not go on from ${before.header.history} at ${sequence}`;
    throw new JournalCorruption(next.name, 48, problem);
  }
  if (sequence >= header.firstSequence) {
    throw new JournalCorruption(next.name, 80, `it begins at or below sequence ${sequence} of the segment before`);
  }
  if (!begins && sequence + 1 !== header.firstSequence) {
    const problem = `sequences ${sequence + 1} to ${header.firstSequence - 1} are missing`;
    throw new JournalCorruption(before.name, before.end, problem);
  }
  if (!header.chain.equals(chain)) {
    throw new JournalCorruption(next.name, 88, 'the segment does not continue the chain of the one before');
  }
}

/** The next segment's header proves where the frames of this one end: what stands behind them is part of a footer. */
async function scanUnsealed(files: Files, dir: string, segment: Segment): Promise<void> {
  const file = await files.open(join(dir, segment.name), 'r');
  try {
    const { end, head } = await scanSegment(file, segment.name, segment.header, await file.size(), () => undefined);
    segment.end = end;
    segment.head = head;
  } finally {
    await file.close();
  }
}
