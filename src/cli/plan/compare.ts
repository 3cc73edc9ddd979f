// What has to be done so that the tasks of a project are as a plan says.
//
// 1. Only what the plan says is compared: a description that it does not give is left alone.
// 2. Edges by BLOCKS between two tasks that the plan made are the plan's: those that it does not say are removed. All others stay.
// 3. A task that has ended is immutable, so it is left as it is; a tick in the plan completes a task that is PENDING.
// 4. A task that the plan no longer has is only named, unless it is to be pruned.

import type { AcceptanceCriterion, Task } from '../../gen/holdfast/v1/task';
import { DependencyKind, TaskState } from '../../gen/holdfast/v1/task';
import { shortId } from '../resource-name';
import { priorityWord, stateWord } from '../task-words';
import type { PlannedTask } from './planned-task';

/** One field that is not as the plan says, in words. */
export interface FieldDifference {
  /** As an update mask names it. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A task that an edge leads to: one of the plan by its key, or another by its name. */
export type EdgeTarget = { readonly key: string } | { readonly name: string };

export interface TaskDifference {
  readonly planned: PlannedTask;
  /** As it is; undefined if it has to be created. */
  readonly present: Task | undefined;
  /** It was deleted, and has to come back. */
  readonly undelete: boolean;
  readonly fields: readonly FieldDifference[];
  readonly edgesAdded: readonly EdgeTarget[];
  /** Names of tasks. */
  readonly edgesRemoved: readonly string[];
  readonly complete: boolean;
}

export interface Comparison {
  /** Tasks of the plan that are not as it says, in its order. */
  readonly differences: readonly TaskDifference[];
  /** The names of the tasks of the plan that are there, by their keys. */
  readonly names: ReadonlyMap<string, string>;
  /** How many are as it says. */
  readonly same: number;
  /** Live tasks of an earlier form of the plan that it no longer has. */
  readonly gone: readonly Task[];
  /** What stays as it is although the plan says otherwise, and why. */
  readonly remarks: readonly string[];
}

const ended: readonly TaskState[] = [TaskState.SUCCEEDED, TaskState.CANCELED];

interface Known {
  /** Names of the tasks of the plan that are there, by their keys; and the other way round. */
  readonly names: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, string>;
  /** Names of all that earlier forms of the plan made. */
  readonly ours: ReadonlySet<string>;
}

/** Compares the tasks of a plan with those that are there, by their external ids. */
export function comparePlan(planned: readonly PlannedTask[], present: readonly Task[]): Comparison {
  const byExternalId = new Map(present.map((task) => [task.externalId, task]));
  const names = new Map<string, string>();
  for (const { key, externalId } of planned) {
    const task = byExternalId.get(externalId);
    if (task) names.set(key, task.name);
  }
  const keys = new Map([...names].map(([key, name]) => [name, key]));
  const ours = new Set(present.map(({ name }) => name));
  const remarks: string[] = [];
  const differences: TaskDifference[] = [];
  for (const one of planned) {
    const task = byExternalId.get(one.externalId);
    const difference = task ? changed(one, task, { names, keys, ours }, remarks) : created(one);
    if (difference) differences.push(difference);
  }
  const kept = new Set(planned.map(({ externalId }) => externalId));
  const gone = present.filter(
    ({ externalId, deleteTime, state }) => !kept.has(externalId) && !deleteTime && !ended.includes(state),
  );
  return { differences, names, same: planned.length - differences.length, gone, remarks };
}

function created(planned: PlannedTask): TaskDifference {
  const edgesAdded = [...planned.needs.map((key) => ({ key })), ...planned.needsOutside.map((name) => ({ name }))];
  const complete = planned.item.done;
  return { planned, present: undefined, undelete: false, fields: [], edgesAdded, edgesRemoved: [], complete };
}

function changed(
  planned: PlannedTask,
  present: Task,
  { names, keys, ours }: Known,
  remarks: string[],
): TaskDifference | undefined {
  const { item } = planned;
  const fields = fieldDifferences(planned, present, planned.parent === undefined ? '' : names.get(planned.parent));
  const waitsFor = [...present.dependencies, ...present.unresolvedDependencies]
    .filter(({ kind }) => kind === DependencyKind.BLOCKS)
    .map(({ task }) => task);
  const edgesAdded: EdgeTarget[] = [
    ...planned.needs.filter((key) => !waitsFor.includes(names.get(key) ?? '')).map((key) => ({ key })),
    ...planned.needsOutside.filter((name) => !waitsFor.includes(name)).map((name) => ({ name })),
  ];
  const edgesRemoved = waitsFor.filter((name) => {
    const key = keys.get(name);
    return ours.has(name) && (key === undefined || !planned.needs.includes(key));
  });
  const undelete = present.deleteTime !== undefined;
  const differs = undelete || fields.length + edgesAdded.length + edgesRemoved.length > 0;
  if (ended.includes(present.state)) {
    if (differs)
      remarks.push(`${shortId(present.name)} is ${stateWord(present.state)} and stays as it is: ${item.title}`);
    return undefined;
  }
  const complete = item.done && present.state === TaskState.PENDING;
  if (item.done && !complete) {
    remarks.push(`${shortId(present.name)} is ticked, but ${stateWord(present.state)}: it is not completed`);
  }
  if (!differs && !complete) return undefined;
  return { planned, present, undelete, fields, edgesAdded, edgesRemoved, complete };
}

function fieldDifferences({ item }: PlannedTask, present: Task, parent: string | undefined): FieldDifference[] {
  const differences: FieldDifference[] = [];
  const compare = (path: string, after: string | undefined, before: string) => {
    if (after !== undefined && after !== before) differences.push({ path, before, after });
  };
  compare('title', item.title, present.title);
  // A parent that has to be created has no name yet.
  compare('parent', parent === undefined ? '(new)' : shortId(parent), shortId(present.parent));
  compare(
    'priority',
    item.priority === undefined ? undefined : priorityWord(item.priority),
    priorityWord(present.priority),
  );
  compare('queue', item.queue, present.queue);
  compare('kind', item.kind, present.kind);
  compare('assignee', item.assignee, present.assignee);
  compare('description', item.description, present.description);
  for (const [key, value] of item.labels) {
    const before = present.labels.get(key);
    if (before !== value) differences.push({ path: `labels.${key}`, before: before ?? '', after: value });
  }
  const criteria = (texts: readonly string[]) => texts.join('; ');
  if (item.criteria && !sameTexts(item.criteria, present.acceptanceCriteria)) {
    const before = criteria(present.acceptanceCriteria.map(({ text }) => text));
    differences.push({ path: 'acceptance_criteria', before, after: criteria(item.criteria) });
  }
  return differences;
}

function sameTexts(texts: readonly string[], criteria: readonly AcceptanceCriterion[]): boolean {
  return texts.length === criteria.length && texts.every((text, index) => text === criteria[index]!.text);
}
