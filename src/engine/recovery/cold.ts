/**
 * COLD: the state from the journal, newest record first, into a fresh LevelDB; over the rows of a base where the journal was trimmed.
 *
 * C1. Every group is verified on the way: checksums, sequences, chain.
 * C2. What comes out has the digest that the journal's last group commits to, or it is not used.
 * C3. Memory: 18 to 36 bytes for each row that ever was, one segment, and some 35 MB for each kind of row while it is gathered.
 */
import type { Journal } from '../../storage/journal/journal';
import type { LevelState } from '../../storage/state/level-state';
import { NewestFirst } from '../../storage/state/newest-first';
import { buildState } from '../../storage/state/open-state';
import type { StateOptions } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';

/** Records between two reports of progress. */
const PROGRESS_RECORDS = 100_000;
/** Records between two looks whether what was gathered must be written, and whether the work is given up. */
const STEP_RECORDS = 256;

export interface ColdOptions {
  /** A state that the journal continues; without it the journal must be whole. */
  readonly base?: LevelState | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ColdState {
  readonly state: LevelState;
  readonly records: number;
  readonly rows: number;
  /** The journal's chain where the state stands. */
  readonly chain: Uint8Array;
}

/** A state at the head that the journal has now, without a checkpoint yet. Throws StateUnusable, JournalCorruption. */
export async function coldState(
  options: StateOptions,
  journal: Journal,
  { base, onProgress, signal }: ColdOptions = {},
): Promise<ColdState> {
  const back = journal.readBack(base?.applied ?? 0);
  const { sequence, timeMs, digest, chain } = back.head;
  let [done, rows] = [0, 0];
  const state = await buildState(options, async (load) => {
    const fold = new NewestFirst(load, timeMs);
    for await (const records of back.records) {
      for (const record of records) {
        fold.take(record);
        done++;
        if (done % STEP_RECORDS === 0) {
          signal?.throwIfAborted();
          await fold.settle();
        }
        if (done % PROGRESS_RECORDS === 0) onProgress?.(done);
      }
    }
    await base?.pourInto(fold);
    rows = fold.rows;
    if (sequence > 0 && Buffer.compare(fold.digest.total(), digest) !== 0) {
      throw new StateUnusable(`the state's digest at ${sequence} is not the one that the journal commits to`);
    }
    return { sequence, digest: fold.digest, tallies: fold.tallies, requests: fold.requests };
  });
  return { state, records: done, rows, chain };
}
