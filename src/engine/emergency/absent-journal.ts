/**
 * The journal of a store that serves its capsule: the real one is being read by whoever builds the state anew.
 *
 * J1. It has a head, where the capsule stands, and nothing else: what needs a record is refused with RECOVERING.
 */
import type { HistorySpan, Journal, JournalHead } from '../../storage/journal/journal';
import type { Emergency } from './emergency';

export class AbsentJournal implements Journal {
  readonly history: string;

  constructor(private readonly emergency: Emergency) {
    this.history = emergency.capsule.history;
  }

  head(): JournalHead {
    const { sequence, chain, timeMs } = this.emergency.capsule;
    return { sequence, chain: Buffer.from(chain, 'hex'), timeMs, digest: new Uint8Array(8) };
  }

  oldest(): number {
    return this.emergency.capsule.sequence + 1;
  }

  floor(): number {
    return this.emergency.capsule.sequence;
  }

  lineage(): readonly HistorySpan[] {
    return [{ history: this.history, first: 0, last: this.emergency.capsule.sequence }];
  }

  room(): number {
    return 0;
  }

  makeRoom(): Promise<void> {
    return this.refuse();
  }

  append(): Promise<void> {
    return this.refuse();
  }

  read(): AsyncIterable<never> {
    return this.none();
  }

  readBack(): never {
    throw this.emergency.refusal();
  }

  record(): Promise<never> {
    return this.refuse();
  }

  lastChange(): Promise<never> {
    return this.refuse();
  }

  nextChange(): Promise<never> {
    return this.refuse();
  }

  newestChanges(): Promise<never> {
    return this.refuse();
  }

  chainAfter(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  sequenceAtTime(): Promise<never> {
    return this.refuse();
  }

  waitForChange(): Promise<never> {
    return this.refuse();
  }

  trim(): Promise<never> {
    return this.refuse();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private refuse(): Promise<never> {
    return Promise.reject(this.emergency.refusal());
  }

  private async *none(): AsyncIterable<never> {
    // Whoever asks for the first group hears why there is none.
    yield await this.refuse();
  }
}
