/**
 * The bytes of a segment file: its header and the header of a frame. docs/journal-format.md has the same tables and an
 * example that a test decodes; the footer of a sealed segment is in footer-format.ts.
 *
 * Boundary: bytes in memory. It reads and writes no file.
 *
 * Segment header, 160 bytes, little-endian:
 *
 * | Offset | Size | Meaning |
 * |---|---|---|
 * | 0 | 8 | magic `HOLDFSEG` |
 * | 8 | 2 | format version, 2 |
 * | 10 | 2 | suite: how bodies are protected; 0: plain |
 * | 12 | 4 | key id; 0: none |
 * | 16 | 32 | salt: random, new with each file |
 * | 48 | 8 | history id |
 * | 56 | 8 | parent history id; 0: none |
 * | 64 | 8 | fork: the last sequence shared with the parent; 0: none |
 * | 72 | 8 | epoch of the writer; 0 with the embedded journal |
 * | 80 | 8 | first sequence |
 * | 88 | 32 | chain before the first group |
 * | 120 | 8 | journal time of the record before, in milliseconds; 0: none |
 * | 128 | 8 | state digest before the first group |
 * | 136 | 8 | first sequence of the history; 0: it has no parent |
 * | 144 | 12 | reserved, zero |
 * | 156 | 4 | CRC-32 of bytes 0 to 155 |
 *
 * Frame header, 32 bytes, then the body:
 *
 * | Offset | Size | Meaning |
 * |---|---|---|
 * | 0 | 4 | magic `HFgr` |
 * | 4 | 8 | the first 8 bytes of the segment's salt |
 * | 12 | 8 | first sequence of the group |
 * | 20 | 4 | length of the body |
 * | 24 | 4 | CRC-32 of the body |
 * | 28 | 4 | CRC-32 of bytes 0 to 27 |
 *
 * B1. A length is checked against its bound, and the header against its CRC, before either is believed.
 * B2. Only a frame with this segment's salt is a group of this segment: a payload may contain anything.
 * B3. Reserved bytes are zero: a reader that does not know them refuses the file.
 */
import { crc32 } from 'node:zlib';
import { JournalCorruption } from './journal';

export const SEGMENT_HEADER_BYTES = 160;
export const FRAME_HEADER_BYTES = 32;
export const SALT_BYTES = 32;
export const HISTORY_BYTES = 8;
export const CHAIN_BYTES = 32;
export const DIGEST_BYTES = 8;
export const FORMAT_VERSION = 2;

/** The largest encoded record: a batch of 100 tasks of ordinary size fits the 4 MiB of one gRPC message with room to spare. */
export const RECORD_BYTES_MAX = 3 * 1024 * 1024;
/** The largest body of a group: two of the largest records; also what a scan holds in memory at once. */
export const GROUP_BYTES_MAX = 8 * 1024 * 1024;
/** The usual size of a segment file: small enough to copy forward in 0.3 s, large enough that few files hold 10 M records. */
export const SEGMENT_BYTES_MAX = 64 * 1024 * 1024;
/** The most records of one segment: an entity index entry is hash × 2^21 + ordinal, exact in a double. */
export const SEGMENT_RECORDS_MAX = 2 ** 21;

const SEGMENT_MAGIC = Buffer.from('HOLDFSEG', 'latin1');
const FRAME_MAGIC = Buffer.from('HFgr', 'latin1');
const FRAME_SALT_BYTES = 8;
const RESERVED_OFFSET = 144;
const HEADER_CRC_OFFSET = 156;

export interface SegmentHeader {
  readonly salt: Buffer;
  /** 16 lower-case hex digits. */
  readonly history: string;
  /** 16 lower-case hex digits; zeros for none. */
  readonly parent: string;
  readonly fork: number;
  /** The first sequence of the history; 0 for one without a parent, which begins with 1. */
  readonly begin: number;
  readonly epoch: number;
  readonly firstSequence: number;
  /** The chain, time and state digest before the first group. */
  readonly chain: Buffer;
  readonly timeMs: number;
  readonly digest: Buffer;
}

export interface FrameHeader {
  readonly firstSequence: number;
  readonly bodyBytes: number;
  readonly bodyCrc: number;
}

const SEGMENT_NAME = /^[0-9a-f]{16}\.seg$/;

/** The file name of the segment that begins with this sequence; names sort as sequences do. */
export function segmentName(firstSequence: number): string {
  return `${firstSequence.toString(16).padStart(16, '0')}.seg`;
}

export function isSegmentName(name: string): boolean {
  return SEGMENT_NAME.test(name);
}

/** Writes a whole number below 2^53 as a u64. */
export function writeUint64(bytes: Buffer, value: number, offset: number): void {
  bytes.writeUInt32LE(value % 0x1_0000_0000, offset);
  bytes.writeUInt32LE(Math.floor(value / 0x1_0000_0000), offset + 4);
}

