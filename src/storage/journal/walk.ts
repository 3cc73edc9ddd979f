/**
 * Walks a whole journal on disk, past damage, for people who look at it: dump and verify.
 *
 * Boundary: a stopped store or a copy of one. It changes nothing, and believes nothing that it did not check.
 *
 * V1. Each problem is given with its segment and offset; the walk goes on with the next segment that can be read.
 */
import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { FrameScanner, frameTimeMs } from './frame-scanner';
import type { Frame } from './frame-scanner';
import { SEGMENT_HEADER_BYTES, isSegmentName } from './format';
import type { SegmentHeader } from './format';
import type { Trailer } from './footer-format';
import { chainAfter } from './group-body';
import { JournalCorruption } from './journal';
import { beginsAfter } from './lineage';
import type { JournalHead } from './journal';
import { OLDEST_NAME, SEAL_NAME, decodeOldest, decodeSeal, readMark } from './mark-files';
import { headBefore, readSegmentHeader, readTrailer, trailerHead } from './segment';
import { tornBytes } from './torn-tail';

export interface JournalProblem {
  /** The file's name, without its folder. */
  readonly segment: string;
  readonly offset: number;
  readonly problem: string;
  /** It is of a footer, which is derived from the frames: they themselves are sound. */
  readonly derived?: boolean;
}

export interface WalkedSegment {
  readonly name: string;
  readonly fileBytes: number;
  readonly header: SegmentHeader;
  readonly trailer: Trailer | undefined;
  readonly file: OpenFile;
}

/** One step of the walk. `file` and the views in `frame` are valid until the next step. */
export type WalkStep =
  | { readonly kind: 'segment'; readonly segment: WalkedSegment }
  | { readonly kind: 'group'; readonly segment: WalkedSegment; readonly frame: Frame; readonly head: JournalHead }
  | { readonly kind: 'segmentEnd'; readonly segment: WalkedSegment; readonly end: number }
  | { readonly kind: 'problem'; readonly problem: JournalProblem }
  | { readonly kind: 'torn'; readonly segment: string; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'end'; readonly head: JournalHead | undefined; readonly sealed: boolean };

/** With `from` it begins with the segment that holds this sequence, or would hold it. */
export async function* walkJournal(files: Files, dir: string, from = 0): AsyncGenerator<WalkStep, void, undefined> {
  const all = (await files.list(dir)).filter(isSegmentName);
  const names = all.slice(
    Math.max(
      0,
      all.findLastIndex((name) => parseInt(name, 16) <= from),
    ),
  );
  let head: JournalHead | undefined;
  let before: SegmentHeader | undefined;
  yield* checkOldest(files, dir, all[0]);
  for (const name of names) {
    const file = await files.open(join(dir, name), 'r');
    try {
      const header = await readSegmentHeader(file, name);
      const trailer = await readTrailer(file, header.salt);
      const segment = { name, fileBytes: await file.size(), header, trailer, file };
      yield { kind: 'segment', segment };
      for (const problem of linkProblems(segment, head, before)) yield { kind: 'problem', problem };
      before = header;
      head = headBefore(header);
      // Where this segment is damaged, the next one's header takes the chain up again.
      head = yield* walkSegment(segment, head, name === names.at(-1));
    } catch (error) {
      if (!(error instanceof JournalCorruption)) throw error;
      yield { kind: 'problem', problem: problemOf(error) };
      head = undefined;
    } finally {
      await file.close();
    }
  }
  yield* checkSeal(files, dir, names.at(-1), head);
}

