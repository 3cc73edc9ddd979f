import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { derive } from '../../../src/domain/derive';
import { indexedOf } from '../../../src/domain/indexed';
import type { Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import { entityHash, rowCrc } from '../../../src/storage/entity-hash';
import { bucketOf } from '../../../src/storage/state/digest';
import * as keys from '../../../src/storage/state/keys';
import type { LevelState } from '../../../src/storage/state/level-state';
import { createState, openState } from '../../../src/storage/state/open-state';
import * as values from '../../../src/storage/state/values';
import type { RawLevel } from '../../support/state-store';
import { stateOptions, storePath, unlist, withLevel } from '../../support/state-store';
import { TaskHistory } from '../../support/task-history';

const T2_BUCKET = bucketOf(entityHash(EntityKind.TASK, 'default', 't2'));
const rowKey = (id: string) => Buffer.from(keys.rowKey(EntityKind.TASK, 'default', id));

/** A state of a few tasks that was changed past the state, and opened again. */
async function changed(change: (level: RawLevel, history: TaskHistory) => Promise<void>): Promise<LevelState> {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  await state.apply([history.task('t1', { externalId: 'X-1' }), history.task('t2', { externalId: 'X-2' })]);
  await state.apply([history.task('t2', { externalId: 'X-2', priority: 5 }), history.project('default')]);
  expect(await state.scrub()).toMatchObject({ sound: true, sequence: 4, rows: 3, entries: 4, requests: 4 });
  await state.checkpoint();
  await state.close();
  await withLevel(options.dir, (level) => change(level, history));
  await unlist(options.dir);
  return (await openState(options)).state;
}

test('a changed row with a good checksum is found in its bucket', async () => {
  const state = await changed(async (level, history) => {
    const { image } = history.records[1]!.changes[0]!;
    const crc = rowCrc(entityHash(EntityKind.TASK, 'default', 't2'), 2, image);
    await level.put(rowKey('t2'), Buffer.from(values.rowValue(2, image, crc)));
  });
  expect(await state.scrub()).toMatchObject({ sound: false, rowBuckets: [T2_BUCKET], damaged: [] });
  await state.close();
});

test('a missing row is found, and its entries that lead nowhere', async () => {
  const state = await changed((level) => level.del(rowKey('t2')));
  expect(await state.scrub()).toMatchObject({ sound: false, rowBuckets: [T2_BUCKET], entryBuckets: [T2_BUCKET] });
  await state.close();
});

test('an extra row is found', async () => {
  const state = await changed(async (level) => {
    const hash = entityHash(EntityKind.TASK, 'default', 't9');
    const crc = rowCrc(hash, 9, Buffer.from([1]));
    await level.put(rowKey('t9'), Buffer.from(values.rowValue(9, Buffer.alloc(0), crc)));
  });
  expect(await state.scrub()).toMatchObject({ sound: false, damaged: [{ id: 't9' }] });
  await state.close();
});

test('a missing index entry is found', async () => {
  const state = await changed((level) => level.del(Buffer.from(keys.externalKey('default', 'X-2'))));
  expect(await state.scrub()).toMatchObject({ sound: false, rowBuckets: [], entryBuckets: [T2_BUCKET] });
  await state.close();
});

test('an external id that leads to another task is found', async () => {
  const state = await changed(async (level) => {
    const key = Buffer.from(keys.externalKey('default', 'X-2'));
    await level.put(key, Buffer.from(values.externalValue(key, 't1')));
  });
  expect((await state.scrub()).entryBuckets).toHaveLength(2);
  await state.close();
});

test('a lost request id is found, and a damaged one', async () => {
  const day = 20_000;
  const key = () => Buffer.from(keys.requestKey(day, 'local', TaskHistory.requestId(3)));
  const lost = await changed((level) => level.del(key()));
  expect(await lost.scrub()).toMatchObject({ sound: false, requestGenerations: [day], rowBuckets: [] });
  await lost.close();
  const damaged = await changed((level) => level.put(key(), Buffer.alloc(28, 1)));
  expect(await damaged.scrub()).toMatchObject({ sound: false, requestGenerations: [day], strays: 1 });
  expect(() => damaged.request('local', TaskHistory.requestId(3))).toThrow('fails its checksum');
  await damaged.close();
});

test('a key of no known form is found', async () => {
  const state = await changed((level) => level.put(Buffer.from([0x60, 1, 2]), Buffer.from([1])));
  expect(await state.scrub()).toMatchObject({ sound: false, strays: 1 });
  await state.close();
});

test('a stale entry that a redo left is found: one that takes entries out by the row that it finds', async () => {
  // The planted bug: a redo that asks LevelDB for the row before, instead of the change. After a crash LevelDB is ahead of
  // the checkpoint, so "the row before" is a later one, and the entry that was put on the way stays.
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  const create = history.task('t1', { queue: 'a' });
  const move = history.task('t1', { queue: 'b' });
  const done = history.task('t1', { queue: 'b', state: TaskState.SUCCEEDED });
  await state.apply([create]);
  await state.checkpoint();
  await state.apply([move, done]);
  const buggyRedo = (record: JournalRecord): JournalRecord => {
    const found = state.row(EntityKind.TASK, 'default', 't1')!;
    return { ...record, changes: [{ ...record.changes[0]!, previousIndexed: indexedOf(found.image) }] };
  };
  const redone = [move, done].map(buggyRedo);
  expect(redone.flatMap(({ changes }) => derive(changes[0]!).remove)).toEqual([]);
  await state.close();
  await unlist(options.dir);
  const { state: again } = await openState(options);
  expect(again.applied).toBe(1);
  await again.apply(redone);
  expect((await again.scrub()).entryBuckets).toHaveLength(1);
  await again.close();
});

test('a scrub that runs beside the work judges by its own sequence', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  for (let i = 1; i <= 300; i++) await state.apply([history.task(`t${i}`)]);
  let running = true;
  const work = (async () => {
    for (let i = 1; running; i = (i % 300) + 1) await state.apply([history.task(`t${i}`, { queue: 'b' })]);
  })();
  for (let round = 0; round < 5; round++) {
    const report = await state.scrub();
    expect(report.sound).toBe(true);
    expect(report.rows).toBe(300);
  }
  running = false;
  await work;
  await state.close();
});

