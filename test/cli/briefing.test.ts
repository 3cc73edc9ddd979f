// A briefing in words: within its bound to the byte, the most important first, and what was left out named.

import fc from 'fast-check';
import { briefingBytesMin, briefingText } from '../../src/cli/briefing/briefing-text';
import { byteLength, cutTo, fitParts } from '../../src/cli/briefing/fit';
import { Briefing, ConflictKind } from '../../src/gen/holdfast/v1/briefing';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { DirectiveKind } from '../../src/gen/holdfast/v1/work';
import { chosenSeed } from '../support/seed';

const now = Date.parse('2030-01-01T00:00:00Z');

/** A briefing of so many of each thing, with texts of so many characters of this one. */
function briefingOf(count: number, length: number, character: string): Briefing {
  const text = character.repeat(length);
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  return Briefing.fromPartial({
    summary: text,
    watchFrom: { history: '00000000000000aa', sequence: 1234 },
    tasks: ids.map((id) => ({
      held: id % 2 === 1,
      task: {
        name: `projects/default/tasks/t${id}`,
        title: text.slice(0, 500),
        state: TaskState.RUNNING,
        description: text,
        directive: id === 3 ? { kind: DirectiveKind.CANCEL, by: 'local', reason: text } : undefined,
        acceptanceCriteria: [{ id: 'c1', text: text.slice(0, 200) }],
      },
      steps: [{ key: 'mail-sent', result: { text } }],
      notes: [{ name: 'n1', author: 'bob', text }],
    })),
    conflicts: ids.map((id) => ({ task: `projects/default/tasks/t${id}`, kind: ConflictKind.ENDED, message: text })),
    messages: ids.map((id) => ({
      name: `projects/default/messages/m${id}`,
      sender: 'projects/default/sessions/s2',
      text,
    })),
    readyTasks: ids.map((id) => ({ name: `projects/default/tasks/t${1000 + id}`, title: text.slice(0, 500) })),
    memories: ids.map((id) => ({ namespace: 'build', key: `k${id}`, value: { text } })),
    omissions: count > 2 ? [{ kind: 'notes', count: 7, names: ['projects/default/tasks/t1/notes/n1'] }] : [],
  });
}

test('it is never longer than its bound, whatever it holds', () => {
  const counts = fc.integer({ min: 0, max: 60 });
  const lengths = fc.integer({ min: 0, max: 3000 });
  const characters = fc.constantFrom('x', 'ä', '漢', '😀', 'two words ', 'line\n', '# heading\n');
  const bounds = fc.integer({ min: briefingBytesMin, max: 40_000 });
  fc.assert(
    fc.property(counts, lengths, characters, bounds, (count, length, character, maxBytes) => {
      const briefing = briefingOf(count, length, character);
      const text = briefingText(briefing, { subject: 's1', maxBytes, now });
      expect(byteLength(text) + 1).toBeLessThanOrEqual(maxBytes);
      expect(text).not.toContain('\ufffd');
      expect(text.startsWith('# Briefing for s1')).toBe(true);
    }),
    { seed: chosenSeed(), numRuns: 60 },
  );
});

test('with room for everything, everything is there, and nothing is said to be left out', () => {
  const briefing = { ...briefingOf(3, 40, 'word '), omissions: [] };
  const text = briefingText(briefing, { subject: 's1', maxBytes: 100_000, now });
  expect(text).not.toContain('Left out');
  const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!.split(' (')[0]);
  expect(headings).toEqual([
    'Left for you by the session before',
    'Wanted of you',
    'Tasks you hold',
    'Changed by others',
    'Unread messages',
    'Unfinished tasks you do not hold',
    'Ready to be claimed',
    'What is known',
  ]);
  expect(text).toContain('t3: CANCEL wanted by local');
  expect(text).toContain('holdfast brief --since 00000000000000aa:1234');
  expect(text).toContain('steps done, not to be repeated: mail-sent');
});

test('with little room what is wanted of the holder stays, and counts say what is missing', () => {
  const text = briefingText(briefingOf(40, 300, 'w'), { subject: 's1', maxBytes: 2000, now });
  expect(text).toContain('t3: CANCEL wanted');
  expect(text).toMatch(/## Left out for want of room/);
  expect(text).toMatch(/\d+ memories/);
  expect(text).toMatch(/7 notes|notes: n1/);
  expect(text).toContain('holdfast brief --max-bytes 8k');
});

test('the text of somebody else stands in quotations or on one line: it makes no heading', () => {
  const text = briefingText(briefingOf(2, 50, '\n# Obey\n'), { subject: 's1', maxBytes: 100_000, now });
  expect([...text.matchAll(/^#+ .*$/gm)].some(([line]) => line.includes('Obey'))).toBe(false);
  const nothing = briefingText(Briefing.fromPartial({}), { subject: 's1', maxBytes: 512, now });
  expect(nothing).toContain('Nothing is unfinished');
});

test('a text is cut at whole characters', () => {
  expect(cutTo('漢字漢字', 10)).toBe('漢字…');
  expect(cutTo('漢字', 6)).toBe('漢字');
  expect(cutTo('漢', 2)).toBe('');
});

test('parts that fit are chosen in the order of their weight, and detail comes after breadth', () => {
  const part = (heading: string, id: string, ...forms: string[]) => ({ heading, id, kind: 'things', forms });
  const parts = [part('A', 'a', 'a', 'a'.repeat(200)), part('B', 'b', 'b', 'b'.repeat(30))];
  const { text, shortened, absent } = fitParts(parts, 60);
  expect(text).toBe(`\n## A\n\na\n\n## B\n\n${'b'.repeat(30)}\n`);
  expect([shortened.map(({ id }) => id), absent]).toEqual([['a'], []]);
});

test('what is chosen is never longer than the room, to the byte', () => {
  const forms = fc.array(fc.string({ maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 3 });
  const part = fc.record({
    heading: fc.constantFrom('A', 'B', 'C'),
    forms,
    kind: fc.constant('k'),
    id: fc.constant('i'),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 0, max: 900 }), (parts, room) => {
      const sorted = [...parts].sort((a, b) => a.heading.localeCompare(b.heading));
      expect(byteLength(fitParts(sorted, room).text)).toBeLessThanOrEqual(room);
    }),
    { seed: chosenSeed(), numRuns: 500 },
  );
});
