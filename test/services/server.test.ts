import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { credentials, status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { HealthCheckRequest, HealthClient } from '../../src/gen/grpc/health/v1/health';
import type { HealthCheckResponse } from '../../src/gen/grpc/health/v1/health';
import { CreateTaskRequest, ListTasksRequest, TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import { ReadEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import { isLoopback } from '../../src/services/listener';
import { boot, call } from '../support/boot';
import { EventStream } from '../support/event-stream';
import { tempDir } from '../support/temp-dir';

const parent = 'projects/default';
const creating = CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } });

it('listens on this machine only, unless remote callers are allowed in plain words', async () => {
  for (const host of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'example.org', '127.0.0.1.example.org']) {
    expect(isLoopback(host)).toBe(false);
  }
  const endpoints = [{ host: '0.0.0.0', port: 0 }];
  await expect(boot({ server: { endpoints } })).rejects.toThrow(/does not ask who is calling.*--allow-remote/);
  await boot({ server: { endpoints, allowRemote: true } });
});

it('says which address is in use', async () => {
  const { address } = await boot();
  const endpoints = [{ host: '127.0.0.1', port: Number(address.split(':')[1]) }];
  await expect(boot({ server: { endpoints } })).rejects.toThrow(`${address} is in use`);
});

it('serves on a Unix socket that only its owner may open', async () => {
  const path = join(tempDir(), 'holdfast.sock');
  const { address, tasks } = await boot({ server: { endpoints: [{ path }] } });
  expect(address).toBe(`unix:${path}`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await call(tasks, 'createTask', creating);
});

it('says that the directory of a socket is not there', async () => {
  const path = join(tempDir(), 'none', 'holdfast.sock');
  await expect(boot({ server: { endpoints: [{ path }] } })).rejects.toThrow('its directory does not exist');
});

it('takes the place of a socket that nobody answers on, and of nothing else', async () => {
  const path = join(tempDir(), 'holdfast.sock');
  // A process that ends without closing leaves its socket behind.
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  expect(existsSync(path)).toBe(true);
  const first = await boot({ server: { endpoints: [{ path }] } });
  await expect(boot({ server: { endpoints: [{ path }] } })).rejects.toThrow('another server answers');
  await first.stop();
  const file = join(dirname(path), 'file');
  writeFileSync(file, 'kept');
  await expect(boot({ server: { endpoints: [{ path: file }] } })).rejects.toThrow('not a socket');
  expect(existsSync(file)).toBe(true);
});

it('answers health checks for itself and each service', async () => {
  const { address } = await boot();
  const client = new HealthClient(address, credentials.createInsecure());
  const check = (service: string): Promise<HealthCheckResponse> =>
    call(client, 'check', HealthCheckRequest.fromPartial({ service }));
  for (const service of ['', 'holdfast.v1.TaskService', 'holdfast.v1.EventService']) {
    expect((await check(service)).status).toBe(1);
  }
  await expect(check('unknown')).rejects.toMatchObject({ code: Code.NOT_FOUND });
  client.close();
});

it('drains: streams end with DRAINING, waits end, unary calls finish, health says so', async () => {
  const booted = await boot();
  const { server, tasks, events, engine } = booted;
  const health = new HealthClient(booted.address, credentials.createInsecure());
  const statuses: number[] = [];
  const watching = health.watch(HealthCheckRequest.fromPartial({}));
  watching.on('data', ({ status }: HealthCheckResponse) => statuses.push(status));
  watching.on('error', () => undefined);
  const stream = new EventStream(events, {});
  await stream.until((each) => each.of('caughtUp').length === 1);
  const waiting = call(
    events,
    'readEvents',
    ReadEventsRequest.fromPartial({ parent, types: ['task.purged'], wait: { seconds: 60 } }),
  );
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const execute = engine.execute.bind(engine);
  let arrived: (() => void) | undefined;
  const there = new Promise<void>((resolve) => (arrived = resolve));
  jest.spyOn(engine, 'execute').mockImplementation(async (command) => {
    arrived?.();
    await held;
    return execute(command);
  });
  const creation = call(tasks, 'createTask', creating);
  await there;
  const drained = server.drain(20_000);
  expect((await stream.end()).code).toBe(Code.UNAVAILABLE);
  expect((await waiting).events).toEqual([]);
  release?.();
  expect((await creation).task!.title).toBe('x');
  await drained;
  expect(statuses).toEqual([1, 2]);
  expect(server.openCalls).toBe(0);
  health.close();
});

it('cuts off what does not end within the bound of a drain', async () => {
  const { server, tasks, engine } = await boot();
  const held = jest.spyOn(engine, 'withSnapshot').mockReturnValue(new Promise(() => undefined));
  const listing = call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent })).catch((fault: unknown) => fault);
  while (server.openCalls === 0) await new Promise((resolve) => setImmediate(resolve));
  await server.drain(100);
  expect(((await listing) as ServiceError).code).toBe(Code.UNAVAILABLE);
  held.mockRestore();
});

it('lets go of a client that went away while its call was on its way', async () => {
  const { server, address, engine } = await boot();
  const held = jest.spyOn(engine, 'withSnapshot').mockReturnValue(new Promise(() => undefined));
  const client = new TaskServiceClient(address, credentials.createInsecure());
  const unary = client.listTasks(ListTasksRequest.fromPartial({ parent }), () => undefined);
  while (server.openCalls === 0) await new Promise((resolve) => setImmediate(resolve));
  unary.cancel();
  while (server.openCalls > 0) await new Promise((resolve) => setImmediate(resolve));
  held.mockRestore();
  client.close();
});
