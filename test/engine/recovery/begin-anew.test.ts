// Goal: after a real loss the graph fits the tasks that are left, rows that the state knows deleted stay so, and the report says what cannot be known.
// Method: a stopped store whose journal loses groups in the middle; what is lost was arranged to leave neighbours behind that disagree.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Action } from '../../../src/domain/command';
import { systemClock } from '../../../src/engine/clock';
import { Engine } from '../../../src/engine/engine';
import type { Executed } from '../../../src/engine/executed';
import { checkRelations } from '../../../src/engine/integrity/check-relations';
import { checkTallies } from '../../../src/engine/integrity/check-tallies';
import { silentObserver } from '../../../src/engine/observer';
import { mendJournal } from '../../../src/engine/recovery/damage';
import type { DamageMeans } from '../../../src/engine/recovery/damage-means';
import { EntityKind, TaskGraph } from '../../../src/gen/holdfast/journal/v1/journal';
import type { RecoveryReport } from '../../../src/gen/holdfast/v1/recovery';
import { DependencyKind, Task, TaskState } from '../../../src/gen/holdfast/v1/task';
import { CompleteTaskRequest, CreateTaskRequest } from '../../../src/gen/holdfast/v1/task_service';
import { DeleteMemoryRequest, PutMemoryRequest } from '../../../src/gen/holdfast/v1/memory_service';
import { backupsDir, journalDir, stateDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';

const segmentBytesMax = 16 * 1024;
const caller = { principal: 'local', session: '', sessionToken: '' };
const parent = 'projects/default';
const name = (id: string): string => `${parent}/tasks/${id}`;
const engines: Engine[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const dir of directories.splice(0)) rmSync(dir, { recursive: true });
});

/** It goes once the engines have stopped. */
function dataDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-anew-'));
  directories.push(dir);
  return join(dir, 'data');
}

async function start(dir: string): Promise<Engine> {
  const options = { dir, files: nodeFiles, clock: systemClock, observer: silentObserver, version: 'test' };
  const engine = await Engine.start({ ...options, segmentBytesMax });
  engines.push(engine);
  return engine;
}

async function stop(engine: Engine): Promise<void> {
  engines.splice(engines.indexOf(engine), 1);
  await engine.stop();
}

const run = (engine: Engine, action: Action): Promise<Executed> =>
  engine.execute({ ...action, caller, validateOnly: false });

/** Some at a time: each group is a few records. */
async function runAll(engine: Engine, actions: readonly Action[]): Promise<void> {
  for (let at = 0; at < actions.length; at += 4) {
    await Promise.all(actions.slice(at, at + 4).map((action) => run(engine, action)));
  }
}

function create(task: Partial<Task>, taskId: string): Action {
  const request = { parent, task: Task.fromPartial({ title: taskId, ...task }), taskId };
  return { kind: 'createTask', request: CreateTaskRequest.fromPartial(request) };
}

function remember(n: number): Action {
  const memory = { namespace: 'notes', key: `k${n}`, value: { text: 'x'.repeat(200) } };
  return { kind: 'putMemory', request: PutMemoryRequest.fromPartial({ parent, memory }) };
}

function means(dir: string): DamageMeans {
  const where = { files: nodeFiles, dir, mirrorDir: undefined, backups: { dir: backupsDir(dir) } };
  return { ...where, version: 'test', wallMs: () => Date.now(), notice: () => undefined };
}

/** Spoils every group of the segment that holds the sequence. */
function strike(dir: string, sequence: number): void {
  const at = journalDir(dir);
  const names = readdirSync(at).filter((each) => each.endsWith('.seg'));
  const file = join(
    at,
    names.sort().findLast((each) => Number.parseInt(each, 16) <= sequence)!,
  );
  const bytes = readFileSync(file);
  for (let i = 300; i < bytes.length; i += 50) bytes[i] = 0x5a;
  writeFileSync(file, bytes);
}

async function recovered(dir: string): Promise<{ engine: Engine; report: RecoveryReport }> {
  const { mended, report } = await mendJournal(means(dir), 'loss', 'test');
  expect(mended).toBe(true);
  return { engine: await start(dir), report: report! };
}

const ids = Array.from({ length: 80 }, (_, n) => `c${n}`);