test('a scrub keeps to its pace', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  await state.apply(Array.from({ length: 600 }, (_, i) => history.task(`t${i + 1}`)));
  const start = performance.now();
  expect((await state.scrub(6000)).sound).toBe(true);
  // 600 rows, 600 entries and 600 request ids at 6,000 a second.
  expect(performance.now() - start).toBeGreaterThan(250);
  await state.close();
});

test('rows that a damaged filter hides from reads by key are found, though a range shows them', async () => {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  const ids = Array.from({ length: 300 }, (_, i) => `t${i + 1}`);
  await state.apply(ids.map((id) => history.task(id)));
  await state.checkpoint();
  expect(await state.scrub()).toMatchObject({ sound: true, rows: 300 });
  // While LevelDB has it open, and mapped: at a start the table's own checksums would tell.
  emptyFilters(await storePath(options.dir));
  expect(ids.filter((id) => state.row(EntityKind.TASK, 'default', id) !== undefined)).toEqual([]);
  const report = await state.scrub();
  expect(report.sound).toBe(false);
  expect(report.damaged.map(({ id }) => id)).toEqual(ids);
  await state.close();
});

/** Takes every bit out of the filters of LevelDB's tables (leveldb, doc/table_format.md and util/bloom.cc). */
function emptyFilters(directory: string): void {
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.ldb'))) {
    const file = openSync(join(directory, name), 'r+');
    const bytes = readFileSync(file);
    const key = 'filter.leveldb.BuiltinBloomFilter2';
    let at = bytes.indexOf(key) + key.length;
    const varint = (): number => {
      for (let value = 0, scale = 1; ; scale *= 128) {
        const byte = bytes[at++]!;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
      }
    };
    const [start, size] = [varint(), varint()];
    const places = bytes.readUInt32LE(start + size - 5);
    // Each filter ends with how many of its bits a key has: without any it would let everything pass.
    for (let place = start + places; place < start + size - 5; place += 4) {
      const [from, to] = [bytes.readUInt32LE(place), bytes.readUInt32LE(place + 4) - 1];
      if (to > from) writeSync(file, Buffer.alloc(to - from), 0, to - from, start + from);
    }
    closeSync(file);
  }
}
