// Goal: a bulk change does what it says to every task that it is about, once, says what came of it, and stops when asked.

import { OperationState } from '../../src/gen/holdfast/v1/operation';
import type { Operation } from '../../src/gen/holdfast/v1/operation';
import {
  BatchCreateTasksRequest,
  BulkChangeTasksRequest,
  BulkChangeTasksResult,
  CreateTaskRequest,
  GetTaskRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import {
  CancelOperationRequest,
  ListOperationsRequest,
  WaitOperationRequest,
} from '../../src/gen/holdfast/v1/operation_service';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { Priority, TaskState } from '../../src/gen/holdfast/v1/task';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';

async function createMany({ tasks }: Booted, count: number, task: object = {}): Promise<string[]> {
  const names: string[] = [];
  while (names.length < count) {
    const size = Math.min(count - names.length, 1000);
    const requests = Array.from({ length: size }, () => ({ task: { title: 'x', ...task } }));
    const reply = await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
    names.push(...reply.tasks.map(({ name }) => name));
  }
  return names;
}

async function create({ tasks }: Booted, task: object): Promise<string> {
  const request = CreateTaskRequest.fromPartial({ parent, task: { title: 'x', ...task } });
  return (await call(tasks, 'createTask', request)).task!.name;
}

async function start({ tasks }: Booted, request: object): Promise<Operation> {
  const whole = BulkChangeTasksRequest.fromPartial({ parent, ...request });
  return (await call(tasks, 'bulkChangeTasks', whole)).operation!;
}

async function ended({ operations }: Booted, name: string): Promise<Operation> {
  const request = WaitOperationRequest.fromPartial({ name, timeout: { seconds: 25 } });
  const { operation } = await call(operations, 'waitOperation', request);
  expect(operation!.state).not.toBe(OperationState.RUNNING);
  return operation!;
}

function resultOf({ result }: Operation): BulkChangeTasksResult {
  if (result?.$case !== 'response') throw new Error('the operation has no response');
  return BulkChangeTasksResult.decode(result.value.value);
}

async function allTasks({ tasks }: Booted): Promise<Task[]> {
  const found: Task[] = [];
  for (let pageToken = ''; ;) {
    const request = ListTasksRequest.fromPartial({ parent, pageSize: 1000, pageToken });
    const page = await call(tasks, 'listTasks', request);
    found.push(...page.tasks);
    pageToken = page.nextPageToken;
    if (pageToken === '') return found;
  }
}

const cancel = { $case: 'cancel' as const, value: { reason: 'superseded' } };

it('changes every task that the filter selects, and no other', async () => {
  const booted = await boot();
  await createMany(booted, 600, { labels: new Map([['sprint', 'a']]) });
  await createMany(booted, 20, { labels: new Map([['sprint', 'b']]) });
  const { name, state } = await start(booted, { filter: 'labels.sprint = "a"', change: cancel });
  expect(state).toBe(OperationState.RUNNING);
  const operation = await ended(booted, name);
  expect(operation).toMatchObject({
    state: OperationState.SUCCEEDED,
    progress: { phase: 'done', done: 600, total: 600, unit: 'tasks' },
    creator: 'local',
    cursor: '',
  });
  expect(operation.purgeTime!.seconds - operation.endTime!.seconds).toBe(7 * 24 * 3600);
  expect(resultOf(operation)).toMatchObject({ changed: 600, refusals: [] });
  for (const task of await allTasks(booted)) {
    const isCanceled = task.labels.get('sprint') === 'a';
    expect(task).toMatchObject({
      state: isCanceled ? TaskState.CANCELED : TaskState.PENDING,
      revision: isCanceled ? 2 : 1,
      stateReason: isCanceled ? 'superseded' : '',
    });
  }
});

it.each([
  ['pause', 'state = PENDING', TaskState.PAUSED],
  ['complete', 'state = PENDING', TaskState.SUCCEEDED],
  ['cancel', 'state = PENDING', TaskState.CANCELED],
] as const)('can %s', async (verb, filter, state) => {
  const booted = await boot();
  const names = await createMany(booted, 3);
  await ended(booted, (await start(booted, { filter, change: { $case: verb, value: { reason: 'r' } } })).name);
  for (const name of names) {
    const { task } = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name }));
    expect(task).toMatchObject({ state, stateReason: 'r', revision: 2 });
  }
});

it('can resume what it paused, delete, and update', async () => {
  const booted = await boot();
  await createMany(booted, 5);
  const run = async (filter: string, change: object): Promise<number> =>
    resultOf(await ended(booted, (await start(booted, { filter, change })).name)).changed;
  expect(await run('state = PENDING', { $case: 'pause', value: {} })).toBe(5);
  expect(await run('state = PAUSED', { $case: 'resume', value: {} })).toBe(5);
  const value = {
    task: { priority: Priority.P0, labels: new Map([['area', 'docs']]) },
    updateMask: ['priority', 'labels.area'],
  };
  expect(await run('state = PENDING', { $case: 'update', value })).toBe(5);
  for (const task of await allTasks(booted)) {
    expect(task).toMatchObject({ priority: Priority.P0, title: 'x', labels: new Map([['area', 'docs']]) });
  }
  expect(await run('priority = P0', { $case: 'delete', value: {} })).toBe(5);
  expect(await allTasks(booted)).toEqual([]);
});

