/**
 * Builds the journal of a new history: what the present one holds up to the fork, and behind it the first segment of the new history with
 * one record.
 *
 * Boundary: a directory of its own, filled aside. The present journal is not touched; nobody appends to it meanwhile.
 *
 * U1. Whole segments get a second name and keep their bytes; the segment that the fork lies in is copied up to it, with a new salt.
 * U2. A group that the fork lies in is cut: its records up to the fork, with the digest of the state there, are a group of their own.
 * U3. When it resolves, everything in the directory survives power loss, and opens as a journal that was stopped cleanly.
 */
import { basename, join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { SALT_BYTES, SEGMENT_HEADER_BYTES, encodeSegmentHeader, segmentName, writeFrameHeader } from './format';
import type { SegmentHeader } from './format';
import { FRAME_HEADER_BYTES } from './format';
import { FrameScanner } from './frame-scanner';
import type { Frame } from './frame-scanner';
import { GroupEncoder, chainAfter, frameBytes, recordStamp } from './group-body';
import { JournalCorruption } from './journal';
import type { JournalHead } from './journal';
import { OLDEST_NAME, SEAL_NAME, encodeOldest, encodeSeal, writeMark } from './mark-files';
import type { Segment } from './segment';
import type { SegmentSet } from './segment-set';

/** The history that begins. */
export interface NewHistory {
  /** Ids of 16 lower-case hex digits. */
  readonly history: string;
  readonly parent: string;
  /** The last record that both share, and what the journal commits to there; the chain is not needed where the journal has it. */
  readonly fork: Omit<JournalHead, 'chain'> & { readonly chain: Uint8Array | undefined };
  /** Its first record, encoded; that sequence lies above every number that was ever given. */
  readonly record: Uint8Array;
  /** The digest of the state after that record. */
  readonly stateDigest: Uint8Array;
}

/** Where the records up to the fork come from. */
export interface JournalSource {
  readonly set: SegmentSet;
  /** Segments that end below it are left out: a base holds what was in them. 0: none is left out. */
  readonly from: number;
}

export interface CutOptions {
  readonly files: Files;
  /** A directory that exists and is empty. */
  readonly to: string;
  /** Undefined when nothing of the journal is left: a verified backup has the state at the fork. */
  readonly source: JournalSource | undefined;
  readonly begin: NewHistory;
  readonly random: (bytes: number) => Buffer;
}

/** Bytes gathered for one write. */
const WRITE_BYTES = 1024 * 1024;

/** Gives the head of the journal that it built: the one record of the new history. Throws JournalCorruption if the source does not
 *  reach the fork. */
export async function cutJournal(options: CutOptions): Promise<JournalHead> {
  const { files, to, source, begin } = options;
  const { fork } = begin;
  const chain = source === undefined ? fork.chain : await keepUpTo(options, source);
  if (chain === undefined) throw new Error('the chain at the fork is not known');
  return beginHistory(options, { ...fork, chain }).finally(() => files.syncDirectory(to));
}

/** Gives the chain at the fork. */
async function keepUpTo({ files, to, begin, random }: CutOptions, { set, from }: JournalSource): Promise<Uint8Array> {
  const { sequence } = begin.fork;
  const within = set.all.filter(({ header }) => header.firstSequence <= sequence);
  const last = within.at(-1);
  if (last === undefined || set.floor > sequence) {
    throw new JournalCorruption(segmentName(sequence), 0, `the journal does not hold sequence ${sequence}`);
  }
  const kept = within.filter((segment) => segment === last || segment.head.sequence >= from);
  for (const segment of kept) if (segment !== last) await secondName(files, set.path(segment), join(to, segment.name));
  await markOldest(files, to, kept[0]!.header, set.all[0]!.header);
  return copyUpTo(files, set, last, to, begin, random(SALT_BYTES));
}

/** The new journal begins later than the history did, as after a trim. */
async function markOldest(files: Files, to: string, first: SegmentHeader, before: SegmentHeader): Promise<void> {
  if (first.firstSequence === 1 || first.begin === first.firstSequence) return;
  if (before.firstSequence > first.firstSequence) throw new RangeError('segments are out of order');
  const { history, firstSequence: sequence, chain } = first;
  await writeMark(files, to, OLDEST_NAME, encodeOldest({ history, sequence, chain }));
}

/** A sealed segment is never written again but for a footer that is built anew from its frames: both names stay good. */
async function secondName(files: Files, from: string, to: string): Promise<void> {
  try {
    await files.link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // File systems without hard links, or a journal directory on another one.
    if (code !== 'EXDEV' && code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EMLINK') throw error;
    await copyWhole(files, from, to);
  }
}

async function copyWhole(files: Files, from: string, to: string): Promise<void> {
  const source = await files.open(from, 'r');
  try {
    await writeFile(files, to, async (target) => {
      for (let at = 0; ;) {
        const bytes = await source.read(at, WRITE_BYTES);
        if (bytes.length === 0) break;
        await target.write(bytes, at);
        at += bytes.length;
      }
    });
  } finally {
    await source.close();
  }
}

async function copyUpTo(
  files: Files,
  set: SegmentSet,
  segment: Segment,
  to: string,
  begin: NewHistory,
  salt: Buffer,
): Promise<Uint8Array> {
  const { header, name } = segment;
  return set.use(segment, (source) =>
    writeFile(files, join(to, name), async (target) => {
      await target.write(encodeSegmentHeader({ ...header, salt }), 0);
      const scanner = new FrameScanner(
        source,
        name,
        header.salt,
        SEGMENT_HEADER_BYTES,
        segment.end,
        header.firstSequence,
      );
      const copy = new FrameCopy(target, salt, header.chain);
      const { sequence } = begin.fork;
      while (copy.lastSequence < sequence) {
        const frame = await scanner.next();
        if (frame === undefined) {
          const problem = scanner.problem ?? `the journal ends before sequence ${sequence}`;
          throw new JournalCorruption(name, scanner.offset, problem);
        }
        if (!Buffer.from(copy.chain).equals(frame.parts.previousChain)) {
          throw new JournalCorruption(name, frame.offset, 'the group does not continue the chain');
        }
        if (frame.lastSequence <= sequence) await copy.whole(frame);
        else await copy.cut(frame, sequence, begin.fork.digest);
      }
      await copy.flush();
      return copy.chain;
    }),
  );
}

/** The frames of one segment on their way to another file. */
class FrameCopy {
  chain: Uint8Array;
  lastSequence = 0;
  private gathered: Buffer[] = [];
  private bytes = 0;
  private position = SEGMENT_HEADER_BYTES;

  constructor(
    private readonly target: OpenFile,
    private readonly salt: Buffer,
    chain: Uint8Array,
  ) {
    this.chain = chain;
  }

  async whole(frame: Frame): Promise<void> {
    const copy = Buffer.allocUnsafe(frame.bytes);
    frame.body.copy(copy, FRAME_HEADER_BYTES);
    writeFrameHeader(copy, 0, this.salt, frame.firstSequence, frame.body.length);
    this.chain = chainAfter(this.chain, frame.body);
    await this.add(copy, frame.lastSequence);
  }

  /** U2. */
  async cut(frame: Frame, lastSequence: number, stateDigest: Uint8Array): Promise<void> {
    const records = frame.parts.records.slice(0, lastSequence - frame.firstSequence + 1);
    const { timeMs } = recordStamp(records.at(-1)!);
    const { firstSequence } = frame;
    const group = { firstSequence, lastSequence, timeMs, records, stateDigest, entities: [] };
    const encoded = new GroupEncoder().encode(group, frameBytes(group), this.chain, this.salt);
    this.chain = encoded.chain;
    await this.add(encoded.frame, lastSequence);
  }

  async flush(): Promise<void> {
    if (this.bytes === 0) return;
    await this.target.write(Buffer.concat(this.gathered, this.bytes), this.position);
    this.position += this.bytes;
    this.gathered = [];
    this.bytes = 0;
  }

  private async add(frame: Buffer, lastSequence: number): Promise<void> {
    this.gathered.push(frame);
    this.bytes += frame.length;
    this.lastSequence = lastSequence;
    if (this.bytes >= WRITE_BYTES) await this.flush();
  }
}

/** The first segment of the new history, and the seal of a clean stop. */
async function beginHistory({ files, to, begin, random }: CutOptions, fork: JournalHead): Promise<JournalHead> {
  const { sequence, timeMs } = recordStamp(begin.record);
  const salt = random(SALT_BYTES);
  const header: SegmentHeader = {
    salt,
    history: begin.history,
    parent: begin.parent,
    fork: fork.sequence,
    begin: sequence,
    epoch: 0,
    firstSequence: sequence,
    chain: Buffer.from(fork.chain),
    timeMs: fork.timeMs,
    digest: Buffer.from(fork.digest),
  };
  const { stateDigest } = begin;
  const group = { firstSequence: sequence, lastSequence: sequence, timeMs, records: [begin.record], stateDigest };
  const encoded = { ...group, entities: [] };
  const { frame, chain } = new GroupEncoder().encode(encoded, frameBytes(encoded), fork.chain, salt);
  await writeFile(files, join(to, segmentName(sequence)), async (file) => {
    await file.write(Buffer.concat([encodeSegmentHeader(header), frame]), 0);
  });
  await files.syncDirectory(to);
  const head = { sequence, chain, timeMs, digest: Buffer.from(stateDigest) };
  const end = SEGMENT_HEADER_BYTES + frame.length;
  const seal = { history: begin.history, segmentFirst: sequence, lastFrame: SEGMENT_HEADER_BYTES, end, head };
  await writeMark(files, to, SEAL_NAME, encodeSeal(seal));
  return head;
}

/** A new file, flushed when this resolves. Its name is not. */
async function writeFile<Result>(
  files: Files,
  path: string,
  fill: (file: OpenFile) => Promise<Result>,
): Promise<Result> {
  const file = await files.open(path, 'wx+').catch((error: Error) => {
    throw new Error(`${basename(path)} cannot be created`, { cause: error });
  });
  try {
    const result = await fill(file);
    await file.sync();
    return result;
  } finally {
    await file.close();
  }
}
