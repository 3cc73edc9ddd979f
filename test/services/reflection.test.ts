// The tools that people use ask by reflection first; buf is one of them, and here.

import { spawn } from 'node:child_process';
import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { WireScan } from '../../src/domain/wire';
import { splice } from '../../src/services/splice';
import { boot } from '../support/boot';

function buf(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [
      require.resolve('@bufbuild/buf/bin/buf'),
      'curl',
      '--protocol',
      'grpc',
      ...args,
    ]);
    let out = '';
    child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (out += bytes.toString()));
    child.on('close', () => resolve(out));
  });
}

it('lets buf curl list the methods and call one', async () => {
  const { address } = await boot();
  const url = `http://${address}`;
  const methods = (await buf('--http2-prior-knowledge', '--list-methods', url)).trim().split('\n');
  expect(methods).toContain('holdfast.v1.TaskService/CreateTask');
  expect(methods).toContain('holdfast.v1.EventService/WatchEvents');
  expect(methods).toContain('grpc.health.v1.Health/Check');
  const body = JSON.stringify({ parent: 'projects/default', task: { title: 'by reflection', payload: { a: [1] } } });
  const created = await buf('--http2-prior-knowledge', '-d', body, `${url}/holdfast.v1.TaskService/CreateTask`);
  expect(JSON.parse(created)).toMatchObject({ task: { title: 'by reflection', state: 'TASK_STATE_PENDING' } });
});

/** Asks one question of a version of the service and gives the response's fields by number. */
async function ask(address: string, version: string, field: number, text: string): Promise<Map<number, Buffer>> {
  const bytes = (value: Buffer): Buffer => value;
  const path = `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
  const info = {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: bytes,
    requestDeserialize: bytes,
    responseSerialize: bytes,
    responseDeserialize: bytes,
  };
  const client = new (makeGenericClientConstructor({ info }, version))(address, credentials.createInsecure());
  const stream = (client['info'] as () => ClientDuplexStream<Buffer, Buffer>).call(client);
  stream.end(splice([{ field, bytes: Buffer.from(text) }]));
  const response = await new Promise<Buffer>((resolve, reject) => stream.on('data', resolve).on('error', reject));
  client.close();
  const fields = new Map<number, Buffer>();
  const scan = new WireScan(response);
  while (scan.next()) fields.set(scan.field, response.subarray(scan.valueStart, scan.end));
  return fields;
}

it.each(['v1', 'v1alpha'])('finds files by name and by symbol in %s, with all that they import', async (version) => {
  const { address } = await boot();
  const questions = [
    [3, 'holdfast/v1/task.proto'],
    [4, 'holdfast.v1.Task'],
    [4, 'holdfast.v1.Task.title'],
    [4, 'holdfast.v1.TaskService.CreateTask'],
    [4, 'holdfast.v1.TaskState'],
  ] as const;
  for (const [field, text] of questions) {
    const fields = await ask(address, version, field, text);
    const scan = new WireScan(fields.get(4)!);
    const names: string[] = [];
    while (scan.next())
      names.push(fromBinary(FileDescriptorProtoSchema, scan.bytes.subarray(scan.valueStart, scan.end)).name);
    expect(names[0]).toMatch(/^holdfast\/v1\/task(_service)?\.proto$/);
    expect(names).toContain('google/protobuf/timestamp.proto');
  }
});

it('says what it does not know, and repeats the question', async () => {
  const { address } = await boot();
  const fields = await ask(address, 'v1', 4, 'no.such.Symbol');
  expect([...fields.get(7)!.subarray(0, 2)]).toEqual([8, 5]);
  expect(fields.get(2)).toEqual(splice([{ field: 4, bytes: Buffer.from('no.such.Symbol') }]));
});
