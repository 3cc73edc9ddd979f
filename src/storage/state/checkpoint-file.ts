/**
 * The state checkpoint: a small synced file beside LevelDB that says up to which sequence LevelDB can be believed, what it
 * held then, and which of its files hold it. It also names the LevelDB directory, so writing it is what puts a new one into
 * use.
 *
 * C1. It is written aside, synced, renamed, and the directory synced: a reader finds the old one or the new one whole.
 * C2. Its checksum covers every byte. A damaged or missing one means a rebuild, never a guess.
 *
 * | Offset | Bytes | Meaning                            |
 * |--------|-------|------------------------------------|
 * | 0      | 8     | "HFSTATE4"                         |
 * | 8      | 4     | length of the body, big-endian     |
 * | 12     | n     | the body: `StateCheckpoint` as JSON |
 * | 12 + n | 4     | CRC-32 of all before it            |
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Files } from '../files';
import type { FileFact } from './level-files';
import type { RequestSum } from './request-sums';
import { StateUnusable } from './state';

export interface StateCheckpoint {
  readonly history: string;
  /** Everything up to here is in the listed files. */
  readonly sequence: number;
  /** The journal's chain at `sequence` in hex; empty if it was not known. */
  readonly chain: string;
  /** `Digest.encode` in base64. */
  readonly digest: string;
  /** `Tallies.encode` in base64. */
  readonly tallies: string;
  /** The day of journal time that request ids were written under. */
  readonly generation: number;
  readonly requests: readonly RequestSum[];
  /** The name of the LevelDB directory. */
  readonly store: string;
  /** LevelDB was closed after it: the list is complete and exact. Else the last MANIFEST has grown since, and tables may
   *  have been compacted into others. */
  readonly clean: boolean;
  readonly files: readonly FileFact[];
  /** LevelDB was found applied up to here, above the journal's end: the journal once reached it, as only durable records are applied. Absent
   *  unless a start found that. */
  readonly reached?: number;
  /** Why the state must not be used any more: damage was found that only a rebuild mends. Absent for none. */
  readonly distrusted?: string;
}

const NAME = 'checkpoint';
const NAME_ASIDE = 'checkpoint.new';
const MAGIC = Buffer.from('HFSTATE4', 'latin1');
const HEADER_BYTES = 12;
const CRC_BYTES = 4;
/** Some 40 bytes a table and a project: far above any store, far below what would hurt to read. */
const BODY_BYTES_MAX = 256 * 1024 * 1024;

export function encodeCheckpoint(checkpoint: StateCheckpoint): Buffer {
  const body = Buffer.from(JSON.stringify(checkpoint), 'utf8');
  const bytes = Buffer.alloc(HEADER_BYTES + body.length + CRC_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32BE(body.length, 8);
  body.copy(bytes, HEADER_BYTES);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, HEADER_BYTES + body.length)), HEADER_BYTES + body.length);
  return bytes;
}

/** Throws `StateUnusable` unless the bytes are exactly what `encodeCheckpoint` gave. */
export function decodeCheckpoint(bytes: Buffer): StateCheckpoint {
  if (bytes.length < HEADER_BYTES + CRC_BYTES) throw new StateUnusable('the state checkpoint is cut short');
  if (!bytes.subarray(0, 8).equals(MAGIC)) throw new StateUnusable('the state checkpoint is of another format');
  const end = HEADER_BYTES + bytes.readUInt32BE(8);
  if (end + CRC_BYTES !== bytes.length) throw new StateUnusable('the state checkpoint has another length than it says');
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) {
    throw new StateUnusable('the state checkpoint fails its checksum');
  }
  return JSON.parse(bytes.toString('utf8', HEADER_BYTES, end)) as StateCheckpoint;
}

/** The checkpoint of the state in `dir`, or undefined if there is none. Throws `StateUnusable` if it is damaged. */
export async function readCheckpoint(files: Files, dir: string): Promise<StateCheckpoint | undefined> {
  const names = await files.list(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw error;
  });
  if (!names.includes(NAME)) return undefined;
  const file = await files.open(join(dir, NAME), 'r');
  try {
    const size = await file.size();
    if (size > BODY_BYTES_MAX) throw new StateUnusable(`the state checkpoint has ${size} bytes`);
    return decodeCheckpoint(await file.read(0, size));
  } finally {
    await file.close();
  }
}

/** How far a checkpoint knows that the journal once reached. */
export function reachedBy({ sequence, reached }: StateCheckpoint): number {
  return Math.max(sequence, reached ?? 0);
}

/** After it resolves the checkpoint survives power loss. One at a time. */
export async function writeCheckpoint(files: Files, dir: string, checkpoint: StateCheckpoint): Promise<void> {
  await removeAside(files, dir);
  const file = await files.open(join(dir, NAME_ASIDE), 'wx+');
  try {
    await file.write(encodeCheckpoint(checkpoint), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(join(dir, NAME_ASIDE), join(dir, NAME));
  await files.syncDirectory(dir);
}

/** A crash may have left one that was never put into place. */
async function removeAside(files: Files, dir: string): Promise<void> {
  if ((await files.list(dir)).includes(NAME_ASIDE)) await files.unlink(join(dir, NAME_ASIDE));
}
