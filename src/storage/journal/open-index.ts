/**
 * The index in memory of a segment that is not sealed yet.
 *
 * Boundary: it knows places, not files; what was there before the start is scanned by its caller on first use.
 *
 * O1. Groups are added in order, as they are appended; entries may be asked for while they are not durable yet, so callers
 *     bound each question by a durable sequence.
 */
import { EntityPositions, entityEntry } from './entity-positions';
import { SEGMENT_RECORDS_MAX } from './format';
import { SparsePlaces, placeOf } from './sparse-places';

export class OpenIndex {
  private readonly places = new SparsePlaces();
  private readonly positions = new EntityPositions();
  private filling: Promise<void> | undefined;

  constructor(
    private readonly firstSequence: number,
    /** Frames before this offset were written before the start; they are indexed by `fill`. */
    readonly indexedFrom: number,
    /** Places of those frames, if they are known already. */
    private earlier: SparsePlaces | undefined,
  ) {}

  /** The index of a segment without frames. */
  static empty(firstSequence: number): OpenIndex {
    const index = new OpenIndex(firstSequence, 0, undefined);
    index.filling = Promise.resolve();
    return index;
  }

  addGroup(firstSequence: number, offset: number, entities: readonly number[]): void {
    this.places.add(firstSequence, offset);
    for (let index = 0; index < entities.length; index += 2) {
      this.positions.add(entityEntry(entities[index]!, entities[index + 1]! - this.firstSequence));
    }
  }

  /** Runs `scan` once, to add what was there before the start. */
  fill(scan: (places: SparsePlaces, positions: EntityPositions) => Promise<void>): Promise<void> {
    if (this.filling === undefined) {
      const places = new SparsePlaces();
      const filling = scan(places, this.positions).then(() => void (this.earlier = places));
      this.filling = filling;
      // A failed read is told to whoever asked; the next one tries again. Entries that were added twice do no harm.
      filling.catch(() => (this.filling = undefined));
    }
    return this.filling;
  }

  /** The start of a frame at or before the one with `sequence`. */
  place(sequence: number): { from: number; sequence: number } | undefined {
    const { places, earlier } = this;
    return (
      placeOf(places.sequences, places.offsets, sequence) ??
      (earlier && placeOf(earlier.sequences, earlier.offsets, sequence))
    );
  }

  /** The newest sequence at or below `atMost` that changes the entity, or 0. */
  lastChange(hash: number, atMost: number): number {
    const ordinal = Math.min(atMost - this.firstSequence, SEGMENT_RECORDS_MAX - 1);
    const first = entityEntry(hash, 0);
    const found = this.positions.lastWithin(first, entityEntry(hash, ordinal));
    return found < 0 ? 0 : found - first + this.firstSequence;
  }

  /** The oldest sequence from `atLeast` to `atMost` that changes the entity, or 0. */
  nextChange(hash: number, atLeast: number, atMost: number): number {
    const first = entityEntry(hash, 0);
    const from = entityEntry(hash, Math.max(0, atLeast - this.firstSequence));
    const to = entityEntry(hash, Math.min(atMost - this.firstSequence, SEGMENT_RECORDS_MAX - 1));
    const found = this.positions.firstWithin(from, to);
    return found < 0 ? 0 : found - first + this.firstSequence;
  }

  visit(see: (entry: number) => void): void {
    this.positions.visit(see);
  }

  sortedEntities(): Promise<Float64Array> {
    return this.positions.sorted();
  }

  allPlaces(): SparsePlaces {
    const all = new SparsePlaces();
    for (const { sequences, offsets } of [this.earlier ?? new SparsePlaces(), this.places]) {
      sequences.forEach((sequence, index) => all.add(sequence, offsets[index]!));
    }
    return all;
  }
}
