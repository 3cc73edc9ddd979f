import { Metadata, status as Code } from '@grpc/grpc-js';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import type { Resource } from '../../src/gen/holdfast/v1/event';
import {
  BatchCreateTasksRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  DeleteTaskRequest,
  UpdateTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { bootAgents, startAs } from '../support/agent-client';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';

async function create({ tasks }: Booted, task: object = {}, metadata = new Metadata()): Promise<string> {
  const request = CreateTaskRequest.fromPartial({ parent, task: { title: 'x', ...task } });
  return (await call(tasks, 'createTask', request, metadata)).task!.name;
}

async function createMany({ tasks }: Booted, count: number, task: object = {}): Promise<void> {
  const requests = Array.from({ length: count }, () => ({ task: { title: 'x', ...task } }));
  await call(tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests }));
}

async function retitle({ tasks }: Booted, name: string, title: string): Promise<void> {
  await call(tasks, 'updateTask', UpdateTaskRequest.fromPartial({ task: { name, title }, updateMask: ['title'] }));
}

function nameOf(resource: Resource | undefined): string | undefined {
  const value = resource?.resource?.value;
  return value && 'name' in value ? value.name : undefined;
}

function reasonOf(fault: { metadata: Metadata }): string {
  const status = Status.decode(fault.metadata.get('grpc-status-details-bin')[0] as Buffer);
  return ErrorInfo.decode(status.details[0]!.value).reason;
}

it('brings every event from the oldest on, in order, with who did what', async () => {
  const booted = await bootAgents();
  const { tasks } = booted;
  const { name: session, metadata } = await startAs(booted, 'builder');
  metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  const name = await create(booted, {}, metadata);
  await retitle(booted, name, 'two');
  await call(tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name }));
  const stream = new EventStream(booted.events, { start: { $case: 'earliest', value: true } });
  await stream.until(({ events }) => events.length === 6);
  const events = stream.events.filter(({ type }) => !/^(session|agent)/.test(type));
  expect(events.map(({ type }) => type)).toEqual(['project.created', 'task.created', 'task.updated', 'task.completed']);
  expect(events.map(({ position }) => position!.sequence)).toEqual([2, 4, 5, 6]);
  expect(events[1]).toMatchObject({ name, principal: 'local', session, index: 0, changedPaths: [] });
  expect(events[1]!.traceparent).toBe('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  expect(events[2]!.changedPaths).toContain('title');
  expect(events[2]!.after!.resource!.value).toMatchObject({ name, title: 'two' });
  expect(events[2]!.previous).toBeUndefined();
  const times = events.map(({ time }) => time!.seconds * 1e9 + time!.nanos);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

it('says once when it has caught up, after all that was there', async () => {
  const booted = await boot();
  for (let i = 0; i < 5; i++) await create(booted);
  const stream = new EventStream(booted.events, { start: { $case: 'earliest', value: true } });
  await stream.until((each) => each.of('caughtUp').length === 1);
  expect(stream.messages[stream.messages.length - 1]!.payload!.$case).toBe('caughtUp');
  expect(stream.position).toBe(booted.engine.status.durable);
  await create(booted);
  await stream.until(({ position }) => position === booted.engine.status.durable);
  expect(stream.of('caughtUp')).toHaveLength(1);
});

it('begins now unless told otherwise', async () => {
  const booted = await boot();
  await create(booted);
  const stream = new EventStream(booted.events, {});
  await stream.until((each) => each.of('caughtUp').length === 1);
  const name = await create(booted);
  await stream.until(({ events }) => events.length > 0);
  expect(stream.events.map((event) => event.name)).toEqual([name]);
});

it('resumed after any position brings exactly the events after it', async () => {
  const booted = await boot();
  for (let i = 0; i < 6; i++) await create(booted);
  const all = new EventStream(booted.events, { start: { $case: 'earliest', value: true } });
  await all.until((each) => each.of('caughtUp').length === 1);
  for (const { position } of [...all.events]) {
    const rest = new EventStream(booted.events, { start: { $case: 'after', value: position! } });
    await rest.until((each) => each.of('caughtUp').length === 1);
    expect(rest.events).toEqual(all.events.filter((event) => event.position!.sequence > position!.sequence));
  }
});

it('resumed after a restart misses nothing', async () => {
  const booted = await boot();
  await create(booted);
  const before = new EventStream(booted.events, { start: { $case: 'earliest', value: true } });
  await before.until((each) => each.of('caughtUp').length === 1);
  const { position } = before.messages[before.messages.length - 1]!;
  const name = await create(booted);
  await booted.stop();
  const again = await boot({ dir: booted.dir });
  const stream = new EventStream(again.events, { start: { $case: 'after', value: position! } });
  await stream.until((each) => each.of('caughtUp').length === 1);
  expect(stream.events.map((event) => event.name)).toEqual([name]);
});

it('brings only the project and the types that were asked for', async () => {
  const booted = await boot();
  const { projects, tasks } = booted;
  const types = ['task.deleted', 'project.*'];
  const stream = new EventStream(booted.events, { types, start: { $case: 'earliest', value: true } });
  const other = new EventStream(booted.events, { parent: 'projects/other', start: { $case: 'earliest', value: true } });
  const name = await create(booted);
  await call(projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'other' }));
  await call(tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name }));
  await stream.until(({ events }) => events.length === 3);
  expect(stream.events.map(({ type }) => type)).toEqual(['project.created', 'project.created', 'task.deleted']);
  await other.until(({ events }) => events.length === 1);
  expect(other.events[0]!.name).toBe('projects/other');
});

