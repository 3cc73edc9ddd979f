// A filter: conditions that must all hold. What it says, what it tests, and what a planner may know of it.

import { FILTER_BYTES_MAX } from '../limits';
import { characters } from '../names';
import { filterInvalid } from '../refusal';
import type { TaskState } from '../../gen/holdfast/v1/task';
import type { Condition, Fact, Test } from './condition';
import { COST_LONG } from './fields';
import { FilterProblem } from './lexer';
import { parse } from './parser';
import { heldBy } from './pattern';
import type { QueryRow } from './query-row';
import { compileRestriction } from './restriction';
import { print } from './syntax';
import type { Node, Word } from './syntax';

/** Conditions that must all hold of a task. */
export class Filter {
  private readonly inOrder: readonly Condition[];

  constructor(readonly conditions: readonly Condition[]) {
    this.inOrder = [...conditions].sort((a, b) => a.cost - b.cost);
  }

  /** Whether a test asks if the task is held back: its row must say so then. */
  get needsHeld(): boolean {
    return this.conditions.some(({ needsHeld }) => needsHeld);
  }

  /** How often a test of one task looks through a text that may be long. */
  get longTexts(): number {
    return this.conditions.reduce((sum, { longTexts }) => sum + longTexts, 0);
  }

  /** It in the filter's language; empty for a filter that takes every task. */
  get text(): string {
    return this.conditions.map(({ text }) => text).join(' AND ');
  }

  /** Whether the task is selected at the journal time `nowMs`. */
  matches(row: QueryRow, nowMs: number): boolean {
    return this.inOrder.every(({ test }) => test(row, nowMs));
  }

  /** This filter with more conditions. */
  and(more: readonly Condition[]): Filter {
    return more.length === 0 ? this : new Filter([...this.conditions, ...more]);
  }
}

/** The filter that a text says; an empty one takes every task. Refuses FILTER_INVALID, naming `field` and the character. */
export function parseFilter(text: string, field: string): Filter {
  return readFilter(text, field, (node) => new Filter(node ? conditionsOf(node) : []));
}

/** What `compile` makes of a filter's tree, which is undefined for an empty one. A FilterProblem that it throws is refused with FILTER_INVALID, naming
 *  `field` and the character. */
export function readFilter<Result>(text: string, field: string, compile: (node: Node | undefined) => Result): Result {
  const bytes = Buffer.byteLength(text);
  if (bytes > FILTER_BYTES_MAX) {
    throw filterInvalid(field, `it takes ${bytes} bytes, at most ${FILTER_BYTES_MAX} are allowed`, 1);
  }
  try {
    return compile(parse(text));
  } catch (problem) {
    if (!(problem instanceof FilterProblem)) throw problem;
    throw filterInvalid(field, problem.message, characters(text.slice(0, problem.at)) + 1);
  }
}

/** The conditions that a tree says. Throws FilterProblem. */
export function conditionsOf(node: Node): Condition[] {
  return node.kind === 'and' ? node.nodes.flatMap(conditionsOf) : [compile(node)];
}

function compile(node: Node): Condition {
  switch (node.kind) {
    case 'restriction':
      return compileRestriction(node);
    case 'word':
      return compileWord(node);
    case 'not': {
      const { test, fact, ...rest } = compile(node.node);
      const negated = fact?.about === 'deleted' ? { ...fact, deleted: !fact.deleted } : undefined;
      return { ...rest, text: print(node), test: (row, nowMs) => !test(row, nowMs), fact: negated };
    }
    case 'and':
    case 'or': {
      const parts = node.nodes.map(compile);
      const tests = [...parts].sort((a, b) => a.cost - b.cost).map(({ test }) => test);
      const test: Test =
        node.kind === 'and'
          ? (row, nowMs) => tests.every((each) => each(row, nowMs))
          : (row, nowMs) => tests.some((each) => each(row, nowMs));
      const cost = Math.max(...parts.map((part) => part.cost));
      const longTexts = parts.reduce((sum, part) => sum + part.longTexts, 0);
      const needsHeld = parts.some((part) => part.needsHeld);
      const states = node.kind === 'or' ? statesOf(parts) : undefined;
      const fact: Fact | undefined = states && { about: 'state', states };
      return { text: `(${print(node)})`, test, cost, longTexts, needsHeld, fact };
    }
  }
}

/** The states that an OR of states alone allows. */
function statesOf(parts: readonly Condition[]): ReadonlySet<TaskState> | undefined {
  const states = new Set<TaskState>();
  for (const { fact } of parts) {
    if (fact?.about !== 'state') return undefined;
    for (const state of fact.states) states.add(state);
  }
  return states;
}

/** A word is found in a title or a description, in any case of its letters. */
function compileWord(node: Word): Condition {
  const holds = heldBy(node.value);
  const test: Test = (row) => holds(row.lower(row.task.title)) || holds(row.lower(row.task.description));
  return { text: print(node), test, cost: COST_LONG, longTexts: 1, needsHeld: false };
}
