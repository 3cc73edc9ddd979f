/**
 * Rows as they were read or written last, least recently used first out.
 *
 * R1. Only the state writes to it, right after LevelDB took the same change: a hit is what LevelDB would give.
 * R2. Bounded in entries, in bytes and in age.
 * R3. A row that keeps more memory alive than its own bytes is copied first.
 * R4. That a row is absent is not kept.
 */
import { LRUCache } from 'lru-cache';
import type { Row } from '../../domain/view';

export interface RowCacheLimits {
  readonly entries: number;
  readonly bytes: number;
  readonly ageMs: number;
}

/** 24 MiB hold some 40,000 reference tasks of 300 B; one hour lets an idle server give them back. */
export const ROW_CACHE_DEFAULT: RowCacheLimits = { entries: 65_536, bytes: 24 * 1024 * 1024, ageMs: 3_600_000 };
/** What an entry costs besides key and image in bytes: the list's slots, the row and its buffer (measured by heap growth). */
const ENTRY_BYTES = 250;
/** How exact ages are, in milliseconds: asking the clock for each read would cost more than the read. */
const AGE_STEP_MS = 1000;

export class RowCache {
  /** From the first row on: its slots are taken at once, 4 MB of them for as many rows as a server keeps, and who opens a state to look at it once
   *  keeps none. */
  private kept: LRUCache<string, Row> | undefined;
  /** Reads that found their row here, and reads that had to get it from LevelDB. One of a row that does not exist is neither. */
  hits = 0;
  misses = 0;

  constructor(readonly limits: RowCacheLimits) {}

  get(key: string): Row | undefined {
    const row = this.kept?.get(key);
    if (row !== undefined) this.hits++;
    return row;
  }

  set(key: string, row: Row): void {
    this.kept ??= this.empty();
    this.kept.set(key, row.image.length * 2 < row.image.buffer.byteLength ? { ...row, image: row.image.slice() } : row);
  }

  /** Replaces a row that is kept; one that is not stays out. Rows come in when they are read: a flood of creates would
   *  otherwise push out what is read, and cost the collector more than it saves. */
  refresh(key: string, row: Row): void {
    if (this.kept?.has(key)) this.set(key, row);
  }

  delete(key: string): void {
    this.kept?.delete(key);
  }

  /** Lets go of rows past their age that nobody asks for. */
  purge(): void {
    this.kept?.purgeStale();
  }

  get bytes(): number {
    return this.kept?.calculatedSize ?? 0;
  }

  get entries(): number {
    return this.kept?.size ?? 0;
  }

  private empty(): LRUCache<string, Row> {
    const { entries, bytes, ageMs } = this.limits;
    return new LRUCache({
      max: entries,
      maxSize: bytes,
      sizeCalculation: (row, key) => row.image.length + key.length + ENTRY_BYTES,
      ttl: ageMs,
      ttlResolution: AGE_STEP_MS,
    });
  }
}