it('sends progress in order, also when nothing matches', async () => {
  const booted = await boot();
  const progressInterval = { seconds: 0, nanos: 100_000_000 };
  const stream = new EventStream(booted.events, { types: ['project.purged'], progressInterval });
  await stream.until((each) => each.of('caughtUp').length === 1);
  for (let i = 0; i < 3; i++) await create(booted);
  const goal = booted.engine.status.durable;
  await stream.until((each) => each.of('progress').length > 1 && each.position === goal);
  expect(stream.events).toEqual([]);
  const positions = stream.messages.map(({ position }) => position!.sequence);
  expect(positions).toEqual([...positions].sort((a, b) => a - b));
});

it('keeps the events of one command together, and parts a large one so that it can be resumed', async () => {
  const booted = await boot();
  const start = booted.engine.status.durable;
  const stream = new EventStream(booted.events, {});
  await stream.until((each) => each.of('caughtUp').length === 1);
  await createMany(booted, 3);
  await createMany(booted, 40, { description: 'x'.repeat(60_000) });
  await stream.until(({ events }) => events.length === 43);
  const batches = stream.of('events').map(({ position, payload }) => ({
    sequence: position!.sequence,
    more: payload?.$case === 'events' && payload.value.more,
    events: payload?.$case === 'events' ? payload.value.events.length : 0,
  }));
  expect(batches[0]).toEqual({ sequence: start + 1, more: false, events: 3 });
  const parts = batches.slice(1);
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.slice(0, -1).every(({ sequence, more }) => sequence === start + 1 && more)).toBe(true);
  expect(parts[parts.length - 1]).toMatchObject({ sequence: start + 2, more: false });
  expect(stream.events.slice(3).map(({ index }) => index)).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

it('shows the entity before the change to those who ask', async () => {
  const booted = await boot();
  const name = await create(booted);
  await retitle(booted, name, 'two');
  await retitle(booted, name, 'three');
  const stream = new EventStream(booted.events, { includePrevious: true, start: { $case: 'earliest', value: true } });
  await stream.until(({ events }) => events.length === 4);
  const titles = stream.events
    .slice(1)
    .map(({ after, previous }) => [previous, after].map((each) => each?.resource?.value));
  expect(titles.map((pair) => pair.map((each) => each && 'title' in each && each.title))).toEqual([
    [undefined, 'x'],
    ['x', 'two'],
    ['two', 'three'],
  ]);
});

it('gives a snapshot and then the events after it, without a gap, while others write', async () => {
  const booted = await boot();
  await createMany(booted, 300);
  let writing = true;
  const writer = (async () => {
    while (writing) await create(booted);
  })();
  const stream = new EventStream(booted.events, { parent, start: { $case: 'snapshot', value: true } });
  await stream.until(({ events }) => events.length > 50);
  writing = false;
  await writer;
  await stream.until(({ position }) => position === booted.engine.status.durable);
  const chunks = stream.of('snapshot');
  const last = chunks[chunks.length - 1]!;
  expect(chunks.slice(0, -1).every(({ position }) => position!.sequence === 0)).toBe(true);
  expect(last.payload).toMatchObject({ value: { last: true } });
  const shown = chunks.flatMap(({ payload }) =>
    payload?.$case === 'snapshot' ? payload.value.resources.map(nameOf) : [],
  );
  const at = last.position!.sequence;
  expect(stream.events.every(({ position }) => position!.sequence > at)).toBe(true);
  const numbers = [...shown.slice(1), ...stream.events.map((event) => event.name)].map((name) =>
    Number(name!.split('/t')[2]),
  );
  expect(shown[0]).toBe(parent);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: numbers.length }, (_, i) => i + 1));
});

