// Goal: each kind of damage is found at the level that promises it, put right or named, journalled and told; sound stores give no problem. Method: a real
// server with some of everything, damaged behind its back; VerifyIntegrity over the wire.

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../src/engine/engine';
import { unpaced } from '../../../src/storage/backup/pace';
import { Background } from '../../../src/engine/integrity/background';
import type { ScrubReport } from '../../../src/storage/state/scrub';
import { EntityKind, EventType, SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { OperationState } from '../../../src/gen/holdfast/v1/operation';
import { RecoverySource, Repair } from '../../../src/gen/holdfast/v1/recovery';
import { Session } from '../../../src/gen/holdfast/v1/session';
import { SaveCheckpointRequest, StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { IntegrityLevel, IntegrityReport } from '../../../src/gen/holdfast/v1/system';
import { GetTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { SystemServiceClient, VerifyIntegrityRequest } from '../../../src/gen/holdfast/v1/system_service';
import { blobsDir } from '../../../src/storage/layout';
import * as keys from '../../../src/storage/state/keys';
import { boot, call } from '../../support/boot';
import type { Booted } from '../../support/boot';
import { damage, del, dumpOf, fill, keyOf, put, run, valueOf } from '../../support/kept-store';
import { chosenSeed, randomFrom } from '../../support/seed';

const { MINIMAL, STANDARD, COMPREHENSIVE } = IntegrityLevel;
const T1 = { kind: EntityKind.TASK, project: 'default', id: 't1' };

async function filled(tasks = 50): Promise<Booted> {
  const booted = await boot();
  await fill(booted.engine, randomFrom(chosenSeed()), tasks);
  return booted;
}

async function verify(booted: Booted, level: IntegrityLevel, reportOnly = false): Promise<IntegrityReport> {
  const system = booted.client(SystemServiceClient);
  const request = VerifyIntegrityRequest.fromPartial({ level, reportOnly });
  const { operation } = await call(system, 'verifyIntegrity', request);
  const { name } = operation!;
  const waited = await call(booted.operations, 'waitOperation', { name, timeout: { seconds: 30, nanos: 0 } });
  expect(waited.operation).toMatchObject({ state: OperationState.SUCCEEDED });
  const result = waited.operation!.result;
  if (result?.$case !== 'response') throw new Error('no response');
  return IntegrityReport.decode(result.value.value);
}

/** A journal that was trimmed behind the last changes of rows. */
function trimmed({ store }: Engine): void {
  Object.assign(store.journal, { lastChange: () => Promise.resolve(0), floor: () => 5 });
}

/** The rows that repairs left. */
async function repairs({ engine }: Booted): Promise<Repair[]> {
  return engine.withSnapshot(async (snapshot) => {
    const found: Repair[] = [];
    for await (const { row } of snapshot.scan({ by: 'rows', kind: EntityKind.REPAIR, project: '' })) {
      found.push(Repair.decode(row.image));
    }
    return found;
  });
}

/** A checkpoint whose bytes are a blob; gives its digest. */
async function saveBlob({ engine }: Booted): Promise<string> {
  const begun = await run(engine, {
    kind: 'startSession',
    request: StartSessionRequest.fromPartial({ parent: 'projects/default', agent: 'eve' }),
  });
  const [session, work] = begun.replies;
  const { name } = Session.decode(session!.image);
  const caller = { principal: 'local', session: name, sessionToken: SessionWork.decode(work!.image).token };
  const pinned = await engine.blobs.keep(Buffer.alloc(100_000, 7));
  const checkpoint = { digest: pinned.digest, sizeBytes: pinned.sizeBytes };
  const request = SaveCheckpointRequest.fromPartial({ parent: name, checkpoint });
  await run(engine, { kind: 'saveCheckpoint', request }, undefined, caller);
  pinned.release();
  return pinned.digest;
}

it('finds nothing wrong with a sound store, at any level, and says what it read', async () => {
  const booted = await filled();
  await saveBlob(booted);
  for (const level of [MINIMAL, STANDARD, COMPREHENSIVE]) {
    const report = await verify(booted, level);
    expect(report).toMatchObject({ level, sound: true, problems: [], problemCount: 0, blobs: 1 });
    if (level === MINIMAL) expect(report.rows).toBe(0);
    else {
      expect(report.rows).toBeGreaterThan(50);
      expect(report.records).toBeGreaterThan(50);
    }
  }
  expect(booted.engine.status.halted).toBeUndefined();
});

it('puts rows, index entries and request ids right, journals each row, and tells of it', async () => {
  const booted = await filled();
  const { engine } = booted;
  const before = await dumpOf(engine);
  const all = [...before.keys()].map((hex) => Buffer.from(hex, 'hex'));
  const entry = all.find((key) => key[0] === keys.TABLE_STATE)!;
  const request = all.find((key) => key[0] === keys.TABLE_REQUEST)!;
  await damage(engine, async (store) => {
    const value = store.get(keyOf(T1))!;
    value[14]! ^= 1;
    await put(store, keyOf(T1), value);
    await del(store, keyOf({ ...T1, id: 't2' }));
    await del(store, entry);
    await del(store, request);
  });
  const looked = await verify(booted, STANDARD, true);
  expect(looked).toMatchObject({ sound: false, repairedCount: 0 });
  const kinds = new Set(looked.problems.map(({ kind }) => kind));
  for (const kind of ['index_entry', 'request_id']) expect(kinds).toContain(kind);
  // Whoever reads a damaged row meanwhile, the capsule for one, has it healed: then this check does not find it any more.
  const report = await verify(booted, STANDARD);
  expect(report.sound).toBe(true);
  expect(report.repairedCount).toBe(report.problemCount);
  expect(report.problems).toContainEqual(expect.objectContaining({ kind: 'request_id', repaired: true }));
  const name = 'projects/default/tasks/t1';
  const after = await dumpOf(engine);
  for (const [key, value] of before) expect([key, after.get(key)]).toEqual([key, value]);
  await booted.maintenance.integrity.idle();
  const told = await repairs(booted);
  expect(told.map((repair) => repair.name).sort()).toEqual([name, 'projects/default/tasks/t2', 'requests']);
  expect(told[0]).toMatchObject({ source: RecoverySource.JOURNAL });
  expect(await verify(booted, COMPREHENSIVE)).toMatchObject({ sound: true, problems: [] });
  const { integrity } = (await call(booted.client(SystemServiceClient), 'getStatus', {})).status!;
  expect(integrity).toMatchObject({ repairs: 3, quarantined: 0, last: { sound: true } });
});

it('heals a damaged row where it is read, journals that, and tells subscribers', async () => {
  const booted = await filled();
  const { engine } = booted;
  await engine.store.state.mend(async ({ store, forget }) => {
    const value = store.get(keyOf(T1))!;
    value[20]! ^= 1;
    await put(store, keyOf(T1), value);
    forget(T1);
  });
  await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: 'projects/default/tasks/t1' }));
  while ((await repairs(booted)).length === 0) await new Promise(setImmediate);
  const { durable } = engine.status;
  const [change] = (await engine.record(durable)).changes;
  expect(change).toMatchObject({ kind: EntityKind.REPAIR, event: EventType.INTEGRITY_REPAIRED });
});

