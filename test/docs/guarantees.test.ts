// docs/guarantees.md: each promise names the tests that hold it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'guarantees.md'), 'utf8');

/** The list items of a page, each in one line. */
function promises(text: string): string[] {
  return text
    .split(/\n(?=- )/)
    .filter((part) => part.startsWith('- '))
    .map((part) => part.split(/\n(?:\n|#)/)[0]!.replace(/\s+/g, ' '));
}

test('each promise is linked to a test', () => {
  const found = promises(page);
  expect(found.length).toBeGreaterThan(40);
  expect(found.filter((promise) => !/\]\(\.\.\/test\/[^)]+\.test\.ts\)/.test(promise))).toEqual([]);
});

test('a promise without a test is seen', () => {
  expect(promises('# A\n\n- One. [a](../test/a.test.ts)\n- Two\n  lines.\n\nText.\n')).toEqual([
    '- One. [a](../test/a.test.ts)',
    '- Two lines.',
  ]);
});
