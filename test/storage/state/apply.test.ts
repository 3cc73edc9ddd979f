import fc from 'fast-check';
import { rmSync } from 'node:fs';
import { EntityKind, Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import { entityHash } from '../../../src/storage/entity-hash';
import { BucketDigest } from '../../../src/storage/state/digest';
import { createState, openState } from '../../../src/storage/state/open-state';
import type { LevelState } from '../../../src/storage/state/level-state';
import { collect, copyOf, dump, expectedEntries, readsRight, stateOptions } from '../../support/state-store';
import type { Step } from '../../support/task-history';
import { encodeTask, TaskHistory } from '../../support/task-history';

const steps = fc.array(fc.record({ what: fc.nat(7), which: fc.nat(6), value: fc.nat(200) }), { maxLength: 80 });

function play(all: readonly Step[]): TaskHistory {
  const history = new TaskHistory();
  for (const step of all) {
    history.step(step);
    // Journal time passes, now and then a day.
    history.timeMs += step.value === 13 ? 86_400_000 : 1000;
  }
  return history;
}

/** The digest of a history's rows, told from the rows. */
function digestOf(history: TaskHistory): Uint8Array {
  const digest = new BucketDigest();
  for (const record of history.records) {
    for (const change of record.changes) {
      const row = [...history.rows.values()].find(
        ({ kind, project, id, sequence }) =>
          kind === change.kind && project === change.project && id === change.id && sequence === record.sequence,
      );
      if (row) digest.replace(entityHash(change.kind, change.project, change.id), 0, row.crc);
    }
  }
  return digest.total();
}

test('what LevelDB holds is what the rows say, live or in bulk, in groups or one by one', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (all, size, bulk) => {
      const history = play(all);
      const options = stateOptions();
      const state = await createState(options);
      for (let i = 0; i < history.records.length; i += size) {
        const group = history.records.slice(i, i + size);
        await (bulk ? state.applyBulk(group) : state.apply(group));
        for (const { kind, project, id } of history.rows.values()) state.row(kind, project, id);
      }
      await readsRight(state, history);
      expect(state.digest.total()).toEqual(digestOf(history));
      expect(await state.scrub()).toMatchObject({ sound: true });
      await state.checkpoint();
      await state.close();
      history.timeMs = history.records.at(-1)?.timeMs ?? 0;
      expect(liveOnly(await dump(options.dir), history)).toEqual(expectedEntries(history));
      rmSync(options.dir, { recursive: true });
    }),
    { numRuns: 25 },
  );
});

test('applied again, or redone after a crash at any point, is applied once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), fc.nat(), async (all, first, second) => {
      const history = play(all);
      const { records } = history;
      const checkpointAt = first % (records.length + 1);
      const crashAt = checkpointAt + (second % (records.length - checkpointAt + 1));
      const options = stateOptions();
      const state = await createState(options);
      await state.apply(records.slice(0, checkpointAt));
      await state.checkpoint();
      await state.apply(records.slice(0, crashAt));
      const crashed = copyOf(options.dir);
      await state.close();
      const again = await reopen(crashed);
      expect(again.applied).toBe(checkpointAt);
      // Redone in one go, or one by one with repetitions.
      for (const record of records.slice(checkpointAt)) await again.apply([record]);
      await again.apply(records);
      await readsRight(again, history);
      expect(again.digest.total()).toEqual(digestOf(history));
      await again.checkpoint();
      await again.close();
      history.timeMs = records.at(-1)?.timeMs ?? 0;
      expect(liveOnly(await dump(crashed), history)).toEqual(expectedEntries(history));
      rmSync(options.dir, { recursive: true });
      rmSync(crashed, { recursive: true });
    }),
    { numRuns: 25 },
  );
});

async function reopen(dir: string): Promise<LevelState> {
  return (await openState(stateOptions(dir))).state;
}

