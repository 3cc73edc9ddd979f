/**
 * Request ids by generation, the day of journal time: which are live, and a checksum of each that does not depend on order,
 * so that a lost one is found: it would let a retry apply twice.
 *
 * Q1. Two generations are live, the present and the one before: an id is remembered for 24 to 48 hours.
 * Q2. The present generation never falls back: journal time does not.
 */

/** A generation with how many entries it has and the sum of their mixed checksums modulo 2^32. */
export interface RequestSum {
  readonly generation: number;
  readonly count: number;
  readonly sum: number;
}

/** A generation: one day in milliseconds (the contract promises 24 h). */
const GENERATION_MS = 86_400_000;

export class RequestSums {
  private readonly sums = new Map<number, { count: number; sum: number }>();

  constructor(
    /** The present generation. */
    public generation: number,
    saved: readonly RequestSum[] = [],
  ) {
    for (const { generation: of, count, sum } of saved) this.sums.set(of, { count, sum });
  }

  /** The generation of a record. */
  static of(timeMs: number): number {
    return Math.floor(timeMs / GENERATION_MS);
  }

  /** Takes a record's time in; true if a new generation began with it, and the oldest went. */
  advance(timeMs: number): boolean {
    const next = RequestSums.of(timeMs);
    if (next <= this.generation) return false;
    this.generation = next;
    for (const generation of this.sums.keys()) if (generation < this.oldest) this.sums.delete(generation);
    return true;
  }

  /** The oldest live generation. */
  get oldest(): number {
    return this.generation - 1;
  }

  add(generation: number, crc: number): void {
    const sums = this.sums.get(generation) ?? { count: 0, sum: 0 };
    sums.count++;
    sums.sum = (sums.sum + Math.imul(crc ^ (crc >>> 15), 0x85ebca6b)) >>> 0;
    this.sums.set(generation, sums);
  }

  /** Whether a generation has any entry: if not, nothing needs to be looked up in it. */
  has(generation: number): boolean {
    return this.sums.has(generation);
  }

  clone(): RequestSums {
    return new RequestSums(this.generation, this.encode());
  }

  encode(): RequestSum[] {
    return [...this.sums].map(([generation, { count, sum }]) => ({ generation, count, sum }));
  }

  /** The live generations whose entries are not the same in both. */
  differences(other: RequestSums): number[] {
    return [this.oldest, this.generation].filter((generation) => {
      const [a, b] = [this.sums.get(generation), other.sums.get(generation)];
      return a?.count !== b?.count || a?.sum !== b?.sum;
    });
  }
}
