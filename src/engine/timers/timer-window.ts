/**
 * The earliest rows that a timer must look at, in the order of their times: the complete start of the timer index, up to a bound.
 *
 * W1. Up to `bound` it holds every entry that the decided state has, and no other. Above it, none: what is put there is let go.
 * W2. It never holds more than `entriesMax`: the latest entry goes, and the bound falls to the one before it.
 * W3. Its order is that of the index's keys, so that a bound cuts the index and the window at the same place.
 */
import { timerOrder } from '../../storage/state/scan-ranges';
import type { EntityKind } from '../../gen/holdfast/journal/v1/journal';

/** A row, and when a timer must look at it. */
export interface TimerEntry {
  /** In milliseconds since 1970. */
  readonly timeMs: number;
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  /** Its place in the order: entries sort as these do. */
  readonly order: string;
}

export function timerEntry(timeMs: number, kind: EntityKind, project: string, id: string): TimerEntry {
  return { timeMs, kind, project, id, order: timerOrder(timeMs, kind, project, id) };
}

export class TimerWindow {
  private entries: TimerEntry[] = [];
  /** The last place up to which it is complete; undefined: it has all there is. */
  private bound: string | undefined = '';

  constructor(private readonly entriesMax: number) {}

  get size(): number {
    return this.entries.length;
  }

  /** Whether it has all there is. */
  get complete(): boolean {
    return this.bound === undefined;
  }

  /** Whether an entry of this place would be in it. */
  covers(order: string): boolean {
    return this.bound === undefined || order <= this.bound;
  }

  has(order: string): boolean {
    return this.entries[this.place(order)]?.order === order;
  }

  /** In their order. */
  all(): readonly TimerEntry[] {
    return this.entries;
  }

  /** Takes entries in their order, read from the index: all that it has up to the last of them, or, with `complete`, all. */
  load(entries: readonly TimerEntry[], complete: boolean): void {
    this.entries = [...entries];
    this.bound = complete ? undefined : (entries.at(-1)?.order ?? '');
  }

  put(entry: TimerEntry): void {
    if (!this.covers(entry.order)) return;
    const place = this.place(entry.order);
    if (this.entries[place]?.order === entry.order) return;
    this.entries.splice(place, 0, entry);
    if (this.entries.length <= this.entriesMax) return;
    this.entries.pop();
    this.bound = this.entries.at(-1)!.order;
  }

  remove(order: string): void {
    if (!this.covers(order)) return;
    const place = this.place(order);
    if (this.entries[place]?.order === order) this.entries.splice(place, 1);
  }

  /** Where the first entry at or after this place stands. */
  private place(order: string): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.entries[middle]!.order < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
