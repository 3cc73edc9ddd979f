// The fields that a filter may name, and how each is read from a task.

import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import type { QueryRow } from './query-row';

/** What testing a field costs: cheap conditions are tested first. */
export const COST_INDEXED = 0;
export const COST_DECODED = 1;
export const COST_LONG = 2;

export type Field =
  | { readonly type: 'text'; readonly cost: number; readonly read: (row: QueryRow) => string }
  | { readonly type: 'time'; readonly read: (row: QueryRow) => Timestamp | undefined }
  | { readonly type: 'number'; readonly read: (row: QueryRow) => number }
  | { readonly type: 'flag'; readonly cost: number; readonly read: (row: QueryRow, nowMs: number) => boolean }
  | { readonly type: 'list'; readonly read: (row: QueryRow) => readonly string[] }
  | { readonly type: 'map'; readonly read: (row: QueryRow) => ReadonlyMap<string, string> }
  | { readonly type: 'state' | 'priority' | 'name' | 'parent' | 'edges' };

const indexedText = (read: (row: QueryRow) => string): Field => ({ type: 'text', cost: COST_INDEXED, read });
const text = (read: (row: QueryRow) => string, cost = COST_DECODED): Field => ({ type: 'text', cost, read });
const time = (read: (row: QueryRow) => Timestamp | undefined): Field => ({ type: 'time', read });

/** Every field by its name. docs/filters.md has the same ones; a test compares. */
export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['name', { type: 'name' }],
  ['state', { type: 'state' }],
  ['priority', { type: 'priority' }],
  ['title', text(({ task }) => task.title)],
  ['description', text(({ task }) => task.description, COST_LONG)],
  ['queue', indexedText(({ indexed }) => indexed.queue)],
  ['kind', text(({ task }) => task.kind)],
  ['assignee', indexedText(({ indexed }) => indexed.assignee)],
  ['creator', text(({ task }) => task.creator)],
  ['parent', { type: 'parent' }],
  ['external_id', indexedText(({ indexed }) => indexed.externalId)],
  ['required_capabilities', { type: 'list', read: ({ task }) => task.requiredCapabilities }],
  ['labels', { type: 'map', read: ({ task }) => task.labels }],
  ['annotations', { type: 'map', read: ({ task }) => task.annotations }],
  ['dependencies', { type: 'edges' }],
  ['create_time', time(({ task }) => task.createTime)],
  ['update_time', time(({ task }) => task.updateTime)],
  ['end_time', time(({ task }) => task.endTime)],
  ['due_time', time(({ task }) => task.dueTime)],
  ['not_before', time(({ task }) => task.notBefore)],
  ['revision', { type: 'number', read: ({ task }) => task.revision }],
  ['ready', { type: 'flag', cost: COST_INDEXED, read: (row, nowMs) => row.isReady(nowMs) }],
  ['deleted', { type: 'flag', cost: COST_INDEXED, read: ({ indexed }) => indexed.deleted }],
  ['unresolved', { type: 'flag', cost: COST_DECODED, read: ({ task }) => task.unresolvedDependencies.length > 0 }],
]);
