import { lastAtMost } from './entity-positions';

/** Bytes of frames between two remembered places: what a look-up reads at least. 12 bytes for each 64 KiB cost nothing. */
const SPARSE_STEP_BYTES = 64 * 1024;

/** Where frames begin: about one place for each 64 KiB of a segment, in order. */
export class SparsePlaces {
  readonly sequences: number[] = [];
  readonly offsets: number[] = [];

  /** Notes a frame behind all that were noted before. */
  add(firstSequence: number, offset: number): void {
    const last = this.offsets.at(-1);
    if (last !== undefined && offset - last < SPARSE_STEP_BYTES) return;
    this.sequences.push(firstSequence);
    this.offsets.push(offset);
  }
}

/** Offsets between which the frame with `sequence` begins: `from` is the start of a frame. */
export function placeOf(
  sequences: ArrayLike<number>,
  offsets: ArrayLike<number>,
  sequence: number,
): { from: number; sequence: number } | undefined {
  const index = lastAtMost(sequences, sequences.length, sequence);
  return index < 0 ? undefined : { from: offsets[index]!, sequence: sequences[index]! };
}
