// Long work: how it starts, goes on, ends and is forgotten. What it does to each task is a command of its own.

import type { Any } from '../gen/google/protobuf/any';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { Operation, OperationState } from '../gen/holdfast/v1/operation';
import type { CancelOperationRequest } from '../gen/holdfast/v1/operation_service';
import type { BulkChangeTasksRequest } from '../gen/holdfast/v1/task_service';
import { checkBulkChange } from './bulk-change';
import { changedPaths } from './changed-paths';
import type { Draft } from './draft';
import { OPERATIONS_MAX, OPERATIONS_RUNNING_MAX, OPERATION_KEPT_MS, OPERATION_REQUEST_BYTES_MAX } from './limits';
import { formatOperation, parseOperation, parseProject } from './names';
import { formatCursor } from './operation-cursor';
import type { OperationAdvance, WorkStart } from './own-requests';
import { authorize } from './permission';
import { Refusal, notFound } from './refusal';
import { imageOf } from './row-image';
import { enterProject } from './task-access';
import { illegalTransition } from './task-state';
import { millisecondsOf, timestampOf } from './timestamp';
import { WireScan } from './wire';

/** Where the operations' rows are: they belong to no project. */
export const NO_PROJECT = '';
/** BulkChangeTasksRequest.parent. */
const PARENT_FIELD = 1;
const NOTHING_DONE = new Uint8Array(0);

/** Starts long work that belongs to no project: a backup, a restore, a check. Refuses with QUOTA above 100 running operations or 10,000 kept ones,
 *  and with TOO_LARGE for a request above 64 KiB. */
export function startWork(draft: Draft, { metadata, unit }: WorkStart): number {
  authorize(draft.caller, 'startWork', NO_PROJECT);
  return begin(draft, metadata, unit, '');
}

/** Starts a bulk change. `metadata` is the request as the operation keeps it. Refuses as `checkBulkChange` does, with TOO_LARGE
 *  above 64 KiB, with NOT_FOUND for the project, and with QUOTA above 100 running operations or 10,000 kept ones. */
export function startOperation(draft: Draft, request: BulkChangeTasksRequest, metadata: Any): number {
  const project = parseProject(request.parent, 'parent');
  checkBulkChange(request);
  enterProject(draft, 'startOperation', project);
  return begin(
    draft,
    metadata,
    'tasks',
    formatCursor({ sequence: draft.context.sequence, result: NOTHING_DONE, place: undefined }),
  );
}

function begin(draft: Draft, metadata: Any, unit: string, cursor: string): number {
  const bytes = metadata.value.length;
  if (bytes > OPERATION_REQUEST_BYTES_MAX) throw tooLarge(bytes);
  const { tasks: kept, liveTasks: running } = draft.tally(NO_PROJECT);
  if (running >= OPERATIONS_RUNNING_MAX) {
    throw quota(OPERATIONS_RUNNING_MAX, 'operations are running', 'wait for one to end, or cancel one');
  }
  if (kept >= OPERATIONS_MAX)
    throw quota(OPERATIONS_MAX, 'operations are kept', 'each is forgotten 7 days after its end');
  const id = `op-${draft.context.uid()}`;
  const operation: Operation = {
    name: formatOperation(id),
    state: OperationState.RUNNING,
    progress: { phase: 'starting', done: 0, total: 0, unit },
    result: undefined,
    createTime: draft.now,
    endTime: undefined,
    metadata,
    purgeTime: undefined,
    creator: draft.caller.principal,
    cancelRequested: false,
    cursor,
  };
  return put(draft, id, undefined, operation, EventType.OPERATION_STARTED);
}

