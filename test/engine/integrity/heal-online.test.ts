// Goal: what can be put right while the server serves costs no stop: request ids met damaged, counts that are not those of the rows. Method: a live
// store, damaged behind its back; commands go on meanwhile.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Engine } from '../../../src/engine/engine';
import { checkTallies } from '../../../src/engine/integrity/check-tallies';
import { repairTallies } from '../../../src/engine/integrity/repair-tallies';
import { mendOnline } from '../../../src/engine/recovery/mend-online';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { Repair } from '../../../src/gen/holdfast/v1/recovery';
import { IntegrityLevel, IntegrityReport } from '../../../src/gen/holdfast/v1/system';
import { SystemServiceClient, VerifyIntegrityRequest } from '../../../src/gen/holdfast/v1/system_service';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { unpaced } from '../../../src/storage/backup/pace';
import { backupsDir } from '../../../src/storage/layout';
import * as keys from '../../../src/storage/state/keys';
import { RequestSums } from '../../../src/storage/state/request-sums';
import type { ProjectTallies } from '../../../src/storage/state/tallies';
import { boot, call } from '../../support/boot';
import type { Booted } from '../../support/boot';
import { damage, fill, put, run } from '../../support/kept-store';
import { chosenSeed, randomFrom } from '../../support/seed';

const options = { nowMs: 0, signal: new AbortController().signal, onRows: () => undefined };
const ID = Buffer.alloc(16, 5);

async function filled(tasks = 40): Promise<Booted> {
  const booted = await boot();
  await fill(booted.engine, randomFrom(chosenSeed()), tasks);
  return booted;
}

function create(engine: Engine, requestId?: Buffer) {
  const task = Task.fromPartial({ title: 'One more' });
  const request = { parent: 'projects/default', task, taskId: '', requestId: '', validateOnly: false, ref: '' };
  return run(engine, { kind: 'createTask', request: { ...request, allowUnresolved: false } }, requestId);
}

/** The entry of the request, changed. */
async function strike({ engine }: Booted, change: (value: Buffer) => void): Promise<void> {
  await damage(engine, async (store) => {
    const key = Buffer.from(keys.requestKey(RequestSums.of(engine.nowMs), 'local', ID));
    const value = Buffer.from(store.get(key)!);
    change(value);
    await put(store, key, value);
  });
}

async function told({ engine, maintenance }: Booted): Promise<Repair[]> {
  await maintenance.integrity.idle();
  return engine.withSnapshot(async (snapshot) => {
    const found: Repair[] = [];
    for await (const { row } of snapshot.scan({ by: 'rows', kind: EntityKind.REPAIR, project: '' })) {
      found.push(Repair.decode(row.image));
    }
    return found;
  });
}

const hex = (tallies: ProjectTallies): string => Buffer.from(tallies.encode()).toString('hex');

async function verify(booted: Booted): Promise<IntegrityReport> {
  const request = VerifyIntegrityRequest.fromPartial({ level: IntegrityLevel.COMPREHENSIVE });
  const { operation } = await call(booted.client(SystemServiceClient), 'verifyIntegrity', request);
  const { name } = operation!;
  const waited = await call(booted.operations, 'waitOperation', { name, timeout: { seconds: 60, nanos: 0 } });
  const result = waited.operation!.result;
  if (result?.$case !== 'response') throw new Error('no response');
  return IntegrityReport.decode(result.value.value);
}

it.each([
  ['its hash', 10],
  ['its sequence, so that no record is found by it', 7],
])('answers a retry as the first time, though the entry of its request id lost a bit of %s', async (_, byte) => {
  const booted = await filled();
  const { engine } = booted;
  const first = await create(engine, ID);
  await strike(booted, (value) => (value[byte]! ^= 1));
  const again = await create(engine, ID);
  expect(again).toMatchObject({ sequence: first.sequence, replayed: true });
  expect(engine.status.halted).toBeUndefined();
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
  expect(await told(booted)).toMatchObject([{ name: `requests/${ID.toString('hex')}` }]);
});

