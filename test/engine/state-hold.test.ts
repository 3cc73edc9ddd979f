// Goal: a state that gets no space waits for it, and nothing is lost or wrongly shown meanwhile. Method: a host in this process whose LevelDB fails as it
// does on a full disk, and whose disk has as many free bytes as the test says. A disk that is really full is in test/crash/no-byte-free.

import { status as Code } from '@grpc/grpc-js';
import type { Command } from '../../src/domain/command';
import { Refusal } from '../../src/domain/refusal';
import { DiskGuard } from '../../src/engine/disk-guard';
import { CompleteTaskRequest, CreateTaskRequest, GetTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { LevelStore, StateOutOfSpace } from '../../src/storage/state/level-store';
import type { WriteBatch } from '../../src/storage/state/level-store';
import { StateUnusable } from '../../src/storage/state/state';
import { nodeFiles } from '../../src/storage/node-files';
import { boot, call } from '../support/boot';
import { bootHost } from '../support/boot-host';
import { reasonOf } from '../support/refusals';
import { randomFrom } from '../support/seed';

const parent = 'projects/default';
const random = randomFrom(1);
const noSpace = 'IO error: state/000005.log: No space left on device';
const chained = Reflect.get<LevelStore, 'chained'>(LevelStore.prototype, 'chained');

afterEach(() => {
  LevelStore.prototype.chained = chained;
});

/** From now on, and until the store is opened anew after `chained` is back, nothing is written to LevelDB. */
function failWrites(message: string): void {
  LevelStore.prototype.chained = function (this: LevelStore): WriteBatch {
    const guarded = Reflect.get(this, 'guarded') as (work: Promise<void>) => Promise<void>;
    const write = (): Promise<void> => guarded.call(this, Promise.reject(new Error(message)));
    return { ...chained.call(this), write };
  };
}

const create = (title: string): CreateTaskRequest =>
  CreateTaskRequest.fromPartial({ parent, task: { title }, requestId: random.uuid() });

const complete = (name: string): CompleteTaskRequest =>
  CompleteTaskRequest.fromPartial({ name, reason: 'done', requestId: random.uuid() });

async function reason(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => reasonOf(error)?.reason,
  );
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Files of a disk with so many free bytes. */
function filesWith(disk: { free: number }): typeof nodeFiles {
  return Object.create(nodeFiles, { freeBytes: { value: () => Promise.resolve(disk.free) } }) as typeof nodeFiles;
}

it('serves points and completions from the journal, and all else again when there is space', async () => {
  const disk = { free: 1e12 };
  const booted = await bootHost({ engine: { files: filesWith(disk) } });
  const { tasks } = booted;
  const { disk: guard } = booted.served.engine.parts;
  const first = (await call(tasks, 'createTask', create('first'))).task!;
  const second = (await call(tasks, 'createTask', create('second'))).task!;
  disk.free = 0;
  failWrites(noSpace);
  // One is what LevelDB fails on, the other comes after it.
  const done = complete(first.name);
  const { etag } = (await call(tasks, 'completeTask', done)).task!;
  await until(() => guard.held);
  const later = (await call(tasks, 'completeTask', complete(second.name))).task!;
  for (const [name, expected] of [
    [first.name, etag],
    [second.name, later.etag],
  ] as const) {
    expect((await call(tasks, 'getTask', GetTaskRequest.fromPartial({ name }))).task?.etag).toBe(expected);
  }
  const list = ListTasksRequest.fromPartial({ parent });
  expect(await reason(call(tasks, 'listTasks', list))).toBe('DISK_FULL');
  expect(await reason(call(tasks, 'createTask', create('third')))).toBe('DISK_FULL');
  expect(booted.served.engine.status).toMatchObject({ halted: undefined, diskFull: true });

  LevelStore.prototype.chained = chained;
  disk.free = 1e12;
  const { engine } = await booted.whenServing(2);
  expect(engine.status.found.state.how).toBe('opened');
  const listed = await insist(() => call(tasks, 'listTasks', list));
  expect(listed.tasks.map(({ title, etag }) => [title, etag]).sort()).toEqual([
    ['first', etag],
    ['second', later.etag],
  ]);
  // The same request gives its first result.
  expect((await call(tasks, 'completeTask', done)).task?.etag).toBe(etag);
  await call(tasks, 'createTask', create('third'));
}, 60_000);

it('answers those who waited for the state to keep up when it began to wait for space', async () => {
  const disk = { free: 1e12 };
  const booted = await bootHost({ engine: { files: filesWith(disk) } });
  const { tasks } = booted;
  const { parts } = booted.served.engine;
  let fail: (error: Error) => void = () => undefined;
  const stalled = new Promise<void>((_, reject) => (fail = reject));
  stalled.catch(() => undefined);
  LevelStore.prototype.chained = function (this: LevelStore): WriteBatch {
    const guarded = Reflect.get(this, 'guarded') as (work: Promise<void>) => Promise<void>;
    return { ...chained.call(this), write: () => guarded.call(this, stalled) };
  };
  const description = 'x'.repeat(60_000);
  const asked = Array.from({ length: 400 }, (_, n) => {
    const request = CreateTaskRequest.fromPartial({ parent, task: { title: `${n}`, description } });
    return reason(call(tasks, 'createTask', { ...request, requestId: random.uuid() }));
  });
  // More than the overlay may hold: the rest stands in the inbox, and nothing but the state brings it on.
  await until(() => parts.inbox.length > 0 && parts.marks.durable === parts.marks.decided);
  disk.free = 0;
  fail(new Error(noSpace));
  const answers = await Promise.all(asked);
  expect(new Set(answers)).toEqual(new Set([undefined, 'DISK_FULL']));
  LevelStore.prototype.chained = chained;
  disk.free = 1e12;
  await booted.whenServing(2);
}, 120_000);

it.each([
  ['for want of space, where nobody can start it again', noSpace],
  ['for any other reason', 'IO error: state/000005.log: Input/output error'],
])('halts when the state cannot be written %s', async (_, message) => {
  const { tasks, engine } = await boot();
  const halted = new Promise<string>((resolve) => engine.onHalt(resolve));
  failWrites(message);
  await call(tasks, 'createTask', create('one'));
  expect(await halted).toContain('the state could not be written');
});

it('halts a served engine when the state cannot be written for another reason', async () => {
  const { tasks, host } = await bootHost();
  failWrites('IO error: state/000005.log: Input/output error');
  await call(tasks, 'createTask', create('one'));
  expect(await host.ended).toMatchObject({ how: 'halted' });
});

it('tells want of space from other faults', async () => {
  const guarded = Reflect.get(LevelStore.prototype, 'guarded') as (this: object, work: Promise<void>) => Promise<void>;
  const failing = (message: string): Promise<void> => guarded.call({}, Promise.reject(new Error(message)));
  await expect(failing(noSpace)).rejects.toBeInstanceOf(StateOutOfSpace);
  const other = await failing('IO error: x: Input/output error').catch((error: unknown) => error);
  expect(other).toBeInstanceOf(StateUnusable);
  expect(other).not.toBeInstanceOf(StateOutOfSpace);
});

it('lets only so many bytes go on in memory', () => {
  const journal = { room: () => 1e9 };
  const guard = new DiskGuard(journal as never, {} as never, '', 0);
  const [grows, ends] = [{ kind: 'createTask' }, { kind: 'completeTask' }] as Command[];
  expect(guard.admit(grows!, 1000, 0)).toBe('yes');
  guard.hold();
  expect(guard.admit(grows!, 1000, 0)).toBeInstanceOf(Refusal);
  let admitted = 0;
  while (guard.admit(ends!, 1024, 64 * 1024) === 'yes') admitted += 1024;
  // What is ahead on its way is not counted again.
  expect(admitted).toBeGreaterThanOrEqual(4 * 1024 * 1024);
  expect(admitted).toBeLessThanOrEqual(5 * 1024 * 1024);
  expect(guard.admit(ends!, 1024, 0)).toBeInstanceOf(Refusal);
});

/** A call that is made again until the server is back. */
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