it('leaves deleted tasks out of a snapshot, and gives an empty one its last chunk', async () => {
  const booted = await boot();
  const name = await create(booted);
  await call(booted.tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name }));
  const stream = new EventStream(booted.events, { types: ['task.*'], start: { $case: 'snapshot', value: true } });
  await stream.until((each) => each.of('caughtUp').length === 1);
  expect(stream.of('snapshot')).toMatchObject([{ payload: { value: { resources: [], last: true } } }]);
});

it('ends a reader that stalls, who then resumes and misses nothing, while others go on', async () => {
  const booted = await boot({ server: { stallTimeoutMs: 2000 } });
  const slow = new EventStream(booted.events, {});
  const quick = new EventStream(booted.events, {});
  await slow.until((each) => each.of('caughtUp').length === 1);
  slow.pause();
  const description = 'x'.repeat(60_000);
  for (let i = 0; i < 20; i++) await createMany(booted, 20, { description });
  await quick.until(({ events }) => events.length === 400);
  while (booted.server.openWatches > 1) await new Promise((resolve) => setTimeout(resolve, 20));
  slow.resume();
  const fault = await slow.end();
  expect([fault.code, reasonOf(fault)]).toEqual([Code.RESOURCE_EXHAUSTED, 'SLOW_CONSUMER']);
  const value = slow.messages[slow.messages.length - 1]!.position!;
  const seen = slow.events.filter(({ position }) => position!.sequence <= value.sequence).length;
  const rest = new EventStream(booted.events, { start: { $case: 'after', value } });
  await rest.until(({ events }) => events.length === 400 - seen);
});

it('cuts off a stalled reader that never comes back', async () => {
  const booted = await boot({ server: { stallTimeoutMs: 200 } });
  const stream = new EventStream(booted.events, {});
  await stream.until((each) => each.of('caughtUp').length === 1);
  stream.pause();
  for (let i = 0; i < 20; i++) await createMany(booted, 20, { description: 'x'.repeat(60_000) });
  while (booted.server.openCalls > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

it('lets go of a watch when its caller goes away', async () => {
  const booted = await boot();
  const streams = Array.from({ length: 20 }, () => new EventStream(booted.events, {}));
  for (const stream of streams) await stream.until((each) => each.of('caughtUp').length === 1);
  expect(booted.server.openCalls).toBe(20);
  for (const stream of streams) stream.cancel();
  await Promise.all(streams.map((stream) => stream.end()));
  while (booted.server.openCalls > 0) await new Promise((resolve) => setImmediate(resolve));
});

it.each([
  [
    { start: { $case: 'after', value: { history: 'ffffffffffffffff', sequence: 1 } } },
    Code.OUT_OF_RANGE,
    'POSITION_UNKNOWN',
  ],
  [{ start: { $case: 'earliest', value: false } }, Code.INVALID_ARGUMENT, 'FIELD_INVALID'],
  [{ types: ['task.exploded'] }, Code.INVALID_ARGUMENT, 'FIELD_INVALID'],
  [{ parent: 'nonsense' }, Code.INVALID_ARGUMENT, 'FIELD_INVALID'],
  [{ progressInterval: { seconds: 0, nanos: 1000 } }, Code.INVALID_ARGUMENT, 'FIELD_INVALID'],
] as const)('refuses %j', async (partial, code, reason) => {
  const booted = await boot();
  const fault = await new EventStream(booted.events, partial as object).end();
  expect([fault.code, reasonOf(fault)]).toEqual([code, reason]);
});
