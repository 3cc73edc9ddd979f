import { setImmediate } from 'node:timers/promises';
import { SEGMENT_RECORDS_MAX } from './format';

/** Entries sorted at once: about half a millisecond, so that an append never waits long for a sort. */
const RUN_ENTRIES = 4096;

/** One entry: an entity's hash and the record's place in its segment. Exact: 32 + 21 bits. */
export function entityEntry(hash: number, ordinal: number): number {
  return hash * SEGMENT_RECORDS_MAX + ordinal;
}

/** The hash and the place of an entry. */
export function entryParts(entry: number): readonly [hash: number, ordinal: number] {
  const hash = Math.floor(entry / SEGMENT_RECORDS_MAX);
  return [hash, entry - hash * SEGMENT_RECORDS_MAX];
}

/** The index of the largest value at or below `target` among the first `count`, or -1. */
export function lastAtMost(values: ArrayLike<number>, count: number, target: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= target) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The entities of a segment that is not sealed yet: sorted runs, and a tail in order of arrival. 8 bytes an entry. */
export class EntityPositions {
  private readonly runs: Float64Array[] = [];
  private tail = new Float64Array(RUN_ENTRIES);
  private tailCount = 0;

  add(entry: number): void {
    this.tail[this.tailCount] = entry;
    this.tailCount += 1;
    if (this.tailCount < RUN_ENTRIES) return;
    this.runs.push(this.tail.sort());
    this.tail = new Float64Array(RUN_ENTRIES);
    this.tailCount = 0;
  }

  /** The largest entry in [from, to], or -1. */
  lastWithin(from: number, to: number): number {
    let found = -1;
    for (let index = 0; index < this.tailCount; index += 1) {
      const entry = this.tail[index]!;
      if (entry <= to && entry > found) found = entry;
    }
    for (const run of this.runs) {
      const index = lastAtMost(run, run.length, to);
      if (index >= 0 && run[index]! > found) found = run[index]!;
    }
    return found >= from ? found : -1;
  }

  /** The least entry in [from, to], or -1. */
  firstWithin(from: number, to: number): number {
    let found = Infinity;
    for (let index = 0; index < this.tailCount; index += 1) {
      const entry = this.tail[index]!;
      if (entry >= from && entry < found) found = entry;
    }
    for (const run of this.runs) {
      // Entries are whole numbers: behind the last one below `from`.
      const entry = run[lastAtMost(run, run.length, from - 1) + 1];
      if (entry !== undefined && entry < found) found = entry;
    }
    return found <= to ? found : -1;
  }

  /** Calls `see` with each entry, in any order: some milliseconds for a full segment. */
  visit(see: (entry: number) => void): void {
    for (const run of this.runs) for (const entry of run) see(entry);
    for (let index = 0; index < this.tailCount; index += 1) see(this.tail[index]!);
  }

  /** All entries in ascending order, each once. Lets other work run between its steps; nothing may be added meanwhile. */
  async sorted(): Promise<Float64Array> {
    let level = [...this.runs, this.tail.slice(0, this.tailCount).sort()];
    while (level.length > 1) {
      const next: Float64Array[] = [];
      for (let index = 0; index < level.length; index += 2) {
        const [left, right] = [level[index]!, level[index + 1]];
        next.push(right === undefined ? left : merged(left, right));
        await setImmediate();
      }
      level = next;
    }
    return distinct(level[0]!);
  }
}

function distinct(sorted: Float64Array): Float64Array {
  let count = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) sorted[count++] = sorted[index]!;
  }
  return sorted.subarray(0, count);
}

function merged(left: Float64Array, right: Float64Array): Float64Array {
  const all = new Float64Array(left.length + right.length);
  let a = 0;
  let b = 0;
  for (let index = 0; index < all.length; index += 1) {
    const takeLeft = b === right.length || (a < left.length && left[a]! <= right[b]!);
    all[index] = takeLeft ? left[a++]! : right[b++]!;
  }
  return all;
}
