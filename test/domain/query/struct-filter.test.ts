import { parseStructFilter } from '../../../src/domain/query/struct-filter';
import { Refusal } from '../../../src/domain/refusal';

const metadata = {
  source: 'loop',
  step: 3,
  score: -1.5,
  done: false,
  none: null,
  at: '2026-05-01T00:00:00Z',
  tags: ['red', 'Big one', 7],
  a: { b: { c: 'deep' }, 'x.y': 1 },
  'a key': 'x',
  version: '3',
};

const matches = (filter: string, struct: object | undefined = metadata): boolean =>
  parseStructFilter(filter, 'metadata', 'filter')(struct);

it.each([
  '',
  'metadata.source = "loop"',
  'metadata.source = loop',
  'metadata.source = "l*p"',
  'metadata.source:LOO',
  'metadata.source != "input"',
  'metadata.step >= 3',
  'metadata.step = 3',
  'metadata.step > 2.5 AND metadata.step < 4',
  'metadata.score < -1 AND metadata.score >= -1.5e0',
  'metadata.done = false',
  'metadata.none = null AND metadata.none:*',
  'metadata.source > 9',
  'metadata.at < 2026-06-01T00:00:00Z',
  'metadata.tags:red metadata.tags:"Big one" metadata.tags:7',
  'metadata.a.b.c = "deep"',
  'metadata.a."x.y" = 1',
  'metadata."a key" = x',
  'metadata.a.b:c',
  'metadata:source',
  'metadata:*',
  'metadata.version = 3 AND metadata.version = "3"',
  'metadata.missing != 1',
  'NOT metadata.missing:*',
  'metadata.step = 9 OR metadata.source = loop',
  '-(metadata.step = 9)',
])('%s selects it', (filter) => {
  expect(matches(filter)).toBe(true);
});

it.each([
  'metadata.step = "3"',
  'metadata.step >= "3"',
  'metadata.step > loop',
  'metadata.missing = 1',
  'metadata.missing < 1',
  'metadata.missing:*',
  'metadata.a.b.c.d = 1',
  'metadata.a.x.y = 1',
  'metadata.tags.0 = red',
  'metadata.tags = red',
  'metadata.done = "false"',
  'metadata.toString:*',
  'metadata:toString',
])('%s does not select it', (filter) => {
  expect(matches(filter)).toBe(false);
});

it('selects nothing of a Struct that is not set, but by what it lacks', () => {
  expect(parseStructFilter('value.a = 1', 'value', 'filter')(undefined)).toBe(false);
  expect(parseStructFilter('value.a != 1', 'value', 'filter')(undefined)).toBe(true);
  expect(parseStructFilter('value:*', 'value', 'filter')(undefined)).toBe(false);
});

it.each([
  ['state = PENDING', 1, 'fields begin with "metadata."'],
  ['metadata.a = 1 AND loop', 20, 'no search for words'],
  ['metadata = 1', 10, 'takes ":" alone'],
  ['metadata.a..b = 1', 1, 'a key behind each dot'],
  ['metadata. = 1', 1, 'a key behind each dot'],
  ['metadata.a < "x*"', 14, 'a star'],
  ['metadata.a =', 13, 'expected a value'],
  ['x'.repeat(5000), 1, 'at most 4096'],
])('refuses %s, naming the character', (filter, position, words) => {
  let refusal: unknown;
  try {
    parseStructFilter(filter, 'metadata', 'filter');
  } catch (fault) {
    refusal = fault;
  }
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ reason: 'FILTER_INVALID', details: { metadata: { position: String(position) } } });
  expect((refusal as Refusal).message).toContain(words);
});