/** Reads a u64; Infinity when it is not below 2^53, which no bound check lets pass. */
export function readUint64(bytes: Buffer, offset: number): number {
  const value = bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * 0x1_0000_0000;
  return Number.isSafeInteger(value) ? value : Infinity;
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes, 0);
  bytes.writeUInt16LE(FORMAT_VERSION, 8);
  header.salt.copy(bytes, 16, 0, SALT_BYTES);
  bytes.write(header.history, 48, HISTORY_BYTES, 'hex');
  bytes.write(header.parent, 56, HISTORY_BYTES, 'hex');
  writeUint64(bytes, header.fork, 64);
  writeUint64(bytes, header.epoch, 72);
  writeUint64(bytes, header.firstSequence, 80);
  header.chain.copy(bytes, 88, 0, CHAIN_BYTES);
  writeUint64(bytes, header.timeMs, 120);
  header.digest.copy(bytes, 128, 0, DIGEST_BYTES);
  writeUint64(bytes, header.begin, 136);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEADER_CRC_OFFSET)), HEADER_CRC_OFFSET);
  return bytes;
}

/** The header at the start of `bytes`, or a JournalCorruption that names the segment. */
export function decodeSegmentHeader(bytes: Buffer, segment: string): SegmentHeader {
  const refuse = (offset: number, problem: string): never => {
    throw new JournalCorruption(segment, offset, problem);
  };
  if (bytes.length < SEGMENT_HEADER_BYTES) refuse(bytes.length, 'the file ends inside its header');
  if (!bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) refuse(0, 'the file does not begin as a segment');
  const crc = crc32(bytes.subarray(0, HEADER_CRC_OFFSET));
  if (crc !== bytes.readUInt32LE(HEADER_CRC_OFFSET)) refuse(HEADER_CRC_OFFSET, 'the header fails its checksum');
  const version = bytes.readUInt16LE(8);
  if (version !== FORMAT_VERSION) refuse(8, `format version ${version} is unknown to this release`);
  if (bytes.readUInt16LE(10) !== 0 || bytes.readUInt32LE(12) !== 0) refuse(10, 'its suite is unknown to this release');
  if (!isZero(bytes, RESERVED_OFFSET, HEADER_CRC_OFFSET)) refuse(RESERVED_OFFSET, 'reserved bytes are set');
  return {
    salt: Buffer.from(bytes.subarray(16, 48)),
    history: bytes.toString('hex', 48, 56),
    parent: bytes.toString('hex', 56, 64),
    fork: readUint64(bytes, 64),
    epoch: readUint64(bytes, 72),
    firstSequence: readUint64(bytes, 80),
    chain: Buffer.from(bytes.subarray(88, 120)),
    timeMs: readUint64(bytes, 120),
    digest: Buffer.from(bytes.subarray(128, 136)),
    begin: readUint64(bytes, 136),
  };
}

/** Fills the 32 bytes at `at`; the body must already stand behind them. */
export function writeFrameHeader(
  bytes: Buffer,
  at: number,
  salt: Buffer,
  firstSequence: number,
  bodyBytes: number,
): void {
  const bodyAt = at + FRAME_HEADER_BYTES;
  FRAME_MAGIC.copy(bytes, at);
  salt.copy(bytes, at + 4, 0, FRAME_SALT_BYTES);
  writeUint64(bytes, firstSequence, at + 12);
  bytes.writeUInt32LE(bodyBytes, at + 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(bodyAt, bodyAt + bodyBytes)), at + 24);
  bytes.writeUInt32LE(crc32(bytes.subarray(at, at + 28)), at + 28);
}

/** The frame header at `at` if it is one of this segment, else what is wrong with it. Needs 32 bytes there. */
export function readFrameHeader(bytes: Buffer, at: number, salt: Buffer): FrameHeader | string {
  if (bytes.compare(FRAME_MAGIC, 0, 4, at, at + 4) !== 0) return 'no frame begins here';
  if (bytes.compare(salt, 0, FRAME_SALT_BYTES, at + 4, at + 12) !== 0) return 'the frame is of another segment';
  if (crc32(bytes.subarray(at, at + 28)) !== bytes.readUInt32LE(at + 28)) return 'the frame header fails its checksum';
  const bodyBytes = bytes.readUInt32LE(at + 20);
  if (bodyBytes === 0 || bodyBytes > GROUP_BYTES_MAX) return `a body of ${bodyBytes} bytes is out of bounds`;
  return { firstSequence: readUint64(bytes, at + 12), bodyBytes, bodyCrc: bytes.readUInt32LE(at + 24) };
}

/** How every frame of the segment with this salt begins: 12 bytes to search for. */
export function frameStart(salt: Buffer): Buffer {
  return Buffer.concat([FRAME_MAGIC, salt.subarray(0, FRAME_SALT_BYTES)]);
}

export function isZero(bytes: Buffer, from: number, to: number): boolean {
  return lastNonZero(bytes, from, to) === -1;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** The index of the last byte in [from, to) that is not zero, or -1. */
export function lastNonZero(bytes: Buffer, from: number, to: number): number {
  let end = to;
  while (end > from) {
    const start = Math.max(from, end - ZEROS.length);
    if (bytes.compare(ZEROS, 0, end - start, start, end) !== 0) break;
    end = start;
  }
  while (end > from && bytes[end - 1] === 0) end -= 1;
  return end > from ? end - 1 : -1;
}
