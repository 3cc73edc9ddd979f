/** Which keys a listing walks, and where it goes on. A cursor is the key of the last row in base64url. */
import { indexedOf } from '../../domain/indexed';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { after } from './key-bytes';
import * as keys from './keys';
import type { KeyRange } from './level-store';
import type { ScanOptions, ScanRange } from './state';

export interface ScanKeys {
  readonly range: KeyRange;
  /** Whether the keys are rows' own; else they are index entries. */
  readonly rows: boolean;
}

/** The keys of a range, after a cursor if given, before it in reverse. Throws RangeError for a cursor that is none of this
 *  range. */
export function scanKeys(range: ScanRange, { after: cursor, reverse = false }: ScanOptions = {}): ScanKeys {
  const { gte, lt, rows } = bounds(range);
  if (cursor === undefined) return { range: { gte, lt, reverse }, rows };
  const key = Buffer.from(cursor, 'base64url');
  if (cursorOf(key) !== cursor || key.compare(gte) < 0 || key.compare(lt) >= 0) {
    throw new RangeError('the cursor is none of this listing');
  }
  return { range: reverse ? { gte, lt: key, reverse } : { gt: key, lt }, rows };
}

export const cursorOf = (key: Buffer): string => key.toString('base64url');

function bounds(range: ScanRange): { gte: Buffer; lt: Buffer; rows: boolean } {
  switch (range.by) {
    case 'projects':
      return within(keys.rowPrefix(EntityKind.PROJECT), true);
    case 'tasks':
      return within(keys.rowPrefix(EntityKind.TASK, range.project), true);
    case 'state':
      return within(keys.statePrefix(range.project, range.state, range.held, range.queue), false);
    case 'assignee':
      return within(keys.assigneePrefix(range.project, range.assignee), false);
    case 'parent':
      return within(keys.parentPrefix(range.project, range.parent), false);
    case 'notes': {
      const { project, task } = range;
      return within(
        task === undefined
          ? keys.rowPrefix(EntityKind.NOTE, project)
          : keys.ownedPrefix(EntityKind.NOTE, project, task),
        true,
      );
    }
    case 'operations':
      return within(keys.rowPrefix(EntityKind.OPERATION, ''), true);
    case 'sessions':
      return within(keys.rowPrefix(EntityKind.SESSION, range.project), true);
    case 'agents':
      return within(keys.rowPrefix(EntityKind.AGENT, range.project), true);
    case 'agent':
      return within(keys.agentPrefix(range.project, range.agent), false);
    case 'memories':
      return within(
        range.namespace === undefined
          ? keys.rowPrefix(EntityKind.MEMORY, range.project)
          : keys.memoryPrefix(range.project, range.namespace),
        true,
      );
    case 'mailbox':
      return within(keys.mailboxPrefix(range.project, range.mailbox, range.read), false);
    case 'checkpoints':
      return within(keys.linePrefix(range.project, range.session, range.namespace), false);
    case 'owned':
      return within(keys.ownedPrefix(range.kind, range.project, range.owner), true);
    case 'locks':
      return within(keys.rowPrefix(EntityKind.LOCK, range.project), true);
    case 'rows':
      return within(keys.rowPrefix(range.kind, range.project), true);
    case 'timer':
      return { gte: Buffer.from(keys.timerPrefix()), lt: Buffer.from(keys.timerBound(range.dueMs)), rows: false };
  }
}

/** All keys that start with the prefix, which may stand in shared memory. */
function within(prefix: Buffer, rows: boolean): { gte: Buffer; lt: Buffer; rows: boolean } {
  return { gte: Buffer.from(prefix), lt: after(prefix), rows };
}

/** The cursor that a task with these fields has in a range by state, whether it is there or not. */
export function stateCursor(
  { project, state, held }: Extract<ScanRange, { by: 'state' }>,
  queue: string,
  at: {
    readonly priority: number;
    readonly notBeforeMs: number;
    readonly createTimeMs: number;
    readonly id: string;
  },
): string {
  const entry = { index: 'state', state, held, queue, ...at } as const;
  return cursorOf(keys.indexKey(entry, EntityKind.TASK, project, at.id));
}

/** The cursor that a message has in the listing of a mailbox, whether it is there or not. */
export function mailboxCursor({ project, mailbox, read }: Extract<ScanRange, { by: 'mailbox' }>, id: string): string {
  return cursorOf(keys.indexKey({ index: 'mailbox', mailbox, read }, EntityKind.MESSAGE, project, id));
}

/** The cursor that a checkpoint has in a range of checkpoints, whether it is there or not. `image` is its row. */
export function checkpointCursor(
  { project, namespace }: Extract<ScanRange, { by: 'checkpoints' }>,
  id: string,
  image: Uint8Array,
): string {
  const { createTimeMs, priority: microseconds } = indexedOf(image, EntityKind.CHECKPOINT);
  const entry = { index: 'line', namespace, createTimeMs, microseconds } as const;
  return cursorOf(keys.indexKey(entry, EntityKind.CHECKPOINT, project, id));
}

/** The cursor that a row has in a scan of all of its kind, whether it is there or not. */
export function rowCursor(kind: EntityKind, project: string, id: string): string {
  return cursorOf(keys.rowKey(kind, project, id));
}

/** A text that sorts among those of other timer entries as the entry's key does in the timer index. */
export function timerOrder(timeMs: number, kind: EntityKind, project: string, id: string): string {
  return keys.indexKey({ index: 'timer', timeMs }, kind, project, id).toString('latin1');
}
