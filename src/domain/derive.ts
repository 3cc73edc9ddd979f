import type { Change, Indexed } from '../gen/holdfast/journal/v1/journal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { OperationState } from '../gen/holdfast/v1/operation';
import { TaskState } from '../gen/holdfast/v1/task';
import { MESSAGE_READ, hasIndexes, indexedOf } from './indexed';

/** One index entry of a row. The row's own kind, project and id complete its key. */
export type IndexEntry =
  | {
      readonly index: 'state';
      readonly state: number;
      /** PENDING tasks alone are held back: those that are not can be worked on as soon as `notBeforeMs` has passed. */
      readonly held: boolean;
      readonly queue: string;
      readonly priority: number;
      readonly notBeforeMs: number;
      readonly createTimeMs: number;
    }
  | { readonly index: 'assignee'; readonly assignee: string }
  | { readonly index: 'parent'; readonly parent: string }
  | { readonly index: 'external'; readonly externalId: string }
  | {
      readonly index: 'line';
      /** Undefined in the entry that lists the checkpoints of all lines of their session. */
      readonly namespace: string | undefined;
      readonly createTimeMs: number;
      /** Microseconds within the millisecond. */
      readonly microseconds: number;
    }
  | { readonly index: 'timer'; readonly timeMs: number }
  | { readonly index: 'mailbox'; readonly mailbox: string; readonly read: boolean }
  | { readonly index: 'agent'; readonly agent: string; readonly createTimeMs: number };

/** What a change does to the counts of its project: each -1, 0 or 1. Operations, which have no project, count as the tasks of
 *  the project '': all of them, and those that run. */
export interface TallyDelta {
  readonly projects: number;
  readonly tasks: number;
  readonly liveTasks: number;
}

/** What follows from a change. */
export interface Derived {
  /** Entries of the row before that the row after has not. */
  readonly remove: readonly IndexEntry[];
  /** Entries of the row after that the row before had not. */
  readonly put: readonly IndexEntry[];
  readonly tally: TallyDelta;
}

const none: readonly IndexEntry[] = [];
const nothing: Derived = { remove: none, put: none, tally: { projects: 0, tasks: 0, liveTasks: 0 } };

/** Whether a task can still move on by itself: neither SUCCEEDED, FAILED nor CANCELED. */
export function isLive(state: number): boolean {
  return state >= TaskState.PENDING && state <= TaskState.PAUSED;
}

/**
 * What a change does to indexes and counts, from the change alone: from the indexed fields before, which it carries, and
 * those of its after-image. Pure: live writes, redo and rebuilds come to the same.
 */
export function derive(change: Change): Derived {
  const kind = kindIndexed(change);
  if (kind === undefined) return nothing;
  const before = change.previousIndexed;
  const after = indexedAfter(change);
  if (before && after && sameKeys(before, after)) return nothing;
  const old = before ? indexEntries(kind, before) : none;
  const fresh = after ? indexEntries(kind, after) : none;
  const unchanged = old.length > 0 && fresh.length > 0;
  return {
    remove: unchanged ? old.filter((entry) => !has(fresh, entry)) : old,
    put: unchanged ? fresh.filter((entry) => !has(old, entry)) : fresh,
    tally: change.kind === EntityKind.TASK_GRAPH ? nothing.tally : tallyDelta(kind, before, after),
  };
}

/** Whose index entries a change may move; undefined for nobody's. A graph row has none of its own: one that carries indexed
 *  fields moves the entry of its task, which is held back now or no more. */
function kindIndexed({ kind, previousIndexed }: Change): EntityKind | undefined {
  if (kind === EntityKind.TASK_GRAPH) return previousIndexed && EntityKind.TASK;
  return hasIndexes(kind) ? kind : undefined;
}

function indexedAfter(change: Change): Indexed | undefined {
  if (change.kind === EntityKind.TASK_GRAPH) return { ...change.previousIndexed!, held: change.held };
  if (change.removed) return undefined;
  const after = indexedOf(change.image, change.kind);
  after.held = change.held;
  return after;
}

/** All index entries that a row with these fields has. At most four: live tasks have no timer entry, deleted ones only that
 *  and their external id, terminal ones their parent's and external id's, FAILED ones their state's too. Rows of other kinds have
 *  the timer entry while there is something to come. */
