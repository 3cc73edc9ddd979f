/**
 * HOT: the state from a backup, then the journal after it.
 *
 * H1. Every byte of the backup is held against its manifest while it is copied; one that fails is not used.
 * H2. Whatever the backup holds, what comes out has the digest that the journal commits to.
 */
import type { GoodBackup } from '../../storage/backup/catalogue';
import type { Journal } from '../../storage/journal/journal';
import type { LevelState } from '../../storage/state/level-state';
import { openState } from '../../storage/state/open-state';
import type { StateOptions } from '../../storage/state/open-state';
import { replay } from '../replay';
import { copyBase } from './bases';

export interface HotState {
  readonly state: LevelState;
  /** Records that were applied to the backup. */
  readonly records: number;
}

/** The state at the journal's head. What stood in the state directory is gone. Throws StateUnusable, or the signal's reason; then the directory holds no
 *  state. */
export async function hotState(
  options: StateOptions,
  journal: Journal,
  backup: GoodBackup,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<HotState> {
  const { files, dir, history } = options;
  await copyBase(files, backup, history, dir);
  signal.throwIfAborted();
  const { state } = await openState(options);
  try {
    const records = await replay(journal, state, (done, total) => {
      signal.throwIfAborted();
      onProgress(done, total);
    });
    return { state, records };
  } catch (error) {
    await state.close();
    throw error;
  }
}