/** Moves a running operation on, or ends it. Refuses with ILLEGAL_TRANSITION once it has ended. For the server's own use. */
export function advanceOperation(draft: Draft, { name, progress, cursor, outcome }: OperationAdvance): number {
  const { id, operation } = findOperation(draft, name);
  authorize(draft.caller, 'advanceOperation', projectOf(operation));
  if (operation.state !== OperationState.RUNNING) throw notRunning(operation, 'AdvanceOperation');
  if (!outcome) return put(draft, id, operation, { ...operation, progress, cursor }, EventType.OPERATION_PROGRESSED);
  const after: Operation = {
    ...operation,
    progress,
    cursor: '',
    state: outcome.state,
    result:
      'error' in outcome ? { $case: 'error', value: outcome.error } : { $case: 'response', value: outcome.response },
    endTime: draft.now,
    purgeTime: timestampOf(draft.context.nowMs + OPERATION_KEPT_MS),
  };
  return put(draft, id, operation, after, EventType.OPERATION_ENDED);
}

/** CancelOperation. One that has ended, or was asked already, stays as it is; the change keeps the request id. */
export function cancelOperation(draft: Draft, { name }: CancelOperationRequest): number {
  const { id, operation } = findOperation(draft, name);
  authorize(draft.caller, 'cancelOperation', projectOf(operation));
  if (operation.state !== OperationState.RUNNING || operation.cancelRequested) {
    return put(draft, id, operation, operation, EventType.UNSPECIFIED);
  }
  return put(draft, id, operation, { ...operation, cancelRequested: true }, EventType.OPERATION_PROGRESSED);
}

/** Removes an operation whose purge time has come, for good. For the server's own use. */
export function purgeOperation(draft: Draft, { name }: { readonly name: string }): number {
  const { id, operation } = findOperation(draft, name);
  authorize(draft.caller, 'purgeOperation', projectOf(operation));
  if (!operation.purgeTime || millisecondsOf(operation.purgeTime) > draft.context.nowMs) {
    throw illegalTransition(name, stateName(operation), 'PurgeOperation', [], `the purge of ${name} is not due`);
  }
  return draft.put(EntityKind.OPERATION, NO_PROJECT, id, undefined, EventType.UNSPECIFIED, []);
}

function findOperation(draft: Draft, name: string): { readonly id: string; readonly operation: Operation } {
  const id = parseOperation(name, 'name');
  const image = draft.image(EntityKind.OPERATION, NO_PROJECT, id);
  if (!image) throw notFound('operation', name);
  return { id, operation: Operation.decode(image) };
}

/** The id of the project that an operation is about; empty for one about the whole server. */
function projectOf({ metadata }: Operation): string {
  if (!metadata!.typeUrl.endsWith('BulkChangeTasksRequest')) return NO_PROJECT;
  const scan = new WireScan(metadata!.value);
  while (scan.next()) if (scan.field === PARENT_FIELD) return parseProject(scan.text(), 'parent');
  throw new RangeError('an operation without a project');
}

function put(draft: Draft, id: string, before: Operation | undefined, after: Operation, event: EventType): number {
  const paths = before
    ? changedPaths(before, after).map((path) => (path === 'result' ? after.result!.$case : path))
    : [];
  return draft.put(EntityKind.OPERATION, NO_PROJECT, id, imageOf(Operation, after), event, paths);
}

function notRunning(operation: Operation, verb: string): Refusal {
  const state = stateName(operation);
  return illegalTransition(operation.name, state, verb, [], `${operation.name} has ended: it is ${state}`);
}

function stateName({ state }: Operation): string {
  return Object.entries(OperationState).find(([, value]) => value === state)?.[0] ?? String(state);
}

function tooLarge(bytes: number): Refusal {
  const message = `the request takes ${bytes} bytes, at most ${OPERATION_REQUEST_BYTES_MAX} are allowed`;
  return new Refusal('TOO_LARGE', message, { metadata: { limit_bytes: String(OPERATION_REQUEST_BYTES_MAX) } });
}

function quota(limit: number, what: string, advice: string): Refusal {
  return new Refusal('QUOTA', `${limit} ${what}, and no more are allowed: ${advice}`, {
    metadata: { limit: String(limit) },
  });
}
