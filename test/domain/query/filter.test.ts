import { parseFilter } from '../../../src/domain/query/filter';
import { FIELDS } from '../../../src/domain/query/fields';
import { QueryRow } from '../../../src/domain/query/query-row';
import { parse } from '../../../src/domain/query/parser';
import { print } from '../../../src/domain/query/syntax';
import { Refusal } from '../../../src/domain/refusal';
import { Priority, Task, TaskState } from '../../../src/gen/holdfast/v1/task';

const nowMs = Date.parse('2026-06-01T00:00:00Z');
const at = (text: string) => ({ seconds: Date.parse(text) / 1000, nanos: 0 });

const full: Partial<Task> = {
  state: TaskState.PENDING,
  priority: Priority.P1,
  title: 'Fix the Login page',
  description: 'Users see *two* prompts',
  queue: 'web',
  kind: 'bug',
  assignee: 'ann',
  creator: 'bob',
  parent: 'projects/p/tasks/t1',
  externalId: 'GH-7',
  requiredCapabilities: ['node', 'css'],
  labels: new Map([
    ['area', 'docs'],
    ['app.io/tier', ''],
  ]),
  annotations: new Map([['a key', 'x']]),
  dependencies: [{ task: 'projects/p/tasks/t3', kind: 1 }],
  createTime: at('2026-01-01T00:00:00Z'),
  dueTime: at('2026-07-01T00:00:00Z'),
  notBefore: at('2026-05-01T00:00:00Z'),
  revision: 4,
};

function rowOf(task: Partial<Task>, held = false): QueryRow {
  const image = Task.encode(Task.fromPartial({ title: 'x', ...task })).finish();
  return new QueryRow('p', 't2', image, held, (project, id) => (project === 'p' && id === 'EXT' ? 't1' : undefined));
}

const matches = (filter: string, task: Partial<Task> = full, held = false): boolean =>
  parseFilter(filter, 'filter').matches(rowOf(task, held), nowMs);

