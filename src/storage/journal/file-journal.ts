/**
 * The journal in segment files: the embedded form of the `Journal` port.
 *
 * Boundary: order, durability and the life of segments. Bytes are in format.ts and group-body.ts, reading in segment-reader.ts.
 *
 * J1 to J4 are in journal.ts. Beside them:
 * J5. One write and one flush a group, into space that was written ahead: an append does not grow a file.
 * J6. After a failed write or flush nothing is appended any more. The flush is never repeated: the kernel may have dropped
 *     the bytes and would call the second one a success.
 * J7. A group never spans segments. The name of a segment is durable before its first group is acknowledged.
 * J8. Sealing happens behind the appends and may fail: it is made up for at the next switch or start.
 */
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Files, OpenFile } from '../files';
import { SALT_BYTES, SEGMENT_RECORDS_MAX } from './format';
import { FRAME_OVERHEAD_BYTES, GroupEncoder, frameBytes } from './group-body';
import { HeadWaiters } from './head-waiters';
import { JournalBehind } from './journal';
import type { AppendTimings, HistorySpan, Journal, JournalHead, NewGroup, ReadBack, ReadGroup } from './journal';
import { SEAL_NAME, encodeSeal, writeMark } from './mark-files';
import { placeSegment } from './place-segment';
import { Preparer } from './preparer';
import type { Runway } from './runway';
import { sealSegment } from './seal';
import type { Segment } from './segment';
import { SegmentIndexes } from './segment-indexes';
import { SegmentReader } from './segment-reader';
import type { SegmentSet } from './segment-set';
import { trimSegments } from './trim-segments';

/** What an opened journal is made of; see open-journal.ts. */
export interface FileJournalParts {
  readonly files: Files;
  readonly set: SegmentSet;
  readonly segmentBytesMax: number;
  readonly random: (bytes: number) => Buffer;
  readonly warn: (message: string) => void;
  /** The last segment, open for writing. */
  readonly file: OpenFile;
  readonly runway: Runway;
  /** Where its last frame begins; 0 for none. */
  readonly lastFrame: number;
}

export class FileJournal implements Journal {
  private readonly encoder = new GroupEncoder();
  private readonly waiters = new HeadWaiters();
  private readonly preparer: Preparer;
  private readonly indexes: SegmentIndexes;
  private readonly reader: SegmentReader;
  private active: Segment;
  private file: OpenFile;
  private lastFrame: number;
  /** The append that runs, if any. Settles, never rejects. */
  private appending: Promise<void> | undefined;
  private poison: Error | undefined;
  private closing: Promise<void> | undefined;
  /** Sealing and trimming, one after another. Never rejects. */
  private upkeep: Promise<void> = Promise.resolve();

  constructor(private readonly parts: FileJournalParts) {
    const { files, set, segmentBytesMax, runway, warn } = parts;
    this.active = set.last;
    this.file = parts.file;
    this.lastFrame = parts.lastFrame;
    this.indexes = new SegmentIndexes(files, set, warn);
    this.reader = new SegmentReader(set, this.indexes);
    this.preparer = new Preparer(files, set.dir, segmentBytesMax, runway);
    this.preparer.keepAhead(this.active.end);
  }

  get history(): string {
    return this.active.header.history;
  }

  head(): JournalHead {
    return this.active.head;
  }

  oldest(): number {
    return this.parts.set.oldest;
  }

  floor(): number {
    return this.parts.set.floor;
  }

  lineage(): readonly HistorySpan[] {
    return this.parts.set.lineage;
  }

  /** Less the group's own bytes; each record takes up to five more. */
  room(): number {
    const bytes = Math.max(this.preparer.activeRoom(this.active.end), this.preparer.nextRoom());
    return Math.max(0, bytes - FRAME_OVERHEAD_BYTES);
  }

  async makeRoom(bytes: number): Promise<void> {
    this.refuseIfOver();
    const needed = bytes + FRAME_OVERHEAD_BYTES;
    const { end } = this.active;
    if (this.preparer.mayHold(end, needed)) await this.preparer.extendActive(end, needed);
    else await this.preparer.prepareNext(needed);
  }

  append(group: NewGroup, expectedHead: number, timings?: AppendTimings): Promise<void> {
    const work = this.appendAlone(group, expectedHead, timings);
    if (this.appending === undefined) {
      const settled = work.then(
        () => void (this.appending = undefined),
        () => void (this.appending = undefined),
      );
      this.appending = settled;
    }
    return work;
  }

  read(after: number): AsyncIterable<ReadGroup> {
    return this.reader.read(after);
  }

  readBack(after: number): ReadBack {
    return this.reader.readBack(after);
  }

  record(sequence: number): Promise<JournalRecord> {
    return this.reader.record(sequence);
  }

  lastChange(entityHash: number, atMost: number): Promise<number> {
    return this.indexes.lastChange(entityHash, atMost);
  }

  nextChange(entityHash: number, atLeast: number): Promise<number> {
    return this.indexes.nextChange(entityHash, atLeast);
  }

  newestChanges(wanted: (entityHash: number) => boolean, atMost: number): Promise<ReadonlyMap<number, number>> {
    return this.indexes.newestChanges(wanted, atMost);
  }

  chainAfter(sequence: number): Promise<Uint8Array | undefined> {
    return this.reader.chainAfter(sequence);
  }

  sequenceAtTime(timeMs: number): Promise<number> {
    return this.reader.sequenceAtTime(timeMs);
  }

