import { Readable } from 'node:stream';
import { Record as RecordCodec } from '../../src/gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import type { Journal, JournalHead, NewGroup, ReadBack, ReadGroup } from '../../src/storage/journal/journal';

/** One append that waits for the test's word. */
export interface HeldAppend {
  readonly group: NewGroup;
  /** The flush returns. */
  sync(): void;
  fail(error: Error): void;
}

/** A journal in memory whose flushes the test holds in its hand. */
export class MemoryJournal implements Journal {
  readonly history = '00000000000000aa';
  readonly groups: ReadGroup[] = [];
  /** Appends that have been asked for and are not synced. */
  readonly held: HeldAppend[] = [];
  /** Sync at once instead of holding. */
  auto = false;
  space = 64 * 1024 * 1024;
  private asked: (() => void)[] = [];

  head(): JournalHead {
    const last = this.groups.at(-1);
    return {
      sequence: last?.lastSequence ?? 0,
      chain: new Uint8Array(32),
      timeMs: last?.records.at(-1)?.timeMs ?? 0,
      digest: last?.stateDigest ?? new Uint8Array(8),
    };
  }

  oldest(): number {
    return 1;
  }

  floor(): number {
    return 0;
  }

  lineage() {
    return [{ history: this.history, first: 1, last: this.head().sequence }];
  }

  room(): number {
    return this.space;
  }

  makeRoom(bytes: number): Promise<void> {
    return this.space >= bytes
      ? Promise.resolve()
      : Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
  }

  append(group: NewGroup, expectedHead: number): Promise<void> {
    if (expectedHead !== this.head().sequence) throw new Error(`head is ${this.head().sequence}, not ${expectedHead}`);
    if (this.held.length > 0) throw new Error('two appends overlap');
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        this.held.shift();
        settle();
      };
      const sync = (): void => {
        const records = group.records.map((bytes) => RecordCodec.decode(bytes));
        const { firstSequence, lastSequence, stateDigest } = group;
        this.groups.push({ firstSequence, lastSequence, records, stateDigest });
        done(resolve);
      };
      this.held.push({ group, sync, fail: (error) => done(() => reject(error)) });
      for (const resolveAsked of this.asked.splice(0)) resolveAsked();
      if (this.auto) sync();
    });
  }

  /** Resolves with the next append that is asked for, or the one that is. */
  async nextAppend(): Promise<HeldAppend> {
    if (this.held.length === 0) await new Promise<void>((resolve) => this.asked.push(resolve));
    const [append] = this.held;
    if (append === undefined) throw new Error('the append is gone already');
    return append;
  }

  async *read(after: number): AsyncIterable<ReadGroup> {
    for (const group of this.groups) if (group.lastSequence > after) yield await Promise.resolve(group);
  }

  readBack(after: number): ReadBack {
    const records = this.groups.flatMap((group) => group.records).filter(({ sequence }) => sequence > after);
    const encoded = records.reverse().map((record) => RecordCodec.encode(record).finish());
    return { head: this.head(), records: Readable.from([encoded]) };
  }

  record(sequence: number): Promise<JournalRecord> {
    const record = this.groups.flatMap((group) => group.records).find((one) => one.sequence === sequence);
    return record === undefined ? Promise.reject(new RangeError(`no record ${sequence}`)) : Promise.resolve(record);
  }

  lastChange(): Promise<number> {
    return Promise.resolve(0);
  }

  nextChange(): Promise<number> {
    return Promise.resolve(0);
  }

  newestChanges(): Promise<ReadonlyMap<number, number>> {
    return Promise.resolve(new Map());
  }

  chainAfter(): Promise<Uint8Array | undefined> {
    return Promise.resolve(undefined);
  }

  sequenceAtTime(timeMs: number): Promise<number> {
    const records = this.groups.flatMap((group) => group.records);
    return Promise.resolve(records.findLast((record) => record.timeMs <= timeMs)?.sequence ?? 0);
  }

  waitForChange(): Promise<void> {
    return Promise.reject(new Error('not used'));
  }

  trim(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