/** Without the request ids of dead days, which are deleted at any time. */
function liveOnly(entries: Map<string, string>, history: TaskHistory): Map<string, string> {
  const oldest = Math.floor(history.timeMs / 86_400_000) - 1;
  return new Map([...entries].filter(([key]) => !key.startsWith('50') || parseInt(key.slice(2, 10), 16) >= oldest));
}

test('a read sees the row as it was applied last, from the cache and past it', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  await state.apply([history.task('t1', { title: 'one', externalId: 'X' })]);
  expect(state.taskIdByExternalId('default', 'X')).toBe('t1');
  expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(1);
  await state.apply([history.task('t1', { title: 'two', externalId: 'X' })]);
  const row = state.row(EntityKind.TASK, 'default', 't1');
  expect(row?.sequence).toBe(2);
  expect(Buffer.from(row!.image)).toEqual(history.rows.get('2/default/t1')!.image);
  await state.apply([history.purge(EntityKind.TASK, 'default', 't1')]);
  expect(state.row(EntityKind.TASK, 'default', 't1')).toBeUndefined();
  expect(state.taskIdByExternalId('default', 'X')).toBeUndefined();
  await state.close();
});

test('a row that was read before a bulk apply is not read from the cache after it', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  await state.apply([history.task('t1')]);
  expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(1);
  await state.applyBulk([history.task('t1')]);
  expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(2);
  await state.close();
});

test('an absent row that was asked for is found once it is there', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  expect(state.row(EntityKind.TASK, 'default', 't1')).toBeUndefined();
  await state.apply([history.task('t1')]);
  expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(1);
  await state.close();
});

test('several changes of one row in one record leave the last', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  const put = (queue: string) => history.put(EntityKind.TASK, 'default', 't1', encodeTask({ state: 1, queue }));
  await state.apply([history.record([put('a'), put('b')])]);
  expect(await state.scrub()).toMatchObject({ sound: true, rows: 1, entries: 1 });
  const snapshot = state.snapshot();
  expect(await collect(snapshot, { by: 'state', project: 'default', state: 1, held: false, queue: 'b' })).toEqual([
    't1',
  ]);
  await snapshot.close();
  await state.close();
});

test('request ids are found for two days of journal time, then forgotten', async () => {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  const known = (sequence: number) => state.request('local', TaskHistory.requestId(sequence))?.sequence;
  await state.apply([history.task('t1')]);
  expect(known(1)).toBe(1);
  expect(state.request('other', TaskHistory.requestId(1))).toBeUndefined();
  expect(state.request('local', TaskHistory.requestId(1))?.hash).toEqual(Buffer.alloc(16, 1));
  history.timeMs += 86_400_000;
  await state.apply([history.task('t2')]);
  expect([known(1), known(2)]).toEqual([1, 2]);
  history.timeMs += 86_400_000;
  await state.apply([history.task('t3')]);
  expect([known(1), known(2), known(3)]).toEqual([undefined, 2, 3]);
  await state.checkpoint();
  await state.close();
  const { state: again } = await openState(options);
  expect(again.request('local', TaskHistory.requestId(2))?.sequence).toBe(2);
  expect(again.request('local', TaskHistory.requestId(1))).toBeUndefined();
  // The older day is deleted beside the work, at the latest after a start.
  await again.close();
  const days = [...(await dump(options.dir)).keys()]
    .filter((key) => key.startsWith('50'))
    .map((key) => key.slice(2, 10));
  expect(days.map((day) => parseInt(day, 16))).toEqual([20_001, 20_002]);
});

test('a record from the journal and the same record before it was encoded are one to the state', async () => {
  const history = new TaskHistory();
  const record = history.task('t1', { externalId: 'X-1', assignee: 'ada' });
  const [live, redone] = [stateOptions(), stateOptions()];
  for (const [options, what] of [
    [live, record],
    [redone, JournalRecord.decode(JournalRecord.encode(record).finish())],
  ] as const) {
    const state = await createState(options);
    await state.apply([what]);
    await state.checkpoint();
    await state.close();
  }
  expect(await dump(live.dir)).toEqual(await dump(redone.dir));
});
