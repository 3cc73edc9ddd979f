// Goal: watchers that have nothing to do cost next to nothing, and one that stalls costs no more than its window. Method: two
// servers side by side under the same steady load, one of them with a thousand idle watchers and a stalled one; the difference of
// their anonymous memory. (Caches and write buffers fill up in both.)
//
// HOLDFAST_WATCH_MINUTES sets how long they watch; a plain run takes one minute.

import { credentials, Metadata } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { setTimeout as delay } from 'node:timers/promises';
import { EventServiceClient, WatchEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { WatchEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { ProjectServiceClient } from '../../src/gen/holdfast/v1/project_service';
import { CreateProjectRequest } from '../../src/gen/holdfast/v1/project_service';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { countFromEnvironment, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { callFailed, ServiceClient } from './service-client';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const watchMs = countFromEnvironment('HOLDFAST_WATCH_MINUTES', 1) * 60_000;
const IDLE_WATCHERS = 1000;
const CONNECTIONS = 10;
const GROWTH_BYTES_MAX = 32 * 1024 * 1024;
/** Tasks of 4 KiB, three a second: the stalled reader's window is full after some seconds, and the others are idle but for their
 *  progress. A faster load measures when V8 lets which of the two servers' heaps grow, not what watchers cost. */
const DESCRIPTION = 'x'.repeat(4096);
const PAUSE_MS = 300;
/** How long the load runs before the watchers come, in milliseconds. */
const WARM_UP_MS = 10_000;
const SAMPLE_MS = 500;
/** Twice the server's limit for a reader that stalls. */
const CUT_OFF_MS = 60_000;
/** Tasks that are more than the windows of a stalled reader hold, and how long the server has then to end it: its limit and a third more. */
const STALLING_TASKS = 64;
const STALLED_MS = 40_000;

let server: ServerProcess;
/** The one that nobody watches. */
let unwatched: ServerProcess;
let clients: ServiceClient[];
const connections: EventServiceClient[] = [];
let created = 0;
/** How many tasks fill the window of the stalled reader, and when there were as many, by the monotonic clock. */
let fullWith = Infinity;
let fullAt = 0;

beforeEach(async () => {
  server = await startServer(tempDir());
  unwatched = await startServer(tempDir());
  clients = [server, unwatched].map(({ address }) => new ServiceClient(address));
});
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  for (const client of clients) client.close();
  await server.kill();
  await unwatched.kill();
});

function connect(): EventServiceClient {
  const connection = new EventServiceClient(server.address, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
  });
  connections.push(connection);
  return connection;
}

function watch(connection: EventServiceClient, parent: string): ClientReadableStream<WatchEventsResponse> {
  const request = WatchEventsRequest.fromPartial({ parent, start: { $case: 'now', value: true } });
  return connection.watchEvents(request, new Metadata());
}

async function createOne(): Promise<void> {
  const task = { title: 'one of many', description: DESCRIPTION };
  const request = CreateTaskRequest.fromPartial({ parent: 'projects/default', task });
  await Promise.all(clients.map((client) => client.mutate({ method: 'createTask', request })));
  if (++created === fullWith) fullAt = performance.now();
}

/** Writes to both at a steady pace and samples their memory meanwhile. Gives the differences in the second half, in bytes. */
async function differences(durationMs: number): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + durationMs;
  let sampleAt = performance.now() + durationMs / 2;
  while (performance.now() < end) {
    await createOne();
    if (performance.now() >= sampleAt) {
      samples.push(server.rssAnonBytes() - unwatched.rssAnonBytes());
      sampleAt += SAMPLE_MS;
    }
    await delay(PAUSE_MS);
  }
  return samples;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Writes on, on a slow machine, until the window of the stalled reader is full, and waits until the server must have ended it. */
async function endStalled(): Promise<void> {
  while (created < fullWith) await createOne();
  await delay(Math.max(0, fullAt + STALLED_MS - performance.now()));
}

async function createQuietProject(): Promise<void> {
  const projects = new ProjectServiceClient(server.address, credentials.createInsecure());
  const request = CreateProjectRequest.fromPartial({ projectId: 'quiet' });
  await new Promise<void>((resolve, reject) =>
    projects.createProject(request, (error) => (error ? reject(error) : resolve())),
  );
  projects.close();
}

it(
  `${IDLE_WATCHERS} idle watchers and a stalled one take at most 32 MiB, in ${watchMs / 60_000} min`,
  async () => {
    await createQuietProject();
    const before = median(await differences(WARM_UP_MS));

    let progress = 0;
    const failures: string[] = [];
    for (let at = 0; at < CONNECTIONS; at++) {
      const connection = connect();
      for (let each = 0; each < IDLE_WATCHERS / CONNECTIONS; each++) {
        const stream = watch(connection, 'projects/quiet');
        stream.on('data', () => progress++);
        stream.on('error', (error) => failures.push(error.message));
      }
    }
    const stalled = watch(connect(), 'projects/-');
    let stalledBy: ServiceError | undefined;
    stalled.on('error', (error: ServiceError) => (stalledBy = error));
    // The first message opens the stream; after it nothing is read any more.
    await new Promise((resolve) => stalled.once('data', resolve));
    stalled.pause();
    fullWith = created + STALLING_TASKS;

    const samples = await differences(watchMs);
    const growth = median(samples);
    say(
      `anonymous memory above the unwatched server's ${mebibytes(unwatched.rssAnonBytes())} MiB: ${mebibytes(before)} MiB ` +
        `before, ${mebibytes(growth)} MiB with watchers (at most ${mebibytes(Math.max(...samples))}); ` +
        `${progress} messages to the idle ones`,
    );
    await endStalled();
    const told = failures.splice(0);
    // What waits in the client comes first, the end after it.
    stalled.resume();
    await until(() => stalledBy !== undefined);
    expect(told).toEqual([]);
    expect(progress).toBeGreaterThanOrEqual(IDLE_WATCHERS);
    expect(growth).toBeLessThanOrEqual(GROWTH_BYTES_MAX);
    // The status stands behind what the reader has not read. One that stays away for as long again is cut off without it.
    const reasons = watchMs > CUT_OFF_MS ? ['SLOW_CONSUMER', ''] : ['SLOW_CONSUMER'];
    expect(reasons).toContain(callFailed(stalledBy!).reason);
  },
  WARM_UP_MS + watchMs + 240_000,
);

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000 && !condition(); tries++) await delay(50);
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
