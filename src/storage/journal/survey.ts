/**
 * Looks at a damaged journal as a whole: what of it still verifies, and which sequences are lost.
 *
 * Boundary: a stopped store. It reads every byte, changes nothing, and judges nothing: what to do is for engine/recovery.
 *
 * V1. A run is a stretch of groups of one segment that verify and continue one another. What lies between two runs is lost, by sequence.
 * V2. Behind damage the next group is found by its salt and checksums alone; only the chain and the sequences say whether it continues the journal.
 */
import { crc32 } from 'node:zlib';
import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { FRAME_HEADER_BYTES, SEGMENT_HEADER_BYTES, frameStart, isSegmentName, readFrameHeader } from './format';
import type { SegmentHeader } from './format';
import { FrameScanner, READ_BYTES, frameTimeMs } from './frame-scanner';
import { chainAfter } from './group-body';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import { beginsAfter } from './lineage';
import { OLDEST_NAME, SEAL_NAME, decodeOldest, decodeSeal, readMark } from './mark-files';
import { readSegmentHeader, readTrailer } from './segment';

/** Groups of one segment that verify and continue one another. */
export interface Run {
  readonly segment: string;
  /** The directory of its segment, if that is another than the journal's. */
  readonly at?: string;
  readonly header: SegmentHeader;
  /** Where its first group begins and its last one ends, in bytes. */
  readonly from: number;
  to: number;
  readonly first: number;
  /** Chain before its first group. */
  readonly chainBefore: Buffer;
  /** After its last one. */
  head: JournalHead;
}

/** Sequences that no group has any more. */
export interface LostSpan {
  readonly first: number;
  readonly last: number;
  /** Where they stood and what is wrong there. */
  readonly problem: string;
}

export interface Survey {
  /** The present history; empty when no header can be read. */
  readonly history: string;
  readonly segments: readonly string[];
  /** Segments in which something does not verify, and what. */
  readonly damaged: ReadonlyMap<string, string>;
  readonly runs: readonly Run[];
  readonly lost: readonly LostSpan[];
  /** The last stop was a clean one, and the journal ends where it was sealed: no later number was given. */
  readonly sealed: boolean;
}

interface Walked {
  readonly name: string;
  readonly header: SegmentHeader | undefined;
  readonly runs: readonly Run[];
}

/** `witness`: the highest sequence that anything knows to have been durable, and what knows it. */
export async function surveyJournal(
  files: Files,
  dir: string,
  witness?: { readonly sequence: number; readonly source: string },
): Promise<Survey> {
  const segments = (await files.list(dir).catch(() => [] as string[])).filter(isSegmentName);
  const damaged = new Map<string, string>();
  const walked: Walked[] = [];
  for (const name of segments) walked.push(await walk(files, dir, name, name === segments.at(-1), damaged));
  const runs = walked.flatMap((one) => one.runs);
  const bytes = await readMark(files, dir, OLDEST_NAME).catch(() => undefined);
  const lost = gaps(walked, damaged, (bytes && decodeOldest(bytes)?.sequence) ?? 1);
  const sealBytes = await readMark(files, dir, SEAL_NAME).catch(() => undefined);
  const seal = sealBytes && decodeSeal(sealBytes);
  const head = runs.at(-1)?.head.sequence ?? 0;
  const known = [
    ...(seal ? [{ sequence: seal.head.sequence, source: 'the seal of the last stop' }] : []),
    ...(witness ? [witness] : []),
  ].sort((a, b) => b.sequence - a.sequence)[0];
  const named = Math.max(head, lost.at(-1)?.last ?? 0);
  if (known && known.sequence > named) {
    const problem = `the journal ends at ${head}, but ${known.source} knows sequence ${known.sequence}`;
    lost.push({ first: named + 1, last: known.sequence, problem });
  }
  const history = walked.findLast(({ header }) => header)?.header?.history ?? '';
  return { history, segments, damaged, runs, lost, sealed: seal?.head.sequence === head };
}

