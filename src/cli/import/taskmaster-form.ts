// The tasks.json of Task Master: `{tasks: […]}`, or a list for each tag: `{master: {tasks: […]}, …}`. A tag is a queue, a subtask a
// child. docs/import.md has the table.

import type { AcceptanceCriterion } from '../../gen/holdfast/v1/task';
import { DependencyKind, Priority, TaskState } from '../../gen/holdfast/v1/task';
import type { SourceEdge, SourceTask } from './source-task';
import {
  annotationsFit,
  BadLine,
  criterionMaxCharacters,
  cut,
  cutBytes,
  descriptionMaxBytes,
  distinctEdges,
  isKey,
  isRecord,
  lostParentAnnotation,
  newSourceTask,
  textOf,
  timeOf,
} from './source-task';

type Item = Readonly<Record<string, unknown>>;

/** The tag that Task Master uses when none is named: the default queue. */
const masterTag = 'master';
const recordAnnotation = 'taskmaster.record';
const placed = new Set(
  (
    'id title description details testStrategy status priority dependencies subtasks createdAt assignee ' +
    'acceptanceCriteria parentId parentTaskId'
  ).split(' '),
);
const { PENDING, PAUSED, SUCCEEDED, CANCELED } = TaskState;
const states: ReadonlyMap<string, TaskState> = new Map([
  ['pending', PENDING],
  ['done', SUCCEEDED],
  ['completed', SUCCEEDED],
  ['cancelled', CANCELED],
  ['canceled', CANCELED],
  ['in-progress', PAUSED],
  ['review', PAUSED],
  ['deferred', PAUSED],
  ['blocked', PAUSED],
]);
const priorities: ReadonlyMap<string, Priority> = new Map([
  ['critical', Priority.P0],
  ['high', Priority.P1],
  ['medium', Priority.P2],
  ['low', Priority.P3],
]);

/** The lists of such a file by their tag; undefined if it is no such file. */
export function taskMasterTags(value: unknown): ReadonlyMap<string, readonly unknown[]> | undefined {
  if (!isRecord(value)) return undefined;
  if (Array.isArray(value['tasks'])) return new Map([[masterTag, value['tasks'] as unknown[]]]);
  const tags = Object.entries(value).filter(([, list]) => isRecord(list) && Array.isArray(list['tasks']));
  if (tags.length === 0) return undefined;
  return new Map(tags.map(([tag, list]) => [tag, (list as { tasks: unknown[] }).tasks]));
}

/** Reads one task of a tag's list, its subtasks after it. Throws BadLine. */
export function readTaskMasterTask(item: unknown, tag: string, list: readonly unknown[]): SourceTask[] {
  if (!isRecord(item)) throw new BadLine('it is no JSON object');
  const ids = new Set(list.flatMap((other) => (isRecord(other) ? [idOf(other)] : [])));
  return read(item, { tag, prefix: '', parent: undefined, siblings: new Set(), tops: ids });
}

interface Where {
  readonly tag: string;
  /** `3.` for the subtasks of 3. */
  readonly prefix: string;
  readonly parent: { readonly key: string; readonly priority: Priority } | undefined;
  readonly siblings: ReadonlySet<string>;
  readonly tops: ReadonlySet<string>;
}

