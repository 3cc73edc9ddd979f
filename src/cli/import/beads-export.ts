// Tasks as issues of Beads. What Beads has no place for goes into a field of its own, `holdfast`: Beads leaves it out, an import here
// reads it.

import type { JsonValue } from '@bufbuild/protobuf';
import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import type { Note } from '../../gen/holdfast/v1/note';
import type { Dependency } from '../../gen/holdfast/v1/task';
import { Priority, Task, TaskState } from '../../gen/holdfast/v1/task';
import { jsonOf } from '../proto-json';
import { atOf } from '../times';
import { readBeadsIssue } from './beads-form';
import {
  beadsAnnotation as annotation,
  criteriaText,
  kindOf,
  labelWords,
  notesAuthor,
  parentWord,
  wordOf,
} from './beads-words';
import { BadLine, cutBytes, isRecord } from './source-task';

type Issue = Record<string, unknown>;

/** Bytes of a title that Beads takes. */
const titleMaxBytes = 500;
/** Types that Beads knows without being told. */
const issueTypes = new Set(
  'bug feature task epic chore message merge-request molecule gate agent role convoy event'.split(' '),
);
const { PENDING, RUNNING, VERIFYING, INPUT_REQUIRED, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;
const closed: ReadonlySet<TaskState> = new Set([SUCCEEDED, FAILED, CANCELED]);
const statuses: ReadonlyMap<TaskState, string> = new Map([
  [PENDING, 'open'],
  [RUNNING, 'in_progress'],
  [VERIFYING, 'in_progress'],
  [INPUT_REQUIRED, 'blocked'],
  [PAUSED, 'deferred'],
]);
/** Fields that say the same in another way, or are of the place where the task is. */
const notCompared: ReadonlySet<string> = new Set(
  (
    'name uid etag revision updateTime creator originSession successor parent dependencies unresolvedDependencies importId ' +
    'readiness pausedFrom annotations deleteTime purgeTime _unknownFields'
  ).split(' '),
);

/** The issue of a task. `keyOf` gives the issue's id of any task by its name. */
export function beadsIssueOf(task: Task, notes: readonly Note[], keyOf: (name: string) => string): Issue {
  const record = recordOf(task);
  const { dependencies: recorded, ...rest } = record;
  const id = keyOf(task.name);
  const own = notes.filter(({ author }) => author === notesAuthor);
  const end = closed.has(task.state) ? timeText(task.endTime ?? task.updateTime) : '';
  const fields: Issue = {
    id,
    title: cutBytes(task.title, titleMaxBytes),
    description: task.description,
    design: task.annotations.get(annotation.design),
    acceptance_criteria: task.annotations.get(annotation.acceptance) ?? criteriaText(task.acceptanceCriteria),
    notes: own.map(({ text }) => text).join(''),
    status: statusOf(task),
    priority: Math.max(0, task.priority - Priority.P0),
    issue_type: issueTypes.has(task.kind) ? task.kind : 'task',
    assignee: task.assignee,
    created_at: timeText(task.createTime),
    updated_at: timeText(task.updateTime),
    closed_at: end,
    close_reason: end && (task.stateReason || task.error?.message),
    due_at: timeText(task.dueTime),
    defer_until: timeText(task.notBefore),
    labels: labelsOf(task),
    dependencies: edgesOf(task, id, Array.isArray(recorded) ? recorded : [], keyOf),
    comments: notes
      .filter(({ author }) => author !== notesAuthor)
      .map(({ text, author, createTime }, i) => ({
        ...{ id: i + 1, issue_id: id, author, text, created_at: timeText(createTime) },
      })),
    ...rest,
  };
  const issue = Object.fromEntries(Object.entries(fields).filter(([, value]) => !isUnset(value)));
  const more = missing(task, issue);
  return more === undefined ? issue : { ...issue, holdfast: more };
}

function statusOf({ state, annotations }: Task): string {
  if (closed.has(state)) return 'closed';
  const before = state === PAUSED ? annotations.get(annotation.status) : undefined;
  return before ?? statuses.get(state) ?? 'open';
}

function recordOf({ annotations }: Task): Issue {
  const value = parsed(annotations.get(annotation.record));
  return isRecord(value) ? value : {};
}

function labelsOf({ labels, annotations }: Task): string[] {
  const kept = parsed(annotations.get(annotation.labels));
  return [...labelWords(labels), ...(Array.isArray(kept) ? kept.filter((word) => typeof word === 'string') : [])];
}

/** Each edge in the words that it came with, with what was recorded of it. */
function edgesOf(task: Task, id: string, recorded: readonly unknown[], keyOf: (name: string) => string): Issue[] {
  const edge = (target: string, type: string): Issue => {
    const more = recorded.find((one) => isRecord(one) && one['depends_on_id'] === target && one['type'] === type);
    const created = timeText(task.createTime);
    return { issue_id: id, depends_on_id: target, type, created_at: created, ...(isRecord(more) ? more : {}) };
  };
  const edges = [...task.dependencies, ...task.unresolvedDependencies].flatMap((dependency) => {
    const target = keyOf(dependency.task);
    return wordsOf(task, dependency, target).map((word) => edge(target, word));
  });
  return task.parent === '' ? edges : [edge(keyOf(task.parent), parentWord), ...edges];
}

function wordsOf({ annotations }: Task, { kind }: Dependency, target: string): string[] {
  const said = annotations.get(annotation.edge + target)?.split(',') ?? [];
  const words = said.filter((word) => kindOf(word) === kind);
  return words.length > 0 ? words : [wordOf(kind)];
}

/** What an import of this issue would not bring back: as a task's ProtoJSON. */
function missing(task: Task, issue: Issue): JsonValue | undefined {
  const back = readBack(issue);
  const more = Task.create();
  const differing = Object.entries(task).filter(([name, value]) => {
    if (notCompared.has(name) || isUnset(value)) return false;
    if (name === 'state') return value === FAILED || value === CANCELED;
    if (name === 'externalId') return value !== issue['id'];
    return text(value) !== text(back[name as keyof Task]);
  });
  Object.assign(more, Object.fromEntries(differing));
  for (const [name, value] of task.annotations)
    if (back.annotations.get(name) !== value) more.annotations.set(name, value);
  if (differing.length === 0 && more.annotations.size === 0) return undefined;
  return jsonOf('holdfast.v1.Task', Task.encode(more).finish());
}

/** The task that an import of the issue makes, with what the service gives. */
function readBack(issue: Issue): Task {
  try {
    const { task } = readBeadsIssue(issue, '')!;
    const acceptanceCriteria = task.acceptanceCriteria.map((one, i) => ({ ...one, id: `c${i + 1}` }));
    return { ...task, queue: 'default', acceptanceCriteria };
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    // What cannot be read back by its fields comes back by `holdfast` alone.
    return Task.create();
  }
}

/** For comparing: maps have no order. */
function text(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === '_unknownFields') return undefined;
    return inner instanceof Map ? [...inner].sort() : inner;
  });
}

function isUnset(value: unknown): boolean {
  if (value === undefined || value === '' || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    // Somebody wrote an annotation of this name by hand: there is nothing to take from it.
    return undefined;
  }
}

function timeText(time: Timestamp | undefined): string {
  return time ? new Date(atOf(time)).toISOString().replace('.000Z', 'Z') : '';
}
