// Goal: a trim takes what it says and nothing that is needed. Method: real servers on stores with a past of days; trims asked for, by
// settings, under load, and cut off at each call that changes a file.

import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { status as Code } from '@grpc/grpc-js';
import { systemClock } from '../../../src/engine/clock';
import { Engine } from '../../../src/engine/engine';
import { maintenanceOf } from '../../../src/engine/maintenance';
import { silentObserver } from '../../../src/engine/observer';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { BackupKind } from '../../../src/gen/holdfast/v1/backup';
import { ReadEventsRequest } from '../../../src/gen/holdfast/v1/event_service';
import { TrimJournalRequest } from '../../../src/gen/holdfast/v1/system_service';
import {
  CreateTaskRequest,
  ListTaskRevisionsRequest,
  UpdateTaskRequest,
} from '../../../src/gen/holdfast/v1/task_service';
import { isSegmentName, segmentName } from '../../../src/storage/journal/format';
import { nodeFiles } from '../../../src/storage/node-files';
import { call } from '../../support/boot';
import { FailingFiles } from '../../support/failing-files';
import { storeSettings } from '../../support/store-settings';
import { SEGMENT_BYTES, agedStore, fromHead, trimWorld } from '../../support/trim-world';
import type { TrimWorld } from '../../support/trim-world';
import { tempDir } from '../../support/temp-dir';

const segmentsOf = (dir: string): string[] => readdirSync(join(dir, 'journal')).filter(isSegmentName);
const taskCount = ({ engine }: TrimWorld): Promise<number> =>
  engine.withApplied(() => engine.parts.state.tallies.taskCount());

async function bases({ backups }: TrimWorld): Promise<string[]> {
  const { backups: all } = await call(backups, 'listBackups', { pageSize: 0, pageToken: '' });
  return all.filter(({ kind }) => kind === BackupKind.BASE).map(({ name }) => name);
}

it('a dry run says what would go and takes nothing; the trim takes it, on a backup that is a base from then on', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const before = segmentsOf(world.dir);
  expect(before.length).toBeGreaterThan(5);
  const keep = fromHead(world);
  const dry = await call(world.system, 'trimJournal', TrimJournalRequest.fromPartial({ keep, validateOnly: true }));
  expect(dry.operation).toBeUndefined();
  expect(dry.plan).toMatchObject({ segments: before.length - 1, backup: '' });
  expect(segmentsOf(world.dir)).toEqual(before);
  const result = await world.trim(keep);
  expect(result).toMatchObject({ segments: dry.plan!.segments, bytes: dry.plan!.bytes, oldest: dry.plan!.oldest });
  // The trim's own tellings may have begun another segment.
  const left = segmentsOf(world.dir).filter((name) => name <= before.at(-1)!);
  expect(left).toEqual(before.slice(result.segments));
  expect(await bases(world)).toEqual([result.backup]);
  await expect(
    call(world.backups, 'deleteBackup', { name: result.backup, requestId: '', validateOnly: false }),
  ).rejects.toMatchObject({ code: Code.FAILED_PRECONDITION });
  expect(await world.trim(keep)).toMatchObject({ segments: 0 });
});

it('a backup that covers what goes is taken as the base, and none is made; a later trim on another one frees it', async () => {
  const earlier = await trimWorld({ dir: await agedStore(100, 6), daysAgo: 3 });
  await earlier.make('first');
  const first = await earlier.trim(fromHead(earlier));
  expect(first.segments).toBeGreaterThan(0);
  expect(await bases(earlier)).toEqual(['backups/first']);
  for (let count = 0; count < 10; count += 1) await earlier.createTasks(10, 200);
  await earlier.stop();
  const world = await trimWorld({ dir: earlier.dir });
  await world.make('second');
  expect(await world.trim(fromHead(world))).toMatchObject({ backup: 'backups/second' });
  expect(await bases(world)).toEqual(['backups/second']);
});

it('a damaged backup is no base: the one before is taken, or one is made', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  await world.make('old');
  await world.make('new');
  const files = readdirSync(join(world.backupsAt, 'new', 'state'), { recursive: true, encoding: 'utf8' });
  rmSync(
    join(
      world.backupsAt,
      'new',
      'state',
      files.find((name) => name.endsWith('.ldb'))!,
    ),
  );
  expect(await world.trim(fromHead(world))).toMatchObject({ backup: 'backups/old' });
});

