/**
 * WARM: the present state, in which the rows and index entries that are not those that were applied are put right one by one.
 *
 * A1. It helps a state that opens and whose digest is the journal's. What is held against that digest is right.
 * A2. A row that no source has is named, not made up: the state is not whole then, and another strategy is taken.
 */
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { Journal } from '../../storage/journal/journal';
import type { LevelState } from '../../storage/state/level-state';
import { openState } from '../../storage/state/open-state';
import type { StateOptions } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';
import { repairBuckets } from '../integrity/repair-buckets';
import { replay } from '../replay';
import type { ReportDraft } from './report';

/** The state at the journal's head, mended. Throws StateUnusable, or the signal's reason. */
export async function warmState(
  options: StateOptions,
  journal: Journal,
  draft: ReportDraft,
  signal: AbortSignal,
): Promise<LevelState> {
  const { state } = await openState(options);
  try {
    const records = await replay(journal, state, () => signal.throwIfAborted());
    draft.part(RecoverySource.STATE, '', { records });
    await mend(state, journal, draft, signal);
    return state;
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** Checks a state that is at the journal's head and mends what it finds. */
async function mend(state: LevelState, journal: Journal, draft: ReportDraft, signal: AbortSignal): Promise<void> {
  const found = await state.scrub();
  signal.throwIfAborted();
  draft.checks.push(`${found.rows} rows and ${found.entries} index entries were held against the digest`);
  if (found.sound) return;
  if (found.requestGenerations.length > 0) {
    throw new StateUnusable('request ids are not those that were applied');
  }
  const bases = (): Promise<[]> => Promise.resolve([]);
  const outcome = await repairBuckets({ state, journal, bases, signal, onRepaired: () => undefined }, found);
  draft.part(RecoverySource.JOURNAL, '', { rows: outcome.rows });
  if (outcome.unresolved.length > 0 || outcome.lost > 0) {
    throw new StateUnusable(`${outcome.unresolved.length + outcome.lost} buckets of rows could not be put right`);
  }
  draft.checks.push(`${outcome.rows} rows and ${outcome.entries} index entries were put right`);
  const after = await state.scrub();
  if (!after.sound) throw new StateUnusable('it is still not the state that was applied');
}
