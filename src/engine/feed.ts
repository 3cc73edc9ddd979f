import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Journal, ReadGroup } from '../storage/journal/journal';
import { sequenceAfter } from '../storage/journal/lineage';

/** Encoded records kept for readers that are nearly up to date, in bytes; others read the journal. */
const RECENT_BYTES_MAX = 512 * 1024;
/** … and how long, in milliseconds. Few and short enough to die young: what outlives two scavenges is garbage that V8 lets pile
 *  up, to 100 MB of task bytes with a thousand watchers (test/crash/watchers). */
const RECENT_MS_MAX = 100;
/** Records that one step hands out at most. */
const STEP_RECORDS_MAX = 512;

/** A record that is durable, and the bytes that it takes when encoded. */
export interface Published {
  readonly record: JournalRecord;
  readonly bytes: number;
}

interface Recent extends Published {
  /** `performance.now()` when it was published. */
  readonly atMs: number;
}

/** What is told of each publish. Must not throw. */
export type FeedListener = (published: readonly Published[]) => void;

/** A reader's place in the feed. */
export interface FeedCursor {
  /** Everything up to here was handed out. */
  readonly position: number;
  /** The durable records after `position`, in order, at most some hundred; none only when the reader is up to date.
   *  Throws PositionTooOld. */
  next(): Promise<FeedStep>;
  /** The same, if the records are in memory; undefined if they have to be read from disk. */
  nextNow(): readonly JournalRecord[] | undefined;
  /** Resolves when there is something after `position`, or after `close`. */
  changed(): Promise<void>;
  /** Goes on after `position`, as if all up to it had been handed out: for a reader that knows that nothing in between is for it. */
  skip(position: number): void;
  close(): void;
}

export interface FeedStep {
  readonly records: readonly JournalRecord[];
  readonly fromDisk: boolean;
}

/**
 * The ordered stream of durable records. A subscription is a cursor: nothing is kept for a reader, and nothing is dropped.
 *
 * E1. A record is published once, after it is durable, in order of sequence.
 * E2. A cursor hands out each record after its start exactly once, wherever it is read from; without a gap but for the numbers that a new
 *     history left out.
 * E3. Records are kept in memory only while somebody reads, and only some: the others come from the journal.
 */
export class Feed {
  private recent: (Recent | undefined)[] = [];
  private recentStart = 0;
  private recentBytes = 0;
  private last: number;
  private waiting = new Set<() => void>();
  private readonly listeners = new Set<FeedListener>();
  private cursors = 0;

  constructor(
    private readonly journal: Journal,
    head: number,
  ) {
    this.last = head;
  }

  /** The sequence of the last published record. */
  get head(): number {
    return this.last;
  }

  /** The oldest sequence that a cursor can hand out. */
  oldest(): number {
    return this.journal.oldest();
  }

  /** Called by the committer, when a group is durable. */
  publish(laid: readonly Published[]): void {
    const atMs = performance.now();
    for (const { record, bytes } of laid) {
      if (record.sequence !== this.last + 1) {
        throw new Error(`broken invariant E1: published ${record.sequence} after ${this.last}`);
      }
      this.last = record.sequence;
      if (this.cursors === 0) continue;
      this.recent.push({ record, bytes, atMs });
      this.recentBytes += bytes;
    }
    this.forget(atMs - RECENT_MS_MAX);
    for (const listener of this.listeners) listener(laid);
    const waiting = this.waiting;
    this.waiting = new Set();
    for (const resolve of waiting) resolve();
  }

  /** The lowest sequence after which a cursor may begin. */
  floor(): number {
    return this.journal.floor();
  }

  /** A cursor after a sequence. The caller has checked that it lies between `floor()` and `head`. */
  open(after: number): FeedCursor {
    this.cursors++;
    return new Cursor(this, this.journal, after);
  }

  /** A cursor has closed. With the last one goes what was kept: nobody to keep it for. */
  closed(): void {
    if (--this.cursors > 0) return;
    this.recent = [];
    this.recentStart = 0;
    this.recentBytes = 0;
  }

