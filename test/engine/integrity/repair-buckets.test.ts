// Goal: whatever is changed, lost or added in LevelDB behind the engine's back comes to be as it was, from the journal, in the buckets that differ and
// beside the work. Method: a live store with some of everything; damage; scrub; repair; the same bytes as before, and a sound scrub.

import type { Engine } from '../../../src/engine/engine';
import { repairBuckets } from '../../../src/engine/integrity/repair-buckets';
import type { BucketsOutcome } from '../../../src/engine/integrity/repair-buckets';
import type { RepairedRow } from '../../../src/engine/integrity/repaired-row';
import { noBases } from '../../../src/engine/integrity/right-rows';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import { RecoverySource } from '../../../src/gen/holdfast/v1/recovery';
import * as keys from '../../../src/storage/state/keys';
import type { LevelStore } from '../../../src/storage/state/level-store';
import { boot } from '../../support/boot';
import { damage, del, dumpOf, fill, keyOf, put, valueOf } from '../../support/kept-store';
import { chosenSeed, randomFrom } from '../../support/seed';

const T1 = { kind: EntityKind.TASK, project: 'default', id: 't1' };

async function filled(tasks = 60): Promise<Engine> {
  const { engine } = await boot();
  await fill(engine, randomFrom(chosenSeed()), tasks);
  return engine;
}

async function repair(engine: Engine): Promise<BucketsOutcome & { repaired: RepairedRow[] }> {
  const { state, journal } = engine.store;
  const repaired: RepairedRow[] = [];
  const signal = new AbortController().signal;
  const parts = { state, journal, bases: noBases, signal, onRepaired: (one: RepairedRow) => void repaired.push(one) };
  const report = await state.scrub();
  expect(report.sound).toBe(false);
  return { ...(await repairBuckets(parts, report)), repaired };
}

/** Damages, repairs, and expects all to be as before. */
async function comesBack(engine: Engine, change: (store: LevelStore) => Promise<void>) {
  const before = await dumpOf(engine);
  await damage(engine, change);
  expect(await dumpOf(engine)).not.toEqual(before);
  const outcome = await repair(engine);
  expect(await dumpOf(engine)).toEqual(before);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
  expect(outcome.unresolved).toEqual([]);
  return outcome;
}

it('puts back a row that failed its checksum, one that vanished, one that was older, and takes out one too many', async () => {
  const engine = await filled();
  const flipped = await comesBack(engine, async (store) => {
    const value = store.get(keyOf(T1))!;
    value[12]! ^= 4;
    await put(store, keyOf(T1), value);
  });
  const { sequence } = engine.readNow(T1.kind, T1.project, T1.id)!;
  const problem = 'it failed its checksum';
  expect(flipped.repaired).toEqual([{ name: T1, problem, source: RecoverySource.JOURNAL, from: '', sequence }]);
  expect((await comesBack(engine, (store) => del(store, keyOf(T1)))).repaired[0]?.problem).toBe('it had vanished');
  const image = Buffer.from(engine.readNow(T1.kind, T1.project, T1.id)!.image);
  const older = await comesBack(engine, (store) => put(store, keyOf(T1), valueOf(T1, { sequence: 1, image })));
  expect(older.repaired[0]?.problem).toBe('it was that of sequence 1');
  const T999 = { ...T1, id: 't999' };
  const extra = await comesBack(engine, (store) => put(store, keyOf(T999), valueOf(T999, { sequence: 3, image })));
  expect(extra.repaired.map(({ name }) => name)).toEqual([T999]);
});

it('puts back index entries that vanished, and takes out ones that are stale', async () => {
  const engine = await filled();
  const tables = [keys.TABLE_STATE, keys.TABLE_PARENT, keys.TABLE_EXTERNAL, keys.TABLE_TIMER, keys.TABLE_AGENT];
  const found = [...(await dumpOf(engine)).keys()].map((hex) => Buffer.from(hex, 'hex'));
  for (const table of tables) {
    const entry = found.find((key) => key[0] === table)!;
    expect((await comesBack(engine, (store) => del(store, entry))).entries).toBe(1);
  }
  const external = found.find((key) => key[0] === keys.TABLE_EXTERNAL)!;
  await comesBack(engine, (store) => put(store, external, Buffer.from('nonsense')));
  const stale = Buffer.from(keys.indexKey({ index: 'assignee', assignee: 'zed' }, EntityKind.TASK, 'default', 't1'));
  await comesBack(engine, (store) => put(store, stale, Buffer.alloc(0)));
  await comesBack(engine, (store) => put(store, Buffer.from([0x60, 1, 2]), Buffer.from([1])));
});

it('comes back from any damage, a graph row among it, whose task then stands elsewhere in the index of states', async () => {
  const engine = await filled(120);
  const random = randomFrom(chosenSeed());
  const all = [...(await dumpOf(engine)).keys()].map((hex) => Buffer.from(hex, 'hex'));
  const graph = all.find((key) => key[0] === keys.TABLE_ROWS + EntityKind.TASK_GRAPH)!;
  for (let round = 0; round < 20; round++) {
    await comesBack(engine, async (store) => {
      for (const key of round === 0 ? [graph] : Array.from({ length: 1 + random.below(8) }, () => random.pick(all))) {
        if (key[0] === keys.TABLE_REQUEST) continue;
        const value = store.get(key);
        if (value === undefined || value.length === 0 || random.chance(0.5)) await del(store, key);
        else {
          value[random.below(value.length)]! ^= 1 << random.below(8);
          await put(store, key, value);
        }
      }
      await del(store, graph);
    });
  }
});

it('repairs beside the work: what is changed meanwhile stays as it was changed', async () => {
  const engine = await filled();
  const random = randomFrom(chosenSeed());
  let running = true;
  const work = (async () => {
    while (running) await fill(engine, random, 5);
  })();
  for (let round = 0; round < 5; round++) {
    await damage(engine, async (store) => {
      for (const id of ['t1', 't2', 't3', 't4', 't5']) await del(store, keyOf({ ...T1, id }));
    });
    // What is asked meanwhile of tasks that have vanished is refused.
    expect((await repair(engine)).unresolved).toEqual([]);
  }
  running = false;
  await work;
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
});