function refused(filter: string): Refusal {
  try {
    parseFilter(filter, 'filter');
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
  throw new Error(`${filter} is taken`);
}

it.each([
  '',
  '   ',
  'state = PENDING',
  'state=pending',
  'state != PAUSED',
  'state = TASK_STATE_PENDING',
  'priority <= P1',
  'priority < P2',
  'priority >= P1',
  'priority > P0',
  'priority = p1',
  'name = t2',
  'name = projects/p/tasks/t2',
  'name = "external:GH-7"',
  'name = external:GH-7',
  'parent = t1',
  'parent = external:EXT',
  'parent = projects/p/tasks/t1',
  'parent != t2',
  'parent:*',
  'external_id = GH-7',
  'external_id = "GH-*"',
  'external_id = *7',
  'title = "Fix * page"',
  'title = "*login*" OR title:login',
  'labels.app."io/tier":*',
  'title:LOGIN',
  'description = "* \\*two\\* *"',
  'login',
  'fix page',
  'fix AND prompts',
  '"the login"',
  'fix*page',
  '-missing',
  'NOT missing',
  'missing OR login',
  'queue = web kind = bug creator = bob assignee = ann',
  'required_capabilities:css',
  'required_capabilities:*',
  'labels:area',
  'labels:*',
  'labels.area = docs',
  'labels.area = "d*"',
  'labels.area:OC',
  'labels.area:*',
  'labels.app.io/tier:*',
  'labels.app.io/tier = ""',
  'labels.none != docs',
  'annotations."a key" = x',
  'dependencies:t3',
  'dependencies:*',
  'create_time = 2026-01-01T00:00:00Z',
  'create_time < "2026-01-01T00:00:00.000000001Z"',
  'create_time >= 2026-01-01T01:00:00+01:00',
  'end_time != 2026-01-01T00:00:00Z',
  'due_time:*',
  'revision > 3',
  'revision = 4',
  'ready = true',
  'ready != false',
  'deleted = false',
  'unresolved = false',
  '(state = PAUSED OR state = PENDING) AND (a OR login)',
  // OR binds tighter than AND, and than standing side by side.
  'missing OR login fix',
  'state = PENDING OR state = PAUSED priority = P1',
  "assignee = 'ann'",
])('%s selects the task', (filter) => expect(matches(filter)).toBe(true));

it.each([
  'state = PAUSED',
  'state != pending',
  'priority < P1',
  'name = t1',
  'name = projects/q/tasks/t2',
  'parent = ""',
  'parent = external:NONE',
  'external_id = "gh-7"',
  'external_id = GH',
  'title = "fix the login page"',
  'title = "Fix*Fix*page"',
  'title = "*page*page"',
  'description:"two prompts"',
  'login AND missing',
  'missing OR other login',
  'required_capabilities:cs',
  'labels:none',
  'labels.area = DOCS',
  'labels.none = ""',
  'labels.none:*',
  'dependencies:t1',
  'end_time = 2026-01-01T00:00:00Z',
  'end_time < 2027-01-01T00:00:00Z',
  'end_time > 2020-01-01T00:00:00Z',
  'end_time:*',
  'ready = false',
  'deleted = true',
  'unresolved = true',
  'NOT (state = PENDING)',
  '-(login)',
])('%s does not select the task', (filter) => expect(matches(filter)).toBe(false));

it('is ready when PENDING, not deleted, not held back, and past not_before', () => {
  expect(matches('ready = true', full, true)).toBe(false);
  expect(matches('ready = true', { ...full, state: TaskState.PAUSED })).toBe(false);
  expect(matches('ready = true', { ...full, notBefore: at('2026-06-02T00:00:00Z') })).toBe(false);
  expect(matches('ready = true', { ...full, deleteTime: at('2026-05-02T00:00:00Z') })).toBe(false);
  expect(matches('ready = true', { state: TaskState.PENDING })).toBe(true);
});

it('never takes a task of which nobody looked whether it is held back for one that is not', () => {
  const image = Task.encode(Task.fromPartial(full)).finish();
  const row = new QueryRow('p', 't2', image, undefined, () => undefined);
  expect(() => parseFilter('ready = true', 'filter').matches(row, nowMs)).toThrow(TypeError);
});

it('decodes a task only when the cheap conditions hold', () => {
  const row = rowOf({ ...full, state: TaskState.PAUSED });
  const decode = jest.spyOn(Task, 'decode');
  expect(parseFilter('login AND labels.area = docs AND state = PENDING', 'filter').matches(row, nowMs)).toBe(false);
  expect(decode).not.toHaveBeenCalled();
  decode.mockRestore();
});

it.each([
  ['statt = PENDING', 1, /no field "statt"; the fields are name, state, /],
  ['state = DONE', 9, /expected a state \(PENDING, .*found "DONE"/],
  ['state < PENDING', 7, /state takes =, !=, found "<"/],
  ['priority = high', 12, /P0, P1/],
  ['title = ', 9, /expected a value, found the end/],
  ['title = "abc', 9, /does not end/],
  ['title = "a\\n"', 11, /backslash/],
  ['é state = PENDING (', 20, /expected a condition/],
  ['(state = PENDING', 17, /expected "\)".*found the end/],
  ['state = PENDING)', 16, /found "\)"/],
  ['state = PENDING and ready = true', 17, /AND in capitals/],
  ['not login', 1, /NOT in capitals/],
  ['AND login', 1, /expected a condition/],
  ['state == PENDING', 8, /expected a value, found "="/],
  ['a OR', 5, /found the end/],
  ['fix(1)', 1, /no functions/],
  ['state = (PENDING OR PAUSED)', 9, /one value/],
  ['"title" = x', 1, /without quotation marks/],
  ['title.x = y', 1, /has no parts/],
  ['labels = docs', 8, /labels takes :, found "="/],
  ['labels. = docs', 1, /expected a key/],
  ['create_time > 2026-02-30T00:00:00Z', 15, /RFC 3339/],
  ['create_time > 2026-02-03T24:00:00Z', 15, /RFC 3339/],
  ['create_time > yesterday', 15, /RFC 3339/],
  ['revision = many', 12, /whole number/],
  ['ready = yes', 9, /true or false/],
  ['parent = "no task"', 10, /expected a task/],
  ['name = t*', 8, /a star is no part/],
  ['!login', 1, /write NOT or -/],
  ['title:"', 7, /does not end/],
  ['a '.repeat(101), 201, /more than 100/],
  ['('.repeat(17) + 'a' + ')'.repeat(17), 17, /more than 16/],
  ['NOT '.repeat(17) + 'a', 65, /more than 16/],
  ['x'.repeat(4097), 1, /4097 bytes/],
])('%s is refused at character %i', (filter, position, words) => {
  const { reason, message, details } = refused(filter);
  expect(reason).toBe('FILTER_INVALID');
  expect(details.metadata).toEqual({ position: String(position) });
  expect(details.fields![0]!.field).toBe('filter');
  expect(message).toMatch(words);
  expect(message).toMatch(`at character ${position}: `);
});

it('takes what stands right at the bounds', () => {
  expect(matches('fix '.repeat(100))).toBe(true);
  expect(matches(`${'('.repeat(16)}fix${')'.repeat(16)}`)).toBe(true);
  expect(matches(`title = "${'*'.repeat(4000)}"`)).toBe(true);
});

it.each([
  'state = PENDING AND priority <= P1',
  'title = "a\\"b*c\\*d\\\\" AND (a OR b)',
  'NOT (a AND b) AND labels.area:* AND labels."a key" != "and"',
  '"AND" AND "not" AND -x',
  'external_id = "a b"',
])('prints %s as a filter that means the same', (filter) => {
  const printed = print(parse(filter)!);
  expect(print(parse(printed)!)).toBe(printed);
});

it('knows what a planner may rely on', () => {
  const facts = (filter: string) => parseFilter(filter, 'filter').conditions.map(({ fact }) => fact);
  expect(facts('ready = true queue = web')).toEqual([{ about: 'ready' }, { about: 'queue', text: 'web' }]);
  expect(facts('state = PENDING OR state = PAUSED')).toEqual([
    { about: 'state', states: new Set([TaskState.PENDING, TaskState.PAUSED]) },
  ]);
  expect(facts('state = PENDING OR login')).toEqual([undefined]);
  expect(facts('NOT state = PENDING')).toEqual([undefined]);
  expect(facts('NOT ready = true')).toEqual([undefined]);
  expect(facts('queue = "w*"')).toEqual([undefined]);
  expect(facts('queue = ""')).toEqual([undefined]);
  expect(facts('(state = PENDING AND (parent = t1 AND name = external:X))')).toEqual([
    { about: 'state', states: new Set([TaskState.PENDING]) },
    { about: 'parent', task: { id: 't1' } },
    { about: 'name', task: { externalId: 'X' } },
  ]);
});

it('asks whether a task is held back only where `ready` stands', () => {
  const needs = (filter: string) => parseFilter(filter, 'filter').needsHeld;
  expect([needs('ready = true'), needs('NOT (a OR ready = false)'), needs('state = PENDING')]).toEqual([
    true,
    true,
    false,
  ]);
});

it('has a reader for each field', () => {
  for (const [name, { type }] of FIELDS) {
    const comparator = type === 'list' || type === 'map' || type === 'edges' ? ':' : ' = ';
    const values: Record<string, string> = { state: 'PENDING', priority: 'P1', flag: 'true', number: '1' };
    const value = values[type] ?? (type === 'time' ? '2026-01-01T00:00:00Z' : 't1');
    expect(typeof matches(`${name}${comparator}${value}`)).toBe('boolean');
  }
});
