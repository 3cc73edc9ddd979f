import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { TRIM_TYPE, keepOf, plannedResult } from '../engine/audit/trim-work';
import { TrimJournalRequest, TrimJournalResult } from '../gen/holdfast/v1/system_service';
import { durationMs } from './event-start';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { startedWork } from './work-command';

/** The longest age, in milliseconds: a hundred years. */
const AGE_MAX_MS = 36_500 * 24 * 60 * 60 * 1000;

/** TrimJournal: says what would go, and starts the work unless it is a dry run. */
export async function trimJournal(
  context: ServiceContext,
  request: TrimJournalRequest,
  caller: Caller,
): Promise<Buffer> {
  const { engine, maintenance, positions } = context;
  checkKeep(context, request);
  const { trimming, backups } = { trimming: maintenance.audit.trimming, backups: maintenance.backups.backups };
  const plan = await trimming.plan(keepOf(request), false);
  const kept = TrimJournalRequest.encode({ ...TrimJournalRequest.create(), keep: request.keep }).finish();
  const needsBackup = plan.segments > 0 && !plan.backup;
  const admit = (): Promise<void> => (needsBackup ? backups.admit('') : Promise.resolve());
  const { image, sequence } = await startedWork(context, TRIM_TYPE, kept, 'segments', request, caller, admit);
  const parts: Part[] = image ? [{ field: 1, bytes: image }] : [];
  return splice([
    ...parts,
    { field: 2, bytes: TrimJournalResult.encode(plannedResult(plan)).finish() },
    { field: 3, bytes: positions.bytes(Math.max(sequence, engine.reach(undefined))) },
  ]);
}

function checkKeep({ engine }: ServiceContext, { keep }: TrimJournalRequest): void {
  if (!keep) throw fieldInvalid('keep', 'is required: the position from which on everything is kept, or an age');
  if (keep.$case === 'age') {
    durationMs(keep.value, 'age', { fallbackMs: 0, minMs: 0, maxMs: AGE_MAX_MS });
    return;
  }
  if (keep.value.sequence < 0) throw fieldInvalid('from.sequence', 'must not be negative');
  engine.reach(keep.value);
}
