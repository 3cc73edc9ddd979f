import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import { createState, openState } from '../../../src/storage/state/open-state';
import { DamagedRow } from '../../../src/storage/state/state';
import * as keys from '../../../src/storage/state/keys';
import { collect, stateOptions, unlist, withLevel } from '../../support/state-store';
import { TaskHistory } from '../../support/task-history';

const at = (seconds: number) => ({ seconds, nanos: 0 });
const pending = { by: 'state', project: 'default', state: TaskState.PENDING, held: false } as const;

test('tasks come by given number first, then by id; projects by id', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  const ids = ['t10', 'zz', 't2', 'a', 't1', 'ta', 't100'];
  await state.apply([...ids.map((id) => history.task(id)), history.task('t3', {}, 'other')]);
  await state.apply([history.project('other'), history.project('default')]);
  const snapshot = state.snapshot();
  const inOrder = ['t1', 't2', 't10', 't100', 'a', 'ta', 'zz'];
  expect(await collect(snapshot, { by: 'tasks', project: 'default' })).toEqual(inOrder);
  expect(await collect(snapshot, { by: 'tasks' })).toEqual([...inOrder, 't3']);
  expect(await collect(snapshot, { by: 'projects' })).toEqual(['default', 'other']);
  await snapshot.close();
  await state.close();
});

test('by state tasks come queue by queue, by priority, then by age', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  await state.apply([
    history.task('t1', { queue: 'b', priority: 1, createTime: at(1) }),
    history.task('t2', { queue: 'a', priority: 3, createTime: at(1) }),
    history.task('t3', { queue: 'a', priority: 2, createTime: at(9) }),
    history.task('t4', { queue: 'a', priority: 2, createTime: at(8) }),
    history.task('t5', { queue: 'ab', priority: 1, createTime: at(1) }),
    history.task('t6', { queue: 'a', state: TaskState.FAILED }),
    history.task('t7', { queue: 'a', state: TaskState.SUCCEEDED }),
  ]);
  const snapshot = state.snapshot();
  expect(await collect(snapshot, pending)).toEqual(['t4', 't3', 't2', 't5', 't1']);
  expect(await collect(snapshot, { ...pending, queue: 'a' })).toEqual(['t4', 't3', 't2']);
  expect(await collect(snapshot, { ...pending, state: TaskState.FAILED })).toEqual(['t6']);
  expect(await collect(snapshot, { ...pending, state: TaskState.SUCCEEDED })).toEqual([]);
  await snapshot.close();
  await state.close();
});

test('assignee, parent and purge time each find their tasks', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  const parent = 'projects/default/tasks/t1';
  await state.apply([
    history.task('t1', { assignee: 'ada' }),
    history.task('t2', { assignee: 'ada', state: TaskState.SUCCEEDED, parent }),
    history.task('t3', { assignee: 'adam', parent }),
    history.task('t4', { parent, deleteTime: at(5), purgeTime: at(50) }),
    history.task('t5', { deleteTime: at(6), purgeTime: at(40) }),
    history.project('gone', { deleteTime: at(7), purgeTime: at(45) }),
  ]);
  const snapshot = state.snapshot();
  expect(await collect(snapshot, { by: 'assignee', project: 'default', assignee: 'ada' })).toEqual(['t1']);
  expect(await collect(snapshot, { by: 'parent', project: 'default', parent: 't1' })).toEqual(['t2', 't3']);
  expect(await collect(snapshot, { by: 'timer', dueMs: 44_999 })).toEqual(['t5']);
  expect(await collect(snapshot, { by: 'timer', dueMs: 50_000 })).toEqual(['t5', 'gone', 't4']);
  await snapshot.close();
  await state.close();
});

test('a cursor goes on after its row, across restarts, and in its own listing alone', async () => {
  const history = new TaskHistory();
  const options = stateOptions();
  const first = await createState(options);
  const ids = Array.from({ length: 200 }, (_, i) => `t${i + 1}`);
  await first.apply(ids.map((id) => history.task(id)));
  await first.checkpoint();
  const cursors: string[] = [];
  const before = first.snapshot();
  for await (const { cursor } of before.scan(pending)) cursors.push(cursor);
  await before.close();
  await first.close();
  const { state } = await openState(options);
  const snapshot = state.snapshot();
  for (const i of [0, 63, 64, 198, 199])
    expect(await collect(snapshot, pending, { after: cursors[i] })).toEqual(ids.slice(i + 1));
  for (const cursor of [`${cursors[0]}=`, '', 'no', cursors[0]!.slice(1)]) {
    await expect(collect(snapshot, pending, { after: cursor })).rejects.toThrow(RangeError);
  }
  await expect(collect(snapshot, { ...pending, project: 'other' }, { after: cursors[0] })).rejects.toThrow(RangeError);
  await expect(collect(snapshot, { by: 'tasks', project: 'default' }, { after: cursors[0] })).rejects.toThrow(
    RangeError,
  );
  await snapshot.close();
  await state.close();
});

test('a snapshot stands still, and says of which sequence it is even while a group is on its way', async () => {
  const history = new TaskHistory();
  const state = await createState(stateOptions());
  await state.apply([history.task('t1')]);
  const old = state.snapshot();
  for (let round = 0; round < 50; round++) {
    const applying = state.apply([history.task(`t${round + 2}`)]);
    // Let the batch reach LevelDB at different moments.
    for (let wait = 0; wait < round % 5; wait++) await new Promise(setImmediate);
    const during = state.snapshot();
    expect(await collect(during, { by: 'tasks' })).toHaveLength(during.sequence);
    await during.close();
    await applying;
  }
  expect([old.sequence, await collect(old, { by: 'tasks' })]).toEqual([1, ['t1']]);
  expect(await old.row(EntityKind.TASK, 'default', 't2')).toBeUndefined();
  expect((await old.row(EntityKind.TASK, 'default', 't1'))?.sequence).toBe(1);
  await old.close();
  await state.close();
});

