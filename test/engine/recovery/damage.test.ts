import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/engine/clock';
import { Engine } from '../../../src/engine/engine';
import { silentObserver } from '../../../src/engine/observer';
import { mendJournal } from '../../../src/engine/recovery/damage';
import type { DamageMeans } from '../../../src/engine/recovery/damage-means';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { RecoverySource } from '../../../src/gen/holdfast/v1/recovery';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { backupsDir, journalDir, stateDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { surveyJournal } from '../../../src/storage/journal/survey';

const segmentBytesMax = 16 * 1024;
const caller = { principal: 'local', session: '', sessionToken: '' };
const engines: Engine[] = [];
const directories: string[] = [];

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  for (const dir of directories.splice(0)) rmSync(dir, { recursive: true });
});

/** It goes once the engines have stopped. */
function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-damage-'));
  directories.push(dir);
  return dir;
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

/** Creates tasks, one record each. */
async function fill(engine: Engine, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const task = Task.fromPartial({ title: `Task ${i}`, description: 'x'.repeat(200) });
    const request = { parent: 'projects/default', task, taskId: '', ref: '', allowUnresolved: false };
    await engine.execute({
      kind: 'createTask',
      request: { ...request, requestId: '', validateOnly: false },
      caller,
      validateOnly: false,
    });
  }
}

/** All task ids with their sequences. */
async function tasksOf(engine: Engine): Promise<Map<string, number>> {
  return engine.withSnapshot(async (snapshot) => {
    const found = new Map<string, number>();
    for await (const { id, row } of snapshot.scan({ by: 'tasks' })) found.set(id, row.sequence);
    return found;
  });
}

function means(dir: string, mirrorDir?: string): DamageMeans {
  return {
    ...{ files: nodeFiles, dir, mirrorDir, backups: { dir: backupsDir(dir) }, version: 'test' },
    wallMs: () => Date.now(),
    notice: () => undefined,
  };
}

const segments = (dir: string): string[] =>
  readdirSync(journalDir(dir))
    .filter((name) => name.endsWith('.seg'))
    .sort();

/** Flips a bit of the body of a group in the middle of a segment. */
function strike(dir: string, segment: string): void {
  const file = join(journalDir(dir), segment);
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 4;
  writeFileSync(file, bytes);
}

/** A stopped store of a hundred tasks. */
async function stopped(): Promise<{ dir: string; tasks: Map<string, number>; head: number }> {
  const dir = join(tempDir(), 'data');
  const engine = await start(dir);
  await fill(engine, 100);
  const tasks = await tasksOf(engine);
  const head = engine.status.durable;
  await stop(engine);
  return { dir, tasks, head };
}

test('a sound journal needs nothing', async () => {
  const { dir } = await stopped();
  expect(await mendJournal(means(dir), 'records', 'test')).toMatchObject({ mended: true, report: undefined });
});

test.each(['middle', 'first', 'last'])(
  'a segment of the mirror takes the place of the %s one that is damaged',
  async (which) => {
    const { dir, tasks } = await stopped();
    const mirror = join(tempDir(), 'mirror');
    cpSync(dir, mirror, { recursive: true });
    const names = segments(dir);
    const name = which === 'middle' ? names[2]! : which === 'first' ? names[0]! : names.at(-1)!;
    strike(dir, name);
    const { mended, report } = await mendJournal(means(dir, mirror), 'records', 'test');
    expect(report).toMatchObject({ succeeded: true, lost: [], parts: [{ source: RecoverySource.MIRROR, name }] });
    expect(mended).toBe(true);
    const engine = await start(dir);
    expect(await tasksOf(engine)).toEqual(tasks);
    expect((await surveyJournal(nodeFiles, journalDir(dir))).lost).toEqual([]);
  },
);

