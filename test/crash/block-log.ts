// What fixtures/block-log.c logged, and the disks that a crash could have left at any moment of it.
//
// X1. A write is on the disk once a flush follows it. Of what comes after the last flush any sectors may be there, in any order.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Random } from '../support/seed';
import { runTool } from './loop-disk';

/** What an old disk writes as a whole, in bytes, … */
const SECTOR_BYTES = 512;
/** … and a new one. ext4 counts on it for its own superblock and its journal's. */
export const BLOCK_BYTES = 4096;
const HEAD_BYTES = 24;
const KINDS = ['', 'write', 'flush', 'failed'] as const;

export interface BlockRecord {
  readonly kind: 'write' | 'flush' | 'failed';
  readonly offset: number;
  readonly bytes: Buffer;
  /** When, in nanoseconds of the monotonic clock: what process.hrtime.bigint() gives. */
  readonly at: bigint;
}

/** A moment at which the power goes: right before this record. */
export interface CrashPoint {
  readonly before: number;
  /** What anybody was told before it must hold. */
  readonly at: bigint;
  /** The share of the sectors that were not flushed and got through. */
  readonly share: number;
}

export function readBlockLog(path: string): BlockRecord[] {
  const log = readFileSync(path);
  const records: BlockRecord[] = [];
  // A record that is being written is not whole.
  for (let at = 0; at + HEAD_BYTES <= log.length;) {
    const kind = KINDS[log.readUInt32LE(at)];
    if (!kind) throw new Error(`the log has no record at ${at}`);
    const length = log.readUInt32LE(at + 4);
    const end = at + HEAD_BYTES + length;
    if (end > log.length) break;
    records.push({
      kind,
      offset: Number(log.readBigUInt64LE(at + 8)),
      bytes: log.subarray(at + HEAD_BYTES, end),
      at: log.readBigUInt64LE(at + 16),
    });
    at = end;
  }
  return records;
}

/** So many moments by chance, in order of time; half of them where something is not flushed. */
export function crashPoints(records: readonly BlockRecord[], count: number, random: Random): CrashPoint[] {
  const unflushed = records.flatMap((_, index) => (index > 0 && records[index - 1]!.kind === 'write' ? [index] : []));
  return Array.from({ length: count }, (_, index) => {
    const before = index % 2 === 0 ? 1 + random.below(records.length - 1) : random.pick(unflushed);
    // Half of the sectors, mostly; sometimes few, none or nearly all.
    const share = random.chance(0.7) ? 0.5 : random.pick([0, 0.05, 0.95]);
    return { before, at: records[before]!.at, share };
  }).sort((a, b) => a.before - b.before);
}

/** Builds disks, one crash point after another, each later than the one before. */
export class CrashedDisks {
  private flushed = 0;

  /** `base`: the disk as it was before the first record; it is changed. */
  constructor(
    private readonly base: string,
    private readonly records: readonly BlockRecord[],
    private readonly random: Random,
  ) {}

  /** Makes the disk of this moment, torn between sectors of so many bytes. */
  make({ before, share }: CrashPoint, image: string, sectorBytes = SECTOR_BYTES): void {
    const last = this.lastFlush(before);
    if (last > this.flushed) {
      this.write(this.base, (put) => {
        for (const { kind, offset, bytes } of this.records.slice(this.flushed, last)) {
          if (kind === 'write') put(bytes, offset);
        }
      });
      this.flushed = last;
    }
    runTool('cp', ['--sparse=auto', this.base, image]);
    const sectors = this.records
      .slice(last, before)
      .filter(({ kind }) => kind === 'write')
      .flatMap((record) => sectorsOf(record, sectorBytes));
    const kept = this.shuffled(sectors.filter(() => this.random.chance(share)));
    this.write(image, (put) => {
      for (const { bytes, offset } of kept) put(bytes, offset);
    });
  }

  /** How many sectors are not flushed at this moment. */
  unflushed({ before }: CrashPoint): number {
    const bytes = this.records.slice(this.lastFlush(before), before).reduce((sum, each) => sum + each.bytes.length, 0);
    return Math.ceil(bytes / SECTOR_BYTES);
  }

  private lastFlush(before: number): number {
    return Math.max(
      0,
      this.records.findLastIndex(({ kind }, index) => index < before && kind === 'flush'),
    );
  }

  private shuffled<T>(items: T[]): T[] {
    for (let left = items.length - 1; left > 0; left--) {
      const other = this.random.below(left + 1);
      [items[left], items[other]] = [items[other]!, items[left]!];
    }
    return items;
  }

  private write(path: string, work: (put: (bytes: Buffer, offset: number) => void) => void): void {
    const file = openSync(path, 'r+');
    try {
      work((bytes, offset) => void writeSync(file, bytes, 0, bytes.length, offset));
    } finally {
      closeSync(file);
    }
  }
}

function sectorsOf(
  { bytes, offset }: BlockRecord,
  sectorBytes: number,
): { readonly bytes: Buffer; readonly offset: number }[] {
  return Array.from({ length: Math.ceil(bytes.length / sectorBytes) }, (_, index) => {
    const start = index * sectorBytes;
    return { bytes: bytes.subarray(start, start + sectorBytes), offset: offset + start };
  });
}
