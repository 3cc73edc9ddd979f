// Goal: the capsule holds what agents need first, within its bounds, and is whole or nothing. Method: a real engine with work of every kind; a disk
// whose power goes at each step; every byte of a small capsule flipped.

import { PRINCIPAL_LOCAL } from '../../../src/domain/command';
import { CapsuleKeeper } from '../../../src/engine/emergency/capsule-keeper';
import { CAPSULE_BOUNDS, chooseRows } from '../../../src/engine/emergency/choose-rows';
import type { CapsuleBounds } from '../../../src/engine/emergency/choose-rows';
import type { Engine } from '../../../src/engine/engine';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { LockMode } from '../../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest, LockServiceClient } from '../../../src/gen/holdfast/v1/lock_service';
import { EndSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { DependencyKind, Priority } from '../../../src/gen/holdfast/v1/task';
import {
  BatchCreateTasksRequest,
  ClaimTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import {
  capsuleBytesOf,
  CapsuleDamaged,
  decodeCapsule,
  encodeCapsule,
  readCapsule,
  writeCapsule,
} from '../../../src/storage/capsule';
import type { Capsule, CapsuleRow } from '../../../src/storage/capsule';
import { nodeFiles } from '../../../src/storage/node-files';
import { bootAgents, PARENT, startAs } from '../../support/agent-client';
import { boot, call } from '../../support/boot';
import { FaultyFiles } from '../../support/faulty-files';
import { targetsOf } from '../../support/lock-world';

const local = { caller: { principal: PRINCIPAL_LOCAL, session: '', sessionToken: '' }, validateOnly: false };

async function create(engine: Engine, count: number, task: object): Promise<void> {
  const requests = Array.from({ length: count }, () => ({ task: { title: 'x', ...task } }));
  const request = BatchCreateTasksRequest.fromPartial({ parent: PARENT, requests });
  await engine.execute({ ...local, kind: 'batchCreateTasks', request });
}

function choose(engine: Engine, bounds: Partial<CapsuleBounds> = {}): Promise<CapsuleRow[]> {
  return engine.withSnapshot((snapshot) => chooseRows(snapshot, { ...CAPSULE_BOUNDS, ...bounds }, () => undefined));
}

const idsOf = (rows: readonly CapsuleRow[], kind: EntityKind): string[] =>
  rows.filter((row) => row.kind === kind).map(({ id }) => id);

it('holds live sessions, claims, locks and ready tasks, and leaves out what is over or held back', async () => {
  const server = await bootAgents();
  const gone = await startAs(server, 'gone', { sessionId: 'gone-1' });
  await call(server.sessions, 'endSession', EndSessionRequest.fromPartial({ name: gone.name }), gone.metadata);
  const live = await startAs(server, 'ada', { sessionId: 'ada-1' });
  const add = (taskId: string, task: object = {}): Promise<unknown> =>
    call(
      server.tasks,
      'createTask',
      CreateTaskRequest.fromPartial({ parent: PARENT, taskId, task: { title: 'x', ...task } }),
    );
  for (const id of ['claimed', 'ready', 'ended']) await add(id);
  await add('held', { dependencies: [{ task: `${PARENT}/tasks/ready`, kind: DependencyKind.BLOCKS }] });
  await call(server.tasks, 'completeTask', CompleteTaskRequest.fromPartial({ name: `${PARENT}/tasks/ended` }));
  const claim = ClaimTaskRequest.fromPartial({ name: `${PARENT}/tasks/claimed` });
  await call(server.tasks, 'claimTask', claim, live.metadata);
  const lock = { parent: PARENT, mode: LockMode.EXCLUSIVE, targets: targetsOf(['src/a']) };
  const locks = server.client(LockServiceClient);
  await call(locks, 'acquireLock', AcquireLockRequest.fromPartial(lock), live.metadata);
  const rows = await choose(server.engine);
  expect(idsOf(rows, EntityKind.PROJECT)).toEqual(['']);
  expect(idsOf(rows, EntityKind.SESSION)).toEqual(['ada-1']);
  expect(idsOf(rows, EntityKind.SESSION_WORK)).toEqual(['ada-1']);
  expect(idsOf(rows, EntityKind.SESSION_TASKS)).toEqual(['ada-1/0']);
  expect(idsOf(rows, EntityKind.AGENT).sort()).toEqual(['ada', 'gone']);
  expect(idsOf(rows, EntityKind.LOCK)).toHaveLength(1);
  expect(idsOf(rows, EntityKind.TASK)).toEqual(['claimed', 'ready']);
  expect(idsOf(rows, EntityKind.TASK_WORK)).toEqual(['claimed']);
});

it('gives each queue its share of the first ready tasks, in the order of claims', async () => {
  const { engine } = await boot();
  await create(engine, 300, { queue: 'large' });
  await create(engine, 5, { queue: 'small' });
  await create(engine, 1, { queue: 'large', priority: Priority.P0 });
  const rows = await choose(engine, { entitiesMax: 101 });
  const tasks = rows.filter(({ kind }) => kind === EntityKind.TASK);
  expect(tasks).toHaveLength(50 + 5);
  // The urgent one came last and is the first.
  expect(tasks[0]!.id).toBe('t306');
  expect(tasks[1]!.id).toBe('t1');
});

it('keeps to its bound of bytes', async () => {
  const { engine } = await boot();
  await create(engine, 200, { description: 'd'.repeat(1000) });
  const rows = await choose(engine, { bytesMax: 50_000 });
  const bytes = rows.reduce((sum, row) => sum + capsuleBytesOf(row), 0);
  expect(bytes).toBeLessThanOrEqual(50_000);
  expect(bytes).toBeGreaterThan(45_000);
});

it('follows the checkpoints, and the stop', async () => {
  const { dir, engine } = await boot();
  await create(engine, 3, {});
  const keeper = new CapsuleKeeper(engine);
  await keeper.stop();
  const first = await readCapsule(nodeFiles, dir);
  expect(first!.facts).toMatchObject({ history: engine.history, sequence: engine.status.durable });
  expect(first!.facts.chain).toBe(Buffer.from(engine.parts.journal.head().chain).toString('hex'));
  await create(engine, 3, {});
  const next = new CapsuleKeeper(engine);
  await engine.withApplied(() => undefined);
  await engine.parts.state.checkpoint();
  next.look();
  await next.stop();
  expect(idsOf((await readCapsule(nodeFiles, dir))!.rows, EntityKind.TASK)).toHaveLength(6);
});

it('writes nothing of an engine that has halted', async () => {
  const { dir, engine } = await boot();
  await create(engine, 3, {});
  engine.parts.halt.now('the disk is gone');
  await new CapsuleKeeper(engine).stop();
  expect(await readCapsule(nodeFiles, dir)).toBeUndefined();
});

const SMALL: Capsule = {
  facts: { history: '00000000000000ab', sequence: 7, chain: 'ff', timeMs: 1_790_000_000_000, rows: 2 },
  rows: [
    { kind: EntityKind.TASK, project: 'p', id: 't1', sequence: 2 ** 40 + 3, image: Buffer.from('one') },
    { kind: EntityKind.HEALTH, project: '', id: '', sequence: 7, image: Buffer.alloc(0) },
  ],
};

it('reads back what was written', () => {
  expect(decodeCapsule(encodeCapsule(SMALL))).toEqual(SMALL);
});

it('is refused when any byte of it is another, or missing', () => {
  const bytes = encodeCapsule(SMALL);
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 0x10;
    expect(() => decodeCapsule(flipped)).toThrow(CapsuleDamaged);
    expect(() => decodeCapsule(bytes.subarray(0, at))).toThrow(CapsuleDamaged);
  }
});

it('is the old one or the new one whole, wherever the power goes', async () => {
  const other: Capsule = { ...SMALL, facts: { ...SMALL.facts, sequence: 9 } };
  const fresh = async (seed: number): Promise<FaultyFiles> => {
    const files = new FaultyFiles(seed);
    await files.makeDirectory('/store');
    await files.syncDirectory('/');
    await writeCapsule(files, '/store', SMALL);
    return files;
  };
  const whole = await fresh(1);
  const before = whole.changes;
  await writeCapsule(whole, '/store', other);
  const seen = new Set<number>();
  for (let step = 1; step <= whole.changes - before; step++) {
    for (let seed = 1; seed <= 8; seed++) {
      const files = await fresh(seed);
      files.crashAtChange(files.changes + step);
      await writeCapsule(files, '/store', other).catch(() => undefined);
      files.powerCut(seed);
      const { facts } = (await readCapsule(files, '/store'))!;
      seen.add(facts.sequence);
      // And the next one is written over whatever is left aside.
      await writeCapsule(files, '/store', other);
      expect(await readCapsule(files, '/store')).toEqual(other);
    }
  }
  expect([...seen].sort()).toEqual([7, 9]);
});
