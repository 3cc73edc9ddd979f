// Goal: what an agent saved of its progress comes back as it was saved, and what it keeps no longer goes. Method: a real server, its
// files, and clients.

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Metadata, status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { Checkpoint } from '../../src/gen/holdfast/v1/checkpoint';
import {
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  DownloadCheckpointRequest,
  GetCheckpointRequest,
  ListCheckpointsRequest,
  PutCheckpointWritesRequest,
  SaveCheckpointRequest,
  SessionServiceClient,
  SetCheckpointRetentionRequest,
  StartSessionRequest,
  UploadCheckpointRequest,
} from '../../src/gen/holdfast/v1/session_service';
import type { DownloadCheckpointResponse, UploadCheckpointResponse } from '../../src/gen/holdfast/v1/session_service';
import { boot, call } from '../support/boot';
import type { Booted, BootOptions } from '../support/boot';

const MIB = 1024 * 1024;
const parent = 'projects/default/sessions/s1';

interface World extends Booted {
  readonly sessions: SessionServiceClient;
}

async function world(options: BootOptions = {}): Promise<World> {
  const booted = await boot(options);
  const sessions = booted.client(SessionServiceClient);
  if (options.dir === undefined) await start(sessions, 's1');
  return { ...booted, sessions };
}

async function start(sessions: SessionServiceClient, sessionId: string): Promise<void> {
  const request = StartSessionRequest.fromPartial({ parent: 'projects/default', sessionId, agent: 'ann' });
  await call(sessions, 'startSession', request);
}

type Saved = Parameters<typeof Checkpoint.fromPartial>[0];

async function save({ sessions }: World, checkpoint: Saved, fields: object = {}): Promise<Checkpoint> {
  const request = SaveCheckpointRequest.fromPartial({ parent, checkpoint, ...fields });
  return (await call(sessions, 'saveCheckpoint', request)).checkpoint!;
}

async function get({ sessions }: World, name: string, namespace = ''): Promise<Checkpoint> {
  return (await call(sessions, 'getCheckpoint', GetCheckpointRequest.fromPartial({ name, namespace }))).checkpoint!;
}

async function list({ sessions }: World, fields: object = {}): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  let pageToken = '';
  do {
    const request = ListCheckpointsRequest.fromPartial({ parent, pageToken, ...fields });
    const page = await call(sessions, 'listCheckpoints', request);
    found.push(...page.checkpoints);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}

function upload({ sessions }: World, begin: object, chunks: Iterable<Buffer>): Promise<UploadCheckpointResponse> {
  return new Promise((resolve, reject) => {
    const stream = sessions.uploadCheckpoint((error, response) => (error ? reject(error) : resolve(response)));
    const first = { part: { $case: 'begin' as const, value: SaveCheckpointRequest.fromPartial({ parent, ...begin }) } };
    const messages = (function* (): Iterable<UploadCheckpointRequest> {
      yield UploadCheckpointRequest.fromPartial(first);
      for (const value of chunks) yield { part: { $case: 'chunk', value } };
    })()[Symbol.iterator]();
    const pump = (): void => {
      for (let next = messages.next(); !next.done; next = messages.next()) {
        if (!stream.write(next.value)) return void stream.once('drain', pump);
      }
      stream.end();
    };
    pump();
  });
}

/** The described checkpoint, and its bytes as `take` sees them. */
async function download({ sessions }: World, name: string, take: (chunk: Buffer) => void): Promise<Checkpoint> {
  let checkpoint: Checkpoint | undefined;
  const stream = sessions.downloadCheckpoint(DownloadCheckpointRequest.fromPartial({ name }));
  for await (const { part } of stream as AsyncIterable<DownloadCheckpointResponse>) {
    if (part?.$case === 'checkpoint') checkpoint = part.value;
    else if (part) take(part.value);
  }
  return checkpoint!;
}

const fault = (work: Promise<unknown>): Promise<ServiceError> =>
  work.then(
    () => Promise.reject(new Error('it was accepted')),
    (error: ServiceError) => error,
  );

/** The files of blobs, those aside too. */
function blobFiles({ dir }: Booted): string[] {
  const all = readdirSync(join(dir, 'blobs'), { recursive: true }) as string[];
  return all.filter((name) => name.endsWith('.blob') || name.endsWith('.new'));
}

