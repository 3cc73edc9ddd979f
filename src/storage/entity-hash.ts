import { crc32 } from 'node:zlib';
import type { EntityKind } from '../gen/holdfast/journal/v1/journal';

/** Where a row is looked for in the journal's entity indexes: a uint32. Two rows may share one; readers check. */
export function entityHash(kind: EntityKind, project: string, id: string): number {
  return crc32(`${kind}/${project}/${id}`);
}

/** The checksum stored with a row: it covers where the row belongs, its sequence and its bytes, so that neither a flipped
 *  bit nor a row under the wrong key passes. */
export function rowCrc(hash: number, sequence: number, image: Uint8Array): number {
  return crc32(image, (hash ^ Math.imul(sequence % 0x1_0000_0000, 0x9e3779b1)) >>> 0);
}
