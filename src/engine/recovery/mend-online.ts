// WARM beside the work: the present state is checked whole, and what is wrong is put right where it stands.

import { rowLabel } from '../../domain/integrity/row-label';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { Refusal } from '../../domain/refusal';
import { RecoverySource, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import type { Engine } from '../engine';
import { repairBuckets } from '../integrity/repair-buckets';
import { repairRequests } from '../integrity/repair-requests';
import type { RepairedRow } from '../integrity/repaired-row';
import { rereadWindows } from '../integrity/reread-windows';
import { noBases } from '../integrity/right-rows';
import type { WorkContext } from '../operations/long-work';
import { ReportDraft } from './report';

/** Rows a second: half a core, so that the work goes on. */
const ROWS_PER_SECOND = 150_000;

/** Refuses with NOT_RECOVERABLE when something is left that only another strategy puts right. */
export async function mendOnline(engine: Engine, context: WorkContext): Promise<RecoveryReport> {
  const { signal } = context;
  const { state, journal } = engine.store;
  const draft = new ReportDraft(RecoveryStrategy.WARM, 'requested');
  const began = performance.now();
  context.report({ phase: 'checking', done: 0, total: 0, unit: 'rows' });
  const found = await state.scrub(ROWS_PER_SECOND);
  signal.throwIfAborted();
  draft.checks.push(`${found.rows} rows and ${found.entries} index entries were held against the digest`);
  if (!found.sound) {
    const repaired: RepairedRow[] = [];
    const bases = engine.parts.healer.help?.bases ?? noBases;
    const parts = { state, journal, bases, signal, onRepaired: (row: RepairedRow): void => void repaired.push(row) };
    const outcome = await repairBuckets(parts, found);
    for (const row of repaired) await note(engine, draft, row);
    draft.checks.push(`${outcome.rows} rows and ${outcome.entries} index entries were put right`);
    const requests = await repairRequests(parts, found.requestGenerations);
    if (requests.entries > 0) draft.checks.push(`${requests.entries} request ids were put right`);
    rereadWindows(engine);
    const left = outcome.unresolved.length + requests.unresolved.length;
    if (left > 0) {
      const why = 'some of what differs could not be put right row by row: use HOT or COLD';
      throw new Refusal('NOT_RECOVERABLE', `WARM cannot bring the state back: ${why}`, {
        metadata: { strategy: 'WARM', why },
      });
    }
  }
  draft.attempt(RecoveryStrategy.WARM, true, 'rests on the present state', performance.now() - began);
  return draft.finished({ history: engine.history, sequence: found.sequence }, state.tallies.taskCount());
}

/** Each repair is journalled and told. */
async function note(engine: Engine, draft: ReportDraft, row: RepairedRow): Promise<void> {
  const name = rowLabel(row.name);
  if (row.source === RecoverySource.UNSPECIFIED) draft.quarantine(name);
  else draft.part(row.source, row.from, { rows: 1 });
  await engine.execute({
    kind: 'repairRow',
    request: { name, problem: row.problem, source: row.source, sequence: row.sequence, time: undefined },
    caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
    validateOnly: false,
  });
}