it('a checkpoint comes back with its bytes, small or large, by its name or as the newest', async () => {
  const booted = await world();
  const small = await save(booted, { data: Buffer.from('{}'), mediaType: 'application/json', metadata: { step: 1 } });
  expect(small).toMatchObject({
    name: `${parent}/checkpoints/c1`,
    sizeBytes: 2,
    metadata: { step: 1 },
    data: Buffer.alloc(0),
  });
  expect(blobFiles(booted)).toEqual([]);
  const bytes = randomBytes(3 * MIB);
  const large = await save(
    booted,
    { data: bytes, parent: small.name, metadata: { step: 2 } },
    { checkpointId: 'my:id.2' },
  );
  expect(large.name).toBe(`${parent}/checkpoints/my:id.2`);
  expect(blobFiles(booted)).toHaveLength(1);
  expect((await get(booted, small.name)).data.toString()).toBe('{}');
  const newest = await get(booted, parent);
  expect([newest.name, newest.parent, newest.data.equals(bytes)]).toEqual([large.name, small.name, true]);
  expect(await fault(get(booted, `${parent}/checkpoints/none`))).toMatchObject({ code: Code.NOT_FOUND });
  expect(await fault(get(booted, parent, 'other'))).toMatchObject({ code: Code.NOT_FOUND });
  await booted.stop();
  const again = await world({ dir: booted.dir });
  expect((await get(again, large.name)).data.equals(bytes)).toBe(true);
});

it('the same id with the same content is answered again, with other content refused', async () => {
  const booted = await world();
  const content = { data: randomBytes(100_000), metadata: { b: [1, { y: 1, x: 2 }], a: 'x' }, namespace: 'n' };
  const first = await save(booted, content, { checkpointId: 'one' });
  const sequence = booted.engine.status.durable;
  const again = { ...content, metadata: { a: 'x', b: [1, { x: 2, y: 1 }] } };
  expect(await save(booted, again, { checkpointId: 'one' })).toEqual(first);
  expect(booted.engine.status.durable).toBe(sequence);
  for (const other of [{ data: Buffer.from('x') }, { namespace: '' }, { metadata: { a: 'x' } }]) {
    const refused = await fault(save(booted, { ...content, ...other }, { checkpointId: 'one' }));
    expect(refused).toMatchObject({ code: Code.ALREADY_EXISTS });
  }
  // What was stored for refused ones is gone.
  expect(blobFiles(booted)).toHaveLength(1);
});

it('a request id gives the first answer, however the bytes came to be stored', async () => {
  const booted = await world();
  const requestId = '018f0000-0000-7000-8000-000000000001';
  const data = randomBytes(200_000);
  const [one, again] = [await save(booted, { data }, { requestId }), await save(booted, { data }, { requestId })];
  expect(again).toEqual(one);
  expect(await list(booted)).toHaveLength(1);
  const other = await fault(save(booted, { data: randomBytes(200_000) }, { requestId }));
  expect(other).toMatchObject({ code: Code.INVALID_ARGUMENT });
  await save(booted, { data: randomBytes(200_000) }, { validateOnly: true });
  expect([await list(booted), blobFiles(booted)].map(({ length }) => length)).toEqual([1, 1]);
});

it('checkpoints are listed newest first: of a line, of all lines, by metadata, before another', async () => {
  const booted = await world();
  for (let step = 1; step <= 30; step++) {
    const namespace = step % 3 === 0 ? 'sub|1' : '';
    await save(
      booted,
      { namespace, metadata: { source: step === 1 ? 'input' : 'loop', step } },
      { checkpointId: `k${31 - step}` },
    );
  }
  const steps = async (fields: object): Promise<unknown[]> =>
    (await list(booted, fields)).map(({ metadata }) => metadata!['step'] as unknown);
  const down = (from: number, keep: (step: number) => boolean): number[] =>
    Array.from({ length: from }, (_, i) => from - i).filter(keep);
  expect(await steps({ namespace: '-' })).toEqual(down(30, () => true));
  expect(await steps({ namespace: '-', pageSize: 7 })).toEqual(down(30, () => true));
  expect(await steps({ namespace: '' })).toEqual(down(30, (step) => step % 3 !== 0));
  expect(await steps({ namespace: 'sub|1', pageSize: 4 })).toEqual(down(30, (step) => step % 3 === 0));
  const filter = 'metadata.source = "loop" AND metadata.step < 6';
  expect(await steps({ namespace: '-', filter, pageSize: 2 })).toEqual([5, 4, 3, 2]);
  const before = `${parent}/checkpoints/k21`;
  expect(await steps({ namespace: '-', before })).toEqual(down(9, () => true));
  expect(await steps({ namespace: '', before })).toEqual(down(9, (step) => step % 3 !== 0));
  expect(await fault(list(booted, { filter: 'step > 1' }))).toMatchObject({ code: Code.INVALID_ARGUMENT });
  expect(await fault(list(booted, { before: `${parent}/checkpoints/x` }))).toMatchObject({ code: Code.NOT_FOUND });
});

