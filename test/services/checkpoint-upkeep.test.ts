// Goal: what sessions save does not grow without end. Method: a real server, and restarts with a clock that is later.

import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata } from '@grpc/grpc-js';
import { systemClock } from '../../src/engine/clock';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import {
  AppendTranscriptRequest,
  DeleteCheckpointsRequest,
  EndSessionRequest,
  ListCheckpointsRequest,
  SaveCheckpointRequest,
  SessionServiceClient,
  SetCheckpointRetentionRequest,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const parent = 'projects/default/sessions/s1';

async function world(dir?: string, laterMs = 0) {
  const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + laterMs };
  const booted = await boot(dir === undefined ? {} : { dir, engine: { clock } });
  const sessions = booted.client(SessionServiceClient);
  let token = '';
  if (dir === undefined) {
    const ttl = { seconds: 0 };
    const request = StartSessionRequest.fromPartial({ parent: 'projects/default', sessionId: 's1', agent: 'ann', ttl });
    token = (await call(sessions, 'startSession', request)).token;
  }
  const save = (data: Buffer, fields: object = {}) =>
    call(sessions, 'saveCheckpoint', SaveCheckpointRequest.fromPartial({ parent, checkpoint: { data, ...fields } }));
  return { ...booted, sessions, save, token };
}

const blobFiles = ({ dir }: Booted): string[] =>
  (readdirSync(join(dir, 'blobs'), { recursive: true }) as string[]).filter((name) => name.endsWith('.blob'));

/** How many rows of a kind there are. */
async function rows({ engine }: Booted, kind: EntityKind, project = 'default'): Promise<number> {
  return engine.withSnapshot(async (snapshot) => {
    let count = 0;
    for await (const each of snapshot.scan({ by: 'rows', kind, project })) if (each.kind === kind) count++;
    return count;
  });
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await delay(20);
}

const SAVED = [
  EntityKind.CHECKPOINT,
  EntityKind.CHECKPOINT_DATA,
  EntityKind.CHECKPOINT_WRITE,
  EntityKind.CHECKPOINT_LINE,
  EntityKind.TRANSCRIPT,
  EntityKind.TRANSCRIPT_BATCH,
];

it('thousands of saves of a line that keeps ten leave ten', async () => {
  const booted = await world();
  const retention = SetCheckpointRetentionRequest.fromPartial({ parent, retention: { maxCount: 10 } });
  await call(booted.sessions, 'setCheckpointRetention', retention);
  const largest = { rows: 0 };
  for (let i = 0; i < 3000; i += 20) {
    await Promise.all(Array.from({ length: 20 }, () => booted.save(Buffer.alloc(1000, i))));
    if (i % 1000 === 0) largest.rows = Math.max(largest.rows, await rows(booted, EntityKind.CHECKPOINT));
  }
  await until(async () => (await rows(booted, EntityKind.CHECKPOINT)) === 10);
  expect(await rows(booted, EntityKind.CHECKPOINT_DATA)).toBe(10);
  // Twenty at once do not see each other: what they leave is taken by the next ones, or a second later.
  expect(largest.rows).toBeLessThan(100);
}, 600_000);

it('bytes that nothing names go an hour later, and those that something names stay', async () => {
  const first = await world();
  for (let i = 0; i < 3; i++) await first.save(randomBytes(100_000));
  const shared = randomBytes(100_000);
  await first.save(shared);
  await first.save(shared, { namespace: 'kept' });
  const removal = DeleteCheckpointsRequest.fromPartial({ parent });
  expect((await call(first.sessions, 'deleteCheckpoints', removal)).deleted).toBe(4);
  expect(blobFiles(first)).toHaveLength(4);
  await first.stop();
  const later = await world(first.dir, 2 * HOUR_MS);
  await until(() => blobFiles(later).length === 1);
  expect(await rows(later, EntityKind.BLOB, '')).toBe(1);
});

it('checkpoints that are too old go', async () => {
  const first = await world();
  for (let i = 0; i < 5; i++) await first.save(Buffer.from('x'));
  const retention = SetCheckpointRetentionRequest.fromPartial({ parent, retention: { maxAgeDays: 2 } });
  expect((await call(first.sessions, 'setCheckpointRetention', retention)).deleted).toBe(0);
  await first.stop();
  const second = await world(first.dir, DAY_MS);
  expect((await second.save(Buffer.from('y'))).checkpoint!.name).toBe(`${parent}/checkpoints/c6`);
  await second.stop();
  const third = await world(first.dir, 2 * DAY_MS + HOUR_MS);
  await until(async () => (await rows(third, EntityKind.CHECKPOINT)) === 1);
  const list = await call(third.sessions, 'listCheckpoints', ListCheckpointsRequest.fromPartial({ parent }));
  expect(list.checkpoints.map(({ name }) => name)).toEqual([`${parent}/checkpoints/c6`]);
});

it('a session that is forgotten takes all along that it saved', async () => {
  const first = await world();
  for (let i = 0; i < 30; i++)
    await first.save(randomBytes(i % 10 === 0 ? 100_000 : 10), { namespace: `line ${i % 7}` });
  for (const path of ['', 'sub/1', 'sub/2']) {
    const items = [{ text: 'x' }];
    await call(first.sessions, 'appendTranscript', AppendTranscriptRequest.fromPartial({ parent, path, items }));
  }
  const metadata = new Metadata();
  metadata.set('holdfast-session', `${parent};${first.token}`);
  await call(first.sessions, 'endSession', EndSessionRequest.fromPartial({ name: parent }), metadata);
  await first.stop();
  const later = await world(first.dir, 40 * DAY_MS);
  const left = async (): Promise<number> => {
    const counts = await Promise.all(SAVED.map((kind) => rows(later, kind)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  await until(async () => (await rows(later, EntityKind.SESSION)) === 0);
  expect(await left()).toBe(0);
});
