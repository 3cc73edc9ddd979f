/**
 * The bytes of a sealed segment's footer, which stands behind its last frame:
 *
 * | Part | Size | Meaning |
 * |---|---|---|
 * | head | 16 | magic `HOLDFIDX`, the first 8 bytes of the segment's salt |
 * | entities | 8 each | doubles in ascending order: entity hash × 2^21 + (sequence − first sequence) |
 * | fences | 12 each | for each 512 entities: the first of them, CRC-32 of their bytes |
 * | sparse | 12 each | for about each 64 KiB of frames: first sequence (u64) and offset (u32) of a frame |
 * | trailer | 128 | at the very end of the file |
 *
 * Trailer:
 *
 * | Offset | Size | Meaning |
 * |---|---|---|
 * | 0 | 8 | magic `HOLDFEND` |
 * | 8 | 32 | the segment's salt |
 * | 40 | 8 | where frames end and the footer begins |
 * | 48 | 8 | last sequence |
 * | 56 | 32 | chain after the last group |
 * | 88 | 8 | journal time of the last record |
 * | 96 | 8 | state digest after the last group |
 * | 104 | 4 | number of entities |
 * | 108 | 4 | number of fences |
 * | 112 | 4 | number of sparse entries |
 * | 116 | 4 | CRC-32 of fences and sparse entries |
 * | 120 | 4 | reserved, zero |
 * | 124 | 4 | CRC-32 of bytes 0 to 123 |
 *
 * X1. A footer is derived from the frames: whatever fails in it is built anew from them, and costs no record.
 */
import { crc32 } from 'node:zlib';
import { readUint64, writeUint64 } from './format';
import type { SparsePlaces } from './sparse-places';

export const FOOTER_HEAD_BYTES = 16;
export const TRAILER_BYTES = 128;
export const ENTITY_BYTES = 8;
export const FENCE_BYTES = 12;
export const SPARSE_BYTES = 12;
/** One block is one 4 KiB page: a look-up reads one. */
export const ENTITIES_PER_FENCE = 512;

const HEAD_MAGIC = Buffer.from('HOLDFIDX', 'latin1');
const TRAILER_MAGIC = Buffer.from('HOLDFEND', 'latin1');
const TRAILER_CRC_OFFSET = 124;

export interface Trailer {
  /** Where frames end and the footer begins. */
  readonly framesEnd: number;
  readonly lastSequence: number;
  readonly chain: Buffer;
  readonly timeMs: number;
  readonly digest: Buffer;
  readonly entityCount: number;
  readonly fenceCount: number;
  readonly sparseCount: number;
  readonly tablesCrc: number;
}

/** The whole footer. `entities` is sorted; `end` says what the frames end with. */
export function encodeFooter(
  salt: Buffer,
  entities: Float64Array,
  sparse: SparsePlaces,
  end: Pick<Trailer, 'framesEnd' | 'lastSequence' | 'chain' | 'timeMs' | 'digest'>,
): Buffer {
  const fenceCount = Math.ceil(entities.length / ENTITIES_PER_FENCE);
  const sparseCount = sparse.sequences.length;
  const entityBytes = entities.length * ENTITY_BYTES;
  const tablesAt = FOOTER_HEAD_BYTES + entityBytes;
  const trailerAt = tablesAt + fenceCount * FENCE_BYTES + sparseCount * SPARSE_BYTES;
  const bytes = Buffer.alloc(trailerAt + TRAILER_BYTES);
  footerHead(salt).copy(bytes);
  for (let index = 0; index < entities.length; index += 1) {
    bytes.writeDoubleLE(entities[index]!, FOOTER_HEAD_BYTES + index * ENTITY_BYTES);
  }
  for (let fence = 0; fence < fenceCount; fence += 1) {
    const from = FOOTER_HEAD_BYTES + fence * ENTITIES_PER_FENCE * ENTITY_BYTES;
    const block = bytes.subarray(from, Math.min(from + ENTITIES_PER_FENCE * ENTITY_BYTES, tablesAt));
    bytes.writeDoubleLE(entities[fence * ENTITIES_PER_FENCE]!, tablesAt + fence * FENCE_BYTES);
    bytes.writeUInt32LE(crc32(block), tablesAt + fence * FENCE_BYTES + 8);
  }
  const sparseAt = tablesAt + fenceCount * FENCE_BYTES;
  for (let index = 0; index < sparseCount; index += 1) {
    writeUint64(bytes, sparse.sequences[index]!, sparseAt + index * SPARSE_BYTES);
    bytes.writeUInt32LE(sparse.offsets[index]!, sparseAt + index * SPARSE_BYTES + 8);
  }
  const trailer = bytes.subarray(trailerAt);
  TRAILER_MAGIC.copy(trailer);
  salt.copy(trailer, 8);
  writeUint64(trailer, end.framesEnd, 40);
  writeUint64(trailer, end.lastSequence, 48);
  end.chain.copy(trailer, 56);
  writeUint64(trailer, end.timeMs, 88);
  end.digest.copy(trailer, 96);
  trailer.writeUInt32LE(entities.length, 104);
  trailer.writeUInt32LE(fenceCount, 108);
  trailer.writeUInt32LE(sparseCount, 112);
  trailer.writeUInt32LE(crc32(bytes.subarray(tablesAt, trailerAt)), 116);
  trailer.writeUInt32LE(crc32(trailer.subarray(0, TRAILER_CRC_OFFSET)), TRAILER_CRC_OFFSET);
  return bytes;
}

/** How the footer of the segment with this salt begins. */
export function footerHead(salt: Buffer): Buffer {
  return Buffer.concat([HEAD_MAGIC, salt.subarray(0, 8)]);
}

/** The trailer in the last 128 bytes of a file of `fileBytes`, or undefined when they are none of this segment. */
export function decodeTrailer(bytes: Buffer, salt: Buffer, fileBytes: number): Trailer | undefined {
  if (bytes.length !== TRAILER_BYTES) return undefined;
  if (!bytes.subarray(0, 8).equals(TRAILER_MAGIC) || !bytes.subarray(8, 40).equals(salt)) return undefined;
  if (crc32(bytes.subarray(0, TRAILER_CRC_OFFSET)) !== bytes.readUInt32LE(TRAILER_CRC_OFFSET)) return undefined;
  const trailer: Trailer = {
    framesEnd: readUint64(bytes, 40),
    lastSequence: readUint64(bytes, 48),
    chain: Buffer.from(bytes.subarray(56, 88)),
    timeMs: readUint64(bytes, 88),
    digest: Buffer.from(bytes.subarray(96, 104)),
    entityCount: bytes.readUInt32LE(104),
    fenceCount: bytes.readUInt32LE(108),
    sparseCount: bytes.readUInt32LE(112),
    tablesCrc: bytes.readUInt32LE(116),
  };
  const whole = tablesOffset(trailer) + tablesBytes(trailer) + TRAILER_BYTES;
  return whole === fileBytes ? trailer : undefined;
}

/** Where the fences begin; the sparse entries follow them. */
export function tablesOffset(trailer: Trailer): number {
  return trailer.framesEnd + FOOTER_HEAD_BYTES + trailer.entityCount * ENTITY_BYTES;
}

export function tablesBytes(trailer: Trailer): number {
  return trailer.fenceCount * FENCE_BYTES + trailer.sparseCount * SPARSE_BYTES;
}
