// What agents save of their progress. A checkpoint is one row that never changes; its bytes and its pending writes are beside it.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import type { SaveCheckpointRequest } from '../../gen/holdfast/v1/session_service';
import type { NamedIn } from '../sessions/agent-names';
import { refer } from './blob';
import {
  CHECKPOINTS_TRIMMED_MAX,
  CHECKPOINT_ROWS_OF_CALL_MAX,
  CHECKPOINT_TASKS_MAX,
  LINE_LENGTH_MAX,
  METADATA_BYTES_MAX,
} from './checkpoint-limits';
import { giveCheckpointId, lineOf, nextTime, putLine } from './checkpoint-line';
import type { LineName } from './checkpoint-line';
import { checkpointIdProblem, checkpointRowId, formatCheckpoint, parseCheckpoint } from './checkpoint-names';
import { ageDueMs, trim, trimSoon } from './checkpoint-retention';
import { find, putData } from './checkpoint-rows';
import type { Draft } from '../draft';
import { checkLength } from '../field-checks';
import { checkHolder } from '../work/holder';
import { checkStruct } from '../json-struct';
import { MEDIA_TYPE_LENGTH_MAX } from '../limits';
import { formatTask } from '../names';
import { Refusal, fieldInvalid } from '../refusal';
import { imageOf } from '../row-image';
import { findSavingSession } from './saving-session';
import { findLiveTask } from '../task-access';
import { millisecondsOf } from '../timestamp';
import { Violations } from '../violations';

/** A checkpoint that is to be kept, with its bytes where they stand in a row. */
export type NewCheckpoint = Pick<
  Checkpoint,
  'namespace' | 'parent' | 'mediaType' | 'data' | 'digest' | 'sizeBytes' | 'metadata' | 'tasks'
>;

/**
 * SaveCheckpoint and UploadCheckpoint. `digest` and `size_bytes` of the checkpoint are what the service has found of its bytes, which stand in
 * `data` up to 64 KiB, and in a blob beyond. `oldest` names the first of the line as a listing saw them: the retention takes from there.
 * Refuses with ALREADY_EXISTS where the id stands for something else; what it stands for is answered again.
 *
 * Gives the number of the checkpoint's row.
 */
export function saveCheckpoint(draft: Draft, request: SaveCheckpointRequest, oldest: readonly string[] = []): number {
  const { checkpoint: given, checkpointId, fencingTokens } = request;
  if (!given) throw fieldInvalid('checkpoint', 'is required');
  check(request, given);
  const { project, id: session } = findSavingSession(draft, 'saveCheckpoint', request.parent, 'parent');
  const holds = given.tasks.map((task, i) => {
    const found = findLiveTask(draft, 'saveCheckpoint', task, '', `checkpoint.tasks[${i}]`);
    if (found.project !== project) throw fieldInvalid(`checkpoint.tasks[${i}]`, 'is of another project');
    return found;
  });
  const checkpoint = { ...given, tasks: holds.map((found) => formatTask(project, found.id)) };
  const known = checkpointId === '' ? undefined : find(draft, project, session, checkpointId);
  if (known) return again(draft, { project, id: session }, checkpointId, known, checkpoint);
  holds.forEach((found, i) => {
    const work = draft.works.work(project, found.id);
    checkHolder(draft, found, work, fencingTokens[i] ?? 0, true);
  });
  const id = checkpointId === '' ? giveCheckpointId(draft, project, session) : checkpointId;
  for (const found of holds)
    draft.works.work(project, found.id).latestCheckpoint = formatCheckpoint(project, session, id);
  const line = { project, session, namespace: checkpoint.namespace };
  const index = putCheckpoint(draft, line, id, checkpoint);
  trim(draft, line, oldest, { checkpoints: CHECKPOINTS_TRIMMED_MAX, rows: CHECKPOINT_ROWS_OF_CALL_MAX });
  trimSoon(draft, line);
  return index;
}

/** Puts a checkpoint that has an id of its own at the end of its line. Gives the index of its change. */
export function putCheckpoint(draft: Draft, line: LineName, id: string, given: NewCheckpoint): number {
  const { project, session, namespace } = line;
  const known = lineOf(draft, line);
  const { parent, mediaType, data, digest, sizeBytes, metadata, tasks } = given;
  const createTime = nextTime(draft, line, known);
  const row: Checkpoint = {
    name: formatCheckpoint(project, session, id),
    ...{ namespace, parent, mediaType, data: NO_BYTES, digest, sizeBytes, metadata, tasks, createTime },
    pendingWrites: [],
  };
  const rowId = checkpointRowId(session, id);
  const index = draft.put(
    EntityKind.CHECKPOINT,
    project,
    rowId,
    imageOf(Checkpoint, row),
    EventType.CHECKPOINT_SAVED,
    [],
  );
  if (data.length > 0) putData(draft, project, rowId, { inline: data, writes: 0 });
  else if (sizeBytes > 0) refer(draft, digest, sizeBytes);
  const dueMs = known.dueMs > 0 ? known.dueMs : ageDueMs(known, millisecondsOf(createTime));
  putLine(draft, line, { ...known, count: known.count + 1, newest: id, dueMs });
  return index;
}

const NO_BYTES = Buffer.alloc(0);

function check({ checkpointId, fencingTokens }: SaveCheckpointRequest, given: Checkpoint): void {
  const violations = new Violations();
  const { report } = violations;
  const problem = checkpointId === '' ? undefined : checkpointIdProblem(checkpointId);
  if (problem) report('checkpoint_id', problem);
  checkLength(given.namespace, LINE_LENGTH_MAX, 'checkpoint.namespace', report);
  checkLength(given.mediaType, MEDIA_TYPE_LENGTH_MAX, 'checkpoint.media_type', report);
  checkStruct(given.metadata, 'checkpoint.metadata', report, METADATA_BYTES_MAX);
  const { tasks } = given;
  if (tasks.length > CHECKPOINT_TASKS_MAX) {
    report('checkpoint.tasks', `has ${tasks.length} entries, at most ${CHECKPOINT_TASKS_MAX} are allowed`);
  } else if (new Set(tasks).size < tasks.length) report('checkpoint.tasks', 'names a task twice');
  if (fencingTokens.length !== tasks.length) {
    report(
      'fencing_tokens',
      `has ${fencingTokens.length} entries for ${tasks.length} tasks: the token of each is needed`,
    );
  }
  violations.throwIfAny();
  // Whether it still exists does not matter, but it must be a name.
  if (given.parent !== '') parseCheckpoint(given.parent, 'checkpoint.parent');
}

/** The same once more: what is there is the answer. */
function again(
  draft: Draft,
  { project, id: session }: NamedIn,
  checkpoint: string,
  known: Checkpoint,
  given: NewCheckpoint,
): number {
  if (essence(known) === essence(given)) {
    return draft.named(EntityKind.CHECKPOINT, project, checkpointRowId(session, checkpoint));
  }
  const name = formatCheckpoint(project, session, checkpoint);
  const message = `${name} exists already and is another: choose another id, or leave it empty`;
  throw new Refusal('ALREADY_EXISTS', message, { metadata: { name }, resource: { type: 'checkpoint', name } });
}

function essence({ namespace, parent, mediaType, digest, metadata, tasks }: NewCheckpoint): string {
  return JSON.stringify([namespace, parent, mediaType, digest, sorted(metadata ?? null), tasks]);
}

/** A value whose text is that of all equal ones: objects have their keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, item]) => [key, sorted(item)]) };
}
