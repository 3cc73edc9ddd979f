// Random filters, each with its meaning as a plain test over decoded tasks: written from docs/filters.md, and without a line of
// the code under test.

import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { Priority, TaskState } from '../../src/gen/holdfast/v1/task';
import type { Task } from '../../src/gen/holdfast/v1/task';

/** What a filter says of a task. `held`: open blockers or live children. */
export type Meaning = (task: Task, held: boolean, nowMs: number) => boolean;

export interface Said {
  readonly text: string;
  readonly means: Meaning;
}

const said = (text: string, means: Meaning): Said => ({ text, means });
const idOf = (name: string): string => name.split('/').at(-1)!;
const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
const isReady: Meaning = (task, held, nowMs) =>
  task.state === TaskState.PENDING && !task.deleteTime && !held && (task.notBefore?.seconds ?? 0) * 1000 <= nowMs;

export const WORDS = ['login', 'Page', 'fix', 'x*y', 'ünï'] as const;
export const QUEUES = ['default', 'slow', 'web'] as const;
export const PEOPLE = ['', 'ann', 'bob'] as const;
export const AREAS = ['docs', 'core', ''] as const;
const states = Object.entries(TaskState).filter(([name]) => !name.startsWith('UN'));
const priorities = Object.entries(Priority).filter(([name]) => !name.startsWith('UN'));
const sameCase = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toLowerCase(),
);

const state: Arbitrary<Said> = fc
  .tuple(fc.constantFrom(...states), fc.constantFrom('=', '!='), sameCase)
  .map(([[name, value], op, cased]) =>
    said(`state ${op} ${cased(name)}`, (task) => (task.state === value) === (op === '=')),
  );

const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const comparator = fc.constantFrom(...Object.keys(compare));

const priority: Arbitrary<Said> = fc
  .tuple(fc.constantFrom(...priorities), comparator)
  .map(([[name, value], op]) => said(`priority${op}${name}`, (task) => compare[op]!(task.priority, value)));

const revision: Arbitrary<Said> = fc
  .tuple(fc.integer({ min: 0, max: 3 }), comparator)
  .map(([value, op]) => said(`revision ${op} ${value}`, (task) => compare[op]!(task.revision, value)));

const time: Arbitrary<Said> = fc
  .tuple(
    fc.constantFrom('due_time', 'not_before', 'end_time'),
    comparator,
    fc.constantFrom('2020-01-01T00:00:00Z', '2090-01-01T00:00:00+00:00'),
  )
  .map(([field, op, value]) =>
    said(`${field} ${op} ${value}`, (task) => {
      const at = { due_time: task.dueTime, not_before: task.notBefore, end_time: task.endTime }[field];
      return at ? compare[op]!(at.seconds, Date.parse(value) / 1000) : op === '!=';
    }),
  );

const texts = {
  queue: { read: (task: Task) => task.queue, values: [...QUEUES, 'none'] },
  assignee: { read: (task: Task) => task.assignee, values: [...PEOPLE] },
  kind: { read: (task: Task) => task.kind, values: ['', 'bug'] },
  external_id: { read: (task: Task) => task.externalId, values: ['', 'E1', 'E2', 'E900'] },
  title: { read: (task: Task) => task.title, values: ['login', 'fix login'] },
} as const;
const exact: Arbitrary<Said> = fc
  .constantFrom(...(Object.keys(texts) as (keyof typeof texts)[]))
  .chain((field) =>
    fc.tuple(fc.constant(field), fc.constantFrom<string>(...texts[field].values), fc.constantFrom('=', '!=')),
  )
  .map(([field, value, op]) =>
    said(`${field} ${op} "${value}"`, (task) => (texts[field].read(task) === value) === (op === '=')),
  );

const wild: Arbitrary<Said> = fc
  .tuple(
    fc.constantFrom('queue', 'title', 'assignee') as Arbitrary<keyof typeof texts>,
    fc.constantFrom('w*', '*n', '*o*', 'f*n', '*'),
  )
  .map(([field, pattern]) =>
    said(`${field} = "${pattern}"`, (task) =>
      new RegExp(`^${pattern.replaceAll('*', '[^]*')}$`).test(texts[field].read(task)),
    ),
  );

const contains: Arbitrary<Said> = fc
  .tuple(fc.constantFrom('title', 'description'), fc.constantFrom('LOG', 'page', 'x\\*y', 'Ün'))
  .map(([field, value]) =>
    said(`${field}:"${value}"`, (task) =>
      has(field === 'title' ? task.title : task.description, value.replace('\\', '')),
    ),
  );