it('the records of the last day stay: a retry gets its first result after any trim', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const head = world.engine.status.durable;
  const requestId = '018f3c5e-7d1a-7000-8000-000000000001';
  const task = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title: 'once' }, requestId });
  const first = await call(world.tasks, 'createTask', task);
  for (let count = 0; count < 30; count += 1) await world.createTasks(10, 200);
  const result = await world.trim(fromHead(world));
  expect(result.oldest).toBeLessThanOrEqual(head + 1);
  expect(result.limitedBy).toContain('retries of the last day');
  expect(await call(world.tasks, 'createTask', task)).toEqual(first);
});

it('by age, what is younger stays', async () => {
  const world = await trimWorld({ dir: await agedStore(300, 3) });
  const day = (days: number) => ({ $case: 'age' as const, value: { seconds: days * 86_400, nanos: 0 } });
  expect(await world.trim(day(10))).toMatchObject({ segments: 0, oldest: 1 });
  expect((await world.trim(day(2))).segments).toBeGreaterThan(5);
});

it('what is below the oldest is refused or left out everywhere, and says so', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const { engine, events, tasks } = world;
  const name = 'projects/default/tasks/t1';
  await world.trim(fromHead(world));
  const oldest = engine.parts.journal.oldest();
  const old = { history: engine.history, sequence: 2 };
  const tooOld = { code: Code.OUT_OF_RANGE, details: expect.stringContaining(String(oldest)) as string };
  await expect(
    call(events, 'readEvents', ReadEventsRequest.fromPartial({ parent: 'projects/-', after: old })),
  ).rejects.toMatchObject(tooOld);
  await expect(world.verify({ after: old })).rejects.toMatchObject(tooOld);
  const revisions = await call(tasks, 'listTaskRevisions', ListTaskRevisionsRequest.fromPartial({ name }));
  expect(revisions).toMatchObject({ revisions: [], nextPageToken: '' });
  const { position } = await call(tasks, 'updateTask', UpdateTaskRequest.fromPartial({ task: { name, title: 'new' } }));
  const after = { ...position!, sequence: position!.sequence - 1 };
  const read = ReadEventsRequest.fromPartial({ parent: 'projects/-', after, includePrevious: true });
  const [event] = (await call(events, 'readEvents', read)).events;
  expect(event).toMatchObject({ type: 'task.updated', previous: undefined });
});

it('a trimmed store starts after a clean stop, after an unclean one, and without its state', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  await world.trim(fromHead(world));
  await world.createTasks(5);
  const unclean = join(tempDir(), 'store');
  cpSync(world.dir, unclean, { recursive: true });
  await world.stop();
  const clean = await trimWorld({ dir: world.dir });
  expect(await taskCount(clean)).toBe(305);
  await clean.stop();
  const cut = await trimWorld({ dir: unclean });
  expect(await taskCount(cut)).toBe(305);
  await cut.stop();
  rmSync(join(world.dir, 'state'), { recursive: true });
  const bare = await trimWorld({ dir: world.dir });
  expect(await taskCount(bare)).toBe(305);
  expect((await bare.engine.read(EntityKind.TASK, 'default', 't1'))?.sequence).toBeGreaterThan(0);
  expect(await bare.verify()).toMatchObject({ sound: true, problems: [] });
});

it('under load nothing is lost, and callers notice nothing', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  let stopped = false;
  let made = 0;
  const load = (async (): Promise<void> => {
    while (!stopped) {
      await world.createTasks(5, 100);
      made += 5;
    }
  })();
  const result = await world.trim(fromHead(world));
  stopped = true;
  await load;
  expect(result.segments).toBeGreaterThan(5);
  expect(made).toBeGreaterThan(0);
  expect(await taskCount(world)).toBe(300 + made);
  expect(await world.verify()).toMatchObject({ sound: true });
});

