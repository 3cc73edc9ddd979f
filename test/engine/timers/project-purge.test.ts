// Goal: a project whose purge time has come leaves nothing behind, whatever it held, and takes nothing of others along. Method: a real
// server fills a project, stops, and starts again a month later.

import { Blob, EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { AcquireLockRequest, LockServiceClient } from '../../../src/gen/holdfast/v1/lock_service';
import { MemoryServiceClient, PutMemoryRequest } from '../../../src/gen/holdfast/v1/memory_service';
import { MessageServiceClient, SendMessageRequest } from '../../../src/gen/holdfast/v1/message_service';
import { CreateProjectRequest, DeleteProjectRequest } from '../../../src/gen/holdfast/v1/project_service';
import { QueueServiceClient, UpdateQueueRequest } from '../../../src/gen/holdfast/v1/queue_service';
import { AppendTranscriptRequest, SaveCheckpointRequest } from '../../../src/gen/holdfast/v1/session_service';
import { DependencyKind } from '../../../src/gen/holdfast/v1/task';
import {
  AddNoteRequest,
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { systemClock } from '../../../src/engine/clock';
import type { Engine } from '../../../src/engine/engine';
import { bootAgents, startAs } from '../../support/agent-client';
import type { AgentServer, Live } from '../../support/agent-client';
import { boot, call } from '../../support/boot';

const MONTH_MS = 31 * 24 * 3600 * 1000;
const inAMonth = { ...systemClock, wallMs: () => Date.now() + MONTH_MS };
const parent = 'projects/old';
const BYTES = Buffer.alloc(200_000, 7);

/** Every row that a project has, by kind. */
async function rowsOf(engine: Engine, project: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  await engine.withSnapshot(async (snapshot) => {
    found.clear();
    for (const [name, kind] of Object.entries(EntityKind)) {
      if (kind <= 0) continue;
      let count = 0;
      for await (const { id } of snapshot.scan({ by: 'rows', kind, project })) count += id === undefined ? 0 : 1;
      if (count > 0) found.set(name, count);
    }
  });
  return found;
}

async function timersOf(engine: Engine): Promise<string[]> {
  return engine.withSnapshot(async (snapshot) => {
    const found: string[] = [];
    for await (const { project } of snapshot.scan({ by: 'timer', dueMs: Number.MAX_SAFE_INTEGER })) found.push(project);
    return found;
  });
}

/** One of everything, in the project `old`. */
async function fill(server: AgentServer): Promise<void> {
  await call(server.projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'old', project: {} }));
  const live = await startAs(server, 'ada', { parent });
  for (let i = 0; i < 200; i++) {
    const dependencies = i === 0 ? [] : [{ task: `${parent}/tasks/t${i}`, kind: DependencyKind.BLOCKS }];
    await call(
      server.tasks,
      'createTask',
      CreateTaskRequest.fromPartial({ parent, task: { title: 'x', dependencies } }),
    );
  }
  const update = UpdateQueueRequest.fromPartial({ queue: { name: `${parent}/queues/default`, concurrencyLimit: 5 } });
  await call(server.client(QueueServiceClient), 'updateQueue', update);
  for (let i = 0; i < 200; i++) await work(server, live, i);
  const memory = { namespace: 'a', key: 'b', value: { text: 'c' } };
  await call(server.client(MemoryServiceClient), 'putMemory', PutMemoryRequest.fromPartial({ parent, memory }));
  const message = { recipient: `${parent}/agents/ada`, text: 'hello' };
  await call(server.client(MessageServiceClient), 'sendMessage', SendMessageRequest.fromPartial({ parent, message }));
  const lock = AcquireLockRequest.fromPartial({ parent, targets: [{ target: { $case: 'key', value: 'k' } }] });
  await call(server.client(LockServiceClient), 'acquireLock', lock, live.metadata);
  const saved = SaveCheckpointRequest.fromPartial({ parent: live.name, checkpoint: { data: BYTES } });
  await call(server.sessions, 'saveCheckpoint', saved, live.metadata);
  const append = AppendTranscriptRequest.fromPartial({ parent: live.name, items: [{ uuid: 'u1', content: { a: 1 } }] });
  await call(server.sessions, 'appendTranscript', append, live.metadata);
}

