// Plans in Markdown: what is a task, what is text, and what is refused with its line.

import { markdownPlan } from '../../src/cli/plan/markdown-plan';
import { marksOf } from '../../src/cli/plan/marks';
import type { PlanItem } from '../../src/cli/plan/plan';
import { planName, plannedTasks } from '../../src/cli/plan/planned-task';
import { slugOf } from '../../src/cli/plan/slug';

const lines = (...text: string[]) => text.join('\n');
const tasksOf = (text: string) => plannedTasks(markdownPlan(text, 'plan.md'), 'p', 'default', 'plan.md');
const outline = (items: readonly PlanItem[]): unknown[] =>
  items.map(({ title, children }) => (children.length > 0 ? [title, outline(children)] : title));

function mistakesOf(text: string): readonly string[] {
  try {
    tasksOf(text);
  } catch (error) {
    return (error as { advice: string[] }).advice;
  }
  return [];
}

test('marks stand at the end; what stands within a title is part of it', () => {
  const marks = marksOf('Fix P1 bug #12 of @bob P0 @agent-7 #area=login #docs (after: a, b) {#fix}');
  expect(marks).toMatchObject({ title: 'Fix P1 bug #12 of @bob', id: 'fix', priority: 1, assignee: 'agent-7' });
  expect(marks.needs).toEqual(['a', 'b']);
  expect([...marks.labels]).toEqual([
    ['docs', ''],
    ['area', 'login'],
  ]);
  expect(marksOf('Close #12').title).toBe('Close #12');
  expect(marksOf('Say it (twice)').title).toBe('Say it (twice)');
  expect(marksOf('P1').title).toBe('P1');
});

test('items with a box are tasks, deeper ones their children, headings above items too', () => {
  const { name, items } = markdownPlan(
    lines(
      '# Release',
      'Text.',
      '- a bullet without a box is text',
      '## Docs',
      '- [ ] Manual',
      '\t- [ ] Chapter one',
      '\t* [x] Chapter two',
      '- [ ] Film',
      '### Later',
      '+ [ ] Talk',
      '## Thanks',
      'To all.',
      '## Build',
      '1) [ ] Compile',
    ),
    'plan.md',
  );
  expect(name).toBe('Release');
  expect(outline(items)).toEqual([
    ['Docs', [['Manual', ['Chapter one', 'Chapter two']], 'Film', ['Later', ['Talk']]]],
    ['Build', ['Compile']],
  ]);
});

test('numbered items wait for the one before, in one list and on each level', () => {
  const tasks = tasksOf(
    lines(
      '1. [ ] A',
      '   1. [ ] A1',
      '   2. [ ] A2',
      '2. [ ] B',
      '- [ ] C',
      '1. [ ] D',
      '',
      '1. [ ] E',
      'Text.',
      '1. [ ] F',
    ),
  );
  const needs = Object.fromEntries(tasks.map(({ key, needs: keys }) => [key, keys.join()]));
  // A blank line ends no list, text at the margin does.
  expect(needs).toEqual({ a: '', 'a/a1': '', 'a/a2': 'a/a1', b: 'a', c: '', d: '', e: 'd', f: '' });
});

test('text that is indented below an item is its description; "Done when" is a criterion', () => {
  const [manual, film] = markdownPlan(
    lines(
      '- [ ] Manual',
      '  Two chapters:',
      '',
      '  - about tasks',
      '    1. and more',
      '  ```sh',
      '  - [ ] no item, but code',
      '  ```',
      '  Done when: the links work',
      '- [ ] Film',
      'Text at the margin.',
    ),
    'plan.md',
  ).items;
  expect(manual!.description).toBe(
    'Two chapters:\n\n- about tasks\n  1. and more\n```sh\n- [ ] no item, but code\n```',
  );
  expect(manual!.criteria).toEqual(['the links work']);
  expect(film).toMatchObject({ description: undefined, criteria: undefined });
});

test('text behind a child still belongs to the item that it is indented below', () => {
  const [item] = markdownPlan(lines('- [ ] A', '  First.', '  - [ ] B', '  Second.'), 'plan.md').items;
  expect(item!.description).toBe('First.\nSecond.');
});