it('pending writes are kept once by part and index, and come with the checkpoint', async () => {
  const booted = await world();
  const { name } = await save(booted, {});
  const put = async (...writes: [task: string, index: number, text: string][]): Promise<number> => {
    const given = writes.map(([task, index, text]) => ({ task, index, channel: 'c', data: Buffer.from(text) }));
    const request = PutCheckpointWritesRequest.fromPartial({ name, writes: given });
    return (await call(booted.sessions, 'putCheckpointWrites', request)).added;
  };
  expect(await put(['b', 0, 'b0'], ['a', 1, 'a1'])).toBe(2);
  expect(await put(['a', 0, 'a0'], ['a', 1, 'other'], ['a', 0, 'twice'])).toBe(1);
  expect(await put(['a', 1, 'other'])).toBe(0);
  const { pendingWrites } = await get(booted, name);
  expect(pendingWrites.map(({ task, index, data }) => [task, index, data.toString()])).toEqual([
    ['a', 0, 'a0'],
    ['a', 1, 'a1'],
    ['b', 0, 'b0'],
  ]);
  expect((await list(booted))[0]!.pendingWrites).toEqual([]);
});

it('a line is copied with new ids, its parents and writes, and shares its bytes; a line is deleted', async () => {
  const booted = await world();
  await start(booted.sessions, 's2');
  const bytes = randomBytes(100_000);
  let last = '';
  for (let i = 0; i < 50; i++)
    last = (await save(booted, { data: i === 0 ? bytes : randomBytes(60_000), parent: last })).name;
  const writes = [{ task: 'a', index: 0, data: Buffer.from('w') }];
  await call(booted.sessions, 'putCheckpointWrites', PutCheckpointWritesRequest.fromPartial({ name: last, writes }));
  const copy = CopyCheckpointsRequest.fromPartial({
    parent,
    destination: 'projects/default/sessions/s2',
    destinationNamespace: 'x',
  });
  const { checkpoints } = await call(booted.sessions, 'copyCheckpoints', copy);
  expect(checkpoints).toHaveLength(50);
  expect(checkpoints.map((each) => each.parent)).toEqual(['', ...checkpoints.slice(0, -1).map(({ name }) => name)]);
  const removal = DeleteCheckpointsRequest.fromPartial({ parent, namespace: '-' });
  expect(await call(booted.sessions, 'deleteCheckpoints', removal)).toMatchObject({ deleted: 50, more: false });
  expect(await list(booted, { namespace: '-' })).toEqual([]);
  const first = await get(booted, checkpoints[0]!.name);
  expect(first.data.equals(bytes)).toBe(true);
  const newest = await get(booted, 'projects/default/sessions/s2', 'x');
  expect([newest.name, newest.data.length, newest.pendingWrites.length]).toEqual([checkpoints[49]!.name, 60_000, 1]);
});

it('retention holds a line to its newest, and what goes takes its bytes along', async () => {
  const booted = await world();
  const retain = (maxCount: number) =>
    call(
      booted.sessions,
      'setCheckpointRetention',
      SetCheckpointRetentionRequest.fromPartial({ parent, retention: { maxCount } }),
    );
  for (let i = 0; i < 12; i++) await save(booted, { data: randomBytes(70_000) });
  expect((await retain(10)).deleted).toBe(2);
  for (let i = 0; i < 12; i++) await save(booted, { data: randomBytes(70_000) });
  const names = (await list(booted)).map(({ name }) => name.split('/').at(-1));
  expect(names).toEqual(Array.from({ length: 10 }, (_, i) => `c${24 - i}`));
  await Promise.all(Array.from({ length: 40 }, () => save(booted, { data: randomBytes(10) })));
  await save(booted, {});
  expect((await list(booted)).length).toBe(10);
});

