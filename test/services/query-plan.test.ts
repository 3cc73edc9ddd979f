// Goal: `explain` says which index a listing reads, and the plan is the one that its conditions allow.

import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { BatchCreateTasksRequest, CompleteTaskRequest, ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import type { ListTasksResponse, QueryPlan } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';
const late = { seconds: Date.UTC(2090, 0) / 1000, nanos: 0 };

async function add({ tasks }: Booted, all: readonly object[], project = parent): Promise<void> {
  const request = { parent: project, requests: all.map((task) => ({ task: { title: 'x', ...task } })) };
  await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial(request));
}

async function world(): Promise<Booted> {
  const booted = await boot();
  await add(booted, [{ externalId: 'GH-1' }]);
  await add(booted, [
    { parent: `${parent}/tasks/t1`, assignee: 'ann', queue: 'web', priority: 2 },
    { assignee: 'ann', queue: 'web', priority: 1, notBefore: late },
    { assignee: 'bob', queue: 'slow', priority: 1 },
    { title: 'done' },
  ]);
  await call(booted.tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: `${parent}/tasks/t5` }));
  return booted;
}

const list = ({ tasks }: Booted, partial: object): Promise<ListTasksResponse> =>
  call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent, explain: true, ...partial }));

it('is set only if asked for', async () => {
  expect((await list(await boot(), { explain: false })).plan).toBeUndefined();
});

const plan = (index: string, ranges: string[], residual: string, order: string, examined: number, matched: number) => ({
  index,
  ranges,
  residual,
  order,
  examined,
  matched,
});
const all = ['all tasks of projects/default'];
const claim = 'priority, not_before, age';

it.each<[object, object]>([
  [{}, plan('tasks', all, 'deleted = false', 'name', 5, 5)],
  [{ showDeleted: true }, plan('tasks', all, '', 'name', 5, 5)],
  [{ orderBy: 'name desc' }, plan('tasks', all, 'deleted = false', 'name, last first', 5, 5)],
  [
    { filter: 'name = t2 AND queue = web' },
    plan('tasks', ['the task t2'], 'deleted = false AND queue = web', 'name', 1, 1),
  ],
  [{ filter: 'name = external:GH-1' }, plan('external_id', ['the task t1'], 'deleted = false', 'name', 1, 1)],
  [{ filter: 'external_id = GH-1' }, plan('external_id', ['the task t1'], 'deleted = false', 'name', 1, 1)],
  [{ filter: 'external_id = GH-9' }, plan('', [], 'deleted = false', 'name', 0, 0)],
  [{ filter: 'parent = t1' }, plan('parent', ['children of t1 that are not deleted'], '', 'name', 1, 1)],
  [{ filter: 'parent = external:GH-1 x' }, plan('parent', ['children of t1 that are not deleted'], 'x', 'name', 1, 1)],
  [{ parentTask: `${parent}/tasks/t1` }, plan('parent', ['children of t1 that are not deleted'], '', 'name', 1, 1)],
  [
    { filter: 'assignee = ann state = PENDING' },
    plan('assignee', ['live tasks of "ann"'], 'state = PENDING', 'name', 2, 2),
  ],
  [{ filter: 'assignee = ann' }, plan('tasks', all, 'deleted = false AND assignee = ann', 'name', 5, 2)],
  [
    { filter: 'state = PENDING AND priority = P0' },
    plan(
      'state',
      ['PENDING, not held back', 'PENDING, held back'],
      'priority = P0',
      'state by state, queue by queue: priority, not_before, age',
      4,
      2,
    ),
  ],
  [{ filter: 'state = SUCCEEDED' }, plan('tasks', all, 'deleted = false AND state = SUCCEEDED', 'name', 5, 1)],
  [
    { filter: 'state = PENDING', queue: 'web', orderBy: 'priority' },
    plan('state', ['PENDING, not held back, queue web', 'PENDING, held back, queue web'], '', claim, 2, 2),
  ],
  [
    { filter: 'ready = true' },
    plan(
      'state',
      ['PENDING, not held back, not_before passed, queue slow', 'PENDING, not held back, not_before passed, queue web'],
      '',
      claim,
      2,
      2,
    ),
  ],
  [
    { filter: 'ready = true AND queue = web' },
    plan('state', ['PENDING, not held back, not_before passed, queue web'], '', claim, 1, 1),
  ],
  [{ filter: 'ready = true', orderBy: 'name' }, plan('tasks', all, 'deleted = false AND ready = true', 'name', 5, 2)],
  [
    { filter: 'state = PENDING state = PAUSED' },
    plan('', [], 'deleted = false AND state = PENDING AND state = PAUSED', 'name', 0, 0),
  ],
  [{ filter: 'deleted = true' }, plan('', [], 'deleted = false AND deleted = true', 'name', 0, 0)],
  [
    { parent: 'projects/-', filter: 'state = PENDING' },
    plan(
      'tasks',
      ['all tasks of all projects'],
      'deleted = false AND state = PENDING',
      'project by project: name',
      5,
      4,
    ),
  ],
])('%j is read so', async (partial, expected) => {
  const { plan: found } = await list(await world(), partial);
  expect(found).toMatchObject(expected);
});