test('the graph is derived from the tasks that are left, and the report names it', async () => {
  const dir = dataDirectory();
  let engine = await start(dir);
  await run(engine, create({}, 'above'));
  await runAll(
    engine,
    ids.map((id) => create({ parent: name('above'), description: 'x'.repeat(100) }, id)),
  );
  const dependencies = ids.map((id) => ({ task: name(id), kind: DependencyKind.BLOCKS }));
  await run(engine, create({ dependencies }, 'behind'));
  const first = engine.status.durable;
  await runAll(
    engine,
    ids.map((id) => ({ kind: 'completeTask', request: CompleteTaskRequest.fromPartial({ name: name(id) }) })),
  );
  const middle = Math.floor((first + engine.status.durable) / 2);
  await stop(engine);
  strike(dir, middle);
  rmSync(stateDir(dir), { recursive: true });
  const after = await recovered(dir);
  engine = after.engine;
  const checks = after.report.checks.join('\n');
  expect(checks).toContain('were derived anew');
  expect(checks).toMatch(/tasks\/above \(task_graph\): live children: it counts \d+ too few/);
  const states = ids.map((id) => Task.decode(engine.readNow(EntityKind.TASK, 'default', id)!.image).state);
  const live = states.filter((state) => state !== TaskState.SUCCEEDED).length;
  expect(live).toBeGreaterThan(0);
  const graphOf = (id: string) => TaskGraph.decode(engine.readNow(EntityKind.TASK_GRAPH, 'default', id)!.image);
  expect(graphOf('above').liveChildren).toBe(live);
  expect(graphOf('behind').openBlockers).toBe(live);
  const { state } = engine.store;
  const options = { nowMs: 0, signal: new AbortController().signal, onRows: () => undefined };
  expect(await state.atMoment((moment) => checkRelations(moment, options))).toEqual([]);
  expect((await state.atMoment((moment) => checkTallies(moment, options))).wrong).toEqual([]);
  expect(await state.scrub()).toMatchObject({ sound: true });
  // What was held back goes on by the rules when the rest is done.
  await runAll(
    engine,
    ids
      .filter((_, n) => states[n] !== TaskState.SUCCEEDED)
      .map((id) => ({ kind: 'completeTask', request: CompleteTaskRequest.fromPartial({ name: name(id) }) })),
  );
  const isFree = () => engine.readNow(EntityKind.TASK_GRAPH, 'default', 'behind') === undefined;
  expect(isFree()).toBe(true);
  await stop(engine);
  // The base of the new history has it too.
  rmSync(stateDir(dir), { recursive: true });
  engine = await start(dir);
  expect(isFree()).toBe(true);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
}, 240_000);

test('a row that the state knows deleted stays so, and those that may be older are counted', async () => {
  const dir = dataDirectory();
  let engine = await start(dir);
  const numbers = Array.from({ length: 80 }, (_, n) => n);
  await runAll(engine, numbers.map(remember));
  const before = engine.status.durable;
  const gone = {
    kind: 'deleteMemory',
    request: DeleteMemoryRequest.fromPartial({ name: `${parent}/memories/notes/k3` }),
  };
  await run(engine, gone as Action);
  await stop(engine);
  const kept = `${dir}-state`;
  cpSync(stateDir(dir), kept, { recursive: true });
  engine = await start(dir);
  await runAll(
    engine,
    numbers.map((n) => remember(n + 100)),
  );
  await runAll(
    engine,
    numbers.map((n) => remember(n + 200)),
  );
  await stop(engine);
  for (let sequence = before + 1; sequence < before + 20; sequence++) strike(dir, sequence);
  rmSync(stateDir(dir), { recursive: true });
  cpSync(kept, stateDir(dir), { recursive: true });
  const after = await recovered(dir);
  engine = after.engine;
  const checks = after.report.checks.join('\n');
  expect(checks).toMatch(/1 rows were deleted in .*as the state knows, and stay so: .*k3/);
  expect(checks).toMatch(/\d\d+ rows are as they were before/);
  const at = (n: number) => engine.readNow(EntityKind.MEMORY, 'default', `notes/k${n}`);
  expect([at(3), at(4), at(279)].map((row) => row !== undefined)).toEqual([false, true, true]);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
}, 240_000);
