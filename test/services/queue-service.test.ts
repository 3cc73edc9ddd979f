// Goal: what an operator sees of queues and does to them, by a real server: settings, counts, dead letters and their redrive.

import {
  FailTaskRequest,
  BulkChangeTasksRequest,
  ClaimTaskRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { Queue } from '../../src/gen/holdfast/v1/queue';
import {
  GetQueueRequest,
  ListQueuesRequest,
  QueueServiceClient,
  UpdateQueueRequest,
} from '../../src/gen/holdfast/v1/queue_service';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import { WaitOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { RetryPolicy } from '../../src/gen/holdfast/v1/work';
import { bootAgents, createTask, PARENT, startAs } from '../support/agent-client';
import type { AgentServer } from '../support/agent-client';
import { call } from '../support/boot';

interface QueueServer extends AgentServer {
  readonly queues: QueueServiceClient;
}

async function bootQueues(dir?: string): Promise<QueueServer> {
  const booted = await bootAgents(dir === undefined ? {} : { dir });
  return { ...booted, queues: booted.client(QueueServiceClient) };
}

const nameOf = (id: string): string => `${PARENT}/queues/${id}`;
const zeros = {
  ...{ pending: 0, blocked: 0, running: 0, verifying: 0 },
  ...{ inputRequired: 0, paused: 0, failed: 0 },
};

async function update(
  { queues }: QueueServer,
  id: string,
  queue: Partial<Queue>,
  updateMask?: string[],
): Promise<Queue> {
  const request = UpdateQueueRequest.fromPartial({ queue: { name: nameOf(id), ...queue }, updateMask });
  return (await call(queues, 'updateQueue', request)).queue!;
}

async function get({ queues }: QueueServer, id: string): Promise<Queue> {
  return (await call(queues, 'getQueue', GetQueueRequest.fromPartial({ name: nameOf(id) }))).queue!;
}

describe('QueueService', () => {
  it('shows a queue that nobody knows with its defaults', async () => {
    const server = await bootQueues();
    expect(await get(server, 'unseen')).toMatchObject({
      name: nameOf('unseen'),
      etag: '',
      paused: false,
      counts: zeros,
    });
    const missing = GetQueueRequest.fromPartial({ name: 'projects/none/queues/x' });
    await expect(call(server.queues, 'getQueue', missing)).rejects.toMatchObject({ code: 5 });
    const bad = GetQueueRequest.fromPartial({ name: 'queues/x' });
    await expect(call(server.queues, 'getQueue', bad)).rejects.toMatchObject({ code: 3 });
  });

  it('counts tasks by state, as of right after the call that changed them, and after a restart', async () => {
    const server = await bootQueues();
    const [first] = [await createTask(server, { queue: 'build' }), await createTask(server, { queue: 'build' })];
    await createTask(server, { queue: 'build', dependencies: [{ task: first, kind: 1 }] });
    expect((await get(server, 'build')).counts).toEqual(expect.objectContaining({ ...zeros, pending: 2, blocked: 1 }));
    const live = await startAs(server, 'ada');
    const claim = ClaimTaskRequest.fromPartial({ parent: PARENT, queue: 'build' });
    const { tasks } = await call(server.tasks, 'claimTask', claim, live.metadata);
    expect(tasks[0]!.name).toBe(first);
    expect((await get(server, 'build')).counts).toMatchObject({ pending: 1, blocked: 1, running: 1 });
    await server.stop();
    const again = await bootQueues(server.dir);
    expect((await get(again, 'build')).counts).toMatchObject({ pending: 1, blocked: 1, running: 1 });
  });

  it('lists queues that have settings or tasks, by name and in pages', async () => {
    const server = await bootQueues();
    for (const queue of ['d', 'b', 'e']) await createTask(server, { queue });
    await update(server, 'c', { paused: true });
    await update(server, 'b', { concurrencyLimit: 2 });
    const list = async (pageToken: string) =>
      call(server.queues, 'listQueues', ListQueuesRequest.fromPartial({ parent: PARENT, pageSize: 3, pageToken }));
    const first = await list('');
    expect(
      first.queues.map(({ name, paused, concurrencyLimit, counts }) => [
        name,
        paused,
        concurrencyLimit,
        counts!.pending,
      ]),
    ).toEqual([
      [nameOf('b'), false, 2, 1],
      [nameOf('c'), true, 0, 0],
      [nameOf('d'), false, 0, 1],
    ]);
    const second = await list(first.nextPageToken);
    expect([second.queues.map(({ name }) => name), second.nextPageToken]).toEqual([[nameOf('e')], '']);
  });

  it('gives nothing of a paused queue, and goes on when it is no longer paused', async () => {
    const server = await bootQueues();
    const name = await createTask(server, { queue: 'build' });
    await update(server, 'build', { paused: true });
    const live = await startAs(server, 'ada');
    const now = ClaimTaskRequest.fromPartial({ parent: PARENT, queue: 'build' });
    const empty = await call(server.tasks, 'claimTask', now, live.metadata);
    expect([empty.tasks, empty.empty?.paused]).toEqual([[], true]);
    const waiting = call(server.tasks, 'claimTask', { ...now, wait: { seconds: 20, nanos: 0 } }, live.metadata);
    await update(server, 'build', {}, ['paused']);
    expect((await waiting).tasks.map((task) => task.name)).toEqual([name]);
  });

  it('keeps to a concurrency limit, and goes on when a task ends or the limit is raised', async () => {
    const server = await bootQueues();
    for (let i = 0; i < 3; i++) await createTask(server, { queue: 'build' });
    await update(server, 'build', { concurrencyLimit: 1 });
    const live = await startAs(server, 'ada');
    const now = ClaimTaskRequest.fromPartial({ parent: PARENT, queue: 'build', maxTasks: 3 });
    const first = await call(server.tasks, 'claimTask', now, live.metadata);
    expect(first.tasks).toHaveLength(1);
    const full = await call(server.tasks, 'claimTask', now, live.metadata);
    expect([full.tasks.length, full.empty?.concurrencyLimit]).toEqual([0, 1]);
    const waiting = call(server.tasks, 'claimTask', { ...now, wait: { seconds: 20, nanos: 0 } }, live.metadata);
    await update(server, 'build', { concurrencyLimit: 2 });
    expect((await waiting).tasks).toHaveLength(1);
  });
});

describe('dead letters', () => {
  it('are the FAILED tasks of a queue: counted, listed by a filter, and driven again all at once', async () => {
    const server = await bootQueues();
    await update(server, 'mail', { retryPolicy: RetryPolicy.fromPartial({ maxAttempts: 1 }) });
    const names = await Promise.all([1, 2, 3].map(() => createTask(server, { queue: 'mail' })));
    await createTask(server, { queue: 'other' });
    const live = await startAs(server, 'ada');
    const claim = ClaimTaskRequest.fromPartial({ parent: PARENT, queue: 'mail', maxTasks: 3 });
    const { tasks } = await call(server.tasks, 'claimTask', claim, live.metadata);
    for (const { name, lease } of tasks) {
      const error = { code: 'smtp', message: 'the host is away', details: undefined };
      const fail = FailTaskRequest.fromPartial({ name, fencingToken: lease!.fencingToken, error });
      expect((await call(server.tasks, 'failTask', fail, live.metadata)).task!.state).toBe(TaskState.FAILED);
    }
    expect((await get(server, 'mail')).counts).toMatchObject({ ...zeros, failed: 3 });
    const filter = 'state = FAILED AND queue = mail';
    const listed = await call(server.tasks, 'listTasks', ListTasksRequest.fromPartial({ parent: PARENT, filter }));
    expect(listed.tasks.map(({ name }) => name).sort()).toEqual([...names].sort());

    const redrive = BulkChangeTasksRequest.fromPartial({
      parent: PARENT,
      filter,
      change: { $case: 'retry', value: {} },
    });
    const { operation } = await call(server.tasks, 'bulkChangeTasks', redrive);
    const wait = WaitOperationRequest.fromPartial({ name: operation!.name, timeout: { seconds: 20, nanos: 0 } });
    expect((await call(server.operations, 'waitOperation', wait)).operation!.state).toBe(OperationState.SUCCEEDED);
    expect((await get(server, 'mail')).counts).toMatchObject({ ...zeros, pending: 3 });
    const again = await call(server.tasks, 'claimTask', claim, live.metadata);
    expect(again.tasks.map(({ name, failureCount }) => [name, failureCount]).sort()).toEqual(
      names.map((name) => [name, 0]).sort(),
    );
  });
});
