// What each strategy of recovery would cost if it were needed now. Pure.

import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';

/** What the cost of a recovery follows from. */
export interface OutlookFacts {
  /** Records of the whole journal, as far as it reaches back. */
  readonly journalRecords: number;
  /** The oldest sequence that it holds. */
  readonly oldest: number;
  /** Records since the state checkpoint. */
  readonly uncheckedRecords: number;
  /** The newest backup that verified; undefined for none. */
  readonly newestBackup: { readonly name: string; readonly recordsSince: number } | undefined;
  readonly tasks: number;
  readonly hasCapsule: boolean;
}

/** Records a second that a replay applies on two cores (docs/performance.md). */
const REPLAY_PER_SECOND = 25_000;
/** Rows a second that a check of the state reads (the scrub, measured). */
const CHECK_PER_SECOND = 200_000;
/** What opening takes at least, in milliseconds. */
const OPEN_MS = 1000;

/** One entry a strategy, in the order of the manual. */
export function outlookOf(facts: OutlookFacts): RecoveryOutlook[] {
  return [hot(facts), warm(facts), cold(facts), emergency(facts)];
}

function hot({ newestBackup: newest }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.HOT;
  if (!newest) return impossible(strategy, 'there is no backup that verified');
  return possible(strategy, `rests on ${newest.name}`, newest.recordsSince);
}

function warm({ tasks, uncheckedRecords }: OutlookFacts): RecoveryOutlook {
  const checkMs = Math.round((tasks / CHECK_PER_SECOND) * 1000);
  return possible(RecoveryStrategy.WARM, 'rests on the present state', uncheckedRecords, checkMs);
}

function cold({ journalRecords, oldest, newestBackup: newest }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.COLD;
  if (oldest <= 1) return possible(strategy, 'rests on the whole journal', journalRecords);
  if (!newest) return impossible(strategy, `the journal begins at ${oldest}, and there is no backup to begin with`);
  return possible(strategy, `rests on ${newest.name}: the journal begins at ${oldest}`, newest.recordsSince);
}

function emergency({ hasCapsule }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.EMERGENCY;
  if (!hasCapsule) return impossible(strategy, 'there is no capsule');
  return possible(strategy, 'serves reads from the capsule while COLD runs', 0);
}

function possible(strategy: RecoveryStrategy, detail: string, records: number, moreMs = 0): RecoveryOutlook {
  const estimatedMs = OPEN_MS + Math.round((records / REPLAY_PER_SECOND) * 1000) + moreMs;
  return { strategy, possible: true, detail, records, estimatedMs };
}

function impossible(strategy: RecoveryStrategy, detail: string): RecoveryOutlook {
  return { strategy, possible: false, detail, records: 0, estimatedMs: 0 };
}
