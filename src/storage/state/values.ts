/**
 * The values of the state, each with a checksum: LevelDB verifies none when it reads.
 *
 * | Value       | Bytes                                                                                         |
 * |-------------|-----------------------------------------------------------------------------------------------|
 * | row         | sequence u64, image, CRC-32 (`rowCrc`: it covers where the row belongs too)                   |
 * | external id | the task's id, CRC-32 over key and id                                                         |
 * | request     | sequence u64, request hash (16 bytes), CRC-32 over key and what precedes it                   |
 * | applied     | sequence u64, CRC-32                                                                          |
 *
 * All numbers are big-endian.
 */
import { crc32 } from 'node:zlib';
import type { Row } from '../../domain/view';
import type { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { entityHash, rowCrc } from '../entity-hash';
import type { RequestFact } from './state';
import { DamagedRow } from './state';

const SEQUENCE_BYTES = 8;
const CRC_BYTES = 4;
const HASH_BYTES = 16;
/** What a row's value has besides its image. */
export const ROW_OVERHEAD_BYTES = SEQUENCE_BYTES + CRC_BYTES;

let scratch = Buffer.allocUnsafe(4096);

/** A row's value. It stands in shared memory until the next call of a function of this file. */
export function rowValue(sequence: number, image: Uint8Array, crc: number): Buffer {
  const length = image.length + ROW_OVERHEAD_BYTES;
  if (length > scratch.length) scratch = Buffer.allocUnsafe(length * 2);
  writeSequence(scratch, sequence);
  scratch.set(image, SEQUENCE_BYTES);
  scratch.writeUInt32BE(crc, length - CRC_BYTES);
  return scratch.subarray(0, length);
}

/** The same, of a row whose checksum is worked out. */
export function rowValueOf(kind: EntityKind, project: string, id: string, sequence: number, image: Uint8Array): Buffer {
  return rowValue(sequence, image, rowCrc(entityHash(kind, project, id), sequence, image));
}

/** The row that a value holds. Throws `DamagedRow` if the checksum fails. The image shares the value's memory. */
export function parseRow(kind: EntityKind, project: string, id: string, value: Buffer): Row {
  if (value.length < ROW_OVERHEAD_BYTES) throw new DamagedRow(kind, project, id);
  const sequence = readSequence(value);
  const image = value.subarray(SEQUENCE_BYTES, value.length - CRC_BYTES);
  const crc = value.readUInt32BE(value.length - CRC_BYTES);
  if (rowCrc(entityHash(kind, project, id), sequence, image) !== crc) throw new DamagedRow(kind, project, id);
  return { sequence, image, crc };
}

/** The value of an external id's entry. It stands in shared memory, as above. */
export function externalValue(key: Uint8Array, id: string): Buffer {
  const length = scratch.write(id, 0, 'utf8');
  scratch.writeUInt32BE(crc32(scratch.subarray(0, length), crc32(key)), length);
  return scratch.subarray(0, length + CRC_BYTES);
}

/** The task id that an external id's entry holds, or undefined if the checksum fails. */
export function parseExternal(key: Uint8Array, value: Buffer): string | undefined {
  const length = value.length - CRC_BYTES;
  if (length < 1) return undefined;
  if (crc32(value.subarray(0, length), crc32(key)) !== value.readUInt32BE(length)) return undefined;
  return value.toString('utf8', 0, length);
}

/** The value of a request id's entry. It stands in shared memory, as above. */
export function requestValue(key: Uint8Array, sequence: number, hash: Uint8Array): Buffer {
  const length = SEQUENCE_BYTES + HASH_BYTES;
  writeSequence(scratch, sequence);
  scratch.fill(0, SEQUENCE_BYTES, length);
  scratch.set(hash.subarray(0, HASH_BYTES), SEQUENCE_BYTES);
  scratch.writeUInt32BE(crc32(scratch.subarray(0, length), crc32(key)), length);
  return scratch.subarray(0, length + CRC_BYTES);
}

/** The checksum that a request's value ends in. */
export function requestCrc(value: Buffer): number {
  return value.readUInt32BE(SEQUENCE_BYTES + HASH_BYTES);
}

/** What a request id's entry holds, or undefined if the checksum fails. */
export function parseRequest(key: Uint8Array, value: Buffer): RequestFact | undefined {
  const length = SEQUENCE_BYTES + HASH_BYTES;
  if (value.length !== length + CRC_BYTES) return undefined;
  if (crc32(value.subarray(0, length), crc32(key)) !== value.readUInt32BE(length)) return undefined;
  return { sequence: readSequence(value), hash: value.subarray(SEQUENCE_BYTES, length) };
}

/** The value of the applied mark. It stands in shared memory, as above. */
export function appliedValue(sequence: number): Buffer {
  writeSequence(scratch, sequence);
  scratch.writeUInt32BE(crc32(scratch.subarray(0, SEQUENCE_BYTES)), SEQUENCE_BYTES);
  return scratch.subarray(0, SEQUENCE_BYTES + CRC_BYTES);
}

/** The applied mark, or undefined if the checksum fails. */
export function parseApplied(value: Buffer): number | undefined {
  if (value.length !== SEQUENCE_BYTES + CRC_BYTES) return undefined;
  if (crc32(value.subarray(0, SEQUENCE_BYTES)) !== value.readUInt32BE(SEQUENCE_BYTES)) return undefined;
  return readSequence(value);
}

/** The sequence that a request's value names, whatever its checksum says; 0 for none. */
export function requestHint(value: Buffer): number {
  return value.length < SEQUENCE_BYTES ? 0 : readSequence(value);
}

function writeSequence(bytes: Buffer, sequence: number): void {
  bytes.writeUInt32BE(Math.floor(sequence / 0x1_0000_0000), 0);
  bytes.writeUInt32BE(sequence >>> 0, 4);
}

function readSequence(bytes: Buffer): number {
  return bytes.readUInt32BE(0) * 0x1_0000_0000 + bytes.readUInt32BE(4);
}
