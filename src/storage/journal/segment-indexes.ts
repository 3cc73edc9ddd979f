/**
 * Finds places in the segments by their indexes: the frame of a sequence, the changes of an entity.
 *
 * Boundary: indexes in memory and on disk; what is in the frames is for segment-reader.ts.
 *
 * N1. An index is derived from the frames: a footer that fails is written anew, once, and asked again.
 * N2. What a trim takes while somebody looks has no changes.
 */
import type { Files, OpenFile } from '../files';
import { entryParts } from './entity-positions';
import { PositionTooOld } from './journal';
import { indexFrames, sealSegment } from './seal';
import { DamagedFooter } from './sealed-index';
import type { SealedIndex } from './sealed-index';
import type { OpenIndex } from './open-index';
import type { Segment } from './segment';
import type { SegmentSet } from './segment-set';

export class SegmentIndexes {
  private readonly resealing = new Map<Segment, Promise<void>>();

  constructor(
    private readonly files: Files,
    private readonly set: SegmentSet,
    private readonly warn: (message: string) => void,
  ) {}

  /** The start of a frame of this segment at or before the one with `sequence`; undefined before the first that is known. */
  async place(
    segment: Segment,
    sequence: number,
    file: OpenFile,
  ): Promise<{ from: number; sequence: number } | undefined> {
    const { open } = segment;
    // Its sealing was interrupted, and the journal is just being opened.
    if (open === undefined && segment.trailer === undefined) return undefined;
    if (open === undefined) return this.withFooter(segment, (index) => Promise.resolve(index.place(sequence)));
    const place = open.place(sequence);
    if (place !== undefined) return place;
    await this.fillOpen(file, segment, open);
    return open.place(sequence);
  }

  /** The newest sequence at or below `atMost` that changes the entity, or 0. */
  async lastChange(entityHash: number, atMost: number): Promise<number> {
    if (atMost < this.set.oldest) return 0;
    const segments = this.set.all;
    for (let index = this.set.indexOf(atMost); index >= 0; index -= 1) {
      const segment = segments[index]!;
      const found = await this.look(
        segment,
        (open) => open.lastChange(entityHash, Math.min(atMost, segment.head.sequence)),
        (sealed, file) => sealed.lastChange(file, entityHash, atMost),
      );
      if (found !== undefined && found > 0) return found;
    }
    return 0;
  }

  /** The oldest sequence at or above `atLeast` that changes the entity, or 0. */
  async nextChange(entityHash: number, atLeast: number): Promise<number> {
    const from = Math.max(atLeast, this.set.oldest);
    const segments = this.set.all;
    for (let index = this.set.indexOf(from); index < segments.length; index += 1) {
      const segment = segments[index]!;
      const found = await this.look(
        segment,
        (open) => open.nextChange(entityHash, from, segment.head.sequence),
        (sealed, file) => sealed.nextChange(file, entityHash, from),
      );
      if (found !== undefined && found > 0) return found;
    }
    return 0;
  }

  /** The newest sequence up to `atMost` of each entity hash that is wanted. */
  async newestChanges(wanted: (entityHash: number) => boolean, atMost: number): Promise<ReadonlyMap<number, number>> {
    const newest = new Map<number, number>();
    for (const segment of this.set.all) {
      const { firstSequence } = segment.header;
      const last = Math.min(segment.head.sequence, atMost);
      if (last < firstSequence) continue;
      const see = (entry: number): void => {
        const [hash, ordinal] = entryParts(entry);
        const sequence = firstSequence + ordinal;
        // Within a segment they come in any order.
        if (sequence <= last && wanted(hash) && sequence > (newest.get(hash) ?? 0)) newest.set(hash, sequence);
      };
      await this.look(
        segment,
        (open) => open.visit(see),
        (sealed, file) => sealed.visit(file, see),
      );
    }
    return newest;
  }

  /** Asks the segment's index, whichever it has; undefined for a segment without records, and for one that is gone (N2). */
  private async look<T>(
    segment: Segment,
    inOpen: (open: OpenIndex) => T,
    inSealed: (sealed: SealedIndex, file: OpenFile) => Promise<T>,
  ): Promise<T | undefined> {
    if (segment.head.sequence < segment.header.firstSequence) return undefined;
    try {
      return await this.set.use(segment, async (file) => {
        const { open } = segment;
        if (open === undefined) return this.withFooter(segment, (sealed) => inSealed(sealed, file));
        await this.fillOpen(file, segment, open);
        return inOpen(open);
      });
    } catch (error) {
      if (error instanceof PositionTooOld) return undefined;
      throw error;
    }
  }

  private async fillOpen(file: OpenFile, segment: Segment, open: OpenIndex): Promise<void> {
    await open.fill((places, positions) => indexFrames(file, segment, open.indexedFrom, places, positions));
  }

  private async withFooter<T>(segment: Segment, look: (index: SealedIndex) => Promise<T>): Promise<T> {
    try {
      return await look(await this.set.sealedIndex(segment));
    } catch (error) {
      if (!(error instanceof DamagedFooter)) throw error;
      this.warn(`${segment.name}: ${error.message}; it is built anew from the frames`);
      await this.reseal(segment);
      return look(await this.set.sealedIndex(segment));
    }
  }

  private reseal(segment: Segment): Promise<void> {
    const running = this.resealing.get(segment);
    if (running !== undefined) return running;
    const work = sealSegment(this.files, this.set.path(segment), segment).finally(() => {
      this.set.forgetIndex(segment);
      this.resealing.delete(segment);
    });
    this.resealing.set(segment, work);
    return work;
  }
}
