// The task lists of Claude Code: a directory with a file for each task, and the older list of todos in one file.
// docs/import.md has the table, and where the forms are described.

import { DependencyKind, Priority, TaskState } from '../../gen/holdfast/v1/task';
import type { SourceEdge, SourceTask } from './source-task';
import {
  annotationsFit,
  BadLine,
  cut,
  cutBytes,
  descriptionMaxBytes,
  distinctEdges,
  isKey,
  isRecord,
  lostParentAnnotation,
  newSourceTask,
  textOf,
} from './source-task';

type Item = Readonly<Record<string, unknown>>;

/** A task or todo, and the list that it is of: the name of its directory or file. */
export interface ClaudeItem {
  readonly list: string;
  readonly place: string;
  readonly value: unknown;
}

const recordAnnotation = 'claude.record';
const activeFormAnnotation = 'claude.active_form';
const placed = new Set('id subject description activeForm status owner blocks blockedBy content priority'.split(' '));
const { PENDING, PAUSED, SUCCEEDED, CANCELED } = TaskState;
const states: ReadonlyMap<string, TaskState> = new Map([
  ['pending', PENDING],
  ['in_progress', PAUSED],
  ['completed', SUCCEEDED],
  ['cancelled', CANCELED],
]);
/** Todos of early releases had one of these words. */
const priorities: ReadonlyMap<string, Priority> = new Map([
  ['high', Priority.P1],
  ['medium', Priority.P2],
  ['low', Priority.P3],
]);

export function isClaudeTask(value: unknown): value is Item {
  return isRecord(value) && typeof value['subject'] === 'string' && 'id' in value;
}

export function isClaudeTodo(value: unknown): value is Item {
  return isRecord(value) && typeof value['content'] === 'string' && 'status' in value;
}

/** Edges that tasks say of others: `blocks`, by the key of the task that is blocked. */
export function blockersOf(items: readonly ClaudeItem[]): ReadonlyMap<string, readonly string[]> {
  const blockers = new Map<string, string[]>();
  for (const { list, value } of items) {
    if (!isClaudeTask(value)) continue;
    const blocks = Array.isArray(value['blocks']) ? (value['blocks'] as unknown[]) : [];
    for (const blocked of blocks) {
      // What is no id is refused when its task is read.
      const key = keyOf(list, String(blocked));
      blockers.set(key, [...(blockers.get(key) ?? []), keyOf(list, idOf(value))]);
    }
  }
  return blockers;
}

/** Reads a task; undefined for a deleted one. Throws BadLine. */
export function readClaudeTask(
  { list, place, value }: ClaudeItem,
  blockers: ReadonlyMap<string, readonly string[]>,
): SourceTask | undefined {
  if (!isClaudeTask(value)) throw new BadLine('it is no task of Claude Code (an "id" and a "subject")');
  const id = idOf(value);
  if (value['status'] === 'deleted') return undefined;
  const source = read(value, list, id, place, textOf(value, 'subject')!);
  idsIn(value, 'blocks');
  const before = [...idsIn(value, 'blockedBy').map((other) => keyOf(list, other)), ...(blockers.get(source.key) ?? [])];
  const edges = before
    .filter((key) => key !== source.key)
    .map((key): SourceEdge => ({ key, kind: DependencyKind.BLOCKS }));
  return { ...source, edges: distinctEdges(edges) };
}

/** Reads a todo, the `index`th of its list from 1. Throws BadLine. */
export function readClaudeTodo({ list, place, value }: ClaudeItem, index: number): SourceTask {
  if (!isClaudeTodo(value)) throw new BadLine('it is no todo of Claude Code (a "content" and a "status")');
  return read(value, list, String(index), place, textOf(value, 'content')!);
}

function read(value: Item, list: string, id: string, place: string, title: string): SourceTask {
  const key = keyOf(list, id);
  if (id === '' || !isKey(key)) throw new BadLine('it has no id');
  const status = textOf(value, 'status') || 'pending';
  const state = states.get(status);
  if (state === undefined) throw new BadLine(`its status "${cut(status, 40)}" is not known`);
  const warnings: string[] = [];
  const task = newSourceTask(title, state, warnings);
  // A todo may be a paragraph; nothing of it is lost.
  const whole = textOf(value, 'description') || (task.title === title.trim() ? '' : title);
  task.description = cutBytes(whole, descriptionMaxBytes);
  if (task.description !== whole) warnings.push('its description is larger than 64 KiB and was cut');
  if (state === PAUSED) task.stateReason = `was ${status} in Claude Code`;
  task.assignee = cut(textOf(value, 'owner') ?? '', 128);
  task.priority = priorities.get(textOf(value, 'priority') ?? '') ?? Priority.P2;
  const activeForm = textOf(value, 'activeForm');
  if (activeForm) task.annotations.set(activeFormAnnotation, activeForm);
  const record = Object.fromEntries(Object.entries(value).filter(([field]) => !placed.has(field)));
  if (Object.keys(record).length > 0) task.annotations.set(recordAnnotation, JSON.stringify(record));
  if (!annotationsFit(task.annotations)) throw new BadLine('its other fields are more than 64 KiB in all');
  return {
    ...{ place, key, parentKey: undefined, task, edges: [], notes: [], keptLabels: 0, warnings },
    lostParent: lostParentAnnotation,
  };
}

function keyOf(list: string, id: string): string {
  return `${list}:${id}`;
}

function idOf(value: Item): string {
  const { id } = value;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
}

function idsIn(value: Item, field: string): string[] {
  const ids = Array.isArray(value[field]) ? (value[field] as unknown[]) : [];
  return ids.map((id) => {
    if (typeof id !== 'string' && typeof id !== 'number') throw new BadLine(`one of its ${field} is no id`);
    return String(id);
  });
}
