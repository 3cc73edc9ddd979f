// One restriction of a filter, checked against its field's type and made a test.
//
// An unset text is the empty text. An unset time, or an entry that is not there, compares with nothing: every comparison is
// false, and != is true.

import type { Timestamp } from '../../gen/google/protobuf/timestamp';
import { TaskState } from '../../gen/holdfast/v1/task';
import { taskIdIn } from '../names';
import { quote } from '../quote';
import type { Condition, Fact, Test } from './condition';
import { COST_DECODED, COST_INDEXED, COST_LONG, FIELDS } from './fields';
import type { Field } from './fields';
import { FilterProblem } from './lexer';
import { equalTo, heldBy } from './pattern';
import type { QueryRow } from './query-row';
import { literal, print } from './syntax';
import type { Comparator, Restriction } from './syntax';
import { booleanOf, numberOf, plain, priorityOf, stateOf, taskReferenceOf, timeOf } from './values';
import type { TaskReference } from './values';

/** A test, what it costs, and what a planner may make of it. */
type Compiled = Pick<Condition, 'test' | 'cost' | 'fact'>;

/** The restriction as a condition. Throws FilterProblem. */
export function compileRestriction(node: Restriction): Condition {
  const field = FIELDS.get(node.field);
  if (!field) {
    const known = [...FIELDS.keys()].join(', ');
    throw new FilterProblem(node.at, `there is no field ${quote(node.field)}; the fields are ${known}`);
  }
  if (field.type !== 'map' && node.key !== undefined) {
    throw new FilterProblem(node.at, `${node.field} has no parts: only labels and annotations have keys`);
  }
  const longTexts = field.type === 'text' && field.cost === COST_LONG ? 1 : 0;
  return { text: print(node), longTexts, needsHeld: node.field === 'ready', ...compile(node, field) };
}

function compile(node: Restriction, field: Field): Compiled {
  switch (field.type) {
    case 'text':
      return textTest(node, field);
    case 'time':
      return timeTest(node, field.read);
    case 'number':
      return { test: numberTest(node, field.read), cost: COST_DECODED };
    case 'flag':
      return flagTest(node, field);
    case 'list':
      return listTest(node, field.read);
    case 'map':
      return { test: mapTest(node, field.read), cost: COST_DECODED };
    case 'state':
      return stateTest(node);
    case 'priority':
      allow(node, '=', '!=', '<', '<=', '>', '>=');
      return {
        test: compared(node.comparator, priorityOf(node.value), ({ indexed }) => indexed.priority),
        cost: COST_INDEXED,
      };
    case 'name':
      return nameTest(node);
    case 'parent':
      return parentTest(node);
    case 'edges':
      return edgesTest(node);
  }
}

function textTest(node: Restriction, { read, cost }: Extract<Field, { type: 'text' }>): Compiled {
  allow(node, '=', '!=', ':');
  const { value, comparator } = node;
  if (comparator === ':') {
    if (isPresence(node)) return { test: (row) => read(row) !== '', cost };
    const holds = heldBy(value);
    return { test: (row) => holds(row.lower(read(row))), cost };
  }
  const equals = equalTo(value);
  if (comparator === '!=') return { test: (row) => !equals(read(row)), cost };
  const about = (['queue', 'assignee', 'external_id'] as const).find((each) => each === node.field);
  const text = literal(value);
  const exact = about !== undefined && value.parts.length === 1 && text !== '';
  return { test: (row) => equals(read(row)), cost, fact: exact ? { about, text } : undefined };
}

function timeTest(node: Restriction, read: (row: QueryRow) => Timestamp | undefined): Compiled {
  if (isPresence(node)) return { test: (row) => read(row) !== undefined, cost: COST_DECODED };
  allow(node, '=', '!=', '<', '<=', '>', '>=');
  const wanted = timeOf(node.value);
  const verdict = verdictOf(node.comparator);
  const test: Test = (row) => {
    const time = read(row);
    if (!time) return node.comparator === '!=';
    return verdict(time.seconds - wanted.seconds || time.nanos - wanted.nanos);
  };
  return { test, cost: COST_DECODED };
}

function numberTest(node: Restriction, read: (row: QueryRow) => number): Test {
  allow(node, '=', '!=', '<', '<=', '>', '>=');
  return compared(node.comparator, numberOf(node.value), read);
}

function flagTest(node: Restriction, { read, cost }: Extract<Field, { type: 'flag' }>): Compiled {
  allow(node, '=', '!=');
  const wanted = booleanOf(node.value) === (node.comparator === '=');
  let fact: Fact | undefined;
  if (node.field === 'deleted') fact = { about: 'deleted', deleted: wanted };
  else if (node.field === 'ready' && wanted) fact = { about: 'ready' };
  return { test: (row, nowMs) => read(row, nowMs) === wanted, cost, fact };
}