it('names what no row shows by itself: edges, leases, counts, only when it looks at everything', async () => {
  const booted = await filled();
  const { engine } = booted;
  const graph = { kind: EntityKind.TASK_GRAPH, project: 'default', id: 't3' };
  await damage(engine, (store) =>
    put(store, keyOf(graph), valueOf(graph, { sequence: 2, image: Buffer.from([8, 9]) })),
  );
  // Held against the journal it is wrong, and put right before anybody asks whether it fits.
  const report = await verify(booted, COMPREHENSIVE, true);
  expect(report.problems).toContainEqual(
    expect.objectContaining({ kind: 'graph', name: 'projects/default/tasks/t3 (task_graph)' }),
  );
  expect(await verify(booted, COMPREHENSIVE)).toMatchObject({ sound: true });
});

it('misses a blob that is gone at any level, one with other bytes only when it reads them, and puts both back from a backup', async () => {
  const booted = await filled();
  const { dir } = booted;
  const digest = await saveBlob(booted);
  const path = join(blobsDir(dir), digest.slice(0, 2), digest.slice(2, 4), `${digest}.blob`);
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  changed[5]! ^= 1;
  writeFileSync(path, changed);
  expect((await verify(booted, STANDARD)).problems).toEqual([]);
  const lost = await verify(booted, COMPREHENSIVE);
  expect(lost.problems).toMatchObject([{ kind: 'blob', name: `blobs/${digest}`, repaired: false }]);
  expect(lost.sound).toBe(false);
  rmSync(path);
  expect((await verify(booted, MINIMAL)).problems).toMatchObject([{ kind: 'blob', problem: 'its file is gone' }]);
  writeFileSync(path, bytes);
  const pool = await booted.maintenance.backups.backups.pool();
  await pool.put(bytes);
  rmSync(path);
  expect((await verify(booted, MINIMAL)).problems).toMatchObject([{ kind: 'blob', repaired: true }]);
  expect(readFileSync(path)).toEqual(bytes);
});

