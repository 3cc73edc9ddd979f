import { parseOperation } from '../../domain/names';
import { NO_PROJECT } from '../../domain/operation';
import { OPERATION_KEPT_MS } from '../../domain/limits';
import { imageOf } from '../../domain/row-image';
import { timestampOf } from '../../domain/timestamp';
import { Change, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { RestorePlan } from '../../gen/holdfast/v1/backup';
import { Operation, OperationState } from '../../gen/holdfast/v1/operation';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';

/** What the first record of a restored history says of the restore. */
export type FirstRecord = (plan: RestorePlan, timeMs: number) => Partial<JournalRecord>;

/**
 * What the first record of the new history says: the operation, which the restored state does not know, as it ended; and whose request it was, so
 * that a retry with its request id finds it, and does not restore again.
 */
export async function restoredOperation(engine: Engine, name: string): Promise<FirstRecord> {
  const id = parseOperation(name, 'name');
  const row = await engine.read(EntityKind.OPERATION, NO_PROJECT, id);
  const operation = Operation.decode(row!.image);
  const { principal, session, requestId, requestHash, origin, trace, traceState } = await began(
    engine,
    id,
    row!.sequence,
  );
  return (plan, timeMs) => {
    const ended: Operation = {
      ...operation,
      state: OperationState.SUCCEEDED,
      progress: { phase: 'restored', done: plan.replayedRecords, total: plan.replayedRecords, unit: 'records' },
      result: { $case: 'response', value: anyOf('holdfast.v1.RestorePlan', RestorePlan.encode(plan).finish()) },
      endTime: timestampOf(timeMs),
      purgeTime: timestampOf(timeMs + OPERATION_KEPT_MS),
      cursor: '',
    };
    const change = Change.fromPartial({
      kind: EntityKind.OPERATION,
      project: NO_PROJECT,
      id,
      image: imageOf(Operation, ended),
      event: EventType.OPERATION_ENDED,
    });
    return { principal, session, requestId, requestHash, origin, trace, traceState, changes: [change], reply: [0] };
  };
}

/** The record with which an operation began: along the back-links from its newest change. */
async function began(engine: Engine, id: string, newest: number): Promise<JournalRecord> {
  for (let sequence = newest; ;) {
    const record = await engine.record(sequence);
    const change = record.changes.find((each) => each.kind === EntityKind.OPERATION && each.id === id);
    if (change === undefined || change.previousSequence === 0) return record;
    sequence = change.previousSequence;
  }
}
