/**
 * Reads durable records out of the segments.
 *
 * Boundary: the reading half of the Journal port; it never looks above a segment's durable end.
 *
 * R3. What is given was verified: checksum of the frame, its sequence, the record's own sequence. Else JournalCorruption.
 * R4. Nothing that is given keeps a read buffer alive: bodies are copied out.
 */
import { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { OpenFile } from '../files';
import { FrameScanner, READ_BYTES } from './frame-scanner';
import type { Frame } from './frame-scanner';
import { SEGMENT_HEADER_BYTES } from './format';
import { lastAtMost } from './entity-positions';
import { groupParts, recordStamp } from './group-body';
import { JournalCorruption, PositionTooOld } from './journal';
import { sequenceAfter } from './lineage';
import type { ReadBack, ReadGroup } from './journal';
import { scanSegment } from './scan-segment';
import type { Segment } from './segment';
import type { SegmentIndexes } from './segment-indexes';
import type { SegmentSet } from './segment-set';

/** What a look-up of one record reads at once: the step of the sparse index and a little of the next group. */
const POINT_READ_BYTES = 80 * 1024;

export class SegmentReader {
  constructor(
    private readonly set: SegmentSet,
    private readonly indexes: SegmentIndexes,
  ) {}

  /** The groups after `after`, up to the head at the time of each step; of a group that it falls into, the records after it. */
  async *read(after: number): AsyncGenerator<ReadGroup, void, undefined> {
    if (after < this.set.floor) throw new PositionTooOld(after + 1, this.set.oldest);
    let next = after + 1;
    while (next <= this.set.last.head.sequence) {
      next = sequenceAfter(this.set.lineage, next - 1);
      const segment = this.set.all[this.set.indexOf(next)]!;
      const [file, release] = await this.set.acquire(segment);
      try {
        const scanner = await this.scannerAt(file, segment, next, READ_BYTES);
        for (;;) {
          scanner.to = segment.end;
          const frame = await scanner.next();
          if (frame === undefined) break;
          if (frame.lastSequence < next) continue;
          const group = decodedGroup(frame, segment.name, next);
          next = frame.lastSequence + 1;
          yield group;
        }
        if (scanner.problem !== undefined) throw new JournalCorruption(segment.name, scanner.offset, scanner.problem);
        if (next <= segment.head.sequence) {
          throw new JournalCorruption(segment.name, scanner.offset, `the group with sequence ${next} is missing`);
        }
      } finally {
        release();
      }
    }
  }

  /** See the port. What is given was verified, the chain too; a piece is a segment at most. */
  readBack(after: number): ReadBack {
    const { last, all } = this.set;
    // Appends go on meanwhile: where it ends now is held on to.
    const { head, end } = last;
    const segments = all.filter((segment) => segment === last || segment.head.sequence > after).reverse();
    return { head, records: this.recordsBack(segments, after, head.chain, end) };
  }

  private async *recordsBack(
    segments: readonly Segment[],
    after: number,
    headChain: Uint8Array,
    headEnd: number,
  ): AsyncGenerator<readonly Uint8Array[], void, undefined> {
    let chain = headChain;
    for (const [index, segment] of segments.entries()) {
      const { name, header } = segment;
      const records: Uint8Array[] = [];
      const found = await this.set.use(segment, (file) =>
        scanSegment(file, name, header, index === 0 ? headEnd : segment.end, ({ parts, firstSequence }) => {
          parts.records.forEach((record, place) => {
            if (firstSequence + place > after) records.push(record);
          });
        }),
      );
      const fits = Buffer.from(found.head.chain).equals(chain);
      const problem = found.problem ?? (fits ? undefined : 'its chain is not the one that the next segment continues');
      if (problem !== undefined) throw new JournalCorruption(name, found.end, problem);
      chain = header.chain;
      yield records.reverse();
    }
  }

  async record(sequence: number): Promise<JournalRecord> {
    if (!Number.isSafeInteger(sequence) || sequence > this.set.last.head.sequence) {
      throw new RangeError(`sequence ${sequence} is above the head`);
    }
    const segment = this.set.all[this.set.indexOf(sequence)]!;
    if (sequence > segment.head.sequence) {
      throw new RangeError(`sequence ${sequence} lies behind the fork at ${segment.head.sequence}: no record has it`);
    }
    return this.set.use(segment, async (file) => {
      const frame = await this.frameWith(file, segment, sequence);
      const encoded = Buffer.from(frame.parts.records[sequence - frame.firstSequence]!);
      return decodedRecord(encoded, sequence, segment.name, frame.offset);
    });
  }

  /** The chain after the group that ends with `sequence`; undefined if none ends there. `sequence` is not above the head. */
  async chainAfter(sequence: number): Promise<Uint8Array | undefined> {
    if (sequence === this.set.last.head.sequence) return this.set.last.head.chain;
    if (sequence === this.set.floor) return this.set.all[0]!.header.chain;
    const at = this.set.all[this.set.indexOf(sequence)];
    // The last of its segment; or behind a fork, where no group ends.
    if (at !== undefined && sequence >= at.head.sequence) {
      return sequence === at.head.sequence ? at.head.chain : undefined;
    }
    const segment = this.set.all[this.set.indexOf(sequence + 1)]!;
    return this.set.use(segment, async (file) => {
      const frame = await this.frameWith(file, segment, sequence + 1);
      return frame.firstSequence === sequence + 1 ? Buffer.from(frame.parts.previousChain) : undefined;
    });
  }

  /** The last sequence at or before a journal time, by halving: some twenty reads of one group. `floor` when all is later. */
  async sequenceAtTime(timeMs: number): Promise<number> {
    for (;;) {
      const segments = this.set.all;
      // A segment's header has the time of the record before it: the last segment that begins at or before the time has the place.
      const index = lastAtMost(
        segments.map(({ header }) => header.timeMs),
        segments.length,
        timeMs,
      );
      const segment = segments[index];
      if (segment === undefined) return this.set.floor;
      try {
        const { head } = segment;
        if (head.timeMs <= timeMs && head.sequence >= segment.header.firstSequence) return head.sequence;
        const found = await this.lastAtTimeIn(segment, head.sequence, timeMs);
        return found ?? segments[index - 1]?.head.sequence ?? this.set.floor;
      } catch (error) {
        // Trimmed while we looked: what is left is later, or is looked through again.
        if (!(error instanceof PositionTooOld)) throw error;
      }
    }
  }

  /** The last sequence up to `last` at or before the time; undefined if the segment has none. */
  private lastAtTimeIn(segment: Segment, last: number, timeMs: number): Promise<number | undefined> {
    return this.set.use(segment, async (file) => {
      let found: number | undefined;
      let [low, high] = [segment.header.firstSequence, last];
      while (low <= high) {
        const frame = await this.frameWith(file, segment, low + Math.floor((high - low) / 2));
        const times = frame.parts.records.map((encoded) => recordStamp(encoded).timeMs);
        const within = lastAtMost(times, times.length, timeMs);
        if (within >= 0) found = frame.firstSequence + within;
        // All of the group is at or before the time: what is later may be, too.
        if (within === times.length - 1) low = frame.lastSequence + 1;
        else if (within >= 0) break;
        else high = frame.firstSequence - 1;
      }
      return found;
    });
  }

  private async frameWith(file: OpenFile, segment: Segment, sequence: number): Promise<Frame> {
    const scanner = await this.scannerAt(file, segment, sequence, POINT_READ_BYTES);
    for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
      if (frame.lastSequence >= sequence) return frame;
    }
    const problem = scanner.problem ?? `the group with sequence ${sequence} is missing`;
    throw new JournalCorruption(segment.name, scanner.offset, problem);
  }

  /** A walk that begins at or before the group with `sequence`. */
  private async scannerAt(
    file: OpenFile,
    segment: Segment,
    sequence: number,
    readBytes: number,
  ): Promise<FrameScanner> {
    const { name, header } = segment;
    const place =
      sequence === header.firstSequence
        ? { from: SEGMENT_HEADER_BYTES, sequence }
        : await this.indexes.place(segment, sequence, file);
    const from = place ?? { from: SEGMENT_HEADER_BYTES, sequence: header.firstSequence };
    return new FrameScanner(file, name, header.salt, from.from, segment.end, from.sequence, readBytes);
  }
}

function decodedGroup(frame: Frame, segment: string, from: number): ReadGroup {
  const { records, stateDigest } = groupParts(Buffer.from(frame.body));
  const skipped = Math.max(0, from - frame.firstSequence);
  const firstSequence = frame.firstSequence + skipped;
  return {
    firstSequence,
    lastSequence: frame.lastSequence,
    records: records
      .slice(skipped)
      .map((encoded, index) => decodedRecord(encoded, firstSequence + index, segment, frame.offset)),
    stateDigest,
  };
}

function decodedRecord(encoded: Uint8Array, sequence: number, segment: string, offset: number): JournalRecord {
  let record: JournalRecord;
  try {
    record = JournalRecord.decode(encoded);
  } catch {
    throw new JournalCorruption(segment, offset, `the record at sequence ${sequence} cannot be decoded`);
  }
  if (record.sequence === sequence) return record;
  throw new JournalCorruption(segment, offset, `the record at sequence ${sequence} says ${record.sequence}`);
}
