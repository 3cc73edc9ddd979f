/**
 * What a backup is: its manifest, written when every file of it was read back and compared, and before it has its name.
 *
 * Boundary: the bytes and the shape. Which backups there are is for `catalogue`, whether one is still good for `verify-backup`.
 *
 * X1. A manifest is whole or not there: it is written into a directory aside, synced, and the directory renamed.
 * X2. Its checksum covers every byte; one that fails makes the backup DAMAGED, never half a backup.
 * X3. The state in it is exactly the one at `sequence`, and `openState` opens a copy of it.
 *
 * | Offset | Bytes | Meaning                            |
 * |--------|-------|------------------------------------|
 * | 0      | 8     | "HFBACKU1"; "HFBACKM1" for marks   |
 * | 8      | 4     | length of the body, big-endian     |
 * | 12     | n     | the body as JSON                   |
 * | 12 + n | 4     | CRC-32 of all before it            |
 */
import type { HistorySpan } from '../journal/journal';
import { crc32 } from 'node:zlib';

/** A file of a backup. */
export interface BackupFile {
  /** Below the backup's directory, with slashes: `state/db-1a2b/000007.ldb`. */
  readonly path: string;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/** A blob that the state names. */
export interface BackupBlob {
  /** SHA-256, 64 hex digits: its name in the pool. */
  readonly digest: string;
  readonly size: number;
}

/** Why it was made. A BASE is a backup of either kind with the mark `base` (see `marks`). */
export type MadeKind = 'NAMED' | 'AUTOMATIC';

export interface BackupManifest {
  readonly id: string;
  readonly kind: MadeKind;
  readonly description: string;
  /** The operation that made it. */
  readonly operation: string;
  /** The history that was served. */
  readonly history: string;
  /** The histories that it comes from and it, oldest first; the last ends at `sequence`. */
  readonly lineage: readonly HistorySpan[];
  readonly sequence: number;
  /** The journal's chain after `sequence`, 64 hex digits. */
  readonly chain: string;
  /** The state digest after `sequence`, 16 hex digits: what the group that ends there commits to. */
  readonly digest: string;
  /** Tasks in it, deleted ones too. */
  readonly tasks: number;
  /** By the wall clock, in milliseconds since 1970. */
  readonly createdAt: number;
  /** Journal time of the last record, in milliseconds since 1970. */
  readonly journalAt: number;
  readonly serverVersion: string;
  /** The state checkpoint and LevelDB's files. */
  readonly files: readonly BackupFile[];
  readonly blobs: readonly BackupBlob[];
  /** Digests of blobs that the state names and that were damaged or gone already when it was made. */
  readonly missingBlobs: readonly string[];
  /** Bytes that it added to the backups' directory: its files, and blobs that no other backup had. */
  readonly addedBytes: number;
  readonly tookMs: number;
}

/** A manifest, or marks, whose bytes do not verify. */
export class DamagedManifest extends Error {
  override readonly name = 'DamagedManifest';
}

/** Bytes of a manifest at most: a million files and blobs. */
export const MANIFEST_BYTES_MAX = 256 * 1024 * 1024;

const MAGIC = { manifest: Buffer.from('HFBACKU1', 'latin1'), marks: Buffer.from('HFBACKM1', 'latin1') };
const HEADER_BYTES = 12;
const CRC_BYTES = 4;

/** A frame around JSON. */
export function encodeFrame(kind: keyof typeof MAGIC, value: object): Buffer {
  const body = Buffer.from(JSON.stringify(value), 'utf8');
  const bytes = Buffer.alloc(HEADER_BYTES + body.length + CRC_BYTES);
  MAGIC[kind].copy(bytes);
  bytes.writeUInt32BE(body.length, 8);
  body.copy(bytes, HEADER_BYTES);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, HEADER_BYTES + body.length)), HEADER_BYTES + body.length);
  return bytes;
}

/** What is in a frame. Throws DamagedManifest unless the bytes are exactly what `encodeFrame` gave. */
export function decodeFrame(kind: keyof typeof MAGIC, bytes: Buffer): unknown {
  if (bytes.length < HEADER_BYTES + CRC_BYTES) throw new DamagedManifest('is cut short');
  if (!bytes.subarray(0, 8).equals(MAGIC[kind])) throw new DamagedManifest('is of another format');
  const end = HEADER_BYTES + bytes.readUInt32BE(8);
  if (end + CRC_BYTES !== bytes.length) throw new DamagedManifest('has another length than it says');
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) throw new DamagedManifest('fails its checksum');
  return JSON.parse(bytes.toString('utf8', HEADER_BYTES, end));
}

export function encodeManifest(manifest: BackupManifest): Buffer {
  return encodeFrame('manifest', manifest);
}

/** Throws DamagedManifest. */
export function decodeManifest(bytes: Buffer): BackupManifest {
  return decodeFrame('manifest', bytes) as BackupManifest;
}
