import { Metadata, status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { millisecondsIn } from '../../src/domain/duration';
import { millisecondsOf } from '../../src/domain/timestamp';
import { AcquireLockRequest, LockServiceClient } from '../../src/gen/holdfast/v1/lock_service';
import { SessionState } from '../../src/gen/holdfast/v1/session';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { ClaimTaskRequest, CompleteTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import type { ClaimTaskResponse } from '../../src/gen/holdfast/v1/task_service';
import { PARENT, bootAgents, createTask, startAs } from '../support/agent-client';
import type { AgentServer, Live } from '../support/agent-client';
import { call } from '../support/boot';
import { targetsOf } from '../support/lock-world';

const REQUEST_ID = '0a5a3f0e-5a9e-4b62-9d0e-0f6a3f6f1a22';
const seconds = (count: number) => ({ seconds: count, nanos: 0 });

function claim({ tasks }: AgentServer, live: Live, more: Partial<ClaimTaskRequest> = {}): Promise<ClaimTaskResponse> {
  return call(tasks, 'claimTask', ClaimTaskRequest.fromPartial({ parent: PARENT, ...more }), live.metadata);
}

const idsOf = (tasks: readonly Task[]): string[] => tasks.map(({ name }) => name.split('/').pop()!);

/** Resolves when so many claims wait. */
async function waiting({ engine }: AgentServer, count: number): Promise<void> {
  while (engine.claims.waiting !== count) await new Promise((resolve) => setImmediate(resolve));
}

test('a claim gives the first ready tasks with their leases', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  for (const priority of [3, 1, 2] as const) await createTask(server, { priority });
  const { tasks, empty } = await claim(server, anna, { maxTasks: 2 });
  expect(idsOf(tasks)).toEqual(['t2', 't3']);
  expect(empty).toBeUndefined();
  expect(tasks[0]).toMatchObject({ state: TaskState.RUNNING, attemptCount: 1, lease: { session: anna.name } });
  expect(tasks[0]!.lease!.fencingToken).toBeGreaterThan(0);
});

test('a claim that waits gets the task that comes, from whoever creates it', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const claimed = claim(server, anna, { wait: seconds(60) });
  await waiting(server, 1);
  await createTask(server, {});
  expect(idsOf((await claimed).tasks)).toEqual(['t1']);
});

test('an empty claim says why: what the queue has, and when something becomes due', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const soon = { seconds: Math.floor(Date.now() / 1000) + 3600, nanos: 0 };
  await createTask(server, { notBefore: soon });
  await createTask(server, { requiredCapabilities: ['rust'] });
  await createTask(server, { parent: `${PARENT}/tasks/t1` });
  const { tasks, empty, position } = await claim(server, anna, { capabilities: ['sql'] });
  expect(idsOf(tasks)).toEqual(['t3']);
  expect(position!.sequence).toBeGreaterThan(0);
  expect(empty).toBeUndefined();
  const again = await claim(server, anna, { capabilities: ['sql'] });
  // t1 is held back by its live child; t2 needs what this agent cannot do.
  expect(again).toMatchObject({
    tasks: [],
    empty: { counts: { pending: 1, blocked: 1, running: 1 }, paused: false, concurrencyLimit: 0, nextTime: undefined },
  });
  await createTask(server, { notBefore: soon });
  expect((await claim(server, anna)).empty!.nextTime).toMatchObject(soon);
});

test('a claim that waits in vain is answered when its time is up', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const began = performance.now();
  const { tasks, empty } = await claim(server, anna, { wait: seconds(1) });
  expect(tasks).toEqual([]);
  expect(empty).toBeDefined();
  expect(performance.now() - began).toBeGreaterThan(900);
});

test('a claim, and a request for a lock, outlive the ttl of their sessions while they wait', async () => {
  const server = await bootAgents();
  const ttl = seconds(2);
  const anna = await startAs(server, 'anna', { ttl });
  const ben = await startAs(server, 'ben', { ttl });
  const carl = await startAs(server, 'carl');
  const locks = server.client(LockServiceClient);
  const key = AcquireLockRequest.fromPartial({ parent: PARENT, targets: targetsOf(['build']), wait: seconds(120) });
  const { lock } = await call(locks, 'acquireLock', key, carl.metadata);
  const claimed = claim(server, anna, { wait: seconds(120) });
  const locked = call(locks, 'acquireLock', key, ben.metadata);
  const begun = server.engine.nowMs;
  await waiting(server, 1);
  // Journal time, in which sessions are lost, has passed their ttl twice when both were seen again so late.
  for (const { name } of [anna, ben]) {
    for (;;) {
      const { session } = await call(server.sessions, 'getSession', { name, atLeast: undefined });
      expect(session!.state).toBe(SessionState.ACTIVE);
      if (millisecondsOf(session!.lastSeenTime) > begun + 2 * millisecondsIn(ttl)) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  await createTask(server, {});
  expect(idsOf((await claimed).tasks)).toEqual(['t1']);
  const { name, fencingToken } = lock!;
  await call(locks, 'releaseLock', { name, fencingToken, requestId: '', validateOnly: false }, carl.metadata);
  expect((await locked).lock!.session).toBe(ben.name);
}, 600_000);

test('a claim leaves with its call, and the task goes to the next one', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const request = ClaimTaskRequest.fromPartial({ parent: PARENT, wait: seconds(60) });
  const gone = new Promise<ServiceError | null>((resolve) => {
    const open = server.tasks.claimTask(request, anna.metadata, {}, resolve);
    void waiting(server, 1).then(() => open.cancel());
  });
  expect((await gone)?.code).toBe(Code.CANCELLED);
  await waiting(server, 0);
  await createTask(server, {});
  expect(idsOf((await claim(server, anna)).tasks)).toEqual(['t1']);
});

test('a claim is for sessions, and takes a header of this project', async () => {
  const server = await bootAgents();
  const without = { name: '', metadata: new Metadata() };
  await expect(claim(server, without)).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
    details: expect.stringContaining('StartSession') as string,
  });
});

