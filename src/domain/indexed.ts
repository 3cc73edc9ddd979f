import type { Indexed } from '../gen/holdfast/journal/v1/journal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { WIRE_BYTES, WIRE_VARINT, WireScan } from './wire';

/** Field numbers of holdfast.v1.Task; a disk format (docs/adr/0003). */
const TASK_STATE = 5;
const TASK_PRIORITY = 8;
const TASK_CREATE_TIME = 9;
const TASK_QUEUE = 11;
const TASK_PARENT = 12;
const TASK_ASSIGNEE = 14;
const TASK_EXTERNAL_ID = 17;
const TASK_NOT_BEFORE = 22;
const TASK_DELETE_TIME = 31;
const TASK_PURGE_TIME = 32;
/** Field numbers of holdfast.journal.v1.TaskGraph. */
const GRAPH_LIVE_CHILDREN = 1;
const GRAPH_OPEN_BLOCKERS = 2;
/** Field numbers of holdfast.v1.Project. */
const PROJECT_CREATE_TIME = 7;
const PROJECT_DELETE_TIME = 9;
const PROJECT_PURGE_TIME = 10;
/** Field numbers of the time at which a timer must look at a row: milliseconds since 1970 in the journal's own messages, a timestamp
 *  in those that everybody sees. */
const DUE_FIELD: { readonly [kind in EntityKind]?: number } = {
  [EntityKind.TASK_WORK]: 16,
  [EntityKind.SESSION_WORK]: 16,
  [EntityKind.CHECKPOINT_LINE]: 16,
  [EntityKind.BLOB]: 16,
  [EntityKind.LOCK]: 8,
  [EntityKind.MEMORY]: 9,
  [EntityKind.MESSAGE]: 8,
};
/** Field numbers of holdfast.v1.Operation. */
const OPERATION_STATE = 2;
const OPERATION_CREATE_TIME = 6;
const OPERATION_PURGE_TIME = 9;
/** Field numbers of holdfast.v1.Message. */
const MESSAGE_RECIPIENT = 2;
const MESSAGE_EXPIRE_TIME = 8;
const MESSAGE_ACKNOWLEDGE_TIME = 10;
/** The indexed state of a message that was acknowledged; 0 of one that is unread. */
export const MESSAGE_READ = 1;
/** Field numbers of holdfast.v1.Checkpoint. */
const CHECKPOINT_NAMESPACE = 2;
const CHECKPOINT_CREATE_TIME = 10;
/** Field numbers of holdfast.v1.Session. */
const SESSION_AGENT = 4;
const SESSION_CREATE_TIME = 7;

/**
 * The fields of a row that index keys are made of, read from its bytes without decoding the rest. It is what
 * `Change.previous_indexed` holds for the row before. `held` is not in a task's row: see `isHeld`. Kinds without indexes give
 * empty fields. Throws RangeError on bytes that are no message.
 */
export function indexedOf(image: Uint8Array, kind: EntityKind = EntityKind.TASK): Indexed {
  const indexed = emptyIndexed();
  if (kind === EntityKind.TASK) readTask(image, indexed);
  else if (kind === EntityKind.PROJECT) readProject(image, indexed);
  else if (kind === EntityKind.OPERATION) readOperation(image, indexed);
  else if (kind === EntityKind.SESSION) readSession(image, indexed);
  else if (kind === EntityKind.MESSAGE) readMessage(image, indexed);
  else if (kind === EntityKind.CHECKPOINT) readCheckpoint(image, indexed);
  else if (DUE_FIELD[kind] !== undefined) readDue(image, DUE_FIELD[kind], indexed);
  return indexed;
}

/** Whether rows of this kind have index entries. */
export function hasIndexes(kind: EntityKind): boolean {
  const { TASK, PROJECT, OPERATION, SESSION } = EntityKind;
  return (
    kind === TASK ||
    kind === PROJECT ||
    kind === OPERATION ||
    kind === SESSION ||
    kind === EntityKind.CHECKPOINT ||
    DUE_FIELD[kind] !== undefined
  );
}

/** Whether a graph row says that its task is held back: by open blockers or live children. No row holds nothing back. */
export function isHeld(graph: Uint8Array | undefined): boolean {
  if (!graph) return false;
  const scan = new WireScan(graph);
  while (scan.next()) {
    const counts = scan.field === GRAPH_LIVE_CHILDREN || scan.field === GRAPH_OPEN_BLOCKERS;
    if (counts && scan.wire === WIRE_VARINT && scan.varint > 0) return true;
  }
  return false;
}

