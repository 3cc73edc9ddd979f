/**
 * What is known of one kind of claim: for each priority the first tasks that it could be given, in the order of claiming.
 *
 * W1. Up to its bound a band is complete at the decided mark: it has every task there that the window takes, and no other.
 * W2. Beyond the bound nothing is known. A key that lies ahead in time bounds what can be due: a band whose bound is not due yet has no
 *     unknown task that is.
 * W3. What is given comes in the order of claiming, without a gap: where the known ends before enough was found, the window says so.
 * W4. While rows are loaded, what changes is kept beside. What was loaded yields to it: the newest decided word on a task counts.
 */
import type { ClaimKey } from '../query/order';
import { compareClaims } from '../query/order';

/** The last key up to which a band is complete; ALL: to its end. */
export type Bound = ClaimKey | 'all';

/** What was read of one band: all that the window takes behind `from`, up to `bound`, in order. */
export interface LoadedBand {
  readonly priority: number;
  /** The bound that the band had when the reading began. */
  readonly from: Bound;
  readonly bound: Bound;
  readonly keys: readonly ClaimKey[];
}

/** The first tasks that can be claimed. */
export interface Known {
  readonly keys: readonly ClaimKey[];
  /** Up to here everything is known; undefined: to the end, or there was enough. */
  readonly edge: ClaimKey | undefined;
}

interface Band {
  keys: ClaimKey[];
  bound: Bound;
}

/** Priorities of tasks: P0 to P4 are 1 to 5. */
export const PRIORITIES = 5;
/** Keys that a window holds: above, it lets go of the last. Some 100 bytes each. */
const WINDOW_KEYS_MAX = 2048;
/** Keys that it keeps when it lets go. */
const WINDOW_KEYS_KEPT = 1536;

export class ClaimWindow {
  private readonly bands: readonly Band[];
  /** While rows are loaded: the tasks that changed, with their keys if the window takes them. */
  private touched: Map<string, ClaimKey | undefined> | undefined;
  private count = 0;

  constructor(private readonly keysMax = WINDOW_KEYS_MAX) {
    this.bands = Array.from({ length: PRIORITIES }, (_, i) => ({ keys: [], bound: startOf(i + 1) }));
  }

  /** How many keys it holds. */
  get size(): number {
    return this.count;
  }

  get loading(): boolean {
    return this.touched !== undefined;
  }

  /** The first `count` tasks that are due (W3). */
  first(nowMs: number, count: number): Known {
    const keys: ClaimKey[] = [];
    for (const band of this.bands) {
      for (const key of band.keys) {
        if (key.notBeforeMs > nowMs) break;
        keys.push(key);
        if (keys.length === count) return { keys, edge: undefined };
      }
      if (mayHaveMore(band.bound, nowMs)) return { keys, edge: band.bound as ClaimKey };
    }
    return { keys, edge: undefined };
  }

  /** The priority at which more must be read before `count` tasks that are due are known, or undefined. */
  needs(nowMs: number, count: number): number | undefined {
    let known = 0;
    for (const [i, { keys, bound }] of this.bands.entries()) {
      known += dueCount(keys, nowMs);
      if (known >= count) return undefined;
      if (mayHaveMore(bound, nowMs)) return i + 1;
    }
    return undefined;
  }

  /** When the window may next have something that it has not now, in milliseconds since 1970; undefined: only a change can bring it. */
  nextTimeMs(nowMs: number): number | undefined {
    let next: number | undefined;
    const consider = (timeMs: number): void => {
      if (timeMs > nowMs && (next === undefined || timeMs < next)) next = timeMs;
    };
    for (const { keys, bound } of this.bands) {
      const ahead = keys[dueCount(keys, nowMs)];
      if (ahead) consider(ahead.notBeforeMs);
      else if (bound !== 'all') consider(bound.notBeforeMs);
    }
    return next;
  }

  /** A task changed: where it stood, and where it stands if the window takes it now. True if it came in. */
  change(id: string, before: ClaimKey | undefined, after: ClaimKey | undefined): boolean {
    this.touched?.set(id, after);
    if (before) this.take(before);
    return after !== undefined && this.put(after);
  }

  /** Rows are about to be read, as of the decided mark or later. Gives the bounds behind which to read, by priority from 1. */
  beginLoad(): readonly Bound[] {
    this.touched = new Map();
    return this.bands.map(({ bound }) => bound);
  }

  /** The rows have been read. A band that has let go of keys meanwhile stays as it is. */
  endLoad(loaded: readonly LoadedBand[]): void {
    const touched = this.touched ?? new Map<string, ClaimKey | undefined>();
    this.touched = undefined;
    for (const { priority, from, bound, keys } of loaded) {
      const band = this.bandOf(priority);
      if (band.bound !== from) continue;
      const untouched = keys.filter(({ id }) => !touched.has(id));
      band.keys = band.keys.concat(untouched);
      band.bound = bound;
      this.count += untouched.length;
      for (const key of touched.values()) {
        if (key?.priority === priority && (from === 'all' || compareClaims(key, from) > 0)) this.put(key);
      }
    }
    this.trim();
  }

  /** The reading failed: nothing is known that was not known before. */
  abandonLoad(): void {
    this.touched = undefined;
  }

  private put(key: ClaimKey): boolean {
    const band = this.bandOf(key.priority);
    if (band.bound !== 'all' && compareClaims(key, band.bound) > 0) return false;
    const place = placeOf(band.keys, key);
    if (band.keys[place]?.id === key.id) return false;
    band.keys.splice(place, 0, key);
    this.count++;
    this.trim();
    return true;
  }

  private take(key: ClaimKey): void {
    const { keys } = this.bandOf(key.priority);
    const place = placeOf(keys, key);
    if (keys[place]?.id !== key.id) return;
    if (place === 0) keys.shift();
    else keys.splice(place, 1);
    this.count--;
  }

  /** Lets go of the last keys when there are too many: memory stays flat, whatever is created. */
  private trim(): void {
    if (this.count <= this.keysMax) return;
    let excess = this.count - Math.floor((this.keysMax * WINDOW_KEYS_KEPT) / WINDOW_KEYS_MAX);
    for (let i = PRIORITIES - 1; i >= 0 && excess > 0; i--) {
      const band = this.bands[i]!;
      const dropped = Math.min(excess, band.keys.length);
      if (dropped === 0) continue;
      band.keys.length -= dropped;
      band.bound = band.keys.at(-1) ?? startOf(i + 1);
      this.count -= dropped;
      excess -= dropped;
    }
  }

  private bandOf(priority: number): Band {
    const band = this.bands[priority - 1];
    if (!band) throw new RangeError(`no priority ${priority}`);
    return band;
  }
}

/** Before every key of a priority. */
function startOf(priority: number): ClaimKey {
  return { priority, notBeforeMs: -1, createTimeMs: 0, id: '' };
}

/** Whether something beyond the bound may be due (W2). */
export function mayHaveMore(bound: Bound, nowMs: number): boolean {
  return bound !== 'all' && bound.notBeforeMs <= nowMs;
}

/** How many of the keys of a band are due: they come first. */
export function dueCount(keys: readonly ClaimKey[], nowMs: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]!.notBeforeMs <= nowMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where a key stands or would stand. */
function placeOf(keys: readonly ClaimKey[], key: ClaimKey): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareClaims(keys[middle]!, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
