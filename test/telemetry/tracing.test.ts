import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { credentials, Metadata } from '@grpc/grpc-js';
import { EventServiceClient } from '../../src/gen/holdfast/v1/event_service';
import { CreateTaskRequest, GetTaskRequest, TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import { asksForTracing } from '../../src/telemetry/tracing';
import { call } from '../support/boot';
import { builtProgram } from '../support/built';
import { EventStream } from '../support/event-stream';
import { tempDir } from '../support/temp-dir';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
}

interface Export {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

it('asks for traces by the standard variables alone', () => {
  expect(asksForTracing({})).toBe(false);
  expect(asksForTracing({ OTEL_SERVICE_NAME: 'x' })).toBe(false);
  expect(asksForTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toBe(true);
  expect(asksForTracing({ OTEL_TRACES_EXPORTER: 'console' })).toBe(true);
  expect(asksForTracing({ OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_ENDPOINT: 'x' })).toBe(false);
  expect(asksForTracing({ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'x' })).toBe(false);
});

it('sends a span for each call and its stages to a collector, below the span of the caller', async () => {
  const exports: Export[] = [];
  const collector = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      if (request.url === '/v1/traces') exports.push(JSON.parse(body) as Export);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const server = await serve({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_RESOURCE_DETECTORS: 'env',
    OTEL_SERVICE_NAME: 'under-test',
  });
  const tasks = new TaskServiceClient(server.address, credentials.createInsecure());
  const events = new EventServiceClient(server.address, credentials.createInsecure());
  const metadata = new Metadata();
  metadata.set('traceparent', `00-${TRACE}-${CALLER}-01`);
  metadata.set('tracestate', 'vendor=1');
  const create = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'x' } });
  await call(tasks, 'createTask', create, metadata);
  const missing = GetTaskRequest.fromPartial({ name: 'projects/default/tasks/t9' });
  await expect(call(tasks, 'getTask', missing)).rejects.toThrow();
  const stream = new EventStream(events, { start: { $case: 'earliest', value: true } });
  await stream.until((each) => each.events.length === 2);
  expect(await server.stop()).toBe(0);
  for (const client of [tasks, events]) client.close();
  await new Promise((resolve) => collector.close(resolve));

  const scopes = exports.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans));
  const spans = scopes.flatMap((scope) => scope.spans);
  const resource = exports[0]!.resourceSpans[0]!.resource.attributes;
  expect(resource).toContainEqual({ key: 'service.name', value: { stringValue: 'under-test' } });
  const rpc = spans.find(({ name }) => name === 'holdfast.v1.TaskService/CreateTask')!;
  expect(rpc).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, kind: 2 });
  expect(rpc.attributes).toEqual(
    expect.arrayContaining([
      { key: 'rpc.system', value: { stringValue: 'grpc' } },
      { key: 'rpc.service', value: { stringValue: 'holdfast.v1.TaskService' } },
      { key: 'rpc.method', value: { stringValue: 'CreateTask' } },
      { key: 'rpc.grpc.status_code', value: { intValue: 0 } },
    ]),
  );
  const stages = spans.filter(({ parentSpanId }) => parentSpanId === rpc.spanId);
  const names = ['apply', 'decide', 'inbox wait', 'journal fsync', 'journal write'];
  expect(stages.map(({ name }) => name).sort()).toEqual(names);
  for (const { startTimeUnixNano, endTimeUnixNano, traceId } of stages) {
    expect(traceId).toBe(TRACE);
    // Two clocks: the span's own may stand some milliseconds beside that of the stages.
    expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(rpc.startTimeUnixNano) - 20_000_000n);
    expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
  }
  const failed = spans.find(({ name }) => name === 'holdfast.v1.TaskService/GetTask')!;
  expect(failed.attributes).toContainEqual({ key: 'rpc.grpc.status_code', value: { intValue: 5 } });
  expect(failed.parentSpanId ?? '').toBe('');
  // The call's own span goes on the record, and from there on the event.
  expect(stream.events[1]!.traceparent).toBe(`00-${TRACE}-${rpc.spanId}-01`);
});

/** The server as it is run: its exporter loads parts of itself in a way that Jest does not allow. */
async function serve(env: Record<string, string>): Promise<{ address: string; stop(): Promise<number | null> }> {
  const args = [builtProgram(), 'serve', '--dir', tempDir(), '--port', '0'];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let log = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      log += bytes.toString();
      const found = /"addresses":\["([^"]+)"/.exec(log)?.[1];
      if (found) resolve(found);
    });
    void ended.then(() => reject(new Error(log)));
  });
  return {
    address,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
