import type { Action } from '../../../src/domain/command';
import {
  BLOB_KEPT_MS,
  CHECKPOINT_AGE_SLACK_MS,
  CHECKPOINT_WRITES_MAX,
} from '../../../src/domain/checkpoints/checkpoint-limits';
import { indexedOf } from '../../../src/domain/indexed';
import { Blob, CheckpointLine, EntityKind, EventType, TaskWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../../../src/gen/holdfast/v1/checkpoint';
import {
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  PutCheckpointWritesRequest,
  SaveCheckpointRequest,
  SetCheckpointRetentionRequest,
  StartSessionRequest,
} from '../../../src/gen/holdfast/v1/session_service';
import { ClaimTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { World } from '../../support/world';

const parent = 'projects/p/sessions/s';
const DAY_MS = 86_400_000;
const BIG = { digest: 'b'.repeat(64), sizeBytes: 100_000 };

function begun(): World {
  const world = new World();
  const request = StartSessionRequest.fromPartial({
    parent: 'projects/p',
    sessionId: 's',
    agent: 'a',
    ttl: { seconds: 0 },
  });
  const { replies } = world.run({ kind: 'startSession', request });
  const { token } = SessionWork.decode(replies.find(({ kind }) => kind === EntityKind.SESSION_WORK)!.image);
  Object.assign(world, { token });
  return world;
}

const save = (checkpoint: object = {}, fields: object = {}, listed?: string[]): Action => ({
  kind: 'saveCheckpoint',
  request: SaveCheckpointRequest.fromPartial({ parent, checkpoint, ...fields }),
  listed,
});
const retain = (retention: object, listed: string[] = []): Action => ({
  kind: 'setCheckpointRetention',
  request: SetCheckpointRetentionRequest.fromPartial({ parent, retention }),
  listed,
});
const remove = (...ids: string[]): Action => ({
  kind: 'deleteCheckpoints',
  request: DeleteCheckpointsRequest.fromPartial({ parent, names: ids.map((id) => `${parent}/checkpoints/${id}`) }),
});

const checkpointOf = (world: World, id: string, session = 's'): Checkpoint =>
  Checkpoint.decode(world.view.row(EntityKind.CHECKPOINT, 'p', `${session}/${id}`)!.image);
const lineOf = (world: World, id = 's/'): CheckpointLine =>
  CheckpointLine.decode(world.view.row(EntityKind.CHECKPOINT_LINE, 'p', id)!.image);
const blobOf = (world: World): Blob | undefined => {
  const row = world.view.row(EntityKind.BLOB, '', BIG.digest);
  return row && Blob.decode(row.image);
};
const idsOf = (world: World, session = 's'): string[] => {
  const prefix = `${EntityKind.CHECKPOINT}/p/${session}/`;
  return [...world.view.rows.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
};

it('checkpoints of a line are in the order of their index, also within a millisecond and after the newest went', () => {
  const world = begun();
  const order: string[] = [];
  for (let i = 0; i < 40; i++) {
    const { replies } = world.run(save());
    const id = replies[0]!.id.slice(2);
    order.push(id);
    // Time stands still but for every seventh save.
    if (i % 7 !== 0) world.nowMs -= 1000;
    if (i % 5 === 0) {
      world.run(remove(id));
      world.nowMs -= 1000;
      order.pop();
    }
  }
  const placed = order.map((id) => {
    const { createTimeMs, priority } = indexedOf(
      world.view.row(EntityKind.CHECKPOINT, 'p', `s/${id}`)!.image,
      EntityKind.CHECKPOINT,
    );
    return createTimeMs * 1000 + priority;
  });
  expect(placed).toEqual([...placed].sort((a, b) => a - b));
  expect(new Set(placed).size).toBe(placed.length);
});

it('given ids count up in the session, and pass over those that a caller chose', () => {
  const world = begun();
  world.run(save({}, { checkpointId: 'c2' }));
  const given = ['', 'x', ''].map((namespace) => world.run(save({ namespace })).replies[0]!.id);
  expect(given).toEqual(['s/c1', 's/c3', 's/c4']);
  expect([lineOf(world).count, lineOf(world, 's/x').count]).toEqual([3, 1]);
});

it('a task shows the newest checkpoint of its holder, until that goes; a wrong token is fenced', () => {
  const world = begun();
  const { token } = world as World & { token: string };
  const task = world.create();
  Object.assign(world, { session: parent, sessionToken: token });
  const claim = ClaimTaskRequest.fromPartial({ name: task.name, parent: 'projects/p' });
  const { replies } = world.run({ kind: 'claimTask', request: claim });
  const work = TaskWork.decode(replies.find(({ kind }) => kind === EntityKind.TASK_WORK)!.image);
  expect(Task.decode(replies.find(({ kind }) => kind === EntityKind.TASK)!.image).name).toBe(task.name);
  const fencingTokens = [work.lease!.fencingToken];
  const latest = () => TaskWork.decode(world.view.row(EntityKind.TASK_WORK, 'p', 't1')!.image).latestCheckpoint;
  const tasks = [task.name];
  world.run(save({ tasks }, { fencingTokens }));
  world.run(save({ tasks }, { fencingTokens }));
  expect(latest()).toBe(`${parent}/checkpoints/c2`);
  world.run(remove('c1'));
  expect(latest()).toBe(`${parent}/checkpoints/c2`);
  world.run(remove('c2'));
  expect(latest()).toBe('');
  expect(world.refusal(save({ tasks }, { fencingTokens: [7] })).reason).toBe('FENCED');
  expect(world.refusal(save({ tasks })).reason).toBe('FIELD_INVALID');
  expect(world.refusal(save({ tasks: [task.name, task.name] }, { fencingTokens: [1, 1] })).reason).toBe(
    'FIELD_INVALID',
  );
});

it('a blob counts the checkpoints that name it, and is forgotten an hour after the last', () => {
  const world = begun();
  world.run(save({ ...BIG }));
  world.run(save({ ...BIG, namespace: 'x' }));
  expect(blobOf(world)).toMatchObject({ references: 2, dueMs: 0 });
  world.run(remove('c1'));
  expect(blobOf(world)).toMatchObject({ references: 1, dueMs: 0 });
  const goneMs = world.nowMs;
  world.run(remove('c2'));
  expect(blobOf(world)).toMatchObject({ references: 0, dueMs: goneMs + BLOB_KEPT_MS });
  const purge: Action = { kind: 'purgeBlob', request: { project: '', id: BIG.digest } };
  world.principal = 'system';
  expect(world.run(purge).decision.changes).toEqual([]);
  world.nowMs = goneMs + BLOB_KEPT_MS;
  expect(world.run(purge).decision.changes).toHaveLength(1);
  expect([blobOf(world), world.run(purge).decision.changes]).toEqual([undefined, []]);
});

it('a blob that is named again in its last hour stays', () => {
  const world = begun();
  world.run(save({ ...BIG }));
  world.run(remove('c1'));
  world.run(save({ ...BIG }));
  world.nowMs += 2 * BLOB_KEPT_MS;
  world.run({ kind: 'purgeBlob', request: { project: '', id: BIG.digest } });
  expect(blobOf(world)).toMatchObject({ references: 1, dueMs: 0 });
});

it('a copy shares a blob, has its own parents and no tasks', () => {
  const world = begun();
  world.run(save({ ...BIG }));
  world.run(save({ parent: `${parent}/checkpoints/c1`, data: Buffer.from('x'), digest: 'd', sizeBytes: 1 }));
  const request = CopyCheckpointsRequest.fromPartial({ parent, destination: parent, destinationNamespace: 'fork' });
  const line = { checkpoints: ['c1', 'gone', 'c2'], shared: new Set<string>() };
  expect(world.run({ kind: 'copyCheckpoints', request, line }).replies.map(({ id }) => id)).toEqual(['s/c3', 's/c4']);
  expect(checkpointOf(world, 'c4').parent).toBe(`${parent}/checkpoints/c3`);
  expect(blobOf(world)?.references).toBe(2);
  expect(
    world.refusal({ kind: 'copyCheckpoints', request: { ...request, destinationNamespace: '' }, line }).reason,
  ).toBe('FIELD_INVALID');
  const many = { ...line, checkpoints: Array.from({ length: 1001 }, (_, i) => `x${i}`) };
  expect(world.refusal({ kind: 'copyCheckpoints', request, line: many }).reason).toBe('GRAPH_TOO_LARGE');
});

it('retention by count takes the oldest that a listing named; what is left over is taken soon', () => {
  const world = begun();
  world.run(retain({ maxCount: 3 }));
  for (let i = 1; i <= 5; i++) world.run(save({}, {}, i === 4 ? ['c1'] : undefined));
  expect(idsOf(world)).toEqual(['c2', 'c3', 'c4', 'c5']);
  const { dueMs } = lineOf(world);
  expect(dueMs).toBeGreaterThan(0);
  world.nowMs = dueMs;
  const expire = (listed: string[]): Action => ({
    kind: 'expireCheckpoints',
    request: { project: 'p', id: 's/' },
    listed,
  });
  const { decision } = world.run(expire(['c2', 'c3', 'c4', 'c5']));
  expect(decision.changes.filter(({ event }) => event === EventType.CHECKPOINT_DELETED).map(({ id }) => id)).toEqual([
    's/c2',
  ]);
  expect([idsOf(world), lineOf(world).count, lineOf(world).dueMs]).toEqual([['c3', 'c4', 'c5'], 3, 0]);
});

it('retention by age takes what is old, and has a timer look when the next one is', () => {
  const world = begun();
  world.run(save());
  const secondMs = world.nowMs + DAY_MS;
  world.nowMs = secondMs;
  world.run(save());
  world.run(retain({ maxAgeDays: 2 }, ['c1', 'c2']));
  const { dueMs } = lineOf(world);
  expect(dueMs).toBeGreaterThan(secondMs);
  world.nowMs = dueMs;
  world.run({ kind: 'expireCheckpoints', request: { project: 'p', id: 's/' }, listed: ['c1', 'c2'] });
  expect(idsOf(world)).toEqual(['c2']);
  expect(lineOf(world).dueMs).toBe(secondMs + 2 * DAY_MS + CHECKPOINT_AGE_SLACK_MS);
  world.nowMs = lineOf(world).dueMs;
  world.run({ kind: 'expireCheckpoints', request: { project: 'p', id: 's/' }, listed: ['c2'] });
  expect([idsOf(world), lineOf(world).dueMs]).toEqual([[], 0]);
});

it('one command takes away so many rows, and the session is purged in as many as it takes', () => {
  const world = begun();
  for (let i = 0; i < 5; i++) {
    world.run(save());
    const name = `${parent}/checkpoints/c${i + 1}`;
    for (let from = 0; from < 900; from += 100) {
      const writes = Array.from({ length: 100 }, (_, index) => ({ task: 'a', index: from + index }));
      world.run({ kind: 'putCheckpointWrites', request: PutCheckpointWritesRequest.fromPartial({ name, writes }) });
    }
  }
  const all = ['c1', 'c2', 'c3', 'c4', 'c5'];
  expect(world.run(remove(...all)).replies).toHaveLength(4);
  expect(idsOf(world)).toEqual(['c5']);
  const rest = [EntityKind.CHECKPOINT_DATA, EntityKind.CHECKPOINT_WRITE].map(
    (kind) => [...world.view.rows.keys()].filter((key) => key.startsWith(`${kind}/`)).length,
  );
  expect(rest).toEqual([1, 900]);
});

it('pending writes are bounded', () => {
  const world = begun();
  world.run(save());
  const put = (from: number, count: number, bytes = 0): Action => ({
    kind: 'putCheckpointWrites',
    request: PutCheckpointWritesRequest.fromPartial({
      name: `${parent}/checkpoints/c1`,
      writes: Array.from({ length: count }, (_, i) => ({ task: 'a', index: from + i, data: Buffer.alloc(bytes) })),
    }),
  });
  for (let from = 0; from < CHECKPOINT_WRITES_MAX; from += 100) world.run(put(from, 100));
  expect(world.refusal(put(CHECKPOINT_WRITES_MAX, 1)).reason).toBe('QUOTA');
  expect(world.run(put(990, 10)).decision.changes).toEqual([]);
  world.run(save());
  const large = put(0, 40, 60_000);
  const other = { ...large.request, name: `${parent}/checkpoints/c2` } as PutCheckpointWritesRequest;
  world.run({ kind: 'putCheckpointWrites', request: other });
  const more = { ...(put(40, 20, 60_000).request as PutCheckpointWritesRequest), name: other.name };
  expect(world.refusal({ kind: 'putCheckpointWrites', request: more }).reason).toBe('TOO_LARGE');
});
