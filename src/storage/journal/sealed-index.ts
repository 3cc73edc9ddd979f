/**
 * The index of a sealed segment: fences and places in memory (about 18 KB for 64 MiB of frames), entities on disk, one
 * page a look-up.
 *
 * Boundary: it reads the footer that seal.ts wrote.
 *
 * X2. Every byte that is believed was covered by a checksum that held. DamagedFooter: build it anew from the frames (X1).
 */
import { crc32 } from 'node:zlib';
import type { OpenFile } from '../files';
import { entityEntry, lastAtMost } from './entity-positions';
import { SEGMENT_RECORDS_MAX, readUint64 } from './format';
import {
  ENTITIES_PER_FENCE,
  ENTITY_BYTES,
  FENCE_BYTES,
  FOOTER_HEAD_BYTES,
  SPARSE_BYTES,
  tablesBytes,
  tablesOffset,
} from './footer-format';
import type { Trailer } from './footer-format';
import { placeOf } from './sparse-places';

/** The footer's bytes do not verify. */
export class DamagedFooter extends Error {
  override readonly name = 'DamagedFooter';
}

export class SealedIndex {
  private constructor(
    private readonly firstSequence: number,
    private readonly trailer: Trailer,
    private readonly fences: Float64Array,
    private readonly fenceCrcs: Uint32Array,
    private readonly sequences: Float64Array,
    private readonly offsets: Uint32Array,
  ) {}

  static async load(file: OpenFile, firstSequence: number, trailer: Trailer): Promise<SealedIndex> {
    const tables = await file.read(tablesOffset(trailer), tablesBytes(trailer));
    if (tables.length !== tablesBytes(trailer) || crc32(tables) !== trailer.tablesCrc) {
      throw new DamagedFooter('the tables of the footer fail their checksum');
    }
    const fences = new Float64Array(trailer.fenceCount);
    const fenceCrcs = new Uint32Array(trailer.fenceCount);
    for (let index = 0; index < trailer.fenceCount; index += 1) {
      fences[index] = tables.readDoubleLE(index * FENCE_BYTES);
      fenceCrcs[index] = tables.readUInt32LE(index * FENCE_BYTES + 8);
    }
    const sparseAt = trailer.fenceCount * FENCE_BYTES;
    const sequences = new Float64Array(trailer.sparseCount);
    const offsets = new Uint32Array(trailer.sparseCount);
    for (let index = 0; index < trailer.sparseCount; index += 1) {
      sequences[index] = readUint64(tables, sparseAt + index * SPARSE_BYTES);
      offsets[index] = tables.readUInt32LE(sparseAt + index * SPARSE_BYTES + 8);
    }
    return new SealedIndex(firstSequence, trailer, fences, fenceCrcs, sequences, offsets);
  }

  /** The start of a frame at or before the one with `sequence`. */
  place(sequence: number): { from: number; sequence: number } | undefined {
    return placeOf(this.sequences, this.offsets, sequence);
  }

  /** The newest sequence at or below `atMost` that changes the entity, or 0. Reads one page of `file`. */
  async lastChange(file: OpenFile, hash: number, atMost: number): Promise<number> {
    const first = entityEntry(hash, 0);
    const target = entityEntry(hash, Math.min(atMost - this.firstSequence, SEGMENT_RECORDS_MAX - 1));
    const fence = lastAtMost(this.fences, this.fences.length, target);
    if (fence < 0) return 0;
    const block = await this.block(file, fence);
    const count = block.length / ENTITY_BYTES;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (block.readDoubleLE(middle * ENTITY_BYTES) <= target) low = middle + 1;
      else high = middle;
    }
    const found = block.readDoubleLE((low - 1) * ENTITY_BYTES);
    return found < first ? 0 : found - first + this.firstSequence;
  }

  /** The oldest sequence at or above `atLeast` that changes the entity, or 0. Reads one page of `file` at most. */
  async nextChange(file: OpenFile, hash: number, atLeast: number): Promise<number> {
    const first = entityEntry(hash, 0);
    const ordinal = Math.max(0, atLeast - this.firstSequence);
    if (ordinal >= SEGMENT_RECORDS_MAX || this.fences.length === 0) return 0;
    const target = first + ordinal;
    const fence = lastAtMost(this.fences, this.fences.length, target);
    const block = fence < 0 ? undefined : await this.block(file, fence);
    let low = 0;
    let high = block === undefined ? 0 : block.length / ENTITY_BYTES;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (block!.readDoubleLE(middle * ENTITY_BYTES) < target) low = middle + 1;
      else high = middle;
    }
    // Behind the block's last entry stands the one that the next fence names.
    const within = block !== undefined && low < block.length / ENTITY_BYTES;
    const found = within ? block.readDoubleLE(low * ENTITY_BYTES) : this.fences[fence + 1];
    return found === undefined || found >= entityEntry(hash + 1, 0) ? 0 : found - first + this.firstSequence;
  }

  /** Calls `see` with each entry. After DamagedFooter some were seen, and will be again. */
  async visit(file: OpenFile, see: (entry: number) => void): Promise<void> {
    for (let fence = 0; fence < this.fences.length; fence += 1) {
      const block = await this.block(file, fence);
      for (let at = 0; at < block.length; at += ENTITY_BYTES) see(block.readDoubleLE(at));
    }
  }

  private async block(file: OpenFile, fence: number): Promise<Buffer> {
    const from = fence * ENTITIES_PER_FENCE;
    const count = Math.min(ENTITIES_PER_FENCE, this.trailer.entityCount - from);
    const offset = this.trailer.framesEnd + FOOTER_HEAD_BYTES + from * ENTITY_BYTES;
    const block = await file.read(offset, count * ENTITY_BYTES);
    if (block.length !== count * ENTITY_BYTES || crc32(block) !== this.fenceCrcs[fence]) {
      throw new DamagedFooter('a block of entities fails its checksum');
    }
    return block;
  }
}