test('a claim that waits outlives the bound on other calls', async () => {
  const server = await bootAgents({ server: { operationTimeoutMs: 300 } });
  const anna = await startAs(server, 'anna');
  const { empty } = await claim(server, anna, { wait: seconds(1) });
  expect(empty).toBeDefined();
});

test('claims that wait are told when the server shuts down', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const claimed = claim(server, anna, { wait: seconds(60) });
  await waiting(server, 1);
  const ended = expect(claimed).rejects.toMatchObject({ code: Code.UNAVAILABLE });
  server.engine.drain();
  await ended;
});

test('a retried claim gets the task of the first call', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  await createTask(server, {});
  await createTask(server, {});
  const first = await claim(server, anna, { requestId: REQUEST_ID });
  const second = await claim(server, anna, { requestId: REQUEST_ID });
  expect(idsOf(second.tasks)).toEqual(['t1']);
  expect(second.tasks[0]!.lease!.fencingToken).toBe(first.tasks[0]!.lease!.fencingToken);
});

test('an empty claim is not kept under its request id, though it renewed its session', async () => {
  const server = await bootAgents();
  // A second is more than a tenth of this ttl: the answer comes with a record of the renewal.
  const anna = await startAs(server, 'anna', { ttl: seconds(5) });
  const request = { requestId: REQUEST_ID, wait: seconds(1) };
  const before = server.engine.reach(undefined);
  const { tasks, position } = await claim(server, anna, request);
  expect(tasks).toEqual([]);
  expect(position!.sequence).toBeGreaterThan(before);
  await createTask(server, {});
  expect(idsOf((await claim(server, anna, request)).tasks)).toEqual(['t1']);
});

test('a completion claims the next task of the same queue, and a retry gets the same one', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  for (const queue of ['docs', 'default', 'docs', 'docs']) await createTask(server, { queue });
  const [task] = (await claim(server, anna, { queue: 'docs' })).tasks;
  const request = CompleteTaskRequest.fromPartial({
    ...{ name: task!.name, fencingToken: task!.lease!.fencingToken, requestId: REQUEST_ID, claimNext: {} },
  });
  const first = await call(server.tasks, 'completeTask', request, anna.metadata);
  expect(first.task!.state).toBe(TaskState.SUCCEEDED);
  expect(first.next).toMatchObject({ name: `${PARENT}/tasks/t3`, state: TaskState.RUNNING });
  const second = await call(server.tasks, 'completeTask', request, anna.metadata);
  expect(second.next!.lease!.fencingToken).toBe(first.next!.lease!.fencingToken);
});

test('a completion stands when its claim is refused, and says why', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  await createTask(server, {});
  const [task] = (await claim(server, anna)).tasks;
  const held = { name: task!.name, fencingToken: task!.lease!.fencingToken };
  const request = CompleteTaskRequest.fromPartial({ ...held, claimNext: { filter: 'no such field = 3' } });
  const { task: done, next, nextRefusal } = await call(server.tasks, 'completeTask', request, anna.metadata);
  expect(done!.state).toBe(TaskState.SUCCEEDED);
  expect(next).toBeUndefined();
  expect(nextRefusal).toMatch(/^FILTER_INVALID: filter: at character/);
});

test('a completion whose queue has nothing more has no next task', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  await createTask(server, {});
  const [task] = (await claim(server, anna)).tasks;
  const held = { name: task!.name, fencingToken: task!.lease!.fencingToken };
  const request = CompleteTaskRequest.fromPartial({ ...held, claimNext: {} });
  const { next, nextRefusal } = await call(server.tasks, 'completeTask', request, anna.metadata);
  expect([next, nextRefusal]).toEqual([undefined, '']);
});

test('64 agents that claim at once get each task once, by priority', async () => {
  const server = await bootAgents();
  const agents = await Promise.all(Array.from({ length: 64 }, (_, i) => startAs(server, `agent-${i}`)));
  for (let i = 0; i < 10; i++) {
    await Promise.all(
      Array.from({ length: 30 }, (_, j) => createTask(server, { priority: (1 + (j % 5)) as Task['priority'] })),
    );
  }
  const order: { readonly id: string; readonly token: number; readonly priority: number }[] = [];
  const work = async (live: Live): Promise<void> => {
    for (;;) {
      const [task] = (await claim(server, live)).tasks;
      if (!task) return;
      const { fencingToken } = task.lease!;
      order.push({ id: task.name, token: fencingToken, priority: task.priority });
      const done = CompleteTaskRequest.fromPartial({ name: task.name, fencingToken });
      await call(server.tasks, 'completeTask', done, live.metadata);
    }
  };
  await Promise.all(agents.map(work));
  expect(new Set(order.map(({ id }) => id)).size).toBe(300);
  // The token is the sequence of the claim: in this order they were decided.
  const decided = [...order].sort((a, b) => a.token - b.token).map(({ priority }) => priority);
  expect(decided).toEqual([...decided].sort((a, b) => a - b));
});
