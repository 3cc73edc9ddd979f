import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import {
  BatchCreateTasksRequest,
  CompleteTaskRequest,
  DeleteTaskRequest,
  FailTaskRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { ListTasksResponse } from '../../src/gen/holdfast/v1/task_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';

async function add({ tasks }: Booted, all: readonly object[], project = parent): Promise<string[]> {
  const request = { parent: project, requests: all.map((task) => ({ task: { title: 'x', ...task } })) };
  const { tasks: made } = await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial(request));
  return made.map(({ name }) => name);
}

function list({ tasks }: Booted, partial: object): Promise<ListTasksResponse> {
  return call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent, ...partial }));
}

/** Sorted: an index of states goes queue by queue, each by priority and age. */
async function names(booted: Booted, partial: object): Promise<string[]> {
  return (await list(booted, partial)).tasks.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)).sort();
}

async function allPages(booted: Booted, partial: object): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await list(booted, { ...partial, pageToken });
    found.push(...page.tasks.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return found;
}

/** t1 to t8: of two queues, assignees, parents and labels; t7 done, t8 failed, t6 deleted. */
async function world(): Promise<Booted> {
  const booted = await boot();
  const { tasks } = booted;
  const root = (
    await add(booted, [
      {
        labels: new Map([
          ['area', 'core'],
          ['tier', '1'],
        ]),
      },
    ])
  )[0]!;
  const made = await add(booted, [
    { parent: root, assignee: 'ann' },
    { parent: root, queue: 'slow', labels: new Map([['area', 'edge']]) },
    { assignee: 'ann', queue: 'slow' },
    { assignee: 'bob', labels: new Map([['area', 'core']]) },
    { labels: new Map([['area', 'core']]) },
    { assignee: 'ann' },
    { assignee: 'ann' },
  ]);
  await call(tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name: made[4]! }));
  await call(tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: made[5]! }));
  await call(tasks, 'failTask', FailTaskRequest.fromPartial({ name: made[6]! }));
  return booted;
}

it('lists by each condition, through whichever index, and by all of them', async () => {
  const booted = await world();
  const { PENDING, SUCCEEDED, FAILED, PAUSED } = TaskState;
  expect(await names(booted, {})).toEqual(['t1', 't2', 't3', 't4', 't5', 't7', 't8']);
  expect(await names(booted, { showDeleted: true })).toEqual(['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8']);
  expect(await names(booted, { states: [PENDING] })).toEqual(['t1', 't2', 't3', 't4', 't5']);
  expect(await names(booted, { states: [FAILED, PENDING, PAUSED] })).toEqual(['t1', 't2', 't3', 't4', 't5', 't8']);
  expect(await names(booted, { states: [SUCCEEDED, FAILED] })).toEqual(['t7', 't8']);
  expect(await names(booted, { states: [PENDING], queue: 'slow' })).toEqual(['t3', 't4']);
  expect(await names(booted, { queue: 'slow' })).toEqual(['t3', 't4']);
  expect(await names(booted, { assignee: 'ann' })).toEqual(['t2', 't4', 't7', 't8']);
  expect(await names(booted, { assignee: 'ann', states: [PENDING] })).toEqual(['t2', 't4']);
  expect(await names(booted, { parentTask: `${parent}/tasks/t1` })).toEqual(['t2', 't3']);
  expect(await names(booted, { parentTask: `${parent}/tasks/t1`, queue: 'slow', states: [PENDING] })).toEqual(['t3']);
  expect(await names(booted, { labels: new Map([['area', 'core']]) })).toEqual(['t1', 't5']);
  expect(await names(booted, { labels: new Map([['area', '']]) })).toEqual(['t1', 't3', 't5']);
  expect(
    await names(booted, {
      labels: new Map([
        ['area', 'core'],
        ['tier', '1'],
      ]),
    }),
  ).toEqual(['t1']);
  expect(await names(booted, { labels: new Map([['area', 'core']]), showDeleted: true })).toEqual(['t1', 't5', 't6']);
});

