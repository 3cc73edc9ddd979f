// How checkpoints go: one by one, with all that is beside them, as many in one command as a record holds.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { DeleteCheckpointsRequest } from '../../gen/holdfast/v1/session_service';
import { unrefer } from './blob';
import { CHECKPOINTS_OF_CALL_MAX, CHECKPOINT_ROWS_OF_CALL_MAX } from './checkpoint-limits';
import { goneNewest, lineOf, putLine } from './checkpoint-line';
import { checkpointRowId, parseCheckpoint } from './checkpoint-names';
import { dataOf, find, writeRowId } from './checkpoint-rows';
import type { Draft } from '../draft';
import { taskIdIn } from '../names';
import type { SessionRemains } from '../own-requests';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';
import { findSession } from './saving-session';
import { removeTranscript } from './transcript-removal';

/** What one command may still take away. */
export interface RemovalRoom {
  checkpoints: number;
  rows: number;
}

/**
 * DeleteCheckpoints: those that the request names, or else `listed`, the checkpoints of its namespace as a listing saw them. What is gone already
 * is passed over. Gives the indices of the changes that take them away.
 */
export function deleteCheckpoints(
  draft: Draft,
  request: DeleteCheckpointsRequest,
  listed: readonly string[] = [],
): number[] {
  const { names, namespace } = request;
  if (names.length > CHECKPOINTS_OF_CALL_MAX) {
    throw fieldInvalid('names', `has ${names.length} entries, at most ${CHECKPOINTS_OF_CALL_MAX} are allowed`);
  }
  if (names.length > 0 && namespace !== '') throw fieldInvalid('namespace', 'is for calls without names');
  const { project, id: session } = findSession(draft, 'deleteCheckpoints', request.parent, 'parent');
  const ids = names.length > 0 ? names.map((name, i) => idOf(name, `names[${i}]`, project, session)) : listed;
  return removeCheckpoints(draft, project, session, ids, roomOfCall());
}

/** What one command takes away at most. */
export function roomOfCall(): RemovalRoom {
  return { checkpoints: CHECKPOINTS_OF_CALL_MAX, rows: CHECKPOINT_ROWS_OF_CALL_MAX };
}

/** Takes a checkpoint away: its bytes, its writes, and where its tasks show it. Gives the index of its change; undefined if it is gone. */
export function removeCheckpoint(
  draft: Draft,
  project: string,
  session: string,
  id: string,
  room: RemovalRoom,
): number | undefined {
  const checkpoint = find(draft, project, session, id);
  if (!checkpoint) return undefined;
  const { name, namespace, digest, sizeBytes, tasks } = checkpoint;
  const rowId = checkpointRowId(session, id);
  const { inline, writes } = dataOf(draft, project, rowId);
  for (let number = 1; number <= writes; number++)
    remove(draft, EntityKind.CHECKPOINT_WRITE, project, writeRowId(rowId, number));
  if (inline.length > 0 || writes > 0) remove(draft, EntityKind.CHECKPOINT_DATA, project, rowId);
  if (inline.length === 0 && sizeBytes > 0) unrefer(draft, digest);
  for (const task of tasks) {
    const work = draft.works.work(project, taskIdIn(task));
    if (work.latestCheckpoint === name) work.latestCheckpoint = '';
  }
  const line = { project, session, namespace };
  const known = lineOf(draft, line);
  const newest = known.newest === id ? goneNewest(checkpoint) : known.newest;
  putLine(draft, line, { ...known, count: known.count - 1, newest });
  room.checkpoints--;
  room.rows -= 4 + writes + tasks.length;
  return draft.put(EntityKind.CHECKPOINT, project, rowId, undefined, EventType.CHECKPOINT_DELETED, []);
}

/**
 * Takes away what a session that is purged has saved, as far as one command may. True: there is more, and the session's row has to stay until it
 * is gone. `remains` is what a listing saw, right before.
 */
export function removeOfSession(draft: Draft, project: string, session: string, remains: SessionRemains): boolean {
  const room = roomOfCall();
  removeCheckpoints(draft, project, session, remains.checkpoints, room);
  let done = remains.checkpoints.every((id) => !find(draft, project, session, id));
  for (const path of remains.transcripts) done = removeTranscript(draft, project, session, path, room) && done;
  for (const namespace of remains.namespaces) {
    const isEmpty = lineOf(draft, { project, session, namespace }).count === 0;
    if (isEmpty) remove(draft, EntityKind.CHECKPOINT_LINE, project, `${session}/${namespace}`);
  }
  return !done || remains.more;
}

function removeCheckpoints(
  draft: Draft,
  project: string,
  session: string,
  ids: readonly string[],
  room: RemovalRoom,
): number[] {
  const removed: number[] = [];
  for (const id of ids) {
    if (room.checkpoints <= 0 || room.rows <= 0) break;
    const index = removeCheckpoint(draft, project, session, id, room);
    if (index !== undefined) removed.push(index);
  }
  return removed;
}

function idOf(name: string, field: string, project: string, session: string): string {
  const parsed = parseCheckpoint(name, field);
  if (parsed.project === project && parsed.session === session) return parsed.checkpoint;
  throw fieldInvalid(field, `${quote(name)} is of another session than the parent`);
}

function remove(draft: Draft, kind: EntityKind, project: string, id: string): void {
  if (draft.image(kind, project, id)) draft.put(kind, project, id, undefined, EventType.UNSPECIFIED, []);
}
