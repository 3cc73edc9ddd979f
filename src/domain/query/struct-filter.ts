// Filters over a Struct that a caller keeps: `metadata.source = "loop" AND metadata.step >= 3`. The language is that of filters over
// tasks; fields are paths into the Struct, and what is compared goes by the type of what is there.
//
// What is not there compares with nothing: every comparison is false, and != is true.

import { quote } from '../quote';
import { readFilter } from './filter';
import { FilterProblem } from './lexer';
import { equalTo, heldBy } from './pattern';
import { isPresence, verdictOf } from './restriction';
import { literal } from './syntax';
import type { Comparator, Node, Restriction, Value } from './syntax';

/** The first part of each field: what the Struct is called. */
export type StructRoot = 'metadata' | 'value';
/** Whether a Struct is selected; undefined is one that is not set. */
export type StructTest = (struct: object | undefined) => boolean;

type ValueTest = (found: unknown) => boolean;

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/;

/** The test that a filter says; an empty one takes all. Refuses FILTER_INVALID, naming `field` and the character. */
export function parseStructFilter(text: string, root: StructRoot, field: string): StructTest {
  return readFilter(text, field, (node) => (node ? compile(node, root) : () => true));
}

function compile(node: Node, root: StructRoot): StructTest {
  switch (node.kind) {
    case 'restriction':
      return compileRestriction(node, root);
    case 'word':
      throw new FilterProblem(
        node.value.at,
        `expected a condition such as ${root}.step >= 3: there is no search for words`,
      );
    case 'not': {
      const test = compile(node.node, root);
      return (struct) => !test(struct);
    }
    case 'and':
    case 'or': {
      const tests = node.nodes.map((each) => compile(each, root));
      return node.kind === 'and'
        ? (struct) => tests.every((test) => test(struct))
        : (struct) => tests.some((test) => test(struct));
    }
  }
}

function compileRestriction(node: Restriction, root: StructRoot): StructTest {
  if (node.field !== root) {
    throw new FilterProblem(node.at, `there is no field ${quote(node.field)}; fields begin with "${root}."`);
  }
  const path = pathOf(node);
  if (path.length === 0 && node.comparator !== ':') {
    throw new FilterProblem(node.comparatorAt, `${root} itself takes ":" alone; a field of it is ${root}.KEY`);
  }
  const test = valueTest(node);
  return (struct) => test(path.reduce(fieldOf, struct));
}

/** The keys that lead to a value. */
function pathOf({ key, lastKey, at, field }: Restriction): string[] {
  if (key === undefined) return [];
  const path =
    lastKey === undefined
      ? key.split('.')
      : [
          ...key
            .slice(0, -lastKey.length || undefined)
            .split('.')
            .slice(0, -1),
          lastKey,
        ];
  if (path.includes('')) throw new FilterProblem(at, `expected a key behind each dot of "${field}.${key}"`);
  return path;
}

function fieldOf(found: unknown, key: string): unknown {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
  return Object.hasOwn(found, key) ? (found as Readonly<Record<string, unknown>>)[key] : undefined;
}

function valueTest(node: Restriction): ValueTest {
  const { comparator, value } = node;
  if (isPresence(node)) return (found) => found !== undefined;
  if (comparator === ':') return hasTest(value);
  if (comparator === '=') return equalTest(value);
  if (comparator === '!=') {
    const equals = equalTest(value);
    return (found) => !equals(found);
  }
  return orderTest(comparator, value);
}

/** A value in quotation marks is a text. One without is whatever has the type of what is found. */
function equalTest(value: Value): ValueTest {
  const isText = equalTo(value);
  const word = literal(value);
  const other = value.quoted ? undefined : jsonOf(word);
  return (found) => (typeof found === 'string' ? isText(found) : other !== undefined && found === other);
}

/** A text holds the value in any case; a list has such an element, an object such a key. */
function hasTest(value: Value): ValueTest {
  const holds = heldBy(value);
  const equals = equalTest(value);
  const key = literal(value);
  return (found) => {
    if (typeof found === 'string') return holds(found.toLowerCase());
    if (Array.isArray(found)) return found.some(equals);
    return typeof found === 'object' && found !== null && Object.hasOwn(found, key);
  };
}

/** Numbers by size, texts by their UTF-16 units: times by RFC 3339 in one zone are in order. */
function orderTest(comparator: Comparator, value: Value): ValueTest {
  if (value.parts.length > 1) {
    throw new FilterProblem(value.at, `a star has no place in an order: "${comparator}" takes a number or a text`);
  }
  const verdict = verdictOf(comparator);
  const text = literal(value);
  const number = value.quoted || !NUMBER.test(text) ? undefined : Number(text);
  return (found) => {
    if (typeof found === 'number') return number !== undefined && verdict(found - number);
    return typeof found === 'string' && verdict(found === text ? 0 : found < text ? -1 : 1);
  };
}

/** What a bare word stands for besides a text. */
function jsonOf(word: string): number | boolean | null | undefined {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return NUMBER.test(word) ? Number(word) : undefined;
}
