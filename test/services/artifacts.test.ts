// Goal: what a task made can be had again, whole, and its bytes stay as long as it does. Method: a real server, and its files.

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { status as Code } from '@grpc/grpc-js';
import { SessionServiceClient, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import {
  ApplyMutationsRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  GetArtifactRequest,
  GetTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { Artifact } from '../../src/gen/holdfast/v1/work';
import { bootAgents, claimAs, createTask, startAs } from '../support/agent-client';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';
const large = randomBytes(300_000);

async function create({ tasks }: Booted): Promise<string> {
  const request = CreateTaskRequest.fromPartial({ parent, task: { title: 'x' } });
  return (await call(tasks, 'createTask', request)).task!.name;
}

const complete = ({ tasks }: Booted, name: string, artifacts: object[], fields: object = {}) =>
  call(tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name, artifacts, ...fields }));

async function get({ tasks }: Booted, name: string, artifact: string): Promise<Artifact> {
  return (await call(tasks, 'getArtifact', GetArtifactRequest.fromPartial({ name, artifact }))).artifact!;
}

const blobFiles = ({ dir }: Booted): string[] =>
  (readdirSync(join(dir, 'blobs'), { recursive: true }) as string[]).filter((name) => /\.(blob|new)$/.test(name));

it('artifacts come back with their bytes, their digest, or where they are', async () => {
  const booted = await boot();
  const name = await create(booted);
  const stream = new EventStream(booted.events, { parent, types: ['artifact.*'] });
  await stream.until((each) => each.of('caughtUp').length === 1);
  await complete(booted, name, [
    { name: 'log', mediaType: 'text/plain', data: Buffer.from('done'), digest: 'made up', sizeBytes: 7 },
    { name: 'the patch', mediaType: 'text/x-diff', data: large },
    { name: 'elsewhere', uri: 'https://example.com/a', digest: 'abc', sizeBytes: 5 },
    { name: 'empty' },
  ]);
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(await get(booted, name, 'log')).toMatchObject({
    data: Buffer.from('done'),
    sizeBytes: 4,
    digest: digest(Buffer.from('done')),
  });
  const patch = await get(booted, name, 'the patch');
  expect([patch.data.equals(large), patch.digest, patch.sizeBytes]).toEqual([true, digest(large), 300_000]);
  expect(await get(booted, name, 'elsewhere')).toMatchObject({
    uri: 'https://example.com/a',
    digest: 'abc',
    sizeBytes: 5,
  });
  expect((await get(booted, name, 'empty')).data).toHaveLength(0);
  await expect(get(booted, name, 'none')).rejects.toMatchObject({ code: Code.NOT_FOUND });
  const { task } = await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name }));
  expect(task!.artifacts.map((each) => [each.name, each.data.length, each.sizeBytes])).toEqual([
    ['log', 0, 4],
    ['the patch', 0, 300_000],
    ['elsewhere', 0, 5],
    ['empty', 0, 0],
  ]);
  await stream.until(({ events }) => events.length === 4);
  expect(stream.events[0]).toMatchObject({ type: 'artifact.stored', name: `${name}/artifacts/1` });
});

it('a completion that is refused, or sent again, leaves no bytes behind', async () => {
  const booted = await boot();
  const name = await create(booted);
  const requestId = '018f0000-0000-7000-8000-000000000001';
  const artifacts = [{ name: 'a', data: large }];
  await expect(complete(booted, `${parent}/tasks/none`, artifacts)).rejects.toMatchObject({ code: Code.NOT_FOUND });
  await expect(complete(booted, name, [...artifacts, { name: 'a', data: large }])).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
  });
  // They go in the background, right after the refusal.
  while (blobFiles(booted).length > 0) await nextTurn();
  await complete(booted, name, artifacts, { requestId });
  await complete(booted, name, artifacts, { requestId });
  const other = [{ name: 'a', data: randomBytes(300_000) }];
  await expect(complete(booted, name, other, { requestId })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  while (blobFiles(booted).length > 1) await nextTurn();
  expect(blobFiles(booted)).toHaveLength(1);
});

it('an artifact of a holder that shows its token alone is of its session', async () => {
  const server = await bootAgents();
  const anna = await startAs(server, 'anna');
  const name = await createTask(server, {});
  const fencingToken = await claimAs(server, anna, name);
  await complete(server, name, [{ name: 'log', data: Buffer.from('done') }], { fencingToken });
  expect((await get(server, name, 'log')).session).toBe(anna.name);
});

it('the bytes of checkpoints and artifacts in one apply are kept as those of single calls are', async () => {
  const booted = await boot();
  const sessions = booted.client(SessionServiceClient);
  await call(sessions, 'startSession', StartSessionRequest.fromPartial({ parent, sessionId: 's', agent: 'a' }));
  const name = await create(booted);
  const checkpoint = { data: large, metadata: { step: 1 } };
  const mutations = [
    { mutation: { $case: 'saveCheckpoint' as const, value: { parent: `${parent}/sessions/s`, checkpoint } } },
    { mutation: { $case: 'completeTask' as const, value: { name, artifacts: [{ name: 'a', data: large }] } } },
  ];
  const { results } = await call(
    booted.tasks,
    'applyMutations',
    ApplyMutationsRequest.fromPartial({ parent, mutations }),
  );
  expect(results[0]!.result).toMatchObject({
    $case: 'checkpoint',
    value: { sizeBytes: 300_000, metadata: { step: 1 } },
  });
  expect((await get(booted, name, 'a')).data.equals(large)).toBe(true);
  expect(blobFiles(booted)).toHaveLength(1);
});