  /** Ends all waits: the server stops. */
  close(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  /** The records after `position` from memory, or undefined if the first of them is not in memory any more. */
  recentAfter(position: number): JournalRecord[] | undefined {
    if (position >= this.last) return [];
    const first = this.recent[this.recentStart]?.record.sequence;
    if (first === undefined || position + 1 < first) return undefined;
    const from = this.recentStart + (position + 1 - first);
    const step: JournalRecord[] = [];
    for (let at = from; at < this.recent.length && step.length < STEP_RECORDS_MAX; at++) {
      const entry = this.recent[at];
      if (entry !== undefined) step.push(entry.record);
    }
    return step;
  }

  /** Calls back at each publish, before waits end; gives the way to take that back. */
  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Calls `resolve` at the next publish; once. */
  wait(resolve: () => void): void {
    this.waiting.add(resolve);
  }

  /** Takes a wait back. */
  leave(resolve: () => void): void {
    this.waiting.delete(resolve);
  }

  /** Lets go of the oldest records above the bounds at once; the array is cut in large steps, so that each costs little. */
  private forget(olderThanMs: number): void {
    for (let oldest; (oldest = this.recent[this.recentStart]) !== undefined; this.recentStart++) {
      if (this.recentBytes <= RECENT_BYTES_MAX && oldest.atMs >= olderThanMs) break;
      this.recentBytes -= oldest.bytes;
      this.recent[this.recentStart] = undefined;
    }
    if (this.recentStart >= 1024 && this.recentStart * 2 >= this.recent.length) {
      this.recent = this.recent.slice(this.recentStart);
      this.recentStart = 0;
    }
  }
}

class Cursor implements FeedCursor {
  private at: number;
  private closed = false;
  private waiting: (() => void) | undefined;
  private disk: AsyncIterator<ReadGroup> | undefined;

  constructor(
    private readonly feed: Feed,
    private readonly journal: Journal,
    after: number,
  ) {
    this.at = after;
  }

  get position(): number {
    return this.at;
  }

  nextNow(): readonly JournalRecord[] | undefined {
    const records = this.feed.recentAfter(this.at);
    if (records !== undefined) this.advance(records);
    return records;
  }

  async next(): Promise<FeedStep> {
    const records = this.nextNow();
    if (records !== undefined) {
      await this.endDiskRead();
      return { records, fromDisk: false };
    }
    this.disk ??= this.journal.read(this.at)[Symbol.asyncIterator]();
    const step = await this.disk.next();
    if (step.done === true) {
      // The journal's end was reached while the memory moved on: look there again.
      this.disk = undefined;
      return this.next();
    }
    const fresh = step.value.records.filter((record) => record.sequence > this.at);
    this.advance(fresh);
    return fresh.length > 0 ? { records: fresh, fromDisk: true } : this.next();
  }

  changed(): Promise<void> {
    if (this.closed || this.feed.head > this.at) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.feed.wait(resolve);
    });
  }

  skip(position: number): void {
    if (position > this.feed.head) throw new Error(`broken invariant E2: ${position} lies ahead of ${this.feed.head}`);
    this.at = Math.max(this.at, position);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.feed.closed();
    if (this.waiting !== undefined) {
      this.feed.leave(this.waiting);
      this.waiting();
    }
    // A read that ends early has nothing left to tell; its file handle goes with the iterator.
    this.endDiskRead().catch(() => undefined);
  }

  private advance(records: readonly JournalRecord[]): void {
    const last = records[records.length - 1];
    if (last === undefined) return;
    // E2: numbers between a fork and the next history were never given here.
    const first = records[0]?.sequence;
    if (first !== this.at + 1 && first !== sequenceAfter(this.journal.lineage(), this.at)) {
      throw new Error(`broken invariant E2: ${records[0]?.sequence} comes after ${this.at}`);
    }
    this.at = last.sequence;
  }

  private async endDiskRead(): Promise<void> {
    const disk = this.disk;
    this.disk = undefined;
    await disk?.return?.();
  }
}
