// What no well-behaved client sends: raw HTTP/2 requests that are malformed, too large, or never end.

import { connect } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { status as Code } from '@grpc/grpc-js';
import fc from 'fast-check';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { CreateTaskRequest, ListTasksRequest } from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { chosenSeed } from '../support/seed';

const CREATE = '/holdfast.v1.TaskService/CreateTask';

interface Answer {
  code: number;
  message: string;
  reason: string;
}

const sessions: ClientHttp2Session[] = [];
afterEach(() => sessions.splice(0).forEach((session) => session.destroy()));

function session({ address }: Booted): ClientHttp2Session {
  const made = connect(`http://${address}`);
  made.on('error', () => undefined);
  sessions.push(made);
  return made;
}

function open(on: ClientHttp2Session, path = CREATE, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
  const fixed = { ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' };
  return on.request({ ...fixed, ...headers });
}

function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const take = (headers: Record<string, unknown>): void => {
      if (headers['grpc-status'] === undefined) return;
      const details = headers['grpc-status-details-bin'];
      const status = typeof details === 'string' ? Status.decode(Buffer.from(details, 'base64')) : undefined;
      resolve({
        code: Number(headers['grpc-status']),
        message: decodeURI(headers['grpc-message'] === undefined ? '' : (headers['grpc-message'] as string)),
        reason: status ? ErrorInfo.decode(status.details[0]!.value).reason : '',
      });
    };
    stream.on('response', take);
    stream.on('trailers', take);
    stream.on('error', reject);
    stream.resume();
  });
}

function framed(bytes: Uint8Array, length = bytes.length, compressed = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = compressed;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, bytes]);
}

const request = CreateTaskRequest.encode(
  CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'x' } }),
).finish();

async function stillServes({ tasks }: Booted): Promise<void> {
  await call(tasks, 'createTask', CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'x' } }));
}

it('answers a request that does not decode with INVALID_ARGUMENT', async () => {
  const booted = await boot();
  const stream = open(session(booted));
  stream.end(framed(Buffer.from([0x12, 0xff, 0xff, 0xff, 0x7f])));
  expect(await answerOf(stream)).toMatchObject({ code: Code.INVALID_ARGUMENT, reason: 'FIELD_INVALID' });
  const huge = open(session(booted), '/holdfast.v1.TaskService/GetTask');
  huge.end(framed(Buffer.from([0x10, ...Array<number>(9).fill(0xff), 0x01])));
  expect((await answerOf(huge)).code).not.toBe(Code.INTERNAL);
  await stillServes(booted);
});

it('answers a request above 4 MiB with the limit', async () => {
  const booted = await boot();
  for (const bytes of [4 * 1024 * 1024 + 1, 9 * 1024 * 1024]) {
    const stream = open(session(booted));
    stream.on('error', () => undefined);
    stream.end(framed(Buffer.alloc(bytes, 0)));
    expect(await answerOf(stream)).toMatchObject({ code: Code.RESOURCE_EXHAUSTED });
  }
  await stillServes(booted);
});

it('believes no length that a message states', async () => {
  const booted = await boot();
  const stream = open(session(booted));
  stream.write(framed(Buffer.alloc(10), 0xffffffff));
  expect(await answerOf(stream)).toMatchObject({ code: Code.RESOURCE_EXHAUSTED });
  await stillServes(booted);
});

