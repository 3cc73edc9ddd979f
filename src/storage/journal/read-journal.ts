/**
 * A journal on disk that is only read: up to a sequence, whatever follows it.
 *
 * Boundary: a stopped store, or a copy of one. It appends nothing and cuts nothing off; a damaged footer is built anew on the way.
 *
 * Q1. What lies up to the wanted sequence was verified as it is by a start: headers, links, and the frames of the last segment that is
 *     looked at. What lies behind it is not looked at.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import { isSegmentName, SEGMENT_HEADER_BYTES } from './format';
import type { SegmentHeader } from './format';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import { findEnd, loadSeal } from './journal-end';
import { loadSegments } from './load-segments';
import { OpenIndex } from './open-index';
import { scanSegment } from './scan-segment';
import { readSegmentHeader } from './segment';
import type { Segment } from './segment';
import { SegmentIndexes } from './segment-indexes';
import { SegmentReader } from './segment-reader';
import { SegmentSet } from './segment-set';

export interface StoppedJournal {
  readonly set: SegmentSet;
  readonly reader: SegmentReader;
  readonly indexes: SegmentIndexes;
  /** Why it ends where it ends: the problem with the bytes behind the last group of the last segment; undefined at a clean end. */
  readonly endProblem: string | undefined;
  /** Closes the files that readers opened. */
  close(): void;
}

/** The segments that hold anything up to `upTo`, ready to be read; undefined if there are none. Throws JournalCorruption for damage in them. */
export async function readStoppedJournal(
  files: Files,
  dir: string,
  upTo = Infinity,
  warn: (message: string) => void = () => undefined,
): Promise<StoppedJournal | undefined> {
  if (!(await hasSegments(files, dir))) return undefined;
  const { segments } = await loadSegments(files, dir, upTo);
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const endProblem = await findFrames(files, dir, last);
  const set = new SegmentSet(files, dir, segments);
  const indexes = new SegmentIndexes(files, set, warn);
  return {
    set,
    indexes,
    reader: new SegmentReader(set, indexes),
    endProblem,
    close: () => set.close(),
  };
}

/** The head that a clean stop sealed, if the seal and all that it vouches for verify: then no later number was given. */
export async function sealedHead(files: Files, dir: string): Promise<JournalHead | undefined> {
  if (!(await hasSegments(files, dir))) return undefined;
  try {
    const { segments } = await loadSegments(files, dir);
    const seal = await loadSeal(files, dir, segments);
    const last = segments.at(-1);
    if (last === undefined || seal === undefined || seal === 'damaged') return undefined;
    await findEnd(files, dir, last, seal);
    return last.head;
  } catch (error) {
    if (error instanceof JournalCorruption) return undefined;
    throw error;
  }
}

/** The headers of segments that can be read, oldest first: what is left to say of a damaged journal. */
export async function readHeaders(files: Files, dir: string): Promise<SegmentHeader[]> {
  const headers: SegmentHeader[] = [];
  for (const name of await segmentNames(files, dir)) {
    const file = await files.open(join(dir, name), 'r');
    try {
      headers.push(await readSegmentHeader(file, name));
    } catch {
      // A header that does not verify says nothing; whoever needs this segment is told by loadSegments.
    } finally {
      await file.close();
    }
  }
  return headers;
}

async function findFrames(files: Files, dir: string, last: Segment): Promise<string | undefined> {
  if (last.trailer !== undefined) return undefined;
  const file = await files.open(join(dir, last.name), 'r');
  try {
    const { end, head, problem } = await scanSegment(file, last.name, last.header, await file.size(), () => undefined);
    last.end = end;
    last.head = head;
    // Frames before `end` are indexed when somebody asks.
    last.open = new OpenIndex(last.header.firstSequence, Math.max(end, SEGMENT_HEADER_BYTES), undefined);
    return problem;
  } finally {
    await file.close();
  }
}

async function hasSegments(files: Files, dir: string): Promise<boolean> {
  return (await segmentNames(files, dir)).length > 0;
}

async function segmentNames(files: Files, dir: string): Promise<string[]> {
  try {
    return (await files.list(dir)).filter(isSegmentName);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
