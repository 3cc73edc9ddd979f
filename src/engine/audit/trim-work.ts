// TrimJournal as long work.

import { millisecondsIn } from '../../domain/duration';
import { formatBackup } from '../../domain/backup-name';
import { TrimJournalRequest, TrimJournalResult } from '../../gen/holdfast/v1/system_service';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';
import type { LongWork, WorkContext } from '../operations/long-work';
import type { TrimPlan } from './trim-plan';
import type { CoveredPlan, Keep, Trimming } from './trimming';

export const TRIM_TYPE = 'holdfast.v1.TrimJournalRequest';

/** The work that trims. `quiet` runs it while no chain is being checked. */
export function trimWork(
  engine: Engine,
  trimming: Trimming,
  quiet: <Result>(work: () => Promise<Result>) => Promise<Result>,
): LongWork {
  return {
    type: TRIM_TYPE,
    run: async (context) => {
      const result = await quiet(() => trim(engine, trimming, context));
      return anyOf('holdfast.v1.TrimJournalResult', TrimJournalResult.encode(result).finish());
    },
  };
}

async function trim(engine: Engine, trimming: Trimming, context: WorkContext): Promise<TrimJournalResult> {
  // An earlier life of this operation may have begun to trim: what it said would go has gone, or goes now.
  const plan = context.cursor === '' ? undefined : (JSON.parse(context.cursor) as TrimPlan);
  const chosen = plan ?? (await trimming.plan(keepOf(TrimJournalRequest.decode(context.request)), false));
  if (chosen.segments === 0) return resultOf(chosen, '');
  if (!plan) {
    const { oldest, segments, bytes, floor, limitedBy } = chosen;
    await context.keep(JSON.stringify({ oldest, segments, bytes, floor, limitedBy }));
  }
  const backup = await trimming.run(chosen, context);
  const message = `the journal was trimmed: it begins at ${chosen.oldest} now, on ${backup}`;
  engine.notice({ level: 'info', message });
  return resultOf(chosen, backup);
}

/** What a request keeps, checked before. */
export function keepOf({ keep }: TrimJournalRequest): Keep {
  return keep?.$case === 'age' ? { ageMs: millisecondsIn(keep.value) } : { from: keep?.value.sequence ?? 0 };
}

/** What would go, as a dry run tells it. */
export function plannedResult(plan: CoveredPlan): TrimJournalResult {
  return resultOf(plan, plan.backup ? formatBackup(plan.backup.id) : '');
}

function resultOf({ oldest, segments, bytes, limitedBy }: TrimPlan, backup: string): TrimJournalResult {
  return { oldest, segments, bytes, backup, limitedBy };
}
