import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { ReadEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { ReadEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { BatchCreateTasksRequest, CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const parent = 'projects/default';

function read({ events }: Booted, partial: object): Promise<ReadEventsResponse> {
  return call(events, 'readEvents', ReadEventsRequest.fromPartial({ parent, types: ['task.*'], ...partial }));
}

async function create({ tasks }: Booted): Promise<void> {
  await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } }));
}

it('reads all events page by page, each once', async () => {
  const booted = await boot();
  for (let i = 0; i < 7; i++) await create(booted);
  const found: number[] = [];
  let page = await read(booted, { pageSize: 3 });
  for (;;) {
    found.push(...page.events.map(({ position }) => position!.sequence));
    if (page.caughtUp) break;
    page = await read(booted, { pageSize: 3, after: page.position });
  }
  expect(found).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(await read(booted, { after: page.position })).toMatchObject({ events: [], caughtUp: true });
});

it('never parts the events of one command', async () => {
  const booted = await boot();
  const requests = Array.from({ length: 5 }, () => ({ task: { title: 'x' } }));
  const { tasks } = booted;
  await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
  expect((await read(booted, { pageSize: 2 })).events).toHaveLength(5);
});

it('waits for the first event and gives it at once', async () => {
  const booted = await boot();
  const { position } = await read(booted, {});
  const waiting = read(booted, { after: position, wait: { seconds: 30, nanos: 0 } });
  await create(booted);
  expect((await waiting).events).toHaveLength(1);
});

it('gives an empty answer when nothing came in time, at the position that it looked up to', async () => {
  const booted = await boot();
  const started = performance.now();
  const answer = await read(booted, { types: ['task.purged'], wait: { seconds: 0, nanos: 200_000_000 } });
  expect(performance.now() - started).toBeGreaterThan(190);
  expect(answer).toMatchObject({ events: [], caughtUp: true });
  expect(answer.position!.sequence).toBe(booted.engine.status.durable);
});

it('may wait longer than other calls may take', async () => {
  const booted = await boot({ server: { operationTimeoutMs: 200 } });
  const answer = await read(booted, { wait: { seconds: 1, nanos: 0 } });
  expect(answer.events).toEqual([]);
});

it('refuses to wait longer than a minute', async () => {
  const booted = await boot();
  const fault = await read(booted, { wait: { seconds: 61, nanos: 0 } }).catch(
    (error: unknown) => error as ServiceError,
  );
  expect((fault as ServiceError).code).toBe(Code.INVALID_ARGUMENT);
});