it('changes a task once though the change itself moves it in every index', async () => {
  const booted = await boot();
  await createMany(booted, 700, { queue: 'a', priority: Priority.P0 });
  const value = { task: { queue: 'b', priority: Priority.P4 }, updateMask: ['queue', 'priority'] };
  const { name } = await start(booted, { filter: 'state = PENDING', change: { $case: 'update', value } });
  expect(resultOf(await ended(booted, name)).changed).toBe(700);
  expect(new Set((await allTasks(booted)).map(({ revision }) => revision))).toEqual(new Set([2]));
});

it('cancels trees: children come before their parents', async () => {
  const booted = await boot();
  const root = await create(booted, {});
  const child = await create(booted, { parent: root });
  await create(booted, { parent: child });
  await create(booted, { parent: root });
  const operation = await ended(booted, (await start(booted, { filter: 'state = PENDING', change: cancel })).name);
  expect(resultOf(operation)).toMatchObject({ changed: 4, refusals: [] });
});

it('counts what the verb refuses, and says the first 20 in words', async () => {
  const booted = await boot();
  await createMany(booted, 30);
  const live = await createMany(booted, 2);
  for (const name of live.slice(0, 1)) await create(booted, { parent: name, labels: new Map([['keep', 'yes']]) });
  const first = await start(booted, { filter: 'state = PENDING AND NOT labels:keep', change: cancel });
  expect(resultOf(await ended(booted, first.name))).toMatchObject({
    changed: 31,
    refused: new Map([['HAS_CHILDREN', 1]]),
    refusals: [expect.stringContaining(live[0]!) as string],
  });
  const second = await start(booted, { filter: 'state = CANCELED', change: cancel });
  const operation = await ended(booted, second.name);
  expect(operation).toMatchObject({ state: OperationState.SUCCEEDED, progress: { done: 31, total: 31 } });
  const { changed, refused, refusals } = resultOf(operation);
  expect([changed, refused, refusals.length]).toEqual([0, new Map([['ILLEGAL_TRANSITION', 31]]), 20]);
  expect(refusals[0]).toMatch(/^projects\/default\/tasks\/t\d+ is CANCELED, where CancelTask is not legal/);
});

it('only counts when asked to, and shows the first', async () => {
  const booted = await boot();
  await createMany(booted, 30, { description: 'long', labels: new Map([['sprint', 'a']]) });
  const request = BulkChangeTasksRequest.fromPartial({
    ...{ parent, filter: 'labels.sprint = "a"', change: cancel, validateOnly: true },
  });
  const reply = await call(booted.tasks, 'bulkChangeTasks', request);
  expect(reply).toMatchObject({ operation: undefined, matched: 30, scanLimited: false });
  expect(reply.sample).toHaveLength(20);
  expect(reply.sample[0]).toMatchObject({ description: '', title: 'x' });
  expect(reply.position!.sequence).toBe(booted.engine.status.durable);
  const listed = await call(booted.operations, 'listOperations', ListOperationsRequest.fromPartial({}));
  expect(listed.operations).toEqual([]);
  for (const bad of [{ filter: 'state =' }, { filter: '' }, { parent: 'projects/none' }]) {
    await expect(call(booted.tasks, 'bulkChangeTasks', { ...request, ...bad })).rejects.toThrow();
  }
});

it('is started once by a request id', async () => {
  const booted = await boot();
  await createMany(booted, 3);
  const request = { filter: 'state = PENDING', change: cancel, requestId: '0190c7a2-7d2b-7f00-8000-0242ac120002' };
  const first = await start(booted, request);
  await ended(booted, first.name);
  expect((await start(booted, request)).name).toBe(first.name);
  const { operations } = await call(booted.operations, 'listOperations', ListOperationsRequest.fromPartial({}));
  expect(operations).toHaveLength(1);
});

it('ends soon after a cancel, and what it has done stays done', async () => {
  const booted = await boot();
  await createMany(booted, 5000);
  const { name } = await start(booted, { filter: 'state = PENDING', change: cancel });
  const asked = await call(booted.operations, 'cancelOperation', CancelOperationRequest.fromPartial({ name }));
  expect(asked.operation!.cancelRequested).toBe(true);
  const operation = await ended(booted, name);
  expect(operation).toMatchObject({ state: OperationState.CANCELED, cancelRequested: true });
  const { changed } = resultOf(operation);
  const canceled = (await allTasks(booted)).filter(({ state }) => state === TaskState.CANCELED);
  expect([changed, operation.progress!.done]).toEqual([canceled.length, canceled.length]);
  expect(changed).toBeLessThan(5000);
});

it('is paused by a stop of the server, and goes on at the next start', async () => {
  const first = await boot();
  await createMany(first, 4000);
  const { name } = await start(first, { filter: 'state = PENDING', change: cancel });
  const seen = (await call(first.operations, 'getOperation', { name, atLeast: undefined })).operation!;
  expect(seen.state).toBe(OperationState.RUNNING);
  await first.stop();
  const second = await boot({ dir: first.dir });
  const operation = await ended(second, name);
  expect(operation).toMatchObject({ state: OperationState.SUCCEEDED, progress: { done: 4000, total: 4000 } });
  expect(resultOf(operation)).toMatchObject({ changed: 4000, refusals: [] });
  const all = await allTasks(second);
  expect(new Set(all.map(({ state, revision }) => `${state}/${revision}`))).toEqual(
    new Set([`${TaskState.CANCELED}/2`]),
  );
});