it('finds a flipped bit anywhere in the journal that was written', async () => {
  const booted = await filled(20);
  const journal = join(booted.dir, 'journal');
  const name = readdirSync(journal).find((each) => each.endsWith('.seg'))!;
  const whole = readFileSync(join(journal, name));
  const changed = Buffer.from(whole);
  changed[4000]! ^= 16;
  writeFileSync(join(journal, name), changed);
  expect((await verify(booted, MINIMAL)).problems).toEqual([]);
  const { problems, sound } = await verify(booted, STANDARD);
  expect(sound).toBe(false);
  expect(problems[0]).toMatchObject({ repaired: false });
  writeFileSync(join(journal, name), whole);
});

it('refuses a second check while one runs, a level that is none, and finds the first by its request id', async () => {
  const booted = await filled(5);
  const system = booted.client(SystemServiceClient);
  const bad = call(system, 'verifyIntegrity', VerifyIntegrityRequest.fromPartial({ level: 9 as IntegrityLevel }));
  await expect(bad).rejects.toMatchObject({ code: 3 });
  const requestId = '6f1ed002-ab5d-4ae1-9a3e-1c1c1c1c1c1c';
  const request = VerifyIntegrityRequest.fromPartial({ level: COMPREHENSIVE, requestId });
  const first = await call(system, 'verifyIntegrity', request);
  const again = await call(system, 'verifyIntegrity', request);
  expect(again.operation?.name).toBe(first.operation?.name);
});

it('heals a row from a backup where the journal was trimmed behind its last change', async () => {
  const booted = await filled();
  const { engine } = booted;
  const { backups } = booted.maintenance.backups;
  const order = {
    id: 'b1',
    kind: 'NAMED',
    description: '',
    operation: '',
    pace: unpaced,
    onProgress: () => undefined,
  } as const;
  await backups.make(order);
  const before = engine.readNow(T1.kind, T1.project, T1.id)!;
  trimmed(engine);
  await engine.store.state.mend(async ({ store, forget }) => {
    await put(store, keyOf(T1), Buffer.alloc(20, 1));
    forget(T1);
  });
  const name = 'projects/default/tasks/t1';
  await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name }));
  expect(engine.readNow(T1.kind, T1.project, T1.id)!.sequence).toBe(before.sequence);
  await booted.maintenance.integrity.idle();
  expect(await repairs(booted)).toMatchObject([{ name, source: RecoverySource.BACKUP, sequence: before.sequence }]);
});

it('quarantines a row that no source has: it is named, told of once, refused, and everything else goes on', async () => {
  const booted = await filled();
  const { engine } = booted;
  trimmed(engine);
  await engine.store.state.mend(async ({ store, forget }) => {
    await put(store, keyOf(T1), Buffer.alloc(20, 1));
    forget(T1);
  });
  const name = 'projects/default/tasks/t1';
  const read = (): Promise<unknown> => call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name }));
  await expect(read()).rejects.toMatchObject({ code: 15 });
  await expect(read()).rejects.toMatchObject({ code: 15 });
  const write = run(engine, { kind: 'deleteTask', request: { name, etag: '', requestId: '', validateOnly: false } });
  await expect(write).rejects.toMatchObject({ reason: 'CORRUPTION' });
  await call(booted.tasks, 'getTask', GetTaskRequest.fromPartial({ name: 'projects/default/tasks/t2' }));
  await booted.maintenance.integrity.idle();
  expect(await repairs(booted)).toMatchObject([{ name, source: RecoverySource.UNSPECIFIED, sequence: 0 }]);
  expect(booted.maintenance.integrity.status().quarantined).toBe(1);
  expect(engine.status.halted).toBeUndefined();
});

it('reads everything in the background, and puts right what it finds', async () => {
  const booted = await filled();
  const { engine } = booted;
  const before = await dumpOf(engine);
  await damage(engine, async (store) => {
    await del(store, keyOf({ ...T1, id: 't4' }));
    await put(store, keyOf(T1), Buffer.alloc(30, 1));
  });
  const found: ScrubReport[] = [];
  const repair = (report: ScrubReport): Promise<void> => {
    found.push(report);
    return Promise.resolve();
  };
  const background = new Background({ engine, repair });
  await background.round();
  expect(found.at(0)!.rowBuckets.length).toBeGreaterThan(0);
  expect(found.at(-1)).toMatchObject({ sound: false });
  expect(background.rows).toBeGreaterThan(50);
  for (const report of found) await booted.maintenance.integrity.putRight(report);
  const after = await dumpOf(engine);
  for (const [key, value] of before) expect([key, after.get(key)]).toEqual([key, value]);
});