function listTest(node: Restriction, read: (row: QueryRow) => readonly string[]): Compiled {
  allow(node, ':');
  const wanted = isPresence(node) ? undefined : plain(node.value);
  const test: Test = (row) => (wanted === undefined ? read(row).length > 0 : read(row).includes(wanted));
  return { test, cost: COST_DECODED };
}

function mapTest(node: Restriction, read: (row: QueryRow) => ReadonlyMap<string, string>): Test {
  const { key, value, comparator } = node;
  if (key === undefined) {
    allow(node, ':');
    const wanted = isPresence(node) ? undefined : plain(value);
    return (row) => (wanted === undefined ? read(row).size > 0 : read(row).has(wanted));
  }
  if (key === '') throw new FilterProblem(node.at, `expected a key behind "${node.field}."`);
  allow(node, '=', '!=', ':');
  if (isPresence(node)) return (row) => read(row).has(key);
  const equals = equalTo(value);
  const holds = heldBy(value);
  return (row) => {
    const entry = read(row).get(key);
    if (comparator === ':') return entry !== undefined && holds(row.lower(entry));
    return (entry !== undefined && equals(entry)) === (comparator === '=');
  };
}

function stateTest(node: Restriction): Compiled {
  allow(node, '=', '!=');
  const state = stateOf(node.value);
  const all = Object.values(TaskState).filter((each) => each > TaskState.UNSPECIFIED);
  const states = new Set(node.comparator === '=' ? [state] : all.filter((each) => each !== state));
  const test: Test = ({ indexed }) => states.has(indexed.state as TaskState);
  return { test, cost: COST_INDEXED, fact: { about: 'state', states } };
}

function nameTest(node: Restriction): Compiled {
  allow(node, '=', '!=');
  const task = taskReferenceOf(node.value);
  const is = (row: QueryRow): boolean => isTask(row, row.id, task, row.indexed.externalId);
  if (node.comparator === '!=') return { test: (row) => !is(row), cost: COST_INDEXED };
  return { test: is, cost: COST_INDEXED, fact: { about: 'name', task } };
}

function parentTest(node: Restriction): Compiled {
  if (isPresence(node)) return { test: ({ indexed }) => indexed.parent !== '', cost: COST_INDEXED };
  allow(node, '=', '!=');
  const none = literal(node.value) === '';
  const task = none ? undefined : taskReferenceOf(node.value);
  const is = (row: QueryRow): boolean => (task ? isTask(row, row.indexed.parent, task) : row.indexed.parent === '');
  if (node.comparator === '!=') return { test: (row) => !is(row), cost: COST_INDEXED };
  return { test: is, cost: COST_INDEXED, fact: { about: 'parent', task } };
}

function edgesTest(node: Restriction): Compiled {
  allow(node, ':');
  const task = isPresence(node) ? undefined : taskReferenceOf(node.value);
  const test: Test = (row) => {
    const edges = row.task.dependencies;
    if (!task) return edges.length > 0;
    return edges.some((edge) => isTask(row, taskIdIn(edge.task), task));
  };
  return { test, cost: COST_DECODED };
}

/** Whether the task `id` of the row's project is the one that is meant. */
function isTask(row: QueryRow, id: string, task: TaskReference, externalId?: string): boolean {
  if (id === '' || (task.project !== undefined && task.project !== row.project)) return false;
  if (task.id !== undefined) return task.id === id;
  const wanted = task.externalId ?? '';
  return externalId === undefined ? row.taskIdByExternalId(wanted) === id : externalId === wanted;
}

/** `field:*`: it is set. */
export function isPresence({ comparator, value }: Restriction): boolean {
  return comparator === ':' && !value.quoted && value.parts.length === 2 && literal(value) === '*';
}

function allow(node: Restriction, ...allowed: readonly Comparator[]): void {
  if (allowed.includes(node.comparator)) return;
  const field = node.key === undefined ? node.field : `${node.field}.${node.key}`;
  throw new FilterProblem(node.comparatorAt, `${field} takes ${allowed.join(', ')}, found "${node.comparator}"`);
}

function compared(comparator: Comparator, wanted: number, read: (row: QueryRow) => number): Test {
  const verdict = verdictOf(comparator);
  return (row) => verdict(read(row) - wanted);
}

/** What a comparator says of a difference. */
export function verdictOf(comparator: Comparator): (difference: number) => boolean {
  switch (comparator) {
    case '<':
      return (difference) => difference < 0;
    case '<=':
      return (difference) => difference <= 0;
    case '>':
      return (difference) => difference > 0;
    case '>=':
      return (difference) => difference >= 0;
    case '!=':
      return (difference) => difference !== 0;
    default:
      return (difference) => difference === 0;
  }
}
