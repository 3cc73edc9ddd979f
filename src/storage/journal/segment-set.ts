/**
 * The segments of one journal, oldest first, and their open files for readers.
 *
 * Boundary: which file holds a sequence, and a handle to read it; what is in it is for the readers.
 *
 * M1. A handle in use is never closed: a segment that is trimmed meanwhile can be read to its end.
 * M2. Handles and loaded indexes are bounded, the least recently used let go first.
 */
import type { HistorySpan } from './journal';
import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { JournalCorruption, PositionTooOld } from './journal';
import { SealedIndex } from './sealed-index';
import { floorOf, lineageOf } from './lineage';
import type { Segment } from './segment';
import { lastAtMost } from './entity-positions';

/** Files kept open for readers. */
const HANDLES_MAX = 16;
/** Loaded indexes of sealed segments: about 18 KB each. */
const INDEXES_MAX = 256;

interface Handle {
  readonly file: Promise<OpenFile>;
  users: number;
  dropped: boolean;
}

export class SegmentSet {
  private segments: readonly Segment[];
  private firsts: readonly number[] = [];
  private spans: readonly HistorySpan[] = [];
  private readonly handles = new Map<Segment, Handle>();
  private readonly indexes = new Map<Segment, Promise<SealedIndex>>();

  constructor(
    private readonly files: Files,
    readonly dir: string,
    segments: readonly Segment[],
  ) {
    this.segments = segments;
    this.setFirsts();
  }

  get all(): readonly Segment[] {
    return this.segments;
  }

  /** The segment that is appended to. */
  get last(): Segment {
    return this.segments.at(-1)!;
  }

  /** The oldest sequence that can be read. */
  get oldest(): number {
    return this.segments[0]!.header.firstSequence;
  }

  /** The lowest sequence after which everything that there is can be read. */
  get floor(): number {
    return floorOf(this.segments[0]!.header);
  }

  /** The histories of the segments, oldest first. */
  get lineage(): readonly HistorySpan[] {
    const { sequence } = this.last.head;
    if (this.spans.at(-1)?.last !== sequence) {
      this.spans = lineageOf(
        this.segments.map(({ header }) => header),
        sequence,
      );
    }
    return this.spans;
  }

  path(segment: Segment): string {
    return join(this.dir, segment.name);
  }

  add(segment: Segment): void {
    this.segments = [...this.segments, segment];
    this.setFirsts();
  }

  /** Forgets the oldest `count` segments. */
  dropOldest(count: number): void {
    const gone = this.segments.slice(0, count);
    this.segments = this.segments.slice(count);
    this.setFirsts();
    for (const segment of gone) {
      this.indexes.delete(segment);
      this.forgetHandle(segment);
    }
  }

  /** The index in `all` of the segment that holds `sequence`, or would hold it. Throws PositionTooOld. */
  indexOf(sequence: number): number {
    const index = lastAtMost(this.firsts, this.firsts.length, sequence);
    if (index < 0) throw new PositionTooOld(sequence, this.oldest);
    return index;
  }

  /** Calls `work` with the segment's file. */
  async use<T>(segment: Segment, work: (file: OpenFile) => Promise<T>): Promise<T> {
    const [file, release] = await this.acquire(segment);
    try {
      return await work(file);
    } finally {
      release();
    }
  }

  /** The segment's file, and the function that gives it back. */
  async acquire(segment: Segment): Promise<[OpenFile, () => void]> {
    const handle = this.handles.get(segment) ?? this.openHandle(segment);
    this.handles.delete(segment);
    this.handles.set(segment, handle);
    handle.users += 1;
    const release = (): void => {
      handle.users -= 1;
      if (handle.dropped && handle.users === 0) closeQuietly(handle);
      else this.trimHandles();
    };
    try {
      return [await handle.file, release];
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The loaded index of a sealed segment. Rejects with DamagedFooter. */
  sealedIndex(segment: Segment): Promise<SealedIndex> {
    const { trailer } = segment;
    if (trailer === undefined) throw new Error(`${segment.name} is not sealed`);
    const loaded =
      this.indexes.get(segment) ??
      this.use(segment, (file) => SealedIndex.load(file, segment.header.firstSequence, trailer));
    this.indexes.delete(segment);
    this.indexes.set(segment, loaded);
    loaded.catch(() => this.forgetIndex(segment));
    for (const oldest of this.indexes.keys()) {
      if (this.indexes.size <= INDEXES_MAX) break;
      this.indexes.delete(oldest);
    }
    return loaded;
  }

  forgetIndex(segment: Segment): void {
    this.indexes.delete(segment);
  }

  /** Closes every handle as soon as nobody reads from it. */
  close(): void {
    for (const segment of [...this.handles.keys()]) this.forgetHandle(segment);
  }

  private openHandle(segment: Segment): Handle {
    const file = this.files.open(this.path(segment), 'r').catch((error: NodeJS.ErrnoException) => {
      this.handles.delete(segment);
      if (error.code !== 'ENOENT') throw error;
      // Trimmed since it was found, or gone without our doing.
      if (!this.segments.includes(segment)) throw new PositionTooOld(segment.header.firstSequence, this.oldest);
      throw new JournalCorruption(segment.name, 0, 'the file is missing');
    });
    file.catch(() => undefined);
    return { file, users: 0, dropped: false };
  }

  private trimHandles(): void {
    for (const [segment, handle] of this.handles) {
      if (this.handles.size <= HANDLES_MAX) break;
      if (handle.users === 0) this.forgetHandle(segment);
    }
  }

  private forgetHandle(segment: Segment): void {
    const handle = this.handles.get(segment);
    if (handle === undefined) return;
    this.handles.delete(segment);
    handle.dropped = true;
    if (handle.users === 0) closeQuietly(handle);
  }

  private setFirsts(): void {
    this.firsts = this.segments.map(({ header }) => header.firstSequence);
    this.spans = [];
  }
}

/** A handle that was only read from loses nothing when its close fails. */
function closeQuietly(handle: Handle): void {
  handle.file.then((file) => file.close()).catch(() => undefined);
}
