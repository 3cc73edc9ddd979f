import { crc32 } from 'node:zlib';
import type { EntityKind } from '../gen/holdfast/journal/v1/journal';

/** Where a row is looked for in the journal's entity indexes: a uint32. Two rows may share one; readers check. */
export function entityHash(kind: EntityKind, project: string, id: string): number {
  return crc32(`${kind}/${project}/${id}`);
}

/** The checksum stored with a row: it covers where the row belongs, its sequence and its bytes, so that neither a flipped
 *  bit nor a row under the wrong key passes. */
export function rowCrc(hash: number, sequence: number, image: Uint8Array): number {
  const low = Math.imul(sequence % 0x1_0000_0000, 0x9e3779b1);
  // The upper half counts as well: a restore begins above 2^32, and a bit that is flipped there would give a row another sequence.
  const high = Math.imul(Math.floor(sequence / 0x1_0000_0000), 0x85ebca6b);
  const seed = (hash ^ low ^ high) >>> 0;
  // Not left to crc32: for an empty buffer that native code made it gives 0, for any other empty one the seed.
  return image.length === 0 ? seed : crc32(image, seed);
}