test.each(['middle', 'first', 'last'])(
  'what lost records of the %s segment did is kept by the state, and they are named',
  async (which) => {
    const { dir, tasks, head } = await stopped();
    const names = segments(dir);
    const name = which === 'middle' ? names[2]! : which === 'first' ? names[0]! : names.at(-1)!;
    strike(dir, name);
    const looked = await mendJournal(means(dir), 'nothing', 'test');
    expect(looked).toMatchObject({ mended: false, report: { lost: [{ stateKept: true }] } });
    const { mended, report } = await mendJournal(means(dir), 'records', 'test');
    expect(mended).toBe(true);
    expect(report!.lost).toHaveLength(1);
    expect(report!.lost[0]).toMatchObject({ stateKept: true, problem: expect.stringContaining(name) as string });
    let engine = await start(dir);
    expect(engine.status.durable).toBeGreaterThan(head);
    expect(await tasksOf(engine)).toEqual(tasks);
    expect(engine.parts.journal.oldest()).toBe(report!.lost[0]!.last + 1);
    await fill(engine, 5);
    const all = await tasksOf(engine);
    await stop(engine);
    // The base is there: even without a state.
    rmSync(stateDir(dir), { recursive: true });
    engine = await start(dir);
    expect(await tasksOf(engine)).toEqual(all);
    expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
  },
);

test('a real loss is left alone unless it is asked for, and then a new history has what is left', async () => {
  const { dir, tasks, head } = await stopped();
  const name = segments(dir)[2]!;
  strike(dir, name);
  rmSync(stateDir(dir), { recursive: true });
  const refused = await mendJournal(means(dir), 'records', 'test');
  expect(refused).toMatchObject({ mended: false, report: { succeeded: false, lost: [{ stateKept: false }] } });
  expect(refused.advice.join(' ')).toContain('holdfast recover');
  const { mended, report } = await mendJournal(means(dir), 'loss', 'test');
  expect(mended).toBe(true);
  const { first, last } = report!.lost[0]!;
  const engine = await start(dir);
  const left = await tasksOf(engine);
  const wanted = [...tasks].filter(([, sequence]) => sequence < first || sequence > last);
  expect(wanted.length).toBeLessThan(tasks.size);
  expect([...left]).toEqual(wanted);
  expect(report!.newHistory).toBe(engine.history);
  expect(engine.status.durable).toBeGreaterThan(head);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
  expect(report!.keptAside.join()).toContain('journal');
  await fill(engine, 3);
  const all = await tasksOf(engine);
  await stop(engine);
  rmSync(stateDir(dir), { recursive: true });
  expect(await tasksOf(await start(dir))).toEqual(all);
});

test('a journal that ends below the state begins anew with all that the state has', async () => {
  const { dir, tasks, head } = await stopped();
  rmSync(join(journalDir(dir), segments(dir).at(-1)!));
  expect(await mendJournal(means(dir), 'records', 'test')).toMatchObject({ mended: false });
  const { report } = await mendJournal(means(dir), 'loss', 'test');
  expect(report!.lost.at(-1)!.last).toBe(head);
  const engine = await start(dir);
  expect(await tasksOf(engine)).toEqual(tasks);
  expect(engine.status.durable).toBeGreaterThan(head);
  expect(await engine.read(EntityKind.PROJECT, 'default', '')).toBeDefined();
});

test('a start puts right by itself what loses nothing but records, and refuses the rest with nothing changed', async () => {
  const { dir, tasks } = await stopped();
  const copy = join(tempDir(), 'copy');
  cpSync(dir, copy, { recursive: true });
  // The first segment's header: the start meets it.
  const file = join(journalDir(dir), segments(dir)[1]!);
  const bytes = readFileSync(file);
  bytes[20]! ^= 1;
  writeFileSync(file, bytes);
  const engine = await start(dir);
  expect(await tasksOf(engine)).toEqual(tasks);
  expect(engine.store.found.state.report).toMatchObject({ succeeded: true, lost: [{ stateKept: true }] });
  writeFileSync(join(journalDir(copy), segments(copy)[1]!), bytes);
  rmSync(stateDir(copy), { recursive: true });
  const before = readdirSync(journalDir(copy));
  await expect(start(copy)).rejects.toThrow(/sequences that no source has any more: \d+ to \d+/);
  expect(readdirSync(journalDir(copy))).toEqual(before);
});
