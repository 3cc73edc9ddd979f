// Tasks taken over from elsewhere. They come in PAUSED, with `import_id` and, as `paused_from`, the state that they will end in,
// so that nobody starts on half a backlog. The end of the import releases them.

import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { Task } from '../gen/holdfast/v1/task';
import { DependencyKind, TaskState } from '../gen/holdfast/v1/task';
import type { ImportedTask } from '../gen/holdfast/v1/task_service';
import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { newTask, takeTaskId } from './create-task';
import { addEdge, resolveAwaiting } from './dependency';
import type { Draft } from './draft';
import { checkBytes, checkTime } from './field-checks';
import { indexedOf } from './indexed';
import { checkStruct } from './json-struct';
import { DEPENDENCIES_MAX, IMPORT_CHUNK_TASKS_MAX, NOTES_MAX, REASON_BYTES_MAX } from './limits';
import { chosenTaskIdProblem, formatTask, isExternalId, parseProject, taskIdIn } from './names';
import { checkNote, putNote } from './note';
import type { ImportedChunk, ImportRelease } from './own-requests';
import { inPart } from './placed';
import { Refusal, fieldInvalid } from './refusal';
import { enterProject } from './task-access';
import { checkTaskError, contentFields } from './task-content';
import { placeBelow } from './task-parent';
import { millisecondsOf, timestampOf } from './timestamp';
import { Violations } from './violations';

/** All tasks of a chunk, or of a release, were dealt with before: there is nothing to decide. */
export class NothingToImport extends Error {
  override readonly name = 'NothingToImport';
}

const { PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;

/** The event of a task that is released into a state. */
const releaseEvents: ReadonlyMap<TaskState, EventType> = new Map([
  [PENDING, EventType.TASK_RESUMED],
  [PAUSED, EventType.TASK_UPDATED],
  [SUCCEEDED, EventType.TASK_COMPLETED],
  [FAILED, EventType.TASK_FAILED],
  [CANCELED, EventType.TASK_CANCELED],
]);
/** How far ahead of the journal's time a source's clock may be, in milliseconds: a day, so that no time zone matters. */
const CLOCK_AHEAD_MAX_MS = 24 * 60 * 60 * 1000;

/**
 * Creates the tasks of a chunk that are not there yet, with their parents, edges and notes. What cannot be as it was asked for
 * is left out or made less: `import-report` in the services tells it from what was created. Throws NothingToImport.
 */
export function importTasks(draft: Draft, chunk: ImportedChunk): readonly number[] {
  const { parent, importId, tasks, offset, lenient } = chunk;
  const project = parseProject(parent, 'begin.parent');
  enterProject(draft, 'importTasks', project);
  checkChunk(tasks, offset);
  const created: { readonly id: string; readonly source: ImportedTask; readonly part: string }[] = [];
  tasks.forEach((source, i) => {
    if (importedId(draft, project, source.key) !== undefined) return;
    const part = `chunk.tasks[${offset + i}]`;
    created.push({ id: inPart(part, () => create(draft, project, importId, source)), source, part });
  });
  if (created.length === 0) throw new NothingToImport();
  // After all of them: an edge between two of a chunk never has to wait for its target.
  for (const { id, source, part } of created) {
    inPart(part, () => {
      link(draft, project, id, source, lenient);
      for (const note of source.notes) putNote(draft, project, id, note);
    });
  }
  return [];
}

/** Ends the import of these tasks: each gets the state that it came for. Those of other imports are left alone. Throws
 *  NothingToImport. */
export function releaseImport(draft: Draft, { parent, importId, names }: ImportRelease): readonly number[] {
  const project = parseProject(parent, 'begin.parent');
  enterProject(draft, 'releaseImport', project);
  let released = 0;
  for (const name of names) {
    const id = taskIdIn(name);
    const task = draft.task(project, id);
    if (!task || task.importId !== importId || task.deleteTime || task.state !== PAUSED) continue;
    const state = task.pausedFrom || PENDING;
    // One that stays PAUSED is resumed like any other: by then nobody knows better than to begin.
    const pausedFrom = state === PAUSED ? PENDING : TaskState.UNSPECIFIED;
    const event = releaseEvents.get(state) ?? EventType.TASK_UPDATED;
    draft.putTask(project, id, task, { ...task, importId: '', state, pausedFrom }, event);
    released++;
  }
  if (released === 0) throw new NothingToImport();
  return [];
}

/** The id of the task that a key names: the task with this id, or with this external id. */
function importedId(draft: Draft, project: string, key: string): string | undefined {
  if (chosenTaskIdProblem(key) === undefined && draft.image(EntityKind.TASK, project, key)) return key;
  return draft.taskIdByExternalId(project, key);
}

/** What names the task of a key that is not there: its id if a client may choose it, else its external id. */
function awaitedName(project: string, key: string): string {
  return formatTask(project, chosenTaskIdProblem(key) === undefined ? key : `external:${key}`);
}

function create(draft: Draft, project: string, importId: string, source: ImportedTask): string {
  const content = source.task!;
  const chosen = chosenTaskIdProblem(source.key) === undefined;
  const { id, task } = newTask(draft, project, takeTaskId(draft, project, chosen ? source.key : ''));
  for (const field of contentFields) field.copy(content, task);
  task.externalId = chosen ? freeExternalId(draft, project, content.externalId) : source.key;
  task.state = PAUSED;
  task.pausedFrom = endState(content.state);
  task.importId = importId;
  task.stateReason = content.stateReason;
  task.createTime = usableTime(draft, content.createTime) ?? draft.now;
  setEnd(draft, task, content);
  setParent(draft, project, id, task, source.parentKey);
  draft.putTask(project, id, undefined, task, EventType.TASK_CREATED);
  resolveAwaiting(draft, project, id, task.externalId);
  return id;
}

/** The state that the task ends in: nobody holds it here, and nobody was asked anything. */
function endState(state: TaskState): TaskState {
  if (state === TaskState.UNSPECIFIED) return PENDING;
  return state === RUNNING || state === VERIFYING || state === INPUT_REQUIRED ? PAUSED : state;
}

/** A time of the source that an index can hold: not before 1970, and not in the future; else undefined. */
function usableTime(draft: Pick<Draft, 'context'>, time: Timestamp | undefined): Timestamp | undefined {
  if (!time) return undefined;
  const atMs = millisecondsOf(time);
  return atMs > 0 && atMs <= draft.context.nowMs + CLOCK_AHEAD_MAX_MS ? timestampOf(atMs) : undefined;
}

function freeExternalId(draft: Draft, project: string, externalId: string): string {
  return externalId !== '' && draft.taskIdByExternalId(project, externalId) === undefined ? externalId : '';
}

function setEnd(draft: Draft, task: Task, content: Task): void {
  const state = task.pausedFrom;
  if (state !== SUCCEEDED && state !== FAILED && state !== CANCELED) return;
  task.endTime = usableTime(draft, content.endTime) ?? draft.now;
  if (state === SUCCEEDED) task.result = content.result;
  if (state === FAILED) task.error = content.error && { ...content.error, _unknownFields: undefined };
}

/** Sets the parent if it is there, not deleted, and not too deep already. */
function setParent(draft: Draft, project: string, id: string, task: Task, parentKey: string): void {
  const parent = parentKey === '' ? undefined : importedId(draft, project, parentKey);
  if (parent === undefined || parent === id || isDeleted(draft, project, parent)) return;
  if (!fits(() => placeBelow(draft, project, id, parent))) return;
  task.parent = formatTask(project, parent);
}

function isDeleted(draft: Draft, project: string, id: string): boolean {
  const image = draft.image(EntityKind.TASK, project, id);
  return !image || indexedOf(image).deleted;
}

function link(draft: Draft, project: string, id: string, { edges }: ImportedTask, lenient: boolean): void {
  if (edges.length === 0) return;
  const before = draft.task(project, id)!;
  const after = { ...before };
  for (const { key, kind } of edges) {
    const target = importedId(draft, project, key);
    if (target === id) continue;
    const name = target === undefined ? awaitedName(project, key) : formatTask(project, target);
    const add = () => addEdge(draft, project, id, after, { task: name, kind }, RULES);
    if (lenient) fits(add);
    else add();
  }
  draft.putTask(project, id, before, after, EventType.TASK_CREATED);
}

const RULES = { allowUnresolved: true, relateCycles: true };

/** Whether the graph has room for it. */
function fits(add: () => unknown): boolean {
  try {
    add();
    return true;
  } catch (error) {
    if (error instanceof Refusal && ['GRAPH_TOO_LARGE', 'DEPENDENCY_CYCLE'].includes(error.reason)) return false;
    throw error;
  }
}

/** Checks the form of all tasks, so that a caller learns of everything that is malformed at once. */
function checkChunk(tasks: readonly ImportedTask[], offset: number): void {
  if (tasks.length > IMPORT_CHUNK_TASKS_MAX) {
    throw fieldInvalid('chunk.tasks', `has ${tasks.length} entries, at most ${IMPORT_CHUNK_TASKS_MAX} are allowed`);
  }
  const violations = new Violations();
  const keys = new Set<string>();
  tasks.forEach((imported, i) => {
    violations.prefix = `chunk.tasks[${offset + i}].`;
    const { report } = violations;
    const { key, task } = imported;
    if (!isExternalId(key)) report('key', 'is 1 to 256 printable characters');
    else if (keys.has(key)) report('key', 'stands in the chunk twice');
    keys.add(key);
    checkLinks(imported, violations);
    violations.prefix = `chunk.tasks[${offset + i}].task.`;
    if (task) checkTask(task, violations);
    else violations.report('title', 'is required');
  });
  violations.throwIfAny();
}

function checkTask(task: Task, { report }: Violations): void {
  for (const field of contentFields) field.check(task, report);
  if (task.externalId !== '' && !isExternalId(task.externalId)) {
    report('external_id', 'is 1 to 256 printable characters');
  }
  if (!(task.state >= TaskState.UNSPECIFIED && task.state <= CANCELED)) report('state', `${task.state} is no state`);
  checkBytes(task.stateReason, REASON_BYTES_MAX, 'state_reason', report);
  checkTime(task.createTime, 'create_time', report);
  checkTime(task.endTime, 'end_time', report);
  checkStruct(task.result, 'result', report);
  checkTaskError(task.error, report);
}

function checkLinks({ parentKey, edges, notes }: ImportedTask, violations: Violations): void {
  const { report } = violations;
  if (parentKey !== '' && !isExternalId(parentKey)) report('parent_key', 'is 1 to 256 printable characters');
  if (edges.length > DEPENDENCIES_MAX) {
    report('edges', `has ${edges.length} entries, at most ${DEPENDENCIES_MAX} are allowed`);
  }
  edges.slice(0, DEPENDENCIES_MAX).forEach(({ key, kind }, i) => {
    if (!isExternalId(key)) report(`edges[${i}].key`, 'is 1 to 256 printable characters');
    if (!(kind > DependencyKind.UNSPECIFIED && kind <= DependencyKind.DUPLICATES)) {
      report(`edges[${i}].kind`, 'is required');
    }
  });
  if (notes.length > NOTES_MAX) report('notes', `has ${notes.length} entries, at most ${NOTES_MAX} are allowed`);
  notes.slice(0, NOTES_MAX).forEach((note, i) => {
    checkNote(note, (field, description) => report(`notes[${i}].${field}`, description));
    checkTime(note.createTime, `notes[${i}].create_time`, report);
  });
}