async function work(server: AgentServer, live: Live, number: number): Promise<void> {
  const claim = ClaimTaskRequest.fromPartial({ parent });
  const { tasks } = await call(server.tasks, 'claimTask', claim, live.metadata);
  const { name, lease } = tasks[0]!;
  if (number % 50 === 0)
    await call(server.tasks, 'addNote', AddNoteRequest.fromPartial({ parent: name, note: { text: 'n' } }));
  const artifacts = number === 0 ? [{ name: 'large', data: BYTES }] : [];
  const done = CompleteTaskRequest.fromPartial({ name, fencingToken: lease!.fencingToken, artifacts });
  await call(server.tasks, 'completeTask', done, live.metadata);
}

test('a project that is purged leaves no row, no timer and no count behind', async () => {
  const server = await bootAgents();
  await fill(server);
  const other = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'stays' } });
  await call(server.tasks, 'createTask', other);
  await call(server.projects, 'deleteProject', DeleteProjectRequest.fromPartial({ name: parent }));
  const before = await rowsOf(server.engine, 'old');
  expect([...before.keys()]).toEqual(
    expect.arrayContaining(
      [
        'TASK',
        'TASK_GRAPH',
        'TASK_WORK',
        'TASK_ATTEMPT',
        'ARTIFACT',
        'QUEUE',
        'SESSION',
        'SESSION_WORK',
        'AGENT',
      ].concat([
        'LOCK',
        'CHECKPOINT',
        'CHECKPOINT_LINE',
        'TRANSCRIPT',
        'TRANSCRIPT_BATCH',
        'MEMORY',
        'MESSAGE',
        'MAILBOX',
        'NOTE',
      ]),
    ),
  );
  await server.stop();

  const later = await boot({ dir: server.dir, engine: { clock: inAMonth } });
  const { engine } = later;
  const end = Date.now() + 20_000;
  while ((await engine.read(EntityKind.PROJECT, 'old', '')) !== undefined && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(Object.fromEntries(await rowsOf(engine, 'old'))).toEqual({});
  expect(await timersOf(engine)).not.toContain('old');
  const counts = await engine.withApplied(({ tallies }) => [tallies.project('old').tasks, tallies.queueNames('old')]);
  expect(counts).toEqual([0, []]);
  expect((await rowsOf(engine, 'default')).get('TASK')).toBe(1);
  // The bytes that only it named have nobody left: their file goes an hour later.
  const references = await engine.withSnapshot(async (snapshot) => {
    const found: number[] = [];
    for await (const { row } of snapshot.scan({ by: 'rows', kind: EntityKind.BLOB, project: '' })) {
      found.push(Blob.decode(row.image).references);
    }
    return found;
  });
  expect(references).toEqual([0]);
  await call(later.projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'old', project: {} }));
  const anew = CreateTaskRequest.fromPartial({ parent, task: { title: 'anew' } });
  expect((await call(later.tasks, 'createTask', anew)).task!.name).toBe(`${parent}/tasks/t1`);
});

test('a project that was brought back before its time keeps everything', async () => {
  const server = await bootAgents();
  await call(server.projects, 'createProject', CreateProjectRequest.fromPartial({ projectId: 'old', project: {} }));
  await startAs(server, 'ada', { parent });
  await call(server.projects, 'deleteProject', DeleteProjectRequest.fromPartial({ name: parent }));
  await call(server.projects, 'undeleteProject', DeleteProjectRequest.fromPartial({ name: parent }) as never);
  await server.stop();
  const later = await boot({ dir: server.dir, engine: { clock: inAMonth } });
  const { engine } = later;
  await engine.withSnapshot(() => Promise.resolve());
  expect(await engine.read(EntityKind.PROJECT, 'old', '')).toBeDefined();
  expect(await engine.read(EntityKind.AGENT, 'old', 'ada')).toBeDefined();
});
