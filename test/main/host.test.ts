// Goal: a store gives way to another within one process, and nobody loses anything by it. Method: the host of `holdfast serve` in this process,
// with clients that write, watch and wait meanwhile.

import { status as Code } from '@grpc/grpc-js';
import { join } from 'node:path';
import type { Refusal } from '../../src/domain/refusal';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { WaitOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import {
  BatchCreateTasksRequest,
  BulkChangeTasksRequest,
  BulkChangeTasksResult,
  ClaimTaskRequest,
  CreateTaskRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { SessionServiceClient, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import type { Log } from '../../src/services/log';
import { lockDirectory } from '../../src/storage/state/process-lock';
import { header } from '../support/agent-client';
import { bootHost } from '../support/boot-host';
import type { BootedHost } from '../support/boot-host';
import { call } from '../support/boot';
import { EventStream } from '../support/event-stream';
import { reasonOf } from '../support/refusals';
import { tempDir } from '../support/temp-dir';

const parent = 'projects/default';

const swap = { reason: 'a test', run: () => Promise.resolve() };

/** A call that is made again, with the same request id, until the server answers. */
async function insist<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if ((fault as { code?: Code }).code !== Code.UNAVAILABLE) throw fault;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

let requests = 0;

function createRequest(title: string): CreateTaskRequest {
  const requestId = `00000000-0000-4000-8000-${String(requests++).padStart(12, '0')}`;
  return CreateTaskRequest.fromPartial({ parent, task: { title }, requestId });
}

async function titles({ tasks }: BootedHost): Promise<string[]> {
  const { tasks: page } = await insist(() =>
    call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent, pageSize: 1000 })),
  );
  return page.map(({ title }) => title).sort();
}

it('serves again on the same address after offline work, which has the store to itself', async () => {
  const booted = await bootHost();
  await call(booted.tasks, 'createTask', createRequest('before'));
  const { engine } = booted.served;
  let alone = false;
  engine.handOver({
    reason: 'a test',
    run: async () => {
      const lock = await lockDirectory(booted.dir);
      alone = true;
      await lock.release();
    },
  });
  const again = await booted.whenServing(2);
  expect(alone).toBe(true);
  expect(again.engine).not.toBe(engine);
  expect(again.server.addresses).toEqual([booted.address]);
  expect(again.engine.status.found.journal.how).toBe('clean');
  expect(again.engine.options.handedOver).toEqual({ reason: 'a test', failure: undefined });
  expect(await titles(booted)).toEqual(['before']);
  await call(booted.tasks, 'createTask', createRequest('after'));
  expect(await titles(booted)).toEqual(['after', 'before']);
});

it('loses nothing that was acknowledged, and nothing twice, through two swaps in a row', async () => {
  const booted = await bootHost();
  const acknowledged: string[] = [];
  let over = false;
  const writer = async (name: string): Promise<void> => {
    for (let i = 0; !over; i++) {
      const request = createRequest(`${name}${i}`);
      await insist(() => call(booted.tasks, 'createTask', request));
      acknowledged.push(request.task!.title);
    }
  };
  const writers = [writer('a'), writer('b'), writer('c')];
  for (const round of [1, 2]) {
    const before = acknowledged.length;
    while (acknowledged.length < before + 10) await new Promise((resolve) => setImmediate(resolve));
    booted.served.engine.handOver(swap);
    await booted.whenServing(round + 1);
  }
  const before = acknowledged.length;
  while (acknowledged.length < before + 10) await new Promise((resolve) => setImmediate(resolve));
  over = true;
  await Promise.all(writers);
  expect(await titles(booted)).toEqual(acknowledged.sort());
});

it('tells watchers why, and they go on from where they stood', async () => {
  const booted = await bootHost();
  const stream = new EventStream(booted.events, { start: { $case: 'earliest', value: true } });
  await call(booted.tasks, 'createTask', createRequest('one'));
  await stream.until(({ events }) => events.some(({ type }) => type === 'task.created'));
  booted.served.engine.handOver(swap);
  const fault = await stream.end();
  expect(fault.code).toBe(Code.UNAVAILABLE);
  expect(reasonOf(fault)?.reason).toBe('RECOVERING');
  expect(fault.details).toContain('a test');
  await booted.whenServing(2);
  const position = { history: booted.served.engine.history, sequence: stream.position };
  await insist(() => call(booted.tasks, 'createTask', createRequest('two')));
  const resumed = new EventStream(booted.events, { start: { $case: 'after', value: position } });
  await resumed.until(({ events }) => events.length >= 1);
  expect(resumed.events.map(({ type }) => type)).toEqual(['task.created']);
});

it('tells waiting claims why, and what comes after them', async () => {
  const booted = await bootHost();
  const sessions = booted.client(SessionServiceClient);
  const started = await call(sessions, 'startSession', StartSessionRequest.fromPartial({ parent, agent: 'a' }));
  const metadata = header(started.session!.name, started.token);
  const claim = ClaimTaskRequest.fromPartial({ parent, wait: { seconds: 60 } });
  const waiting = call(booted.tasks, 'claimTask', claim, metadata).catch((fault: unknown) => fault);
  const { engine } = booted.served;
  while (booted.served.server.openCalls === 0) await new Promise((resolve) => setImmediate(resolve));
  engine.handOver(swap);
  expect(reasonOf(await waiting)?.reason).toBe('RECOVERING');
  await expect(engine.read(0, '', '')).resolves.toBeUndefined();
  await booted.whenServing(2);
  await insist(() => call(booted.tasks, 'createTask', createRequest('work')));
  const { tasks } = await insist(() => call(booted.tasks, 'claimTask', claim, metadata));
  expect(tasks[0]!.title).toBe('work');
});

