/**
 * COLD: the state from the journal alone, newest record first, into a fresh LevelDB.
 *
 * C1. Every group is verified on the way: checksums, sequences, chain.
 * C2. What comes out has the digest that the journal's last group commits to, or it is not used.
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
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A state at the journal's head, without a checkpoint yet. `journal` must begin at 1. Throws StateUnusable, JournalCorruption. */
export async function coldState(
  options: StateOptions,
  journal: Journal,
  { onProgress, signal }: ColdOptions = {},
): Promise<LevelState> {
  const { sequence, timeMs, digest } = journal.head();
  return buildState(options, async (load) => {
    const fold = new NewestFirst(load, timeMs);
    let done = 0;
    for await (const records of journal.readBack()) {
      for (const record of records) {
        fold.take(record);
        done++;
        if (done % STEP_RECORDS === 0) {
          signal?.throwIfAborted();
          await fold.settle();
        }
        if (done % PROGRESS_RECORDS === 0) onProgress?.(done, sequence);
      }
    }
    if (sequence > 0 && Buffer.compare(fold.digest.total(), digest) !== 0) {
      throw new StateUnusable(`the state's digest at ${sequence} is not the one that the journal commits to`);
    }
    const { digest: found, tallies, requests } = fold;
    return { sequence, digest: found, tallies, requests };
  });
}
