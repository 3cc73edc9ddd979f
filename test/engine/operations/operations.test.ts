// Goal: bulk work is polite and never lies: it waits where it is turned away, ends where it cannot go on, stops where the
// server stops. Method: a real engine, whose answers to commands the test changes on the way.

import { PRINCIPAL_LOCAL } from '../../../src/domain/command';
import type { Command } from '../../../src/domain/command';
import { Refusal } from '../../../src/domain/refusal';
import { BULK_REQUEST_TYPE, metadataOf } from '../../../src/engine/bulk/bulk-messages';
import { BulkRequestIds } from '../../../src/engine/bulk/bulk-request-id';
import type { Engine } from '../../../src/engine/engine';
import type { Executed } from '../../../src/engine/executed';
import { Operations } from '../../../src/engine/operations/operations';
import { Slots } from '../../../src/engine/operations/slots';
import { Status } from '../../../src/gen/google/rpc/status';
import { EntityKind, Verb } from '../../../src/gen/holdfast/journal/v1/journal';
import { Operation, OperationState } from '../../../src/gen/holdfast/v1/operation';
import {
  BatchCreateTasksRequest,
  BulkChangeTasksRequest,
  BulkChangeTasksResult,
} from '../../../src/gen/holdfast/v1/task_service';
import { boot } from '../../support/boot';