/** The one run of a file that is wholly sound, under the name of the segment; undefined for any other. */
export async function soundRun(files: Files, dir: string, name: string): Promise<Run | undefined> {
  const damaged = new Map<string, string>();
  const { runs } = await walk(files, dir, name, true, damaged);
  return damaged.size === 0 && runs.length === 1 ? runs[0] : undefined;
}

/** The chain after a sequence in a run, or undefined if none of its groups ends there. Throws JournalCorruption if it is not what it was any more. */
export async function chainInRun(
  files: Files,
  dir: string,
  { segment, header, from, to, first, chainBefore }: Run,
  sequence: number,
): Promise<Uint8Array | undefined> {
  if (sequence === first - 1) return chainBefore;
  const file = await files.open(join(dir, segment), 'r');
  try {
    const scanner = new FrameScanner(file, segment, header.salt, from, to, first);
    for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
      if (frame.lastSequence === sequence) return chainAfter(Buffer.from(frame.parts.previousChain), frame.body);
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** The records of a run, encoded, oldest first. Throws JournalCorruption if it is not what it was any more. */
export async function recordsOfRun(files: Files, dir: string, run: Run): Promise<Uint8Array[]> {
  const { segment, header, from, to, first } = run;
  const file = await files.open(join(dir, segment), 'r');
  try {
    const records: Uint8Array[] = [];
    const scanner = new FrameScanner(file, segment, header.salt, from, to, first);
    for (let frame = await scanner.next(); frame; frame = await scanner.next()) records.push(...frame.parts.records);
    if (scanner.problem !== undefined) throw new JournalCorruption(segment, scanner.offset, scanner.problem);
    return records;
  } finally {
    await file.close();
  }
}

async function walk(
  files: Files,
  dir: string,
  name: string,
  isLast: boolean,
  damaged: Map<string, string>,
): Promise<Walked> {
  const note = (problem: string): void => void (damaged.has(name) || damaged.set(name, problem));
  let file: OpenFile;
  try {
    file = await files.open(join(dir, name), 'r');
  } catch (error) {
    note((error as Error).message);
    return { name, header: undefined, runs: [] };
  }
  try {
    const header = await readSegmentHeader(file, name);
    const trailer = await readTrailer(file, header.salt);
    const runs = await runsIn(file, name, header, trailer?.framesEnd ?? (await file.size()), note, isLast);
    const end = runs.at(-1)?.head.sequence ?? header.firstSequence - 1;
    if (trailer && end < trailer.lastSequence) note(`groups up to sequence ${trailer.lastSequence} are missing`);
    return { name, header, runs };
  } catch (error) {
    if (!(error instanceof JournalCorruption)) throw error;
    note(`at byte ${error.offset}: ${error.problem}`);
    return { name, header: undefined, runs: [] };
  } finally {
    await file.close();
  }
}

async function runsIn(
  file: OpenFile,
  name: string,
  header: SegmentHeader,
  to: number,
  note: (problem: string) => void,
  isLast: boolean,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (let from = SEGMENT_HEADER_BYTES; from < to;) {
    const { run, offset, problem } = await runAt(file, name, header, from, to);
    if (run) runs.push(run);
    if (problem === undefined) break;
    const next = await nextFrame(file, header.salt, offset + 1, to);
    // Behind the last group of the last segment stands what was written ahead, or a torn group: no damage.
    if (next !== undefined || !isLast) note(`at byte ${offset}: ${problem}`);
    if (next === undefined) break;
    from = next;
  }
  return runs;
}

/** The run that begins at a byte, and why it ends before `to`. */
async function runAt(
  file: OpenFile,
  name: string,
  header: SegmentHeader,
  from: number,
  to: number,
): Promise<{ run: Run | undefined; offset: number; problem: string | undefined }> {
  const expected = from === SEGMENT_HEADER_BYTES ? header.firstSequence : undefined;
  const scanner = new FrameScanner(file, name, header.salt, from, to, expected);
  let run: Run | undefined;
  try {
    for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
      const { parts, firstSequence: first, offset } = frame;
      const chainBefore = Buffer.from(parts.previousChain);
      const before = run?.head.chain ?? (from === SEGMENT_HEADER_BYTES ? header.chain : chainBefore);
      if (!chainBefore.equals(before)) return { run, offset, problem: 'the group does not continue the chain' };
      const head = {
        sequence: frame.lastSequence,
        chain: chainAfter(chainBefore, frame.body),
        timeMs: frameTimeMs(frame, name),
        digest: Buffer.from(parts.stateDigest),
      };
      run ??= { segment: name, header, from, to, first, chainBefore, head };
      run.head = head;
      run.to = scanner.offset;
    }
    return { run, offset: scanner.offset, problem: scanner.problem };
  } catch (error) {
    if (!(error instanceof JournalCorruption)) throw error;
    return { run, offset: error.offset, problem: error.problem };
  }
}

/** Where the next frame of this salt stands whose checksums hold. */
async function nextFrame(file: OpenFile, salt: Buffer, from: number, to: number): Promise<number | undefined> {
  const start = frameStart(salt);
  // Windows overlap, so that a frame's start is whole in one of them.
  for (let at = from; at < to; at += READ_BYTES) {
    const bytes = await file.read(at, Math.min(READ_BYTES + start.length - 1, to - at));
    for (let hit = bytes.indexOf(start); hit >= 0; hit = bytes.indexOf(start, hit + 1)) {
      const head = await file.read(at + hit, FRAME_HEADER_BYTES);
      const header = head.length < FRAME_HEADER_BYTES ? '' : readFrameHeader(head, 0, salt);
      if (typeof header === 'string') continue;
      const body = await file.read(at + hit + FRAME_HEADER_BYTES, header.bodyBytes);
      if (body.length === header.bodyBytes && crc32(body) === header.bodyCrc) return at + hit;
    }
  }
  return undefined;
}

/** What is missing before, between and at the end of the runs, up to the next segment that exists. */
function gaps(walked: readonly Walked[], damaged: ReadonlyMap<string, string>, oldest: number): LostSpan[] {
  const lost: LostSpan[] = [];
  let last = oldest - 1;
  let before: SegmentHeader | undefined;
  let where = '';
  const miss = (first: number, to: number): void => {
    if (first <= to) lost.push({ first, last: to, problem: where });
  };
  for (const { name, header, runs } of walked) {
    where = `${name} ${damaged.get(name) ?? 'is whole; what should stand before it is gone'}`;
    if (header && (before ? before.history !== header.history : header.begin === header.firstSequence)) {
      // A history begins here: what its parent had up to the fork is missing, if anything.
      if (before) miss(last + 1, header.fork);
      if (!before || beginsAfter(before, header.fork, header)) last = header.firstSequence - 1;
    }
    for (const run of runs) {
      miss(last + 1, run.first - 1);
      ({ sequence: last } = run.head);
    }
    before = header ?? before;
    // A segment of which nothing is left: the next one says where it ended.
    const next = walked[walked.findIndex((one) => one.name === name) + 1];
    if (next?.header && next.header.history === before?.history && last + 1 < next.header.firstSequence) {
      where = `${name} ${damaged.get(name) ?? 'is whole; the segment behind it is gone'}`;
      miss(last + 1, next.header.firstSequence - 1);
      last = next.header.firstSequence - 1;
    }
  }
  const end = walked.at(-1);
  if (end && !end.header) {
    // Its name says which sequence it began with; how far it went nobody knows but the seal and the witnesses.
    where = `nothing of ${end.name} can be read, nor where it ended: ${damaged.get(end.name) ?? 'it has no header'}`;
    miss(last + 1, Math.max(last + 1, parseInt(end.name, 16)));
  }
  return lost;
}
