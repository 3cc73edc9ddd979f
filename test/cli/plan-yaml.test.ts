// Plans in YAML: the same tasks as in Markdown, and mistakes with their places.

import { plannedTasks } from '../../src/cli/plan/planned-task';
import type { Failure } from '../../src/cli/failure';
import { yamlPlan } from '../../src/cli/plan/yaml-plan';

const tasksOf = (text: string) => plannedTasks(yamlPlan(text, 'plan.yaml'), 'p', 'default', 'plan.yaml');

function mistakesOf(text: string): string {
  try {
    tasksOf(text);
    return '';
  } catch (error) {
    return (error as Failure).advice.join('\n');
  }
}

test('every field of a task is read, and children are below it', () => {
  const text = `
plan: release
tasks:
  - title: Write the manual
    id: manual
    description: |
      Two chapters.
    priority: P1
    queue: docs
    kind: text
    assignee: agent-7
    labels: { area: docs, size: 3 }
    acceptance: [The links work]
    children:
      - title: Chapter one
        labels: [draft, area=docs]
        done: true
  - title: Release
    depends_on: [manual, t12, chapter-one]
`;
  const [manual, chapter, release] = tasksOf(text);
  expect(manual!.item).toMatchObject({
    line: 4,
    id: 'manual',
    description: 'Two chapters.',
    priority: 2,
    queue: 'docs',
    kind: 'text',
    assignee: 'agent-7',
    criteria: ['The links work'],
    done: false,
  });
  expect([...manual!.item.labels]).toEqual([
    ['area', 'docs'],
    ['size', '3'],
  ]);
  expect(chapter).toMatchObject({ key: 'manual/chapter-one', parent: 'manual', item: { done: true, line: 15 } });
  expect([...chapter!.item.labels]).toEqual([
    ['draft', ''],
    ['area', 'docs'],
  ]);
  expect(release).toMatchObject({
    needs: ['manual', 'manual/chapter-one'],
    needsOutside: ['projects/default/tasks/t12'],
  });
});

test('JSON is YAML', () => {
  const [task] = tasksOf('{"plan": "x", "tasks": [{"title": "A", "done": true}]}');
  expect(task).toMatchObject({ key: 'a', item: { done: true } });
});

test.each([
  ['an unknown field', 'tasks:\n  - title: A\n    prority: P1\n', 'line 2: tasks.0: Unrecognized key: "prority"'],
  ['a wrong type', 'tasks:\n  - title: A\n    depends_on: b\n', 'line 3: tasks.0.depends_on'],
  ['a priority that is none', 'tasks:\n  - title: A\n    priority: high\n', 'line 3: tasks.0.priority: must be one of'],
  ['no tasks', 'plan: x\ntasks: []\n', 'it has no tasks'],
  ['no plan at all', '- a\n', 'line 1: the file'],
  ['an empty file', '', 'line 1: the file'],
  ['broken YAML', 'tasks:\n  - title: "A\n', 'line 3: Missing closing'],
  ['a key twice', 'tasks: []\ntasks: []\n', 'line 2: Map keys must be unique'],
  [
    'a done task above one that is not',
    'tasks:\n  - title: A\n    done: true\n    children: [{ title: B }]\n',
    'line 4',
  ],
  ['an empty title', 'tasks:\n  - title: " "\n', 'its title is empty'],
])('%s is refused with its line', (_what, text, message) => {
  expect(mistakesOf(text)).toContain(message);
});

test('aliases are refused: a few lines of them would grow without bound', () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
tasks: [{ title: *d }]
`;
  expect(mistakesOf(bomb)).toContain('aliases (*name) are not allowed');
});
