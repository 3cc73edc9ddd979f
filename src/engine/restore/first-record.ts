/**
 * The changes of the first record of a new history.
 *
 * F1. Nothing that the server worked on at the moment that is restored goes on: a restore, a trim or a bulk change that somebody began then is not
 *     what whoever restores asks for. Each operation ends as FAILED, and its error says why.
 * F2. Each change remembers the row as the restored state has it: the digest follows from that.
 */
import { OPERATION_KEPT_MS } from '../../domain/limits';
import { hasIndexes, indexedOf } from '../../domain/indexed';
import { NO_PROJECT } from '../../domain/operation';
import { imageOf } from '../../domain/row-image';
import { timestampOf } from '../../domain/timestamp';
import { ErrorInfo } from '../../gen/google/rpc/error_details';
import { Change, EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Operation, OperationState } from '../../gen/holdfast/v1/operation';
import type { LevelState } from '../../storage/state/level-state';
import { anyOf } from '../operations/long-work';

/** google.rpc.Code.FAILED_PRECONDITION, and the domain of all reasons: see services/status. */
const FAILED_PRECONDITION = 9;
const ERROR_DOMAIN = 'holdfast';
const WHY =
  'a restore went back to a moment at which this was under way, and it does not go on by itself: begin it anew if it is still wanted';

/** What the restore says of itself, `own`, and the ends of all operations that the restored state has as running. */
export async function firstChanges(state: LevelState, own: readonly Change[], timeMs: number): Promise<Change[]> {
  const changes = [...own];
  const snapshot = state.snapshot();
  try {
    for await (const { id, row } of snapshot.scan({ by: 'operations' })) {
      if (own.some((change) => change.kind === EntityKind.OPERATION && change.id === id)) continue;
      const operation = Operation.decode(row.image);
      if (operation.state === OperationState.RUNNING) changes.push(endOf(id, operation, timeMs));
    }
  } finally {
    await snapshot.close();
  }
  return changes.map((change) => over(state, change));
}

/** F1. */
function endOf(id: string, operation: Operation, timeMs: number): Change {
  const metadata = new Map([
    ['strategy', ''],
    ['why', WHY],
  ]);
  const info = ErrorInfo.encode({ reason: 'NOT_RECOVERABLE', domain: ERROR_DOMAIN, metadata }).finish();
  const ended: Operation = {
    ...operation,
    state: OperationState.FAILED,
    result: {
      $case: 'error',
      value: { code: FAILED_PRECONDITION, message: WHY, details: [anyOf('google.rpc.ErrorInfo', info)] },
    },
    endTime: timestampOf(timeMs),
    purgeTime: timestampOf(timeMs + OPERATION_KEPT_MS),
    cursor: '',
  };
  const image = imageOf(Operation, ended);
  const named = { kind: EntityKind.OPERATION, project: NO_PROJECT, id };
  return Change.fromPartial({ ...named, image, event: EventType.OPERATION_ENDED, changedPaths: ['state', 'error'] });
}

/** F2. */
function over(state: LevelState, change: Change): Change {
  const row = state.row(change.kind, change.project, change.id);
  if (!row) return change;
  const previousIndexed = hasIndexes(change.kind) ? indexedOf(row.image, change.kind) : undefined;
  return { ...change, previousSequence: row.sequence, previousCrc: row.crc, previousIndexed };
}
