/**
 * Reads LevelDB's MANIFEST: which tables hold the state. It is LevelDB's own log format (doc/log_format.md) of version edits
 * (db/version_edit.cc), to which LevelDB only ever adds.
 *
 * M1. What is given is what LevelDB itself would find in these bytes: up to the last edit that is whole and has its checksum.
 */
import { crc32c } from './crc32c';
import { tableName } from './level-files';

/** What a MANIFEST says. */
export interface LevelManifest {
  /** Where the last whole edit ends: bytes from here on may be half written. */
  readonly endBytes: number;
  /** The names of the live tables and their sizes in bytes. */
  readonly tables: ReadonlyMap<string, number>;
}

const BLOCK_BYTES = 32 * 1024;
/** Checksum (4), length (2), type (1). */
const HEADER_BYTES = 7;
const MASK_DELTA = 0xa282ead8;
const FULL = 1;
const FIRST = 2;
const LAST = 4;

/** Tags of an edit. */
const TAG = {
  comparator: 1,
  logNumber: 2,
  nextFile: 3,
  lastSequence: 4,
  compactPointer: 5,
  deletedFile: 6,
  newFile: 7,
  previousLog: 9,
} as const;

/** Throws RangeError for an edit of no known form. */
export function readManifest(bytes: Buffer): LevelManifest {
  const live = new Map<string, readonly [name: string, size: number]>();
  let endBytes = 0;
  let parts: Buffer[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length;) {
    const left = BLOCK_BYTES - (at % BLOCK_BYTES);
    if (left < HEADER_BYTES) {
      at += left;
      continue;
    }
    const length = bytes.readUInt16LE(at + 4);
    const type = bytes[at + 6]!;
    const end = at + HEADER_BYTES + length;
    if (type < FULL || type > LAST || length > left - HEADER_BYTES || end > bytes.length) break;
    if (masked(crc32c(bytes, at + 6, end)) !== bytes.readUInt32LE(at)) break;
    if (type <= FIRST) parts = [];
    parts.push(bytes.subarray(at + HEADER_BYTES, end));
    at = end;
    if (type !== FULL && type !== LAST) continue;
    applyEdit(Buffer.concat(parts), live);
    endBytes = end;
  }
  return { endBytes, tables: new Map(live.values()) };
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}

function applyEdit(edit: Buffer, live: Map<string, readonly [string, number]>): void {
  const scan = new VarintScan(edit);
  while (!scan.atEnd) {
    const tag = scan.next();
    switch (tag) {
      case TAG.comparator:
        scan.skip();
        break;
      case TAG.logNumber:
      case TAG.nextFile:
      case TAG.lastSequence:
      case TAG.previousLog:
        scan.next();
        break;
      case TAG.compactPointer:
        scan.next();
        scan.skip();
        break;
      case TAG.deletedFile:
        live.delete(`${scan.next()}/${scan.next()}`);
        break;
      case TAG.newFile: {
        const [level, number, size] = [scan.next(), scan.next(), scan.next()];
        scan.skip();
        scan.skip();
        live.set(`${level}/${number}`, [tableName(number), size]);
        break;
      }
      default:
        throw new RangeError(`the MANIFEST has an edit with tag ${tag}`);
    }
  }
}

class VarintScan {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  next(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || factor > Number.MAX_SAFE_INTEGER)
        throw new RangeError('the MANIFEST has a broken number');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** Passes over bytes behind their length. */
  skip(): void {
    const length = this.next();
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError('the MANIFEST has an edit that is cut short');
  }
}
