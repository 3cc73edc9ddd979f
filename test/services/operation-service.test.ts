// Goal: whoever follows an operation learns of its end at once, without polling, and is let go when the server shuts down.

import { status as Code } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError, Metadata } from '@grpc/grpc-js';
import { PRINCIPAL_SYSTEM } from '../../src/domain/command';
import type { Outcome } from '../../src/domain/own-requests';
import { metadataOf, responseOf } from '../../src/engine/bulk/bulk-messages';
import { Operation, OperationState } from '../../src/gen/holdfast/v1/operation';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import {
  CancelOperationRequest,
  ListOperationsRequest,
  WaitOperationRequest,
} from '../../src/gen/holdfast/v1/operation_service';
import type { WatchOperationResponse } from '../../src/gen/holdfast/v1/operation_service';
import { BulkChangeTasksRequest, BulkChangeTasksResult } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';

const system = { caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' }, validateOnly: false };
const response = responseOf(BulkChangeTasksResult.create());
const succeeded: Outcome = { state: OperationState.SUCCEEDED, response };

/** An operation that nobody works on: the test moves it. */
async function idle({ engine }: Booted, description = ''): Promise<string> {
  const request = BulkChangeTasksRequest.fromPartial({
    ...{ parent: 'projects/default', filter: 'name = "t1"' },
    change: { $case: 'update', value: { task: { description }, updateMask: ['description'] } },
  });
  const { replies } = await engine.execute({
    ...system,
    kind: 'startOperation',
    request,
    metadata: metadataOf(request),
  });
  return Operation.decode(replies[0]!.image).name;
}

async function advance({ engine }: Booted, name: string, done: number, outcome?: Outcome): Promise<void> {
  const progress = { phase: 'deleting', done, total: 9, unit: 'tasks' };
  await engine.execute({ ...system, kind: 'advanceOperation', request: { name, progress, cursor: '1//', outcome } });
}

function wait({ operations }: Booted, name: string, timeout?: { seconds: number; nanos?: number }) {
  return call(operations, 'waitOperation', WaitOperationRequest.fromPartial({ name, timeout }));
}

/** What a watch brought, and how it ended. */
class Followed {
  readonly operations: Operation[] = [];
  readonly ended: Promise<ServiceError | undefined>;
  readonly stream: ClientReadableStream<WatchOperationResponse>;
  private wake = (): void => undefined;

  constructor({ operations }: Booted, name: string) {
    this.stream = operations.watchOperation({ name });
    this.stream.on('data', ({ operation }: WatchOperationResponse) => {
      this.operations.push(operation!);
      this.wake();
    });
    this.ended = new Promise((resolve) => {
      this.stream.on('end', () => resolve(undefined));
      this.stream.on('error', (fault: ServiceError) => resolve(fault));
    });
  }

  async until(count: number): Promise<void> {
    while (this.operations.length < count) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}

function reasonOf(fault: { metadata: Metadata }): string {
  const status = Status.decode(fault.metadata.get('grpc-status-details-bin')[0] as Buffer);
  return ErrorInfo.decode(status.details[0]!.value).reason;
}

async function faultOf(answer: Promise<unknown>): Promise<ServiceError> {
  return answer.then(
    () => Promise.reject(new Error('it was answered')),
    (fault: ServiceError) => fault,
  );
}

it('gives an operation with the position that it rests on', async () => {
  const booted = await boot();
  const name = await idle(booted);
  const { operation, position } = await call(booted.operations, 'getOperation', { name, atLeast: undefined });
  expect(operation).toMatchObject({ name, state: OperationState.RUNNING, progress: { done: 0, unit: 'tasks' } });
  expect(position!.sequence).toBe(booted.engine.status.durable);
});

it.each(['operations/op-none', 'op-1'])('knows of no operation %s', async (name) => {
  const booted = await boot();
  const code = name.startsWith('operations/') ? Code.NOT_FOUND : Code.INVALID_ARGUMENT;
  const followed = new Followed(booted, name);
  const faults = [
    await faultOf(call(booted.operations, 'getOperation', { name, atLeast: undefined })),
    await faultOf(call(booted.operations, 'cancelOperation', CancelOperationRequest.fromPartial({ name }))),
    await faultOf(wait(booted, name)),
    (await followed.ended)!,
  ];
  expect(faults.map((fault) => fault.code)).toEqual([code, code, code, code]);
});

it('lists operations page by page, newest first', async () => {
  const booted = await boot();
  const names: string[] = [];
  for (let i = 0; i < 7; i++) {
    names.unshift(await idle(booted));
    // Their ids are ordered by the millisecond.
    const atMs = booted.engine.nowMs;
    while (booted.engine.nowMs === atMs) await new Promise(setImmediate);
  }
  const listed: string[] = [];
  let pageToken = '';
  do {
    const request = ListOperationsRequest.fromPartial({ pageSize: 3, pageToken });
    const page = await call(booted.operations, 'listOperations', request);
    listed.push(...page.operations.map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(listed).toEqual(names);
});

describe('a wait', () => {
  it('ends with the operation', async () => {
    const booted = await boot();
    const name = await idle(booted);
    const answers = [wait(booted, name), wait(booted, name, { seconds: 20 })];
    await advance(booted, name, 1);
    await advance(booted, name, 2, succeeded);
    for (const { operation } of await Promise.all(answers)) {
      expect(operation).toMatchObject({ state: OperationState.SUCCEEDED, progress: { done: 2 } });
    }
    expect((await wait(booted, name)).operation!.state).toBe(OperationState.SUCCEEDED);
  });

  it('gives the operation as it is when its time is up', async () => {
    const booted = await boot();
    const name = await idle(booted);
    expect((await wait(booted, name, { seconds: 0 })).operation!.state).toBe(OperationState.RUNNING);
    expect((await wait(booted, name, { seconds: 0, nanos: 2e7 })).operation!.state).toBe(OperationState.RUNNING);
  });

  it('may last longer than other calls, up to 10 minutes', async () => {
    const booted = await boot({ server: { operationTimeoutMs: 300 } });
    const name = await idle(booted);
    expect((await wait(booted, name, { seconds: 1 })).operation!.state).toBe(OperationState.RUNNING);
    expect((await faultOf(wait(booted, name, { seconds: 601 }))).code).toBe(Code.INVALID_ARGUMENT);
  });

  it('ends with DRAINING when the server shuts down', async () => {
    const booted = await boot();
    const name = await idle(booted);
    const waiting = faultOf(wait(booted, name));
    await wait(booted, name, { seconds: 0 });
    await booted.stop();
    expect(reasonOf(await waiting)).toBe('DRAINING');
  });
});

describe('a watch', () => {
  it('brings the operation as it is, then each change, and ends with it', async () => {
    const booted = await boot();
    const name = await idle(booted);
    const followed = new Followed(booted, name);
    await followed.until(1);
    for (let i = 1; i <= 3; i++) {
      await advance(booted, name, i);
      await followed.until(i + 1);
    }
    await call(booted.operations, 'cancelOperation', CancelOperationRequest.fromPartial({ name }));
    await followed.until(5);
    await advance(booted, name, 4, succeeded);
    expect(await followed.ended).toBeUndefined();
    expect(followed.operations.map(({ progress }) => progress!.done)).toEqual([0, 1, 2, 3, 3, 4]);
    expect(followed.operations[4]!.cancelRequested).toBe(true);
    expect(followed.operations[5]!.state).toBe(OperationState.SUCCEEDED);
  });

  it('of an operation that has ended brings it once', async () => {
    const booted = await boot();
    const name = await idle(booted);
    await advance(booted, name, 4, succeeded);
    const followed = new Followed(booted, name);
    expect(await followed.ended).toBeUndefined();
    expect(followed.operations).toHaveLength(1);
  });

  it('skips to the newest for a reader that is slow, and ends when it stalls', async () => {
    const booted = await boot({ server: { stallTimeoutMs: 500 } });
    const name = await idle(booted, 'x'.repeat(60_000));
    const followed = new Followed(booted, name);
    await followed.until(1);
    followed.stream.pause();
    for (let i = 1; i <= 100; i++) await advance(booted, name, i);
    while (booted.server.openWatches > 0) await new Promise(setImmediate);
    followed.stream.resume();
    const fault = (await followed.ended)!;
    expect(reasonOf(fault)).toBe('SLOW_CONSUMER');
    const done = followed.operations.map(({ progress }) => progress!.done);
    expect(done.length).toBeLessThan(100);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });

  it('ends with DRAINING when the server shuts down, and with its call', async () => {
    const booted = await boot();
    const name = await idle(booted);
    const gone = new Followed(booted, name);
    await gone.until(1);
    gone.stream.cancel();
    expect((await gone.ended)!.code).toBe(Code.CANCELLED);
    while (booted.server.openWatches > 0) await new Promise(setImmediate);
    const followed = new Followed(booted, name);
    await followed.until(1);
    await booted.stop();
    expect(reasonOf((await followed.ended)!)).toBe('DRAINING');
  });
});

it('tells of operations to whoever watches all projects', async () => {
  const booted = await boot();
  const all = new EventStream(booted.events, { parent: 'projects/-', types: ['operation.*'] });
  const one = new EventStream(booted.events, { parent: 'projects/default', types: ['operation.*'] });
  await all.until((each) => each.of('caughtUp').length === 1);
  await one.until((each) => each.of('caughtUp').length === 1);
  const name = await idle(booted);
  await advance(booted, name, 1);
  await call(booted.operations, 'cancelOperation', CancelOperationRequest.fromPartial({ name }));
  await advance(booted, name, 2, succeeded);
  await all.until(({ events }) => events.length === 4);
  expect(all.events.map(({ type }) => type)).toEqual([
    ...['operation.started', 'operation.progressed', 'operation.progressed', 'operation.ended'],
  ]);
  expect(all.events[3]).toMatchObject({ name, after: { resource: { $case: 'operation', value: { name } } } });
  expect(one.events).toEqual([]);
});

it('forgets operations 7 days after their end', async () => {
  let nowMs = Date.now();
  const clock = { wallMs: () => nowMs, monotonicMs: () => performance.now() };
  const first = await boot({ engine: { clock } });
  const name = await idle(first);
  await advance(first, name, 1, succeeded);
  await first.stop();
  nowMs += 7 * 24 * 60 * 60 * 1000 + 60_000;
  const second = await boot({ dir: first.dir, engine: { clock } });
  const found = async (): Promise<number> => {
    const { operations } = await call(second.operations, 'listOperations', ListOperationsRequest.fromPartial({}));
    return operations.length;
  };
  while ((await found()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await faultOf(wait(second, name))).code).toBe(Code.NOT_FOUND);
});