describe('with rows damaged behind its back', () => {
  async function damaged(damage: (raw: Buffer | undefined) => Buffer | undefined) {
    const history = new TaskHistory();
    const options = stateOptions();
    const state = await createState(options);
    await state.apply([history.task('t1', { externalId: 'X' }), history.task('t2')]);
    await state.checkpoint();
    const stale: string[] = [];
    await state.close();
    await withLevel(options.dir, async (level) => {
      const key = Buffer.from(keys.rowKey(EntityKind.TASK, 'default', 't1'));
      const value = damage(await level.get(key));
      await (value ? level.put(key, value) : level.del(key));
    });
    // LevelDB was opened since: that alone makes its files others than those listed.
    await unlist(options.dir);
    const opened = await openState({ ...options, onStaleEntry: ({ id }) => stale.push(id) });
    return { state: opened.state, stale, history };
  }

  test.each([
    ['a flipped bit', (raw: Buffer | undefined) => flip(raw!)],
    ['nothing', () => undefined],
    ['half of it', (raw: Buffer | undefined) => raw!.subarray(0, 9)],
    ['another row', (raw: Buffer | undefined) => Buffer.concat([raw!, raw!])],
  ])('a listing that meets %s ends in DamagedRow', async (_what, damage) => {
    const { state } = await damaged(damage);
    const snapshot = state.snapshot();
    await expect(collect(snapshot, pending)).rejects.toThrow(DamagedRow);
    await snapshot.close();
    await state.close();
  });

  test('a point read of it throws, and after the heal reads well and is listed', async () => {
    const { state, history } = await damaged((raw) => flip(raw!));
    expect(() => state.row(EntityKind.TASK, 'default', 't1')).toThrow(DamagedRow);
    expect(await state.scrub()).toMatchObject({ sound: false, damaged: [{ id: 't1' }] });
    await state.heal(history.records[0]!, history.records[0]!.changes[0]!);
    expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(1);
    expect(await state.scrub()).toMatchObject({ sound: true });
    const snapshot = state.snapshot();
    expect(await collect(snapshot, pending)).toEqual(['t1', 't2']);
    await snapshot.close();
    await state.close();
  });

  test('a heal with an older record leaves a newer row alone', async () => {
    const { state, history } = await damaged((raw) => flip(raw!));
    await state.apply([history.task('t1', { title: 'newer', externalId: 'X' })]);
    await state.heal(history.records[0]!, history.records[0]!.changes[0]!);
    expect(state.row(EntityKind.TASK, 'default', 't1')?.sequence).toBe(3);
    await state.close();
  });
});

test('an entry of a row that is gone is healed away by the record that removed it', async () => {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  await state.apply([history.task('t1'), history.task('t2')]);
  const entry = {
    index: 'state',
    state: 1,
    queue: 'stale',
    held: false,
    priority: 1,
    notBeforeMs: 0,
    createTimeMs: 1,
  } as const;
  const removal = history.purge(EntityKind.TASK, 'default', 't1');
  await state.apply([removal]);
  await state.checkpoint();
  await state.close();
  await withLevel(options.dir, (level) =>
    level.put(Buffer.from(keys.indexKey(entry, EntityKind.TASK, 'default', 't1')), Buffer.alloc(0)),
  );
  await unlist(options.dir);
  const { state: again } = await openState(options);
  const broken = again.snapshot();
  await expect(collect(broken, pending)).rejects.toThrow(DamagedRow);
  await broken.close();
  await again.heal(removal, removal.changes[0]!);
  const snapshot = again.snapshot();
  expect(await collect(snapshot, pending)).toEqual(['t2']);
  await snapshot.close();
  expect(await again.scrub()).toMatchObject({ sound: true });
  await again.close();
});

test('an entry that its row does not bear out is left out, told, and found by a scrub', async () => {
  const history = new TaskHistory();
  const options = stateOptions();
  const state = await createState(options);
  await state.apply([history.task('t1'), history.task('t2', { state: TaskState.SUCCEEDED })]);
  await state.checkpoint();
  await state.close();
  const entry = {
    index: 'state',
    state: 1,
    queue: 'a',
    held: false,
    priority: 1,
    notBeforeMs: 0,
    createTimeMs: 1,
  } as const;
  await withLevel(options.dir, (level) =>
    level.put(Buffer.from(keys.indexKey(entry, EntityKind.TASK, 'default', 't2')), Buffer.alloc(0)),
  );
  await unlist(options.dir);
  const stale: string[] = [];
  const { state: again } = await openState({ ...options, onStaleEntry: ({ id }) => stale.push(id) });
  const snapshot = again.snapshot();
  expect(await collect(snapshot, pending)).toEqual(['t1']);
  expect(stale).toEqual(['t2']);
  await snapshot.close();
  const report = await again.scrub();
  expect(report).toMatchObject({ sound: false, rowBuckets: [] });
  expect(report.entryBuckets).toHaveLength(1);
  await again.close();
});

const flip = (raw: Buffer): Buffer => {
  const copy = Buffer.from(raw);
  copy[12]! ^= 1;
  return copy;
};