it('starts again as it was when the offline work throws, and says so', async () => {
  const errors: string[] = [];
  const log: Log = { error: (_, message) => errors.push(message), warn: () => undefined, info: () => undefined };
  const booted = await bootHost({ server: { log } });
  await call(booted.tasks, 'createTask', createRequest('kept'));
  booted.served.engine.handOver({ reason: 'a bad plan', run: () => Promise.reject(new Error('no such backup')) });
  const again = await booted.whenServing(2);
  expect(again.engine.options.handedOver).toEqual({ reason: 'a bad plan', failure: 'no such backup' });
  expect(errors).toEqual(['the swap failed; the store is started again']);
  expect(await titles(booted)).toEqual(['kept']);
});

function reasonOfThrow(work: () => void): string | undefined {
  try {
    work();
  } catch (fault) {
    return (fault as Refusal).reason;
  }
  return undefined;
}

it('takes one swap at a time, and none when it stops', async () => {
  const booted = await bootHost();
  const { engine } = booted.served;
  engine.handOver(swap);
  expect(reasonOfThrow(() => engine.handOver(swap))).toBe('RECOVERING');
  const again = await booted.whenServing(2);
  again.engine.requestStop('enough');
  expect(reasonOfThrow(() => again.engine.handOver(swap))).toBe('DRAINING');
  expect(await booted.host.ended).toMatchObject({ how: 'stopped' });
});

it('finishes the offline work before it heeds a stop, and starts nothing again', async () => {
  const booted = await bootHost();
  let finished = false;
  const inside = new Promise<void>((begun) => {
    booted.served.engine.handOver({
      reason: 'a test',
      run: async () => {
        begun();
        booted.host.stop('SIGTERM');
        await new Promise((resolve) => setTimeout(resolve, 50));
        finished = true;
      },
    });
  });
  await inside;
  expect(await booted.host.ended).toMatchObject({ how: 'stopped' });
  expect(finished).toBe(true);
  await (await lockDirectory(booted.dir)).release();
});

it('stops when it is asked to, with what was accepted', async () => {
  const booted = await bootHost();
  await call(booted.tasks, 'createTask', createRequest('last'));
  booted.served.engine.requestStop('upgrade', 1000);
  expect(await booted.host.ended).toMatchObject({ how: 'stopped' });
  const again = await bootHost({ dir: booted.dir });
  expect(again.served.engine.status.found.journal.how).toBe('clean');
  expect(await titles(again)).toEqual(['last']);
});

it('says that it failed when the swapped store does not start', async () => {
  const booted = await bootHost();
  let lock: { release(): Promise<void> } | undefined;
  booted.served.engine.handOver({ reason: 'a test', run: async () => void (lock = await lockDirectory(booted.dir)) });
  expect(await booted.host.ended).toMatchObject({ how: 'failed', fault: { name: 'DirectoryInUse' } });
  await lock!.release();
});

it('starts again when a keeper does not end as it should, and does nothing to the store', async () => {
  const booted = await bootHost();
  let ran = false;
  booted.served.maintenance.stop = () => Promise.reject(new Error('a keeper is stuck'));
  booted.served.engine.handOver({ reason: 'a test', run: () => Promise.resolve(void (ran = true)) });
  const again = await booted.whenServing(2);
  expect(again.engine.options.handedOver).toEqual({ reason: 'a test', failure: 'a keeper is stuck' });
  expect(ran).toBe(false);
});

it('swaps nothing when the engine halts on its way down', async () => {
  const booted = await bootHost();
  const { engine } = booted.served;
  let ran = false;
  engine.handOver({ reason: 'a test', run: () => Promise.resolve(void (ran = true)) });
  engine.parts.halt.now('the disk is gone');
  expect(await booted.host.ended).toEqual({ how: 'halted', why: 'the disk is gone' });
  expect(ran).toBe(false);
});

it('lets an operation go on where it stood before the swap', async () => {
  const booted = await bootHost();
  const tasks = Array.from({ length: 1000 }, () => ({ task: { title: 'x', kind: 'old' } }));
  await call(booted.tasks, 'batchCreateTasks', BatchCreateTasksRequest.fromPartial({ parent, requests: tasks }));
  const request = BulkChangeTasksRequest.fromPartial({
    ...{ parent, filter: 'kind = "old"', change: { $case: 'cancel', value: {} } },
  });
  const { operation } = await call(booted.tasks, 'bulkChangeTasks', request);
  booted.served.engine.handOver(swap);
  await booted.whenServing(2);
  const wait = WaitOperationRequest.fromPartial({ name: operation!.name, timeout: { seconds: 25 } });
  const { operation: ended } = await insist(() => call(booted.operations, 'waitOperation', wait));
  expect(ended!.state).toBe(OperationState.SUCCEEDED);
  if (ended!.result?.$case !== 'response') throw new Error('no response');
  expect(BulkChangeTasksResult.decode(ended!.result.value.value)).toMatchObject({ changed: 1000 });
});

it('comes back to its socket file', async () => {
  const path = join(tempDir(), 'a.sock');
  const booted = await bootHost({ host: { endpoints: [{ path }] } });
  booted.served.engine.handOver(swap);
  const { server } = await booted.whenServing(2);
  expect(server.addresses).toEqual([`unix:${path}`]);
  expect(await titles(booted)).toEqual([]);
});
