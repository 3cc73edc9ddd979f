// What each strategy of recovery would cost if it were needed now.

import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';
import type { OutlookFacts } from './sources';

/** Records a second that a replay applies on two cores (docs/performance.md). */
const REPLAY_PER_SECOND = 25_000;
/** Rows a second that a check of the state reads. */
const CHECK_PER_SECOND = 200_000;
/** What opening and the first answer take at least, in milliseconds. */
const OPEN_MS = 1000;

/** One entry a strategy, in the order of the manual. */
export function outlookOf(facts: OutlookFacts): readonly RecoveryOutlook[] {
  return [hot(facts), warm(facts), cold(facts), emergency(facts)];
}

function hot({ verified, durable }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.HOT;
  const newest = newestOf(verified);
  if (!newest) return impossible(strategy, 'there is no backup that verified');
  return possible(strategy, `rests on ${newest.name}`, Math.max(0, durable - newest.sequence), REPLAY_PER_SECOND);
}

function warm({ tasks, durable, checkpointed }: OutlookFacts): RecoveryOutlook {
  const outlook = possible(
    RecoveryStrategy.WARM,
    'rests on the present state',
    durable - checkpointed,
    REPLAY_PER_SECOND,
  );
  return { ...outlook, estimatedMs: outlook.estimatedMs + Math.round((tasks / CHECK_PER_SECOND) * 1000) };
}

function cold({ oldest, durable, verified }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.COLD;
  if (oldest <= 1) return possible(strategy, 'rests on the whole journal', durable, REPLAY_PER_SECOND);
  const base = newestOf(verified.filter(({ sequence }) => sequence >= oldest - 1));
  if (!base) return impossible(strategy, `the journal begins at ${oldest}, and no backup reaches there`);
  return possible(strategy, `rests on ${base.name}`, Math.max(0, durable - base.sequence), REPLAY_PER_SECOND);
}

function emergency({ hasCapsule }: OutlookFacts): RecoveryOutlook {
  const strategy = RecoveryStrategy.EMERGENCY;
  if (!hasCapsule) return impossible(strategy, 'there is no capsule');
  return possible(strategy, 'serves reads from the capsule', 0, REPLAY_PER_SECOND);
}

/** The one with the highest sequence. */
export function newestOf<Fact extends { readonly sequence: number }>(verified: readonly Fact[]): Fact | undefined {
  return verified.reduce<Fact | undefined>(
    (best, one) => (best && best.sequence >= one.sequence ? best : one),
    undefined,
  );
}

function possible(
  strategy: RecoveryStrategy,
  detail: string,
  records: number,
  recordsPerSecond: number,
): RecoveryOutlook {
  const estimatedMs = OPEN_MS + Math.round((records / recordsPerSecond) * 1000);
  return { strategy, possible: true, detail, records, estimatedMs };
}

function impossible(strategy: RecoveryStrategy, detail: string): RecoveryOutlook {
  return { strategy, possible: false, detail, records: 0, estimatedMs: 0 };
}
