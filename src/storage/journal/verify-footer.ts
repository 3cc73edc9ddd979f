import { crc32 } from 'node:zlib';
import { readUint64 } from './format';
import {
  ENTITIES_PER_FENCE,
  ENTITY_BYTES,
  FENCE_BYTES,
  FOOTER_HEAD_BYTES,
  SPARSE_BYTES,
  footerHead,
  tablesBytes,
} from './footer-format';
import type { Trailer } from './footer-format';
import type { JournalProblem, WalkedSegment } from './walk';

/** What is wrong with the footer of a sealed segment whose groups have these entities and begin at these offsets. */
export async function footerProblem(
  segment: WalkedSegment,
  entities: Float64Array,
  frames: ReadonlyMap<number, number>,
): Promise<JournalProblem | undefined> {
  const { trailer, name, file, header } = segment;
  if (trailer === undefined) return undefined;
  const bytes = trailer.entityCount * ENTITY_BYTES;
  const footer = await file.read(trailer.framesEnd, FOOTER_HEAD_BYTES + bytes + tablesBytes(trailer));
  const tables = footer.subarray(FOOTER_HEAD_BYTES + bytes);
  const problem = footer.subarray(0, FOOTER_HEAD_BYTES).equals(footerHead(header.salt))
    ? (entityProblem(footer.subarray(FOOTER_HEAD_BYTES, FOOTER_HEAD_BYTES + bytes), tables, trailer, entities) ??
      tableProblem(tables, trailer, frames))
    : 'the footer does not begin as one';
  return problem === undefined ? undefined : { segment: name, offset: trailer.framesEnd, problem };
}

function entityProblem(stored: Buffer, tables: Buffer, trailer: Trailer, entities: Float64Array): string | undefined {
  if (trailer.entityCount !== entities.length) return 'the entity index has another number of entries than the groups';
  for (let index = 0; index < entities.length; index += 1) {
    if (stored.readDoubleLE(index * ENTITY_BYTES) !== entities[index])
      return 'the entity index differs from the groups';
  }
  if (trailer.fenceCount !== Math.ceil(entities.length / ENTITIES_PER_FENCE)) return 'the footer lacks fences';
  for (let fence = 0; fence < trailer.fenceCount; fence += 1) {
    const from = fence * ENTITIES_PER_FENCE;
    const block = stored.subarray(from * ENTITY_BYTES, (from + ENTITIES_PER_FENCE) * ENTITY_BYTES);
    const fits =
      tables.readDoubleLE(fence * FENCE_BYTES) === entities[from] &&
      tables.readUInt32LE(fence * FENCE_BYTES + 8) === crc32(block);
    if (!fits) return 'a fence of the entity index does not fit it';
  }
  return undefined;
}

function tableProblem(tables: Buffer, trailer: Trailer, frames: ReadonlyMap<number, number>): string | undefined {
  if (crc32(tables) !== trailer.tablesCrc) return 'the tables of the footer fail their checksum';
  for (let index = 0; index < trailer.sparseCount; index += 1) {
    const at = trailer.fenceCount * FENCE_BYTES + index * SPARSE_BYTES;
    if (frames.get(tables.readUInt32LE(at + 8)) !== readUint64(tables, at)) return 'the sparse index names no group';
  }
  return undefined;
}
