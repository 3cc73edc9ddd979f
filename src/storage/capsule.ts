/**
 * The capsule: a small copy of the rows that matter most, in one file of its own, so that they can be read while the state is built anew.
 *
 * Boundary: bytes. Which rows matter is for engine/emergency.
 *
 * C1. It is written aside, flushed, renamed, and the directory flushed: a reader finds the old one or the new one whole.
 * C2. Its checksum covers every byte. A damaged one is not used: nothing rests on it that the journal does not have.
 * C3. It is bounded in rows and bytes by whoever writes it, and by its size when it is read.
 *
 * | Offset | Bytes | Meaning                                         |
 * |--------|-------|-------------------------------------------------|
 * | 0      | 8     | "HFCAPSU1"                                      |
 * | 8      | 4     | length of the facts, little-endian              |
 * | 12     | n     | the facts: `CapsuleFacts` as JSON               |
 * | 12 + n | …     | the rows, one after another                     |
 * | end    | 4     | CRC-32 of all before it                         |
 *
 * | Offset | Bytes | Meaning of a row                                |
 * |--------|-------|-------------------------------------------------|
 * | 0      | 2     | kind: a number of EntityKind                    |
 * | 2      | 6     | sequence of the change that wrote it            |
 * | 8      | 2     | length of the project's id                      |
 * | 10     | 2     | length of the row's id                          |
 * | 12     | 4     | length of the image                             |
 * | 16     | …     | project, id (UTF-8), image                      |
 */
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Files } from './files';
import { capsuleFile } from './layout';

/** What is known of a capsule. */
export interface CapsuleFacts {
  readonly history: string;
  /** Its rows are those of this sequence. */
  readonly sequence: number;
  /** The journal's chain at `sequence` in hex; empty if it was not known. */
  readonly chain: string;
  /** Journal time when it was taken, in milliseconds since 1970. */
  readonly timeMs: number;
  readonly rows: number;
}

export interface CapsuleRow {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  readonly sequence: number;
  readonly image: Uint8Array;
}

export interface Capsule {
  readonly facts: CapsuleFacts;
  readonly rows: readonly CapsuleRow[];
}

/** The file is not what was written. */
export class CapsuleDamaged extends Error {
  override readonly name = 'CapsuleDamaged';
}

const MAGIC = Buffer.from('HFCAPSU1', 'latin1');
const HEADER_BYTES = 12;
const ROW_HEADER_BYTES = 16;
const CRC_BYTES = 4;
/** Twice what a writer puts in: what is larger is no capsule of ours. */
const FILE_BYTES_MAX = 80 * 1024 * 1024;

/** What a row takes in the file, in bytes. */
export function capsuleBytesOf({ project, id, image }: CapsuleRow): number {
  return ROW_HEADER_BYTES + Buffer.byteLength(project) + Buffer.byteLength(id) + image.length;
}

/** After it resolves the capsule survives power loss, and is the one that `readCapsule` gives. One at a time. */
export async function writeCapsule(files: Files, dir: string, capsule: Capsule): Promise<void> {
  const path = capsuleFile(dir);
  const aside = `${path}.new`;
  await files.unlink(aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const file = await files.open(aside, 'wx+');
  try {
    await file.write(encodeCapsule(capsule), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(aside, path);
  await files.syncDirectory(dirname(path));
}

/** The capsule of a data directory, or undefined if there is none. Throws CapsuleDamaged. */
export async function readCapsule(files: Files, dir: string): Promise<Capsule | undefined> {
  const file = await files.open(capsuleFile(dir), 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const size = await file.size();
    if (size > FILE_BYTES_MAX) throw new CapsuleDamaged(`the capsule has ${size} bytes`);
    return decodeCapsule(await file.read(0, size));
  } finally {
    await file.close();
  }
}

export function encodeCapsule({ facts, rows }: Capsule): Buffer {
  const head = Buffer.from(JSON.stringify(facts), 'utf8');
  const bytes = rows.reduce((sum, row) => sum + capsuleBytesOf(row), HEADER_BYTES + head.length + CRC_BYTES);
  const all = Buffer.allocUnsafe(bytes);
  let at = MAGIC.copy(all);
  at = all.writeUInt32LE(head.length, at);
  at += head.copy(all, at);
  for (const row of rows) at = encodeRow(all, at, row);
  all.writeUInt32LE(crc32(all.subarray(0, at)), at);
  return all;
}

function encodeRow(all: Buffer, start: number, { kind, sequence, project, id, image }: CapsuleRow): number {
  const names = start + ROW_HEADER_BYTES;
  const projectBytes = all.write(project, names, 'utf8');
  const idBytes = all.write(id, names + projectBytes, 'utf8');
  all.writeUInt16LE(kind, start);
  all.writeUIntLE(sequence, start + 2, 6);
  all.writeUInt16LE(projectBytes, start + 8);
  all.writeUInt16LE(idBytes, start + 10);
  all.writeUInt32LE(image.length, start + 12);
  all.set(image, names + projectBytes + idBytes);
  return names + projectBytes + idBytes + image.length;
}

/** Throws CapsuleDamaged unless the bytes are exactly what `encodeCapsule` gave. */
export function decodeCapsule(all: Buffer): Capsule {
  const end = all.length - CRC_BYTES;
  if (end < HEADER_BYTES) throw new CapsuleDamaged('the capsule is cut short');
  if (!all.subarray(0, 8).equals(MAGIC)) throw new CapsuleDamaged('the capsule is of another format');
  if (crc32(all.subarray(0, end)) !== all.readUInt32LE(end)) throw new CapsuleDamaged('the capsule fails its checksum');
  const start = HEADER_BYTES + all.readUInt32LE(8);
  const facts = JSON.parse(all.toString('utf8', HEADER_BYTES, start)) as CapsuleFacts;
  const rows: CapsuleRow[] = [];
  for (let at = start; at < end;) {
    const project = at + ROW_HEADER_BYTES;
    const id = project + all.readUInt16LE(at + 8);
    const image = id + all.readUInt16LE(at + 10);
    const next = image + all.readUInt32LE(at + 12);
    rows.push({
      kind: all.readUInt16LE(at) as EntityKind,
      project: all.toString('utf8', project, id),
      id: all.toString('utf8', id, image),
      sequence: all.readUIntLE(at + 2, 6),
      image: all.subarray(image, next),
    });
    at = next;
  }
  return { facts, rows };
}