it('an upload of any size is one checkpoint, and comes back in parts', async () => {
  const booted = await world();
  const chunks = Array.from({ length: 24 }, () => randomBytes(MIB - 7));
  const { checkpoint } = await upload(booted, { checkpointId: 'big', checkpoint: { metadata: { step: 1 } } }, chunks);
  expect(checkpoint).toMatchObject({
    name: `${parent}/checkpoints/big`,
    sizeBytes: 24 * (MIB - 7),
    metadata: { step: 1 },
  });
  const parts: Buffer[] = [];
  expect(await download(booted, checkpoint!.name, (part) => parts.push(part))).toEqual(checkpoint);
  expect(Buffer.concat(parts).equals(Buffer.concat(chunks))).toBe(true);
  expect((await get(booted, checkpoint!.name)).data).toHaveLength(0);
  // Sent again, it is the same one; a small one stands in its row.
  expect(
    (await upload(booted, { checkpointId: 'big', checkpoint: { metadata: { step: 1 } } }, chunks)).checkpoint,
  ).toEqual(checkpoint);
  const small = await upload(booted, { checkpoint: {} }, [Buffer.from('a'), Buffer.from('b')]);
  expect((await get(booted, small.checkpoint!.name)).data.toString()).toBe('ab');
  expect(blobFiles(booted)).toHaveLength(1);
});

it('an upload that is broken off, malformed or refused leaves nothing', async () => {
  const booted = await world();
  const chunk = randomBytes(MIB);
  await expect(upload(booted, { checkpoint: {} }, [Buffer.alloc(MIB + 1)])).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
  });
  await expect(upload(booted, {}, [chunk])).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  const elsewhere = { parent: 'projects/default/sessions/none', checkpoint: {} };
  await expect(upload(booted, elsewhere, [chunk])).rejects.toMatchObject({ code: Code.NOT_FOUND });
  await new Promise<void>((resolve) => {
    const stream = booted.sessions.uploadCheckpoint(() => resolve());
    const value = SaveCheckpointRequest.fromPartial({ parent, checkpoint: {} });
    stream.write({ part: { $case: 'begin', value } });
    stream.write({ part: { $case: 'chunk', value: chunk } }, () => stream.cancel());
  });
  while (blobFiles(booted).length > 0) await nextTurn();
  expect(await list(booted, { namespace: '-' })).toEqual([]);
});

it('damaged bytes are said to be damaged, by the name of their checkpoint', async () => {
  const booted = await world();
  const { name } = await save(booted, { data: randomBytes(200_000) });
  const path = join(booted.dir, 'blobs', blobFiles(booted)[0]!);
  const stored = readFileSync(path);
  stored[777]! ^= 1;
  writeFileSync(path, stored);
  // One after the other: a rejection that nobody awaits yet would end the test.
  for (const read of [() => get(booted, name), () => download(booted, name, () => undefined)]) {
    const damaged = await fault(read());
    expect(damaged).toMatchObject({ code: Code.DATA_LOSS });
    expect(damaged.details).toContain(name);
  }
  expect(statSync(path).size).toBe(200_000);
});

it('a session that is not the caller’s own is not saved to', async () => {
  const booted = await world();
  const { token, session } = await call(
    booted.sessions,
    'startSession',
    StartSessionRequest.fromPartial({ parent: 'projects/default', sessionId: 'other', agent: 'bob' }),
  );
  const metadata = new Metadata();
  metadata.set('holdfast-session', `${session!.name};${token}`);
  const request = SaveCheckpointRequest.fromPartial({ parent, checkpoint: {} });
  expect(await fault(call(booted.sessions, 'saveCheckpoint', request, metadata))).toMatchObject({
    code: Code.INVALID_ARGUMENT,
  });
  const own = SaveCheckpointRequest.fromPartial({ parent: session!.name, checkpoint: {} });
  expect((await call(booted.sessions, 'saveCheckpoint', own, metadata)).checkpoint!.name).toBe(
    `${session!.name}/checkpoints/c1`,
  );
});
