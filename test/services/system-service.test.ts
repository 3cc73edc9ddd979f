// SystemService on a real server: what it tells adds up with what was done.

import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { HealthStatus, ServerState } from '../../src/gen/holdfast/v1/system';
import { SystemServiceClient } from '../../src/gen/holdfast/v1/system_service';
import { CompleteTaskRequest, CreateTaskRequest, GetTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import type { ShownSetting } from '../../src/services/system-service';
import { millisecondsOf } from '../../src/domain/timestamp';
import { boot, call } from '../support/boot';
import { bootHost } from '../support/boot-host';
import { EventStream } from '../support/event-stream';
import { tempDir } from '../support/temp-dir';

const task = (title: string): CreateTaskRequest =>
  CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title } });

test('a fresh server tells what it is, and that nothing is to do', async () => {
  const booted = await boot();
  const system = booted.client(SystemServiceClient);
  const { status, position } = await call(system, 'getStatus', {});
  expect(status).toMatchObject({ version: 'test', state: ServerState.SERVING, stateReason: '', found: 'created' });
  expect(position).toMatchObject({ history: booted.engine.history, sequence: 2 });
  expect(status!.journal).toMatchObject({ durable: position, applied: 2, oldest: 1, segments: 1 });
  expect(status!.journal!.lineage).toMatchObject([{ history: booted.engine.history, first: 1, last: 0 }]);
  expect(status!.counts).toMatchObject({ projects: 1, tasks: 0, liveTasks: 0, sessions: 0, watches: 0, waiting: 0 });
  expect(status!.disk!.journalBytes).toBeGreaterThan(0);
  expect(status!.disk!.freeBytes).toBeGreaterThan(status!.disk!.reserveBytes);
  expect(status!.process!.rssBytes).toBeGreaterThan(status!.process!.heapBytes);
  expect(status!.recovery).toMatchObject({ debtRecords: 2, backups: 0, damagedBackups: 0, lastFailure: '' });
  expect(status!.recovery!.outlook).toHaveLength(4);
  const { health, recommendations } = await call(system, 'checkHealth', {});
  expect(health).toMatchObject({ status: HealthStatus.HEALTHY, issues: [] });
  expect(recommendations).toEqual([]);
});

test('the figures add up with the calls that were made and with what they left', async () => {
  const booted = await boot();
  const system = booted.client(SystemServiceClient);
  const before = (await call(system, 'getStatus', {})).status!;
  const created = 300;
  for (let at = 0; at < created; at += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => create(at + index)));
  }
  await call(booted.tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: 'projects/default/tasks/t1' }));
  const refused = 7;
  for (let at = 0; at < refused; at++) {
    await expect(
      call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: 'projects/default/tasks/none' })),
    ).rejects.toThrow();
  }
  const stream = new EventStream(booted.events, { start: { $case: 'now', value: true } });
  await stream.until(() => stream.messages.length > 0);
  const after = (await call(system, 'getStatus', {})).status!;
  // The first look was counted when the second one came.
  expect(after.calls!.calls - before.calls!.calls).toBe(1 + created + 1 + refused);
  expect(after.calls!.refused - before.calls!.refused).toBe(refused);
  expect(after.calls!.errors).toBe(0);
  expect(after.calls!.errorRate).toBe(0);
  expect(after.calls!.meanMicros).toBeGreaterThan(0);
  expect(after.calls!.p99Micros).toBeGreaterThanOrEqual(after.calls!.meanMicros / 100);
  expect(after.counts).toMatchObject({ tasks: created, liveTasks: created - 1, watches: 1 });
  expect(after.journal!.durable!.sequence - before.journal!.durable!.sequence).toBe(created + 1);
  expect(after.journal!.durable!.sequence).toBeGreaterThanOrEqual(after.journal!.applied);
  expect(after.recovery!.debtRecords).toBe(after.journal!.durable!.sequence);
  const { hits, misses, hitRate } = after.cache!;
  expect(hitRate).toBeCloseTo(hits + misses === 0 ? 0 : hits / (hits + misses));
  stream.cancel();

  function create(index: number) {
    return call(booted.tasks, 'createTask', task(`Task ${index}`));
  }
});

test('the settings that the server was given are shown in their order', async () => {
  const config: ShownSetting[] = [
    { name: 'dir', value: '.holdfast', source: 'default', text: 'The data directory.' },
    { name: 'port', value: '0', source: 'flag', text: 'The port.' },
  ];
  const booted = await boot({ server: { config } });
  const { settings } = await call(booted.client(SystemServiceClient), 'getConfig', {});
  expect(settings).toMatchObject(config);
});

describe('a drain', () => {
  test('is answered, and then the server stops as on a signal', async () => {
    const dir = tempDir();
    const host = await bootHost({ dir });
    const system = host.client(SystemServiceClient);
    await call(host.tasks, 'createTask', task('Kept'));
    const { by, position } = await call(system, 'drain', { timeout: { seconds: 5, nanos: 0 }, reason: 'maintenance' });
    expect(millisecondsOf(by)).toBeGreaterThan(Date.now());
    expect(await host.host.ended).toMatchObject({ how: 'stopped' });
    const { engine } = await boot({ dir });
    expect(engine.status.found.journal.how).toBe('clean');
    expect(engine.status.durable).toBeGreaterThan(position!.sequence);
  });

  test('with a malformed bound changes nothing', async () => {
    const host = await bootHost();
    const fault = await call(host.client(SystemServiceClient), 'drain', {
      timeout: { seconds: -1, nanos: 0 },
      reason: '',
    }).catch((error: ServiceError) => error);
    expect(fault).toMatchObject({ code: Code.INVALID_ARGUMENT });
    await call(host.tasks, 'createTask', task('Still served'));
  });
});

test('a draining server says so while it answers', async () => {
  const booted = await boot();
  const { engine } = booted;
  const system = booted.client(SystemServiceClient);
  await call(system, 'getStatus', {});
  engine.drain();
  expect((await call(system, 'getStatus', {})).status).toMatchObject({ state: ServerState.DRAINING });
});

test('a halted server answers what it is and why', async () => {
  const booted = await boot();
  booted.engine.parts.halt.now('the disk said EIO');
  const system = booted.client(SystemServiceClient);
  const { status } = await call(system, 'getStatus', {});
  expect(status).toMatchObject({ state: ServerState.HALTED, stateReason: 'the disk said EIO' });
  const { health, recommendations } = await call(system, 'checkHealth', {});
  expect(health).toMatchObject({ status: HealthStatus.UNHEALTHY, issues: [{ code: 'halted' }] });
  expect(recommendations).toHaveLength(1);
});
