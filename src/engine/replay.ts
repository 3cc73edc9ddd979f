import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Journal } from '../storage/journal/journal';
import type { LevelState } from '../storage/state/level-state';
import { StateUnusable } from '../storage/state/state';

/** Records of one LevelDB batch in a replay: some 2 MB, so that memory stays flat and the batch's own cost is shared. */
const BATCH_RECORDS = 2000;
/** Records between two reports of progress. */
const PROGRESS_RECORDS = 100_000;

/**
 * Applies the journal after the state's applied mark, up to its head. The one loop of redo, rebuild and, later, restore.
 * Gives the number of records. Throws StateUnusable if the state's digest is not the one that the journal commits to.
 */
export async function replay(
  journal: Pick<Journal, 'head' | 'read'>,
  state: LevelState,
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const from = state.applied;
  // Appends may go on meanwhile: where it ends now is where the replay ends.
  const { sequence, digest } = journal.head();
  const total = sequence - from;
  let batch: JournalRecord[] = [];
  let applying: Promise<void> = Promise.resolve();
  let told = 0;
  for await (const { records, lastSequence } of journal.read(from)) {
    for (const record of records) if (record.sequence > from) batch.push(record);
    if (lastSequence >= sequence) break;
    if (batch.length < BATCH_RECORDS) continue;
    // The next batch is read and decoded while this one is written.
    await applying;
    applying = state.applyBulk(batch);
    batch = [];
    if (state.applied - from - told >= PROGRESS_RECORDS) {
      told = state.applied - from;
      onProgress(told, total);
    }
  }
  await applying;
  await state.applyBulk(batch);
  if (state.applied !== sequence)
    throw new StateUnusable(`replay ended at ${state.applied}, the journal at ${sequence}`);
  if (sequence > 0 && Buffer.compare(state.digest.total(), digest) !== 0) {
    throw new StateUnusable(`the state's digest at ${sequence} is not the one that the journal commits to`);
  }
  return total;
}