const local = { caller: { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' }, validateOnly: false };
/** An engine whose server works on nothing: it takes up what it is told of, and what ran at its start. */
async function startEngine(): Promise<Engine> {
  return (await boot()).engine;
}

async function createTasks(engine: Engine, count: number, kind: string): Promise<void> {
  const requests = Array.from({ length: count }, () => ({ task: { title: 'x', kind } }));
  const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
  await engine.execute({ ...local, kind: 'batchCreateTasks', request });
}

/** Starts a cancel of all tasks of a kind; nobody works on it yet. */
async function startCancel(engine: Engine, kind: string): Promise<string> {
  const request = BulkChangeTasksRequest.fromPartial({
    ...{ parent: 'projects/default', filter: `kind = "${kind}"`, change: { $case: 'cancel', value: {} } },
  });
  const { replies } = await engine.execute({
    ...local,
    kind: 'startOperation',
    request,
    metadata: metadataOf(request),
  });
  return Operation.decode(replies[0]!.image).name;
}

async function read(engine: Engine, name: string): Promise<Operation> {
  const row = await engine.read(EntityKind.OPERATION, '', name.slice('operations/'.length));
  return Operation.decode(row!.image);
}

function resultOf({ result }: Operation): BulkChangeTasksResult {
  if (result?.$case !== 'response') throw new Error('no response');
  return BulkChangeTasksResult.decode(result.value.value);
}

/** Operations over an engine whose answers to commands go through `answer`. */
function operationsOver(engine: Engine, answer: (command: Command) => Promise<Executed>): Operations {
  const changed = Object.create(engine, { execute: { value: answer } }) as Engine;
  const describe = (fault: unknown): Status => Status.create({ code: 13, message: (fault as Error).message });
  return new Operations({ engine: changed, describe, onNotice: () => undefined, works: [] });
}

async function untilIdle(operations: Operations): Promise<void> {
  while (operations.count > 0) await new Promise(setImmediate);
}

it('takes up what runs, and sends at most 32 commands at once for all operations together', async () => {
  const engine = await startEngine();
  const names: string[] = [];
  for (const kind of ['a', 'b', 'c']) {
    await createTasks(engine, 400, kind);
    names.push(await startCancel(engine, kind));
  }
  let inFlight = 0;
  let most = 0;
  const operations = operationsOver(engine, async (command) => {
    if (command.kind !== 'cancelTask') return engine.execute(command);
    most = Math.max(most, ++inFlight);
    return engine.execute(command).finally(() => inFlight--);
  });
  await operations.start();
  expect(operations.count).toBe(3);
  await untilIdle(operations);
  for (const name of names) expect(resultOf(await read(engine, name)).changed).toBe(400);
  expect(most).toBe(32);
});

it('waits where it is turned away, and tries again', async () => {
  const engine = await startEngine();
  await createTasks(engine, 50, 'a');
  const name = await startCancel(engine, 'a');
  const turnedAway = new Map<string, number>();
  const operations = operationsOver(engine, async (command) => {
    const key = JSON.stringify(command.request);
    const times = turnedAway.get(key) ?? 0;
    turnedAway.set(key, times + 1);
    if (times === 0) throw new Refusal('OVERLOADED', 'too much', { retryAfterMs: 5 });
    if (times === 1) throw new Refusal('DISK_FULL', 'no room', { retryAfterMs: 5 });
    return engine.execute(command);
  });
  operations.begin(name, BULK_REQUEST_TYPE);
  await untilIdle(operations);
  const operation = await read(engine, name);
  expect(operation.state).toBe(OperationState.SUCCEEDED);
  expect(resultOf(operation)).toMatchObject({ changed: 50, refusals: [] });
});

it('hears a cancel while it is turned away', async () => {
  const engine = await startEngine();
  await createTasks(engine, 50, 'a');
  const name = await startCancel(engine, 'a');
  const operations = operationsOver(engine, async (command) => {
    if (command.kind === 'cancelTask') throw new Refusal('DISK_FULL', 'no room', { retryAfterMs: 5 });
    return engine.execute(command);
  });
  operations.begin(name, BULK_REQUEST_TYPE);
  await engine.execute({ ...local, kind: 'cancelOperation', request: { name, requestId: '', validateOnly: false } });
  await untilIdle(operations);
  const operation = await read(engine, name);
  expect(operation.state).toBe(OperationState.CANCELED);
  expect(resultOf(operation)).toMatchObject({ changed: 0, refusals: [] });
});

it('fails with what happened when it cannot go on', async () => {
  const engine = await startEngine();
  await createTasks(engine, 5, 'a');
  const name = await startCancel(engine, 'a');
  const operations = operationsOver(engine, async (command) => {
    if (command.kind === 'cancelTask') throw new Error('a defect');
    return engine.execute(command);
  });
  operations.begin(name, BULK_REQUEST_TYPE);
  await untilIdle(operations);
  const operation = await read(engine, name);
  expect(operation.state).toBe(OperationState.FAILED);
  expect(operation.result).toMatchObject({ $case: 'error', value: { code: 13, message: 'a defect' } });
});

it.each(['DRAINING', 'HALTED', 'OUTCOME_UNKNOWN'] as const)(
  'stands still after %s, and the next life counts what this one did',
  async (reason) => {
    const engine = await startEngine();
    await createTasks(engine, 300, 'a');
    const name = await startCancel(engine, 'a');
    let left = 100;
    const first = operationsOver(engine, async (command) => {
      if (command.kind === 'cancelTask' && left-- > 0) return engine.execute(command);
      throw new Refusal(reason, 'the end');
    });
    first.begin(name, BULK_REQUEST_TYPE);
    await untilIdle(first);
    expect((await read(engine, name)).state).toBe(OperationState.RUNNING);
    const second = operationsOver(engine, (command) => engine.execute(command));
    await second.start();
    await untilIdle(second);
    const operation = await read(engine, name);
    expect(operation).toMatchObject({ state: OperationState.SUCCEEDED, progress: { done: 300, total: 300 } });
    expect(resultOf(operation)).toMatchObject({ changed: 300, refusals: [] });
  },
);

it('journals progress once a second at most, and its end', async () => {
  const engine = await startEngine();
  await createTasks(engine, 1000, 'a');
  await createTasks(engine, 1000, 'a');
  const name = await startCancel(engine, 'a');
  const from = engine.status.durable;
  const startMs = performance.now();
  const operations = operationsOver(engine, (command) => engine.execute(command));
  operations.begin(name, BULK_REQUEST_TYPE);
  await untilIdle(operations);
  const seconds = (performance.now() - startMs) / 1000;
  const verbs = new Map<Verb, number>();
  for (let sequence = from + 1; sequence <= engine.status.durable; sequence++) {
    const { verb } = await engine.record(sequence);
    verbs.set(verb, (verbs.get(verb) ?? 0) + 1);
  }
  expect(verbs.get(Verb.CANCEL_TASK)).toBe(2000);
  expect(verbs.get(Verb.ADVANCE_OPERATION)).toBeLessThanOrEqual(Math.floor(seconds) + 1);
});

it('sends nothing after a stop, which waits for what was sent', async () => {
  const engine = await startEngine();
  await createTasks(engine, 500, 'a');
  const name = await startCancel(engine, 'a');
  let sent = 0;
  const operations = operationsOver(engine, (command) => {
    sent++;
    return engine.execute(command);
  });
  operations.begin(name, BULK_REQUEST_TYPE);
  while (sent === 0) await new Promise(setImmediate);
  await operations.stop();
  const before = sent;
  expect(before).toBeLessThan(500);
  expect(operations.count).toBe(0);
  operations.begin(name, BULK_REQUEST_TYPE);
  expect([operations.count, sent]).toEqual([0, before]);
  expect((await read(engine, name)).state).toBe(OperationState.RUNNING);
});

describe('request ids of bulk work', () => {
  it('are the same for the same task, differ for others, and tell their operation', () => {
    const ids = new BulkRequestIds('operations/op-1');
    const one = ids.of('uid-1');
    expect(new BulkRequestIds('operations/op-1').of('uid-1')).toEqual(one);
    expect(ids.of('uid-2')).not.toEqual(one);
    const other = new BulkRequestIds('operations/op-2');
    expect(other.of('uid-1').requestId).not.toEqual(one.requestId);
    expect([ids.has(one.requestId), other.has(one.requestId), ids.has(Buffer.alloc(0))]).toEqual([true, false, false]);
    expect([one.requestId.length, one.requestHash.length]).toEqual([16, 16]);
  });
});

describe('slots', () => {
  it('are given in the order of asking', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    const takers = [1, 2, 3, 4].map((each) => slots.take().then(() => order.push(each)));
    await Promise.all(takers.slice(0, 2));
    expect(order).toEqual([1, 2]);
    slots.give();
    await takers[2];
    expect(order).toEqual([1, 2, 3]);
    slots.give();
    await takers[3];
    expect(order).toEqual([1, 2, 3, 4]);
  });
});
