// Goal: the journal says from where each change was asked. Method: real servers on TCP and on a Unix socket, callers that say
// who they are in various ways, and the records that came of it.

import { credentials, Metadata } from '@grpc/grpc-js';
import { join } from 'node:path';
import { CreateTaskRequest, TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import { originOf } from '../../src/services/origin';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { storeSettings } from '../support/store-settings';
import { tempDir } from '../support/temp-dir';

const newTask = (requestId = ''): CreateTaskRequest =>
  CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'a task' }, requestId });

async function originOfCreate(booted: Booted, address: string, agent?: string): Promise<string> {
  const options = agent === undefined ? {} : { 'grpc.primary_user_agent': agent };
  const client = new TaskServiceClient(address, credentials.createInsecure(), options);
  const { position } = await call(client, 'createTask', newTask());
  client.close();
  return (await booted.engine.record(position!.sequence)).origin;
}

it('a record names the address of its caller and the program that it says it is, and no port', async () => {
  const booted = await boot();
  expect(await originOfCreate(booted, booted.address, 'my-agent/1.2')).toMatch(
    /^127\.0\.0\.1 my-agent\/1\.2 grpc-node-js\/[0-9.]+$/,
  );
  expect(await originOfCreate(booted, booted.address)).toMatch(/^127\.0\.0\.1 grpc-node-js\/[0-9.]+$/);
});

it('a caller on a Unix socket has the address unix', async () => {
  const path = join(tempDir(), 'socket');
  const booted = await boot({ server: { endpoints: [{ path }] } });
  expect(await originOfCreate(booted, `unix:${path}`, 'my-agent')).toMatch(/^unix my-agent grpc-node-js/);
});

it('what the server does by itself has no origin', async () => {
  const { engine } = await boot();
  for await (const { records } of engine.parts.journal.read(0)) {
    for (const record of records) expect(record.origin).toBe('');
  }
});

it('a server without an audit trail keeps neither origins nor traces, and the same identity of requests', async () => {
  const dir = tempDir();
  const booted = await boot({ dir, engine: { settings: storeSettings(dir, { auditTrail: false }) } });
  const metadata = new Metadata();
  metadata.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  metadata.set('tracestate', 'vendor=1');
  const requestId = '018f3c5e-7d1a-7000-8000-000000000001';
  const request = newTask(requestId);
  const { position } = await call(booted.tasks, 'createTask', request, metadata);
  const record = await booted.engine.record(position!.sequence);
  expect(record).toMatchObject({ origin: '', traceState: '', principal: 'local' });
  expect(record.trace).toHaveLength(0);
  expect(Buffer.from(record.requestId).toString('hex')).toBe(requestId.replaceAll('-', ''));
  const again = await call(booted.tasks, 'createTask', request, metadata);
  expect(again.position).toEqual(position);
});

it.each([
  ['10.1.2.3:55', 'agent/1', '10.1.2.3 agent/1'],
  ['::1:55', '', '::1'],
  ['::ffff:10.0.0.9:55', 'a', '10.0.0.9 a'],
  ['10.0.0.1:1', 'a\u001b[31mred\u202e\n', '10.0.0.1 a?[31mred??'],
  ['10.0.0.1:2', 'x'.repeat(500), `10.0.0.1 ${'x'.repeat(100)}`],
  ['unknown', 'a', 'unix a'],
])('a caller at %s that says "%s" is kept as %s', (peer, agent, origin) => {
  const metadata = { get: (key: string) => (key === 'user-agent' && agent ? [agent] : []) } as unknown as Metadata;
  expect(originOf({ metadata, cancelled: false, getPeer: () => peer })).toBe(origin);
});

it('a caller that is gone already has an unknown address', () => {
  const metadata = { get: () => ['gone'] } as unknown as Metadata;
  expect(originOf({ metadata, cancelled: true, getPeer: () => 'unknown' })).toBe('unknown gone');
});
