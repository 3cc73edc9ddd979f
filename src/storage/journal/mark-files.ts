/**
 * The two small files beside the segments: `seal`, left by a clean stop, and `oldest`, left by a trim.
 *
 * Boundary: their bytes, and how they are replaced. What they prove is for open-journal.ts to check.
 *
 * Both: magic (8), format version (u16), 6 zero bytes, history id (8), then
 *
 * | `seal` | offset | `oldest` | offset |
 * |---|---|---|---|
 * | first sequence of the last segment, u64 | 24 | oldest sequence that is kept, u64 | 24 |
 * | where its last frame begins, u64; 0: it has none | 32 | chain before it, 32 bytes | 32 |
 * | where its frames end, u64 | 40 | CRC-32 of bytes 0 to 63 | 64 |
 * | last sequence, u64 | 48 | | |
 * | journal time of its record, u64 | 56 | | |
 * | chain, 32 bytes | 64 | | |
 * | state digest, 8 bytes | 96 | | |
 * | CRC-32 of bytes 0 to 103 | 104 | | |
 *
 * A1. Written aside, flushed, renamed, directory flushed: there is the old one or the new one, whole.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Files } from '../files';
import { FORMAT_VERSION, HISTORY_BYTES, readUint64, writeUint64 } from './format';
import type { JournalHead } from './journal';

export const SEAL_NAME = 'seal';
export const OLDEST_NAME = 'oldest';
const SEAL_MAGIC = 'HOLDSEAL';
const OLDEST_MAGIC = 'HOLDOLDS';
const SEAL_BYTES = 108;
const OLDEST_BYTES = 68;

/** What a clean stop leaves. */
export interface Seal {
  readonly history: string;
  readonly segmentFirst: number;
  /** Where the last frame begins; 0 when the segment has none. */
  readonly lastFrame: number;
  /** Where the frames end, which is the size of the file. */
  readonly end: number;
  readonly head: JournalHead;
}

/** What a trim leaves. */
export interface OldestMark {
  readonly history: string;
  readonly sequence: number;
  readonly chain: Buffer;
}

export function encodeSeal(seal: Seal): Buffer {
  const bytes = startMark(SEAL_MAGIC, seal.history, SEAL_BYTES);
  writeUint64(bytes, seal.segmentFirst, 24);
  writeUint64(bytes, seal.lastFrame, 32);
  writeUint64(bytes, seal.end, 40);
  writeUint64(bytes, seal.head.sequence, 48);
  writeUint64(bytes, seal.head.timeMs, 56);
  bytes.set(seal.head.chain, 64);
  bytes.set(seal.head.digest, 96);
  return endMark(bytes);
}

/** The seal, or undefined when the bytes do not verify. */
export function decodeSeal(bytes: Buffer): Seal | undefined {
  if (!verifies(bytes, SEAL_MAGIC, SEAL_BYTES)) return undefined;
  return {
    history: bytes.toString('hex', 16, 24),
    segmentFirst: readUint64(bytes, 24),
    lastFrame: readUint64(bytes, 32),
    end: readUint64(bytes, 40),
    head: {
      sequence: readUint64(bytes, 48),
      timeMs: readUint64(bytes, 56),
      chain: Buffer.from(bytes.subarray(64, 96)),
      digest: Buffer.from(bytes.subarray(96, 104)),
    },
  };
}

export function encodeOldest(mark: OldestMark): Buffer {
  const bytes = startMark(OLDEST_MAGIC, mark.history, OLDEST_BYTES);
  writeUint64(bytes, mark.sequence, 24);
  bytes.set(mark.chain, 32);
  return endMark(bytes);
}

/** The mark, or undefined when the bytes do not verify. */
export function decodeOldest(bytes: Buffer): OldestMark | undefined {
  if (!verifies(bytes, OLDEST_MAGIC, OLDEST_BYTES)) return undefined;
  return {
    history: bytes.toString('hex', 16, 24),
    sequence: readUint64(bytes, 24),
    chain: Buffer.from(bytes.subarray(32, 64)),
  };
}

/** The file's bytes, or undefined when there is none. */
export async function readMark(files: Files, dir: string, name: string): Promise<Buffer | undefined> {
  const names = await files.list(dir);
  if (!names.includes(name)) return undefined;
  const file = await files.open(join(dir, name), 'r');
  try {
    return await file.read(0, await file.size());
  } finally {
    await file.close();
  }
}

/** Replaces the file `name` in `dir`. When this resolves, the new one survives power loss. */
export async function writeMark(files: Files, dir: string, name: string, bytes: Buffer): Promise<void> {
  const path = join(dir, name);
  const aside = `${path}.new`;
  if ((await files.list(dir)).includes(`${name}.new`)) await files.unlink(aside);
  const file = await files.open(aside, 'wx+');
  try {
    await file.write(bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(aside, path);
  await files.syncDirectory(dir);
}

function startMark(magic: string, history: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(magic, 0, 'latin1');
  bytes.writeUInt16LE(FORMAT_VERSION, 8);
  bytes.write(history, 16, HISTORY_BYTES, 'hex');
  return bytes;
}

function endMark(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - 4)), bytes.length - 4);
  return bytes;
}

function verifies(bytes: Buffer, magic: string, length: number): boolean {
  return (
    bytes.length === length &&
    bytes.toString('latin1', 0, 8) === magic &&
    bytes.readUInt16LE(8) === FORMAT_VERSION &&
    crc32(bytes.subarray(0, length - 4)) === bytes.readUInt32LE(length - 4)
  );
}