it('gives the same tasks in pages of any size, each once', async () => {
  const booted = await world();
  for (const query of [
    {},
    { states: [TaskState.PENDING, TaskState.FAILED] },
    { assignee: 'ann' },
    { showDeleted: true },
  ]) {
    const whole = await names(booted, query);
    for (const pageSize of [1, 2, 3, whole.length]) {
      expect((await allPages(booted, { ...query, pageSize })).sort()).toEqual(whole);
    }
  }
});

it('gives no token after the last task', async () => {
  const booted = await world();
  expect((await list(booted, { pageSize: 7 })).nextPageToken).toBe('');
  expect((await list(booted, { pageSize: 6 })).nextPageToken).not.toBe('');
});

it('goes on with a token after a restart', async () => {
  const booted = await world();
  const first = await list(booted, { pageSize: 3 });
  await booted.stop();
  const again = await boot({ dir: booted.dir });
  const rest = await list(again, { pageToken: first.nextPageToken });
  expect(rest.tasks.map(({ name }) => name.slice(-2))).toEqual(['t4', 't5', 't7', 't8']);
});

it('lists over all projects', async () => {
  const booted = await world();
  const { projects } = booted;
  await call(projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'other' }));
  await add(booted, [{ assignee: 'ann' }], 'projects/other');
  const found = await list(booted, { parent: 'projects/-', assignee: 'ann', states: [TaskState.PENDING] });
  const expected = ['projects/default/tasks/t2', 'projects/default/tasks/t4', 'projects/other/tasks/t1'];
  expect(found.tasks.map(({ name }) => name)).toEqual(expected);
});

it('shows what was acknowledged before the call', async () => {
  const booted = await boot();
  for (let i = 1; i <= 30; i++) {
    await add(booted, [{}]);
    expect(await names(booted, {})).toHaveLength(i);
  }
});

it('stops after 10,000 examined tasks and goes on from there', async () => {
  const booted = await boot();
  for (let i = 0; i < 11; i++)
    await add(
      booted,
      Array.from({ length: 1000 }, () => ({})),
    );
  await add(booted, [{ assignee: 'ann' }]);
  const limited = await list(booted, { assignee: 'ann' });
  expect(limited).toMatchObject({ tasks: [], scanLimited: true });
  const rest = await list(booted, { assignee: 'ann', pageToken: limited.nextPageToken });
  expect(rest).toMatchObject({ scanLimited: false, nextPageToken: '' });
  expect(rest.tasks).toHaveLength(1);
  expect((await list(booted, { assignee: 'ann', states: [TaskState.PENDING] })).tasks).toHaveLength(1);
});

it('keeps a page of large tasks below what clients take', async () => {
  const booted = await boot();
  const description = 'x'.repeat(60_000);
  for (let i = 0; i < 2; i++)
    await add(
      booted,
      Array.from({ length: 40 }, () => ({ description })),
    );
  const page = await list(booted, { pageSize: 1000, view: 2 });
  expect(page.tasks.length).toBeLessThan(80);
  expect(await allPages(booted, { pageSize: 1000, view: 2 })).toHaveLength(80);
  expect((await list(booted, { pageSize: 1000 })).tasks).toHaveLength(80);
});

it.each([
  [{ parent: 'projects/unknown' }, Code.NOT_FOUND],
  [{ parent: 'nonsense' }, Code.INVALID_ARGUMENT],
  [{ pageSize: -1 }, Code.INVALID_ARGUMENT],
  [{ pageToken: 'nonsense' }, Code.INVALID_ARGUMENT],
  [{ states: [0] }, Code.INVALID_ARGUMENT],
  [{ parentTask: 'projects/other/tasks/t1' }, Code.INVALID_ARGUMENT],
])('refuses %j', async (partial, code) => {
  const booted = await boot();
  const fault = await list(booted, partial).then(
    () => undefined,
    (error: unknown) => error as ServiceError,
  );
  expect(fault?.code).toBe(code);
});
