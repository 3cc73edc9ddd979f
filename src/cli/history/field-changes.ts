// What differs between two forms of a task, field by field, as ProtoJSON has them.

import type { JsonObject, JsonValue } from '@bufbuild/protobuf';
import { Task } from '../../gen/holdfast/v1/task';
import { jsonOf } from '../proto-json';
import { shortId } from '../resource-name';
import { fitTo, oneLine } from '../text-width';

export interface FieldChange {
  /** A path in proto names: `priority`, `labels.area`. */
  readonly field: string;
  /** Absent where it was not set. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Fields that change with every change, or by reading alone. */
const mechanical = new Set(['etag', 'revision', 'updateTime', 'readiness']);
/** Maps, of which one entry changes alone. */
const maps = new Set(['labels', 'annotations']);

/** The fields that differ, in the order of the proto; entries of maps each on their own. */
export function fieldChanges(before: Task, after: Task): FieldChange[] {
  const [old, fresh] = [jsonTask(before), jsonTask(after)];
  const changes: FieldChange[] = [];
  for (const key of new Set([...Object.keys(fresh), ...Object.keys(old)])) {
    if (mechanical.has(key)) continue;
    if (maps.has(key)) {
      const [was, is] = [(old[key] ?? {}) as JsonObject, (fresh[key] ?? {}) as JsonObject];
      for (const entry of new Set([...Object.keys(was), ...Object.keys(is)])) {
        push(changes, `${protoName(key)}.${entry}`, was[entry], is[entry]);
      }
    } else push(changes, protoName(key), old[key], fresh[key]);
  }
  return changes;
}

function push(changes: FieldChange[], field: string, before?: JsonValue, after?: JsonValue): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  changes.push({ field, ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

/** "priority: P2 -> P1", in at most so many columns. */
export function changeLine({ field, before, after }: FieldChange, columns: number): string {
  if (field === 'dependencies' || field === 'unresolved_dependencies') {
    return fitTo(`${field}: ${edgeWords(before, after)}`, columns);
  }
  const [was, is] = [valueWords(before), valueWords(after)];
  if (before === undefined) return fitTo(`${field}: ${is}`, columns);
  if (after === undefined) return fitTo(`${field}: no longer ${was}`, columns);
  // Both have to be seen, so neither may take all the room.
  const room = Math.max(8, Math.floor((columns - field.length - 6) / 2));
  return fitTo(`${field}: ${fitTo(was, room)} -> ${fitTo(is, room)}`, columns);
}

function edgeWords(before: JsonValue | undefined, after: JsonValue | undefined): string {
  const words = (edges: JsonValue | undefined) =>
    ((edges ?? []) as { task: string; kind: string }[]).map(
      ({ task, kind }) => `${valueWords(kind).toLowerCase()} ${shortId(task)}`,
    );
  const [was, is] = [words(before), words(after)];
  return [
    ...is.filter((edge) => !was.includes(edge)).map((edge) => `+ ${edge}`),
    ...was.filter((edge) => !is.includes(edge)).map((edge) => `- ${edge}`),
  ].join(', ');
}

function valueWords(value: JsonValue | undefined): string {
  if (typeof value !== 'string') return value === undefined ? 'nothing' : oneLine(JSON.stringify(value));
  return oneLine(value.replace(/^(TASK_STATE|PRIORITY|DEPENDENCY_KIND)_/, '').replace(/^projects\/[^/]+\/tasks\//, ''));
}

function jsonTask(task: Task): JsonObject {
  return jsonOf('holdfast.v1.Task', Task.encode(task).finish()) as JsonObject;
}

function protoName(jsonName: string): string {
  return jsonName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