/** The indexed fields of nothing. */
export function emptyIndexed(): Indexed {
  return {
    state: 0,
    priority: 0,
    createTimeMs: 0,
    queue: '',
    parent: '',
    assignee: '',
    externalId: '',
    notBeforeMs: 0,
    deleted: false,
    dueMs: 0,
    held: false,
  };
}

function readTask(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire === WIRE_VARINT) {
      if (scan.field === TASK_STATE) indexed.state = scan.varint;
      else if (scan.field === TASK_PRIORITY) indexed.priority = scan.varint;
    } else if (scan.wire === WIRE_BYTES) {
      switch (scan.field) {
        case TASK_CREATE_TIME:
          indexed.createTimeMs = timestampMs(scan);
          break;
        case TASK_QUEUE:
          indexed.queue = scan.text();
          break;
        case TASK_PARENT:
          indexed.parent = lastSegment(scan.text());
          break;
        case TASK_ASSIGNEE:
          indexed.assignee = scan.text();
          break;
        case TASK_EXTERNAL_ID:
          indexed.externalId = scan.text();
          break;
        case TASK_NOT_BEFORE:
          indexed.notBeforeMs = timestampMs(scan);
          break;
        case TASK_DELETE_TIME:
          indexed.deleted = true;
          break;
        case TASK_PURGE_TIME:
          indexed.dueMs = timestampMs(scan);
          break;
      }
    }
  }
}

function readProject(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === PROJECT_CREATE_TIME) indexed.createTimeMs = timestampMs(scan);
    else if (scan.field === PROJECT_DELETE_TIME) indexed.deleted = true;
    else if (scan.field === PROJECT_PURGE_TIME) indexed.dueMs = timestampMs(scan);
  }
}

function readOperation(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire === WIRE_VARINT && scan.field === OPERATION_STATE) indexed.state = scan.varint;
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === OPERATION_CREATE_TIME) indexed.createTimeMs = timestampMs(scan);
    else if (scan.field === OPERATION_PURGE_TIME) indexed.dueMs = timestampMs(scan);
  }
}

/** A session is listed by the id of its agent, which stands in for the assignee. */
function readSession(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === SESSION_AGENT) indexed.assignee = lastSegment(scan.text());
    else if (scan.field === SESSION_CREATE_TIME) indexed.createTimeMs = timestampMs(scan);
  }
}

/** A message is listed by its mailbox, which stands in for the assignee: what follows the project in the recipient's name. */
function readMessage(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === MESSAGE_RECIPIENT) indexed.assignee = scan.text().split('/').slice(2).join('/');
    else if (scan.field === MESSAGE_EXPIRE_TIME) indexed.dueMs = timestampMs(scan);
    else if (scan.field === MESSAGE_ACKNOWLEDGE_TIME) indexed.state = MESSAGE_READ;
  }
}

/** A checkpoint is listed by its line, whose namespace stands in for the queue, and by its time to the microsecond: what is within the
 *  millisecond stands in for the priority. */
function readCheckpoint(image: Uint8Array, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.wire !== WIRE_BYTES) continue;
    if (scan.field === CHECKPOINT_NAMESPACE) indexed.queue = scan.text();
    else if (scan.field === CHECKPOINT_CREATE_TIME) {
      const { seconds, nanos } = timeIn(scan);
      indexed.createTimeMs = seconds * 1000 + Math.floor(nanos / 1_000_000);
      indexed.priority = Math.floor((nanos % 1_000_000) / 1000);
    }
  }
}

function readDue(image: Uint8Array, field: number, indexed: Indexed): void {
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.field !== field) continue;
    if (scan.wire === WIRE_VARINT) indexed.dueMs = scan.varint;
    else if (scan.wire === WIRE_BYTES) indexed.dueMs = timestampMs(scan);
  }
}

/** Milliseconds since 1970 of a google.protobuf.Timestamp field, rounded down. */
function timestampMs(scan: WireScan): number {
  const { seconds, nanos } = timeIn(scan);
  return seconds * 1000 + Math.floor(nanos / 1_000_000);
}

function timeIn(scan: WireScan): { readonly seconds: number; readonly nanos: number } {
  const time = { seconds: 0, nanos: 0 };
  const fields = scan.message();
  while (fields.next()) {
    if (fields.wire !== WIRE_VARINT) continue;
    if (fields.field === 1) time.seconds = fields.varint;
    else if (fields.field === 2) time.nanos = fields.varint;
  }
  return time;
}

/** The id at the end of a resource name: t4 of projects/p/tasks/t4. */
function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