it('a trim that is cut off at any call leaves a store that starts, has everything, and ends the trim', async () => {
  const prepared = await trimWorld({ dir: await agedStore(120) });
  await prepared.make('base');
  await prepared.stop();
  const whole = await trimCutOff(prepared.dir, Infinity);
  expect(whole.isDown).toBe(false);
  let cuts = 0;
  // A dozen places, spread over all calls of a whole trim.
  for (let at = 1; at <= whole.count; at += Math.max(1, Math.floor(whole.count / 12))) {
    const { dir, isDown } = await trimCutOff(prepared.dir, at);
    if (isDown) cuts += 1;
    const again = await trimWorld({ dir });
    expect(await taskCount(again)).toBe(120);
    expect((await again.trim(fromHead(again))).oldest).toBe(again.engine.parts.journal.oldest());
    expect(segmentsOf(dir)[0]).toBe(segmentName(again.engine.parts.journal.oldest()));
    expect(await again.verify()).toMatchObject({ sound: true });
    expect((await bases(again)).length).toBe(1);
    await again.stop();
  }
  expect(cuts).toBeGreaterThan(5);
}, 600_000);

/** Trims a copy of a store, whose disk goes away at the nth call of the trim. */
async function trimCutOff(
  from: string,
  nth: number,
): Promise<{ readonly dir: string; readonly count: number; readonly isDown: boolean }> {
  const dir = join(tempDir(), 'store');
  cpSync(from, dir, { recursive: true });
  const fault = { nth: Infinity, action: 'crash' as const, sticky: false };
  const files = new FailingFiles(nodeFiles, fault);
  const parts = { clock: systemClock, observer: silentObserver, version: 'test' };
  const settings = storeSettings(dir);
  const engine = await Engine.start({ dir, files, settings, segmentBytesMax: SEGMENT_BYTES, ...parts });
  const { audit } = maintenanceOf(engine);
  const work = audit.works.find(({ type }) => type === 'holdfast.v1.TrimJournalRequest')!;
  const before = files.calls.length;
  fault.nth = before + nth;
  const keep = { $case: 'from' as const, value: { history: engine.history, sequence: engine.status.durable } };
  const request = TrimJournalRequest.encode(TrimJournalRequest.fromPartial({ keep })).finish();
  const context = { name: 'operations/o1', request, cursor: '', signal: new AbortController().signal };
  const ended = await work.run({ ...context, report: () => undefined, keep: () => Promise.resolve() }).then(
    () => true,
    () => false,
  );
  const count = files.calls.length - before;
  expect(ended).toBe(!files.isDown);
  await engine.stop().catch(() => undefined);
  return { dir, count, isDown: files.isDown };
}

describe('by settings', () => {
  async function ended(world: TrimWorld): Promise<void> {
    await world.maintenance.audit.tick();
    const asked = { pageSize: 0, pageToken: '', atLeast: undefined };
    const { operations } = await call(world.operations, 'listOperations', asked);
    for (const operation of operations) await world.response(operation);
  }

  it('nothing goes before a verified backup covers it; then it goes by itself, as an operation of the server', async () => {
    const world = await trimWorld({ dir: await agedStore(), settings: { auditRetentionDays: 2 } });
    const before = segmentsOf(world.dir).length;
    await ended(world);
    expect(segmentsOf(world.dir)).toHaveLength(before);
    await world.make('one');
    await ended(world);
    expect(segmentsOf(world.dir).length).toBeLessThan(before);
    expect(await bases(world)).toEqual(['backups/one']);
    await ended(world);
    expect(await taskCount(world)).toBe(300);
  });

  it('what is younger than the retention stays', async () => {
    const world = await trimWorld({ dir: await agedStore(), settings: { auditRetentionDays: 30 } });
    await world.make('one');
    const before = segmentsOf(world.dir);
    await ended(world);
    expect(segmentsOf(world.dir)).toEqual(before);
  });

  it('without an audit trail everything goes that is covered and older than a day', async () => {
    const world = await trimWorld({ dir: await agedStore(), settings: { auditTrail: false } });
    await world.make('one');
    await ended(world);
    expect(segmentsOf(world.dir).length).toBeLessThan(3);
    expect(await taskCount(world)).toBe(300);
  });

  it('by default everything is kept', async () => {
    const world = await trimWorld({ dir: await agedStore() });
    await world.make('one');
    const before = segmentsOf(world.dir);
    await ended(world);
    expect(segmentsOf(world.dir)).toEqual(before);
  });
});
