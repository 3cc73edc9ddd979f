// Goal: docs/memory.md says what filters over memories do. Method: every example is parsed, and tells one value from another.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseStructFilter } from '../../src/domain/query/struct-filter';

const text = readFileSync(join(__dirname, '../../docs/memory.md'), 'utf8');
const examples = [...text.matchAll(/^```filter\n(.*?)```$/gms)].flatMap(([, body]) => body!.trim().split('\n'));
const fitting = { color: 'red', size: 3, tags: ['urgent'], done: false, owner: { team: 'a' } };
const other = { color: 'blue', size: 2, tags: ['later'], done: true, owner: {} };

it.each(examples)('the filter %s tells values apart', (filter) => {
  const test = parseStructFilter(filter, 'value', 'filter');
  expect([test(fitting), test(other)]).toEqual([true, false]);
});