  waitForChange(sequence: number): Promise<void> {
    if (this.closing !== undefined) return Promise.reject(new Error('the journal is closed'));
    return this.waiters.wait(sequence, this.active.head.sequence);
  }

  /** Deletes from the oldest on. The mark of what is kept is durable before the first file goes. */
  async trim(before: number): Promise<void> {
    this.refuseIfOver();
    const { files, set } = this.parts;
    const work = this.upkeep.then(() => trimSegments(files, set, before));
    this.upkeep = work.catch(() => undefined);
    await work;
  }

  close(clean: boolean): Promise<void> {
    this.closing ??= this.closeNow(clean);
    return this.closing;
  }

  private async appendAlone(group: NewGroup, expectedHead: number, timings: AppendTimings | undefined): Promise<void> {
    this.refuseIfOver();
    if (this.appending !== undefined) throw new Error('two appends overlap');
    const { sequence } = this.active.head;
    if (expectedHead !== sequence) throw new JournalBehind(expectedHead, sequence);
    const count = group.lastSequence - group.firstSequence + 1;
    if (group.firstSequence !== sequence + 1 || count !== group.records.length || count < 1) {
      throw new RangeError('the group does not continue the journal');
    }
    const length = frameBytes(group);
    const fits = this.mayHold(group, length) && this.preparer.activeRoom(this.active.end) >= length;
    if (!fits) await this.makePlace(group, length);
    try {
      await this.write(group, length, timings);
    } catch (error) {
      throw this.poisoned(error);
    }
    this.waiters.moved(group.lastSequence);
    this.preparer.keepAhead(this.active.end);
  }

  private async write(group: NewGroup, length: number, timings: AppendTimings | undefined): Promise<void> {
    const { active, file } = this;
    const { frame, chain } = this.encoder.encode(group, length, active.head.chain, active.header.salt);
    if (timings) timings.writeStart = performance.now();
    const written = file.write(frame, active.end);
    // While the disk works: readers do not look above the head (O1).
    active.open?.addGroup(group.firstSequence, active.end, group.entities);
    await written;
    if (timings) timings.syncStart = performance.now();
    await file.datasync();
    if (timings) timings.syncEnd = performance.now();
    this.lastFrame = active.end;
    active.end += length;
    active.head = {
      sequence: group.lastSequence,
      chain,
      timeMs: group.timeMs,
      digest: Buffer.from(group.stateDigest),
    };
  }

  private mayHold(group: NewGroup, length: number): boolean {
    const { end, header } = this.active;
    return this.preparer.mayHold(end, length) && group.lastSequence - header.firstSequence < SEGMENT_RECORDS_MAX;
  }

  /** Space for a group that found none ready. A disk without space rejects here, with nothing written: no poison. */
  private async makePlace(group: NewGroup, length: number): Promise<void> {
    if (this.mayHold(group, length)) return this.preparer.extendActive(this.active.end, length);
    await this.preparer.prepareNext(length);
    try {
      await this.switchSegment();
    } catch (error) {
      // The directory may hold the new name or not.
      throw this.poisoned(error);
    }
  }

  private async switchSegment(): Promise<void> {
    const { files, set, random } = this.parts;
    const { header, head } = this.active;
    const { segment, file } = await placeSegment(files, set.dir, {
      ...header,
      salt: random(SALT_BYTES),
      firstSequence: head.sequence + 1,
      chain: Buffer.from(head.chain),
      timeMs: head.timeMs,
      digest: Buffer.from(head.digest),
    });
    const [fileBefore, runwayBefore] = [this.file, this.preparer.switchToNext()];
    set.add(segment);
    [this.active, this.file, this.lastFrame] = [segment, file, 0];
    this.upkeep = this.upkeep.then(async () => {
      await Promise.all([runwayBefore.close(), fileBefore.close()]).catch(() => undefined);
      await this.sealAll();
    });
  }

  private async sealAll(): Promise<void> {
    const { files, set, warn } = this.parts;
    for (const segment of set.all) {
      if (segment === set.last || segment.trailer !== undefined) continue;
      try {
        await sealSegment(files, set.path(segment), segment);
      } catch (error) {
        warn(`${segment.name} could not be sealed: ${(error as Error).message}`);
      }
    }
  }

  private async closeNow(clean: boolean): Promise<void> {
    this.waiters.fail(new Error('the journal is closed'));
    await this.appending;
    await this.upkeep;
    try {
      await this.preparer.close();
      if (clean && this.poison === undefined) await this.sealHead();
    } finally {
      this.parts.set.close();
      await this.file.close();
    }
  }

  /** Cuts off what was written ahead, then says where the journal ends. */
  private async sealHead(): Promise<void> {
    const { files, set } = this.parts;
    const { header, end, head } = this.active;
    await this.file.truncate(end);
    await this.file.sync();
    const { history, firstSequence: segmentFirst } = header;
    await writeMark(
      files,
      set.dir,
      SEAL_NAME,
      encodeSeal({ history, segmentFirst, lastFrame: this.lastFrame, end, head }),
    );
  }

  private refuseIfOver(): void {
    if (this.poison !== undefined) throw this.poison;
    if (this.closing !== undefined) throw new Error('the journal is closed');
  }

  private poisoned(cause: unknown): Error {
    this.poison ??= new Error('a write or flush of the journal failed: nothing can be appended before a restart', {
      cause,
    });
    return this.poison;
  }
}