it('ends a request that is half sent, and one that never begins, in its own time', async () => {
  const booted = await boot({ server: { receiveTimeoutMs: 300 } });
  const on = session(booted);
  const half = open(on);
  half.write(framed(request).subarray(0, 9));
  const silent = open(on);
  const unended = open(on);
  unended.write(framed(request));
  const watching = open(on, '/holdfast.v1.EventService/WatchEvents');
  for (const stream of [half, silent, unended, watching]) {
    expect(await answerOf(stream)).toMatchObject({ code: Code.DEADLINE_EXCEEDED, reason: 'DEADLINE_EXCEEDED' });
  }
  expect(booted.server.openCalls).toBe(0);
  await stillServes(booted);
  // A drain waits for every stream that is open: it ends at once only if those above are closed.
  const started = performance.now();
  await booted.server.drain(20_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('ends a unary call that takes too long', async () => {
  const booted = await boot({ server: { operationTimeoutMs: 100 } });
  const held = jest.spyOn(booted.engine, 'withSnapshot').mockReturnValue(new Promise(() => undefined));
  const { tasks } = booted;
  const listing = call(tasks, 'listTasks', ListTasksRequest.fromPartial({ parent: 'projects/default' }));
  await expect(listing).rejects.toMatchObject({ code: Code.DEADLINE_EXCEEDED });
  held.mockRestore();
});

it('refuses metadata above 16 KiB', async () => {
  const booted = await boot();
  const stream = open(session(booted), CREATE, { 'x-large': 'x'.repeat(20_000) });
  stream.on('error', () => undefined);
  stream.end(framed(request));
  expect(await answerOf(stream)).toMatchObject({ code: Code.RESOURCE_EXHAUSTED, reason: 'TOO_LARGE' });
  await stillServes(booted);
});

it('answers an unknown method, no message, two messages and an unknown compression in words', async () => {
  const booted = await boot();
  const on = session(booted);
  const unknown = open(on, '/holdfast.v1.TaskService/Explode');
  unknown.end(framed(request));
  expect((await answerOf(unknown)).code).toBe(Code.UNIMPLEMENTED);
  const empty = open(on);
  empty.end();
  expect((await answerOf(empty)).code).toBe(Code.UNIMPLEMENTED);
  const twice = open(on);
  twice.end(Buffer.concat([framed(request), framed(request)]));
  expect((await answerOf(twice)).code).toBe(Code.UNIMPLEMENTED);
  const packed = open(on, CREATE, { 'grpc-encoding': 'zstd' });
  packed.end(framed(request, request.length, 1));
  expect((await answerOf(packed)).code).toBe(Code.UNIMPLEMENTED);
  await stillServes(booted);
});

it('goes on after connections that speak no HTTP/2, or break off in the middle', async () => {
  const booted = await boot();
  const port = Number(booted.address.split(':')[1]);
  for (const text of ['GET / HTTP/1.1\r\n\r\n', '\0'.repeat(100), 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\xff']) {
    const socket = connectSocket(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.end(text, () => resolve()));
    socket.destroy();
  }
  const on = session(booted);
  const stream = open(on);
  stream.on('error', () => undefined);
  stream.write(framed(request).subarray(0, 7));
  await new Promise<void>((resolve) => on.once('connect', () => resolve()));
  on.destroy();
  await stillServes(booted);
});

it('gives every malformed request an answer, and never a defect', async () => {
  const seed = chosenSeed();
  const booted = await boot();
  const on = session(booted);
  const paths = ['CreateTask', 'BatchCreateTasks', 'GetTask', 'UpdateTask', 'ListTasks', 'CancelTask', 'ReopenTask'];
  const damaged = fc.record({ at: fc.nat(request.length - 1), byte: fc.nat(255), cut: fc.nat(request.length) });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    damaged.map(({ at, byte, cut }) => {
      const copy = Uint8Array.from(request);
      copy[at] = byte;
      return copy.subarray(0, cut);
    }),
  );
  const property = fc.asyncProperty(fc.constantFrom(...paths), bytes, async (method, body) => {
    const stream = open(on, `/holdfast.v1.TaskService/${method}`);
    stream.end(framed(body));
    const { code } = await answerOf(stream);
    expect([Code.UNKNOWN, Code.INTERNAL, Code.UNAVAILABLE]).not.toContain(code);
  });
  await fc.assert(property, { seed, numRuns: 1500 });
  await stillServes(booted);
});