async function* walkSegment(
  segment: WalkedSegment,
  before: JournalHead,
  isLast: boolean,
): AsyncGenerator<WalkStep, JournalHead | undefined, undefined> {
  const { name, header, trailer, file, fileBytes } = segment;
  const to = trailer?.framesEnd ?? fileBytes;
  const scanner = new FrameScanner(file, name, header.salt, SEGMENT_HEADER_BYTES, to, header.firstSequence);
  let head = before;
  for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
    if (!Buffer.from(head.chain).equals(frame.parts.previousChain)) {
      throw new JournalCorruption(name, frame.offset, 'the group does not continue the chain');
    }
    const timeMs = frameTimeMs(frame, name);
    if (timeMs < head.timeMs) throw new JournalCorruption(name, frame.offset, 'journal time runs back');
    const digest = Buffer.from(frame.parts.stateDigest);
    head = { sequence: frame.lastSequence, chain: chainAfter(head.chain, frame.body), timeMs, digest };
    yield { kind: 'group', segment, frame, head };
  }
  const end = scanner.offset;
  if (trailer !== undefined && (scanner.problem !== undefined || !sameHead(head, trailerHead(trailer)))) {
    throw new JournalCorruption(name, end, scanner.problem ?? 'the footer names another last group');
  }
  if (isLast) {
    const bytes = await tornBytes(file, name, header.salt, end);
    if (bytes > 0) yield { kind: 'torn', segment: name, offset: end, bytes };
  } else if (trailer === undefined) {
    const problem = 'the footer is missing or damaged; the next start writes it anew';
    yield { kind: 'problem', problem: { segment: name, offset: end, problem, derived: true } };
  }
  yield { kind: 'segmentEnd', segment, end };
  return head;
}

function linkProblems(
  segment: WalkedSegment,
  head: JournalHead | undefined,
  before: SegmentHeader | undefined,
): JournalProblem[] {
  const { name, header } = segment;
  const problems: JournalProblem[] = [];
  const begins = before !== undefined && header.history !== before.history;
  // Behind damage nobody knows where the history before it was left: the header says where.
  if (begins && !beginsAfter(before, head?.sequence ?? header.fork, header)) {
    const problem = `it belongs to history ${header.history}, which does not go on from ${before.history} here`;
    problems.push({ segment: name, offset: 48, problem });
  }
  if (head === undefined) return problems;
  if (!begins && header.firstSequence !== head.sequence + 1) {
    const problem = `it begins with sequence ${header.firstSequence} where ${head.sequence + 1} belongs`;
    problems.push({ segment: name, offset: 80, problem });
  } else if (!header.chain.equals(head.chain)) {
    problems.push({ segment: name, offset: 88, problem: 'it does not continue the chain of the segment before' });
  }
  return problems;
}

async function* checkOldest(
  files: Files,
  dir: string,
  first: string | undefined,
): AsyncGenerator<WalkStep, void, undefined> {
  const bytes = await readMark(files, dir, OLDEST_NAME);
  if (bytes === undefined) {
    if (first === undefined) yield problemStep('', 0, 'there are no segments');
    return;
  }
  const mark = decodeOldest(bytes);
  if (mark === undefined) yield problemStep(OLDEST_NAME, 0, 'the mark of the last trim does not verify');
  else if (first === undefined || parseInt(first, 16) > mark.sequence) {
    yield problemStep(OLDEST_NAME, 24, `the segment from sequence ${mark.sequence} is missing`);
  }
}

async function* checkSeal(
  files: Files,
  dir: string,
  last: string | undefined,
  head: JournalHead | undefined,
): AsyncGenerator<WalkStep, void, undefined> {
  const bytes = await readMark(files, dir, SEAL_NAME);
  const seal = bytes && decodeSeal(bytes);
  if (bytes !== undefined && seal === undefined) yield problemStep(SEAL_NAME, 0, 'the seal does not verify');
  if (seal !== undefined && (head === undefined || !sameHead(head, seal.head))) {
    yield problemStep(
      last ?? SEAL_NAME,
      0,
      `the journal was sealed at sequence ${seal.head.sequence}, and does not end there`,
    );
  }
  yield { kind: 'end', head, sealed: seal !== undefined };
}

function sameHead(one: JournalHead, other: JournalHead): boolean {
  return (
    one.sequence === other.sequence &&
    one.timeMs === other.timeMs &&
    Buffer.from(one.chain).equals(other.chain) &&
    Buffer.from(one.digest).equals(other.digest)
  );
}

function problemStep(segment: string, offset: number, problem: string): WalkStep {
  return { kind: 'problem', problem: { segment, offset, problem } };
}

function problemOf({ segment, offset, problem }: JournalCorruption): JournalProblem {
  return { segment, offset, problem };
}
