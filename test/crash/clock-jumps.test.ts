// Goal: a wall clock that jumps, while the server runs or while it is down, ends no lease early, keeps none for ever, and puts nothing out of order.
// Method: the server's wall clock is shifted by a preloaded module, by an hour and a year forth and back, between a claim, its lease's end and what
// follows; the time that counts is measured here, on a clock that does not jump.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { EventServiceClient, ReadEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { ReadEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { SessionServiceClient, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import type { Task } from '../../src/gen/holdfast/v1/task';
import * as v1 from '../../src/gen/holdfast/v1/task_service';
import { say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { callFailed } from './service-client';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
/** Of the sessions and leases of this test. */
const TTL_MS = 2000;
/** A lease may last a tenth longer; the server looks at what is due, and machines that test are busy. */
const LATE_MS_MAX = 60_000;
/** The clock's file is read every 50 ms. */
const JUMP_SEEN_MS = 150;
const PARENT = 'projects/default';

class Jumpy {
  private readonly offsetFile: string;
  private readonly socket: string;
  private server!: ServerProcess;
  private tasks!: v1.TaskServiceClient;
  private session: Metadata | undefined;

  constructor(private readonly dir: string) {
    this.offsetFile = join(dir, 'offset');
    this.socket = join(dir, 'jumpy.sock');
    writeFileSync(this.offsetFile, '0');
  }

  async start(): Promise<void> {
    this.server = await startServer(join(this.dir, 'store'), {
      args: ['--socket', this.socket],
      preload: [join(__dirname, 'fixtures/shifted-clock.js')],
      env: { HOLDFAST_TEST_CLOCK: this.offsetFile },
    });
    this.tasks = new v1.TaskServiceClient(`unix:${this.socket}`, credentials.createInsecure());
  }

  async stop(): Promise<void> {
    this.tasks.close();
    await this.server.kill();
  }

  jump(offsetMs: number): Promise<void> {
    writeFileSync(this.offsetFile, String(offsetMs));
    return delay(JUMP_SEEN_MS);
  }

  async begin(ttlMs: number): Promise<void> {
    const client = new SessionServiceClient(`unix:${this.socket}`, credentials.createInsecure());
    const ttl = { seconds: ttlMs / 1000, nanos: 0 };
    const request = StartSessionRequest.fromPartial({ parent: PARENT, agent: 'ada', ttl });
    const { session, token } = await new Promise<{ session?: { name: string }; token: string }>((resolve, reject) =>
      client.startSession(request, (error, reply) => (error ? reject(error) : resolve(reply))),
    );
    client.close();
    this.session = new Metadata();
    this.session.set('holdfast-session', `${session!.name};${token}`);
  }

  async create(notBeforeMs?: number): Promise<Task> {
    const notBefore = notBeforeMs === undefined ? undefined : { seconds: Math.floor(notBeforeMs / 1000), nanos: 0 };
    const task = { title: 'through time', notBefore, retryPolicy: { maxAttempts: 100 } };
    const reply = await this.call<v1.CreateTaskResponse>(
      'createTask',
      v1.CreateTaskRequest.fromPartial({ parent: PARENT, task }),
    );
    return reply.task!;
  }

  async claim(name: string): Promise<number> {
    const request = v1.ClaimTaskRequest.fromPartial({ name, leaseTtl: { seconds: TTL_MS / 1000, nanos: 0 } });
    return (await this.call<v1.ClaimTaskResponse>('claimTask', request)).tasks[0]!.lease!.fencingToken;
  }

  async state(name: string): Promise<TaskState> {
    return (await this.call<v1.GetTaskResponse>('getTask', v1.GetTaskRequest.fromPartial({ name }))).task!.state;
  }

  /** How long the task stays RUNNING, in milliseconds since `from` on the clock that does not jump. */
  async runsUntil(name: string, from: number): Promise<number> {
    while ((await this.state(name)) === TaskState.RUNNING) {
      if (performance.now() - from > TTL_MS + LATE_MS_MAX) throw new Error('the lease does not end');
      await delay(20);
    }
    return performance.now() - from;
  }

  /** The times of all events in their order. */
  async eventTimes(): Promise<number[]> {
    const client = new EventServiceClient(`unix:${this.socket}`, credentials.createInsecure());
    const request = ReadEventsRequest.fromPartial({ parent: 'projects/-', pageSize: 1000 });
    const reply = await new Promise<ReadEventsResponse>((resolve, reject) =>
      client.readEvents(request, (error, found) => (error ? reject(error) : resolve(found))),
    );
    client.close();
    return reply.events.map(({ time }) => time!.seconds * 1000 + time!.nanos / 1e6);
  }

  private call<Reply>(method: string, request: unknown): Promise<Reply> {
    type Call = (
      request: unknown,
      metadata: Metadata,
      done: (error: ServiceError | null, reply: Reply) => void,
    ) => void;
    const call = (this.tasks as unknown as Record<string, Call>)[method]!.bind(this.tasks);
    return new Promise((resolve, reject) =>
      call(request, this.session ?? new Metadata(), (error, reply) =>
        error ? reject(callFailed(error)) : resolve(reply),
      ),
    );
  }
}

let jumpy: Jumpy;
beforeEach(async () => {
  jumpy = new Jumpy(tempDir());
  await jumpy.start();
});
afterEach(() => jumpy.stop());

it.each([
  ['an hour forth', HOUR_MS],
  ['an hour back', -HOUR_MS],
  ['a year forth', YEAR_MS],
])(
  'a jump of %s under a running server neither ends nor prolongs a lease',
  async (_, offsetMs) => {
    await jumpy.begin(600_000);
    const { name } = await jumpy.create();
    const asked = performance.now();
    await jumpy.claim(name);
    const granted = performance.now();
    await jumpy.jump(offsetMs);
    const ranMs = await jumpy.runsUntil(name, granted);
    say(`a lease of ${TTL_MS} ms ended ${Math.round(ranMs)} ms after its grant`);
    // It began between the question and the answer.
    expect(ranMs + (granted - asked)).toBeGreaterThan(TTL_MS);
    const times = await jumpy.eventTimes();
    expect(times.length).toBeGreaterThan(3);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  },
  180_000,
);

it.each([
  ['forth', YEAR_MS],
  ['back', -YEAR_MS],
])(
  'a year %s while the server is down gives a live lease a full ttl, and no event an earlier time',
  async (_, offsetMs) => {
    await jumpy.begin(600_000);
    const { name } = await jumpy.create();
    await jumpy.claim(name);
    await jumpy.stop();
    await jumpy.jump(offsetMs);
    const starting = performance.now();
    await jumpy.start();
    const ranMs = await jumpy.runsUntil(name, starting);
    expect(ranMs).toBeGreaterThan(TTL_MS);
    const times = await jumpy.eventTimes();
    expect(times).toEqual([...times].sort((a, b) => a - b));
  },
  180_000,
);

it('a jump forth makes no task ready before its time', async () => {
  const { name } = await jumpy.create(Date.now() + HOUR_MS / 2);
  await jumpy.begin(600_000);
  await jumpy.jump(HOUR_MS);
  await expect(jumpy.claim(name)).rejects.toMatchObject({ reason: 'NOT_READY' });
}, 180_000);