export function indexEntries(kind: EntityKind, indexed: Indexed): IndexEntry[] {
  const entries: IndexEntry[] = [];
  if (indexed.deleted || (kind !== EntityKind.TASK && kind !== EntityKind.PROJECT)) {
    if (indexed.dueMs > 0) entries.push({ index: 'timer', timeMs: indexed.dueMs });
  } else if (kind === EntityKind.TASK) {
    const live = isLive(indexed.state);
    if (live || indexed.state === TaskState.FAILED) {
      const { state, queue, priority, notBeforeMs, createTimeMs } = indexed;
      const held = indexed.held && state === TaskState.PENDING;
      entries.push({ index: 'state', state, held, queue, priority, notBeforeMs, createTimeMs });
    }
    if (live && indexed.assignee) entries.push({ index: 'assignee', assignee: indexed.assignee });
    if (indexed.parent) entries.push({ index: 'parent', parent: indexed.parent });
  }
  if (kind === EntityKind.MESSAGE && indexed.assignee) {
    entries.push({ index: 'mailbox', mailbox: indexed.assignee, read: indexed.state === MESSAGE_READ });
  }
  if (kind === EntityKind.SESSION && indexed.assignee) {
    entries.push({ index: 'agent', agent: indexed.assignee, createTimeMs: indexed.createTimeMs });
  }
  if (kind === EntityKind.CHECKPOINT) {
    const at = { createTimeMs: indexed.createTimeMs, microseconds: indexed.priority };
    entries.push({ index: 'line', namespace: indexed.queue, ...at }, { index: 'line', namespace: undefined, ...at });
  }
  // An external id stays taken until its task is purged, so that undelete cannot find it given away.
  if (kind === EntityKind.TASK && indexed.externalId)
    entries.push({ index: 'external', externalId: indexed.externalId });
  return entries;
}

/** What a change from `before` to `after` does to the counts; undefined: there was or is no row. */
export function tallyDelta(kind: EntityKind, before: Indexed | undefined, after: Indexed | undefined): TallyDelta {
  const rows = (after ? 1 : 0) - (before ? 1 : 0);
  if (kind === EntityKind.PROJECT) return { projects: rows, tasks: 0, liveTasks: 0 };
  if (kind === EntityKind.OPERATION)
    return { projects: 0, tasks: rows, liveTasks: countsRunning(after) - countsRunning(before) };
  if (kind !== EntityKind.TASK) return nothing.tally;
  return { projects: 0, tasks: rows, liveTasks: countsLive(after) - countsLive(before) };
}

/** The number in an id that the service gave: t12 is 12. 0 for any other id. */
export function taskNumber(id: string): number {
  const length = id.length;
  // 2^53 has 16 digits; a longer one is not exact and was never given.
  if (length < 2 || length > 16 || id.charCodeAt(0) !== 0x74 || id.charCodeAt(1) === 0x30) return 0;
  let number = 0;
  for (let i = 1; i < length; i++) {
    const digit = id.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}

function countsLive(indexed: Indexed | undefined): number {
  return indexed && !indexed.deleted && isLive(indexed.state) ? 1 : 0;
}

function countsRunning(indexed: Indexed | undefined): number {
  return indexed?.state === OperationState.RUNNING ? 1 : 0;
}

function sameKeys(a: Indexed, b: Indexed): boolean {
  return (
    a.state === b.state &&
    a.priority === b.priority &&
    a.createTimeMs === b.createTimeMs &&
    a.notBeforeMs === b.notBeforeMs &&
    a.held === b.held &&
    a.queue === b.queue &&
    a.parent === b.parent &&
    a.assignee === b.assignee &&
    a.externalId === b.externalId &&
    a.deleted === b.deleted &&
    a.dueMs === b.dueMs
  );
}

function has(entries: readonly IndexEntry[], entry: IndexEntry): boolean {
  return entries.some((other) => sameEntry(other, entry));
}

function sameEntry(a: IndexEntry, b: IndexEntry): boolean {
  switch (a.index) {
    case 'state':
      return (
        b.index === 'state' &&
        a.state === b.state &&
        a.held === b.held &&
        a.notBeforeMs === b.notBeforeMs &&
        a.queue === b.queue &&
        a.priority === b.priority &&
        a.createTimeMs === b.createTimeMs
      );
    case 'assignee':
      return b.index === 'assignee' && a.assignee === b.assignee;
    case 'parent':
      return b.index === 'parent' && a.parent === b.parent;
    case 'external':
      return b.index === 'external' && a.externalId === b.externalId;
    case 'line':
      return (
        b.index === 'line' &&
        a.namespace === b.namespace &&
        a.createTimeMs === b.createTimeMs &&
        a.microseconds === b.microseconds
      );
    case 'timer':
      return b.index === 'timer' && a.timeMs === b.timeMs;
    case 'mailbox':
      return b.index === 'mailbox' && a.mailbox === b.mailbox && a.read === b.read;
    case 'agent':
      return b.index === 'agent' && a.agent === b.agent && a.createTimeMs === b.createTimeMs;
  }
}