const word: Arbitrary<Said> = fc
  .constantFrom('login', 'PAGE', 'absent', 'ünï')
  .map((value) => said(value, (task) => has(task.title, value) || has(task.description, value)));

const map: Arbitrary<Said> = fc.oneof(
  fc.constantFrom(...AREAS).chain((value) =>
    fc.constantFrom(
      said(`labels.area = "${value}"`, ({ labels }) => labels.get('area') === value),
      said(`labels.area != "${value}"`, ({ labels }) => labels.get('area') !== value),
    ),
  ),
  fc.constantFrom(
    said('labels.area:*', ({ labels }) => labels.has('area')),
    said('labels:area', ({ labels }) => labels.has('area')),
    said('labels.area:OC', ({ labels }) => has(labels.get('area') ?? '', 'oc')),
    said('annotations:*', ({ annotations }) => annotations.size > 0),
    said('annotations."a key":*', ({ annotations }) => annotations.has('a key')),
    said('required_capabilities:css', (task) => task.requiredCapabilities.includes('css')),
  ),
);

const graph: Arbitrary<Said> = fc.integer({ min: 1, max: 40 }).chain((number) =>
  fc.constantFrom(
    said(`name = t${number}`, (task) => idOf(task.name) === `t${number}`),
    said(`name != "projects/default/tasks/t${number}"`, (task) => idOf(task.name) !== `t${number}`),
    said(`parent = t${(number % 3) + 1}`, (task) => idOf(task.parent) === `t${(number % 3) + 1}`),
    said('parent = external:E1', (task) => idOf(task.parent) === 't1'),
    said('parent = ""', (task) => task.parent === ''),
    said('parent:*', (task) => task.parent !== ''),
    said(`dependencies:t${number}`, (task) => task.dependencies.some((edge) => idOf(edge.task) === `t${number}`)),
    said('dependencies:*', (task) => task.dependencies.length > 0),
    said('unresolved = true', (task) => task.unresolvedDependencies.length > 0),
  ),
);

const flag: Arbitrary<Said> = fc.constantFrom(
  said('ready = true', isReady),
  said('ready != true', (...all) => !isReady(...all)),
  said('ready = false', (...all) => !isReady(...all)),
  said('deleted = true', (task) => task.deleteTime !== undefined),
  said('deleted = false', (task) => task.deleteTime === undefined),
  said('due_time:*', (task) => task.dueTime !== undefined),
);

const leaf = fc.oneof(
  { weight: 3, arbitrary: state },
  priority,
  revision,
  time,
  { weight: 2, arbitrary: exact },
  wild,
  contains,
  word,
  map,
  { weight: 2, arbitrary: graph },
  { weight: 2, arbitrary: flag },
);

/** An OR of states: what a planner may take for a set of them. */
const someStates: Arbitrary<Said> = fc
  .uniqueArray(fc.constantFrom(...states), { minLength: 2, maxLength: 4 })
  .map((some) =>
    said(`(${some.map(([name]) => `state = ${name}`).join(' OR ')})`, (task) =>
      some.some(([, value]) => task.state === value),
    ),
  );

/** Several conditions side by side at the top: what a planner looks at. */
const planned: Arbitrary<Said> = fc
  .array(fc.oneof(state, someStates, exact, graph, flag), { minLength: 1, maxLength: 4 })
  .map((all) => said(all.map(({ text }) => text).join(' AND '), (...of) => all.every(({ means }) => means(...of))));

const { tree } = fc.letrec<{ tree: Said }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([a, b]) => said(`(${a.text}) AND (${b.text})`, (...all) => a.means(...all) && b.means(...all))),
    fc.tuple(leaf, leaf, leaf).map(([a, b, c]) =>
      // OR binds tighter than standing side by side.
      said(`${a.text} ${b.text} OR ${c.text}`, (...all) => a.means(...all) && (b.means(...all) || c.means(...all))),
    ),
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([a, b]) => said(`(${a.text}) OR (${b.text})`, (...all) => a.means(...all) || b.means(...all))),
    fc
      .tuple(tie('tree'), fc.constantFrom('NOT ', '-'))
      .map(([a, not]) => said(`${not}(${a.text})`, (...all) => !a.means(...all))),
  ),
}));

/** A filter, and what it says. */
export const randomFilter: Arbitrary<Said> = fc.oneof(tree, planned);