it.each([
  [{ filter: 'state = SUCCEEDED' }, /SUCCEEDED and CANCELED tasks are in the index of their parent alone/],
  [{ filter: 'assignee = ann' }, /name live states too/],
  [{ filter: 'login' }, /add a condition on state, ready, parent/],
  [{ filter: 'state = PENDING', showDeleted: true }, /leave show_deleted out/],
  [{ filter: 'state = PENDING', orderBy: 'name' }, /leave order_by out/],
  [{ filter: 'deleted = true' }, /set show_deleted/],
  [{ filter: 'state = PENDING', parent: 'projects/-' }, /name one project/],
  [{ filter: 'ready = true parent = t1' }, /order_by "name"/],
  [{ filter: 'ready = true' }, /^$/],
  [{}, /^$/],
])('%j gets advice', async (partial, expected) => {
  expect((await list(await world(), partial)).plan!.advice).toMatch(expected);
});

it('jumps over what is not due, however much it is', async () => {
  const booted = await world();
  const notBefore = late;
  for (let i = 0; i < 3; i++)
    await add(
      booted,
      Array.from({ length: 1000 }, () => ({ notBefore, priority: 1 + i })),
    );
  for (const orderBy of ['', 'priority desc']) {
    const { plan: found, tasks } = await list(booted, { filter: 'ready = true', orderBy });
    expect([found!.examined, tasks.map(({ name }) => name.slice(-2)).sort()]).toEqual([2, ['t2', 't4']]);
  }
});

it('goes project by project for what is ready in all of them', async () => {
  const booted = await world();
  await call(booted.projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'alpha' }));
  await add(booted, [{ priority: 5 }], 'projects/alpha');
  const { tasks, plan: found } = await list(booted, { parent: 'projects/-', filter: 'ready = true' });
  expect(tasks.map(({ name }) => name.slice('projects/'.length))).toEqual([
    'alpha/tasks/t1',
    'default/tasks/t4',
    'default/tasks/t2',
  ]);
  expect((found as QueryPlan).order).toBe(`project by project: ${claim}`);
});

it('takes queues one behind another where there are too many to merge, says so, and pages through them', async () => {
  const booted = await boot();
  await add(
    booted,
    Array.from({ length: 150 }, (_, i) => ({ queue: `q${100 + (i % 70)}`, priority: 1 + (i % 5) })),
  );
  for (const orderBy of ['priority', 'priority desc']) {
    const whole = await list(booted, { filter: 'ready = true', orderBy, pageSize: 1000 });
    expect(whole.tasks).toHaveLength(150);
    expect(whole.plan).toMatchObject({ order: expect.stringMatching(/^queue by queue, for there are more/) as string });
    const keys = whole.tasks.map(({ queue, priority }) => `${queue}/${priority}`);
    const sorted = [...keys].sort();
    expect(keys).toEqual(orderBy === 'priority' ? sorted : sorted.reverse());
    const paged: string[] = [];
    let pageToken = '';
    do {
      const page = await list(booted, { filter: 'ready = true', orderBy, pageSize: 7, pageToken });
      paged.push(...page.tasks.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(paged).toEqual(whole.tasks.map(({ name }) => name));
  }
});

it('goes on merging when queues are added between the pages, and refuses when they are many more', async () => {
  const booted = await boot();
  const queues = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({ queue: `q${from + i}`, priority: 3 as const }));
  await add(booted, queues(0, 60));
  const query = { filter: 'ready = true', pageSize: 10 };
  const { nextPageToken: pageToken } = await list(booted, query);
  await add(booted, queues(60, 100));
  expect((await list(booted, { ...query, pageSize: 1000, pageToken })).tasks).toHaveLength(90);
  await add(booted, queues(100, 300));
  const fault = await list(booted, { ...query, pageToken }).catch((error: unknown) => error as ServiceError);
  expect(fault).toMatchObject({ code: Code.INVALID_ARGUMENT, details: expect.stringMatching(/begin again/) as string });
});

it.each([
  [{ orderBy: 'title' }, /^order_by: must be name, name desc, priority or priority desc/],
  [{ orderBy: 'name, priority' }, /^order_by: /],
  [{ orderBy: 'priority' }, /^order_by: priority needs a state/],
  [{ orderBy: 'priority', filter: 'state = SUCCEEDED' }, /^order_by: priority needs a state .* among PENDING/],
  [{ orderBy: 'priority', filter: 'state = PENDING', showDeleted: true }, /^order_by: priority has no deleted/],
  [{ labels: new Map([['', 'x']]) }, /^labels: /],
  [{ states: [99] }, /^states: /],
])('%j is refused', async (partial, message) => {
  const fault = await list(await boot(), partial).catch((error: unknown) => error as ServiceError);
  expect(fault).toMatchObject({ code: Code.INVALID_ARGUMENT, details: expect.stringMatching(message) as string });
});

it('takes a star in a field of the request for itself', async () => {
  const booted = await world();
  await add(booted, [{ assignee: 'a*' }]);
  const { tasks } = await list(booted, { assignee: 'a*' });
  expect(tasks.map(({ assignee }) => assignee)).toEqual(['a*']);
});
