// The values that a filter may name, by the type of their field.

import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import { Priority, TaskState } from '../../gen/holdfast/v1/task';
import { isExternalId, isId, taskNameOf } from '../names';
import { quote } from '../quote';
import { isTimestamp } from '../timestamp';
import { FilterProblem } from './lexer';
import { literal } from './syntax';
import type { Value } from './syntax';

/** A task that a filter names; `project` undefined: of whichever project. */
export interface TaskReference {
  readonly project?: string;
  readonly id?: string;
  readonly externalId?: string;
}

const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/** A value without a star. */
export function plain(value: Value): string {
  if (value.parts.length === 1) return literal(value);
  throw new FilterProblem(
    value.at,
    'a star is no part of such a value; only texts take one (a plain star is \\* in quotes)',
  );
}

export function stateOf(value: Value): TaskState {
  return enumOf(value, TaskState, 'TASK_STATE_', 'a state');
}

export function priorityOf(value: Value): Priority {
  return enumOf(value, Priority, 'PRIORITY_', 'a priority');
}

function enumOf<T extends number>(value: Value, all: Readonly<Record<string, T>>, prefix: string, what: string): T {
  const word = plain(value).toUpperCase();
  const name = word.startsWith(prefix) ? word.slice(prefix.length) : word;
  const names = Object.keys(all).filter((each) => each !== 'UNSPECIFIED' && each !== 'UNRECOGNIZED');
  if (names.includes(name)) return all[name]!;
  throw new FilterProblem(value.at, `expected ${what} (${names.join(', ')}), found ${quote(literal(value))}`);
}

export function booleanOf(value: Value): boolean {
  const word = plain(value).toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw new FilterProblem(value.at, `expected true or false, found ${quote(word)}`);
}

export function numberOf(value: Value): number {
  const word = plain(value);
  if (/^-?\d{1,15}$/.test(word)) return Number(word);
  throw new FilterProblem(value.at, `expected a whole number, found ${quote(word)}`);
}

export function timeOf(value: Value): Timestamp {
  const word = plain(value);
  const [, day, clock, fraction = '', zone] = RFC3339.exec(word) ?? [];
  if (day !== undefined && isDay(day)) {
    // NaN for an hour or a zone that there is not; the hour 24 is taken by Date.parse, but not by RFC 3339.
    const atMs = clock!.startsWith('24') ? NaN : Date.parse(`${day}T${clock}${zone!.toUpperCase()}`);
    const time = { seconds: Math.floor(atMs / 1000), nanos: Number(fraction.padEnd(9, '0')) };
    if (isTimestamp(time)) return time;
  }
  throw new FilterProblem(value.at, `expected a time by RFC 3339 such as 2026-01-31T08:30:00Z, found ${quote(word)}`);
}

/** Whether its month has as many days: Date.parse takes the 31st of February for one of March. */
function isDay(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return date <= days;
}

/** A name, a bare id, or `external:` and an id elsewhere. */
export function taskReferenceOf(value: Value): TaskReference {
  const word = plain(value);
  if (isId(word)) return { id: word };
  const external = word.startsWith('external:') ? word.slice('external:'.length) : '';
  if (isExternalId(external)) return { externalId: external };
  const named = taskNameOf(word);
  if (named) return named;
  const forms = 'projects/{project}/tasks/{task}, a bare id such as t12, or external:{external_id}';
  throw new FilterProblem(value.at, `expected a task (${forms}), found ${quote(word)}`);
}