/** A backup, with a journal that begins where it ends. */
async function standOnBackup({ engine, maintenance }: Booted): Promise<void> {
  const order = { id: 'b1', kind: 'NAMED', description: '', operation: '', pace: unpaced } as const;
  await maintenance.backups.backups.make({ ...order, onProgress: () => undefined });
  const { durable } = engine.status;
  const floor = { floor: () => durable, sequenceAtTime: () => Promise.resolve(durable) };
  Object.assign(engine.store.journal, floor);
}

it('brings the request ids of records that were trimmed away back from a backup', async () => {
  const booted = await filled();
  const { engine } = booted;
  const first = await create(engine, ID);
  await standOnBackup(booted);
  await strike(booted, (value) => value.fill(0xff));
  const again = await create(engine, ID);
  expect(again).toMatchObject({ sequence: first.sequence, replayed: true });
  expect(engine.status.halted).toBeUndefined();
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
});

it('never takes a request id for unused that WARM could not bring back, since no backup opens', async () => {
  const booted = await filled();
  const { engine } = booted;
  await create(engine, ID);
  await standOnBackup(booted);
  const tables = readdirSync(backupsDir(booted.dir), { recursive: true, encoding: 'utf8' });
  for (const table of tables.filter((name) => name.endsWith('.ldb'))) {
    const file = join(backupsDir(booted.dir), table);
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(file, bytes);
  }
  await strike(booted, (value) => value.fill(0xff));
  const { signal } = options;
  const context = { name: 'operations/1', request: Buffer.alloc(0), cursor: '', signal, report: () => undefined };
  const warm = mendOnline(engine, { ...context, keep: () => Promise.resolve() });
  await expect(warm).rejects.toMatchObject({ reason: 'NOT_RECOVERABLE' });
  expect(engine.status.halted).toBeUndefined();
  await expect(create(engine, ID)).rejects.toMatchObject({ reason: 'HALTED' });
  const { state } = engine.store;
  expect(['t41', 't42'].map((id) => state.row(EntityKind.TASK, 'default', id) !== undefined)).toEqual([true, false]);
});

it('counts anew what is not counted as the rows are, gives no number again, tells of it, and stops for nothing', async () => {
  const booted = await filled();
  const { engine } = booted;
  const { decidedTallies } = engine.parts;
  const { tallies } = engine.store.state;
  for (const each of [tallies, decidedTallies]) {
    const { counts, queues } = each as unknown as {
      counts: Map<string, { liveTasks: number; nextTaskNumber: number }>;
      queues: Map<string, unknown>;
    };
    counts.get('default')!.liveTasks -= 3;
    counts.get('default')!.nextTaskNumber = 2;
    queues.delete('default');
  }
  const report = await verify(booted);
  expect(report).toMatchObject({ sound: true, repairedCount: 2, problemCount: 2 });
  for (const problem of report.problems) {
    expect(problem).toMatchObject({ kind: 'tally', name: 'projects/default', repaired: true });
  }
  expect((await told(booted)).map(({ name }) => name)).toEqual(['projects/default', 'projects/default']);
  expect(engine.status.halted).toBeUndefined();
  expect((await create(engine)).replies[0]!.id).toBe('t41');
  expect(await verify(booted)).toMatchObject({ sound: true, problems: [] });
});

it('counts on top of the rows what is decided while they are counted', async () => {
  const { engine } = await filled(200);
  const { decidedTallies } = engine.parts;
  const { tallies } = engine.store.state;
  for (const each of [tallies, decidedTallies]) {
    (each as unknown as { sessions: Map<string, number> }).sessions.set('default', 77);
  }
  const created: Promise<unknown>[] = [];
  // Each time some rows were read, more is decided; the last of it while the counts take their place.
  const onRows = (): void => void created.push(create(engine), create(engine));
  const { wrong, hopeless } = await repairTallies(engine, { ...options, onRows });
  expect([wrong.length, hopeless]).toEqual([1, undefined]);
  await Promise.all(created);
  await setImmediate();
  expect(created.length).toBeGreaterThan(4);
  await engine.withApplied(() => undefined);
  const after = await engine.store.state.atMoment((moment) => checkTallies(moment, options));
  expect(after.wrong).toEqual([]);
  expect(hex(decidedTallies)).toBe(hex(tallies));
  expect(tallies.sessionCount('default')).toBe(1);
});