test('a task is known by its id, else by the titles on the way to it', () => {
  const tasks = tasksOf(
    lines('## Écrire', '- [ ] The *manual*! {#m}', '  - [ ] Chapter 1', '- [ ] 漢字 (after: The manual)'),
  );
  expect(tasks.map(({ externalId, parent }) => [externalId, parent])).toEqual([
    ['plan:p/écrire', undefined],
    ['plan:p/m', 'écrire'],
    ['plan:p/m/chapter-1', 'm'],
    ['plan:p/écrire/漢字', 'écrire'],
  ]);
  expect(tasks[3]!.needs).toEqual(['m']);
  const long = `${'very '.repeat(20)}long`;
  expect(slugOf(long).length).toBeLessThanOrEqual(48);
  expect(slugOf(`${long} a`)).not.toBe(slugOf(`${long} b`));
});

test('however deep the plan, an external id has at most 256 characters, and none comes twice', () => {
  const text = Array.from({ length: 20 }, (_, n) => `${'  '.repeat(n)}- [ ] ${'a long title '.repeat(5)}`).join('\n');
  const ids = tasksOf(text).map(({ externalId }) => externalId);
  expect(new Set(ids).size).toBe(20);
  expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(256);
});

test('a task outside of the plan is named by its id, or behind task:', () => {
  const [task] = tasksOf('- [ ] A (needs: t12, external:x y, task:JIRA-1, task:other)');
  expect(task!.needsOutside.map((name) => name.slice('projects/default/tasks/'.length))).toEqual([
    't12',
    'external:x y',
    'external:JIRA-1',
    'other',
  ]);
});

test.each([
  ['an item without a title', '- [ ] {#x}\n- [ ] #', 'no id can be made of its title'],
  ['no items', '# Title\n- text', 'line 1: it has no items'],
  ['a name that is nowhere', '- [ ] A\n- [ ] B (after: C)', 'line 2: there is no "C" in the plan'],
  ['a name that two have', '## X\n- [ ] A\n## Y\n- [ ] A\n- [ ] B (after: A)', 'line 5: "A" may be x/a or y/a'],
  ['the same title twice in one place', '- [ ] A\n- [ ] A', 'line 2: "a" stands for line 1 already'],
  ['a circle', '- [ ] A (after: B)\n- [ ] B (after: A)', 'in a circle: a -> b -> a'],
  ['a part that waits for the whole', '- [ ] A\n  - [ ] B (after: A)', 'in a circle: a -> a/b -> a'],
  [
    'a tick above what is not ticked',
    '- [x] A\n  - [ ] B',
    'line 1: it is ticked, but what is below it is not (line 2)',
  ],
  ['two titles', '# One\n- [ ] A\n# Two', 'line 3: a plan has one title'],
  ['an endless line', `- [ ] ${'a'.repeat(20_000)}`, 'more than 10000 characters'],
])('%s is refused with its line', (_what, text, message) => {
  expect(mistakesOf(text).join('\n')).toContain(message);
});

test('a plan is named by its heading, by --name, or not at all', () => {
  const nameOf = (text: string, given?: string) => planName(markdownPlan(text, 'f'), given, 'f');
  expect(nameOf('# The Release! {#r-1}\n- [ ] A')).toBe('r-1');
  expect(nameOf('# The Release!\n- [ ] A')).toBe('the-release');
  expect(nameOf('- [ ] A', 'mine')).toBe('mine');
  expect(() => nameOf('- [ ] A')).toThrow('no plan that can be applied');
  expect(() => nameOf('- [ ] A', 'a"b')).toThrow('no plan that can be applied');
});

test('blanks without end are read in no time', () => {
  // Work, not time: the machine may be busy with others.
  const before = process.cpuUsage();
  mistakesOf(`# ${' '.repeat(9000)}x\n- [ ] a${' '.repeat(9000)}(after:${' '.repeat(900)}\n`.repeat(20));
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});
