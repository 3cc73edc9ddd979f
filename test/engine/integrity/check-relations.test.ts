// Goal: rows that no longer fit each other are named, although each reads well and the digest would have it so. Method: a sound live store gives nothing;
// rows are changed consistently behind the state's back, checksum and all.

import { checkRelations } from '../../../src/engine/integrity/check-relations';
import type { Misfit } from '../../../src/engine/integrity/check-relations';
import { checkTallies } from '../../../src/engine/integrity/check-tallies';
import type { Engine } from '../../../src/engine/engine';
import { EntityKind, SessionWork, TaskGraph, TaskWork } from '../../../src/gen/holdfast/journal/v1/journal';
import { Task } from '../../../src/gen/holdfast/v1/task';
import { boot } from '../../support/boot';
import { damage, del, fill, keyOf, put, valueOf } from '../../support/kept-store';
import { chosenSeed, randomFrom } from '../../support/seed';

const options = { nowMs: 0, signal: new AbortController().signal, onRows: () => undefined };

async function filled(): Promise<Engine> {
  const { engine } = await boot();
  await fill(engine, randomFrom(chosenSeed()), 150);
  return engine;
}

const misfits = (engine: Engine): Promise<Misfit[]> =>
  engine.store.state.atMoment((moment) => checkRelations(moment, options));

/** The first row of a kind that passes. */
async function find(engine: Engine, kind: EntityKind, passes: (image: Uint8Array) => boolean) {
  return engine.withSnapshot(async (snapshot) => {
    for await (const found of snapshot.scan({ by: 'rows', kind, project: 'default' })) {
      if (passes(found.row.image)) return { ...found, row: { ...found.row, image: Buffer.from(found.row.image) } };
    }
    throw new Error('no such row');
  });
}

it('gives nothing for a sound store, and names what rows say of each other and does not fit', async () => {
  const engine = await filled();
  expect(await misfits(engine)).toEqual([]);
  const change = async <T>(kind: EntityKind, codec: Codec<T>, passes: (row: T) => boolean, after: (row: T) => T) => {
    const { project, id, row } = await find(engine, kind, (image) => passes(codec.decode(image)));
    const name = { kind, project, id };
    const image = Buffer.from(codec.encode(after(codec.decode(row.image))).finish());
    await damage(engine, (store) => put(store, keyOf(name), valueOf(name, { sequence: row.sequence, image })));
    const found = await misfits(engine);
    await damage(engine, (store) => put(store, keyOf(name), valueOf(name, row)));
    return { id, found };
  };
  const graph = await change(
    EntityKind.TASK_GRAPH,
    TaskGraph,
    ({ openBlockers }) => openBlockers > 0,
    (row) => ({ ...row, openBlockers: row.openBlockers + 2, liveChildren: row.liveChildren + 1 }),
  );
  const of = { kind: EntityKind.TASK_GRAPH, project: 'default', owner: graph.id, item: '' };
  expect(graph.found).toHaveLength(2);
  expect(graph.found).toContainEqual({ ...of, relation: 'open blockers', left: -2 });
  expect(graph.found).toContainEqual({ ...of, relation: 'live children', left: -1 });
  const edge = await change(
    EntityKind.TASK,
    Task,
    ({ dependencies }) => dependencies.length === 1,
    (task) => ({ ...task, dependencies: [] }),
  );
  expect(edge.found).toContainEqual(expect.objectContaining({ relation: 'dependents', left: -1 }));
  const lease = await change(
    EntityKind.TASK_WORK,
    TaskWork,
    (work) => work.lease !== undefined,
    (work) => ({ ...work, lease: { ...work.lease!, fencingToken: 1 } }),
  );
  expect(lease.found.map(({ relation }) => relation)).toEqual(['holder', 'holder']);
  const lock = await change(
    EntityKind.SESSION_WORK,
    SessionWork,
    () => true,
    (work) => ({ ...work, locks: ['l9'] }),
  );
  expect(lock.found).toMatchObject([{ relation: 'lock', item: 'l9', left: -1 }]);
  expect(await misfits(engine)).toEqual([]);
});

it('names a row whose owner is gone', async () => {
  const engine = await filled();
  const { project, id } = await find(engine, EntityKind.TASK_WORK, () => true);
  await damage(engine, (store) => del(store, keyOf({ kind: EntityKind.TASK, project, id })));
  expect(await misfits(engine)).toContainEqual(expect.objectContaining({ relation: 'owner', owner: id }));
});

it('finds counts that are not those of the rows', async () => {
  const engine = await filled();
  const { state } = engine.store;
  const problems = async () => (await state.atMoment((moment) => checkTallies(moment, options))).wrong;
  expect(await problems()).toEqual([]);
  const { project, id } = await find(engine, EntityKind.TASK, () => true);
  await damage(engine, (store) => del(store, keyOf({ kind: EntityKind.TASK, project, id })));
  expect(await problems()).toEqual([
    { project: 'default', problem: expect.stringMatching(/^the counts say tasks 150 /) as string, givenAgain: false },
  ]);
});

interface Codec<T> {
  decode(bytes: Uint8Array): T;
  encode(message: T): { finish(): Uint8Array };
}