function read(item: Item, where: Where): SourceTask[] {
  const { tag, prefix, parent } = where;
  const own = idOf(item);
  const id = own.startsWith(prefix) ? own : prefix + own;
  const key = `${tag}:${id}`;
  if (own === '' || !isKey(key)) throw new BadLine('it has no id');
  const status = textOf(item, 'status') || 'pending';
  const state = states.get(status.toLowerCase().replaceAll('_', '-'));
  if (state === undefined) throw new BadLine(`the status "${cut(status, 40)}" of ${id} is not known`);
  const warnings: string[] = [];
  const task = newSourceTask(textOf(item, 'title') ?? '', state, warnings);
  if (state === PAUSED) task.stateReason = `was ${status} in Task Master`;
  const whole = [textOf(item, 'description'), textOf(item, 'details')].filter(Boolean).join('\n\n');
  task.description = cutBytes(whole, descriptionMaxBytes);
  if (task.description !== whole) warnings.push('its description and details are larger than 64 KiB and were cut');
  const priority = textOf(item, 'priority');
  task.priority = (priority && priorities.get(priority.toLowerCase())) || parent?.priority || Priority.P2;
  task.queue = queueOf(tag);
  task.assignee = cut(textOf(item, 'assignee') ?? '', 128);
  task.createTime = timeOf(item, 'createdAt');
  task.kind = parent ? 'subtask' : 'task';
  const record = Object.fromEntries(Object.entries(item).filter(([field]) => !placed.has(field)));
  if (task.queue !== tag && tag !== masterTag) record['tag'] = tag;
  setCriteria(task, item, record);
  if (Object.keys(record).length > 0) task.annotations.set(recordAnnotation, JSON.stringify(record));
  if (!annotationsFit(task.annotations)) throw new BadLine('its other fields are more than 64 KiB in all');
  const edges = distinctEdges(edgesOf(item, id, where, warnings));
  const source: SourceTask = {
    ...{ place: key, key, parentKey: parent?.key, task, edges, notes: [], keptLabels: 0, warnings },
    lostParent: lostParentAnnotation,
  };
  return [source, ...readSubtasks(item, id, { ...where, parent: { key, priority: task.priority } })];
}

function readSubtasks(item: Item, id: string, where: Where): SourceTask[] {
  const subtasks = (Array.isArray(item['subtasks']) ? (item['subtasks'] as unknown[]) : []).map((subtask) => {
    if (!isRecord(subtask)) throw new BadLine(`a subtask of ${id} is no JSON object`);
    return subtask;
  });
  const prefix = `${id}.`;
  const siblings = new Set(subtasks.map((subtask) => localId(idOf(subtask), prefix)));
  return subtasks.flatMap((subtask) => read(subtask, { ...where, prefix, siblings }));
}

/** `1.2` names a subtask. Of a subtask, a number names its sibling first and a text a task first, as Task Master does. */
function edgesOf(item: Item, id: string, { tag, prefix, siblings, tops }: Where, warnings: string[]): SourceEdge[] {
  const targets = Array.isArray(item['dependencies']) ? (item['dependencies'] as unknown[]) : [];
  return targets.flatMap((target): SourceEdge[] => {
    const named = typeof target === 'number' || typeof target === 'string' ? String(target).trim() : '';
    if (named === '') throw new BadLine(`a dependency of ${id} is no id`);
    const siblingFirst = typeof target === 'number' || !tops.has(named);
    const whole = siblingFirst && siblings.has(named) ? prefix + named : named;
    const inside = id.startsWith(`${whole}.`);
    if (whole === id) warnings.push('it depends on itself; that was left out');
    // A parent is held back by its children already: both would wait for ever.
    if (inside) warnings.push(`it depends on ${whole}, which it is a part of; that became RELATED`);
    const kind = inside ? DependencyKind.RELATED : DependencyKind.BLOCKS;
    return whole === id ? [] : [{ key: `${tag}:${whole}`, kind }];
  });
}

function setCriteria(task: SourceTask['task'], item: Item, record: Record<string, unknown>): void {
  const given = item['acceptanceCriteria'];
  const listed: readonly unknown[] = Array.isArray(given) ? given : [given];
  for (const [field, texts] of [
    ['acceptanceCriteria', listed],
    ['testStrategy', [textOf(item, 'testStrategy')]],
  ] as const) {
    for (const text of texts) {
      if (typeof text !== 'string' || text.trim() === '') continue;
      const criterion: AcceptanceCriterion = { id: '', text, met: false, evidence: '' };
      if ([...text].length <= criterionMaxCharacters && task.acceptanceCriteria.length < 100) {
        task.acceptanceCriteria.push(criterion);
      } else record[field] = item[field];
    }
  }
}

function idOf(item: Item): string {
  const { id } = item;
  return typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
}

function localId(id: string, prefix: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

/** The queue of a tag: the tag in the form of an id. */
function queueOf(tag: string): string {
  if (tag === masterTag) return 'default';
  const words = tag
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return words || 'tag';
}
