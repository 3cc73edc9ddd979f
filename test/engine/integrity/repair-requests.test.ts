// Goal: a request id whose entry is damaged is never taken for one that nobody used, not even while it is put right. Method: a live store; each look
// while the journal is read.

import { repairRequests } from '../../../src/engine/integrity/repair-requests';
import type { Journal } from '../../../src/storage/journal/journal';
import * as keys from '../../../src/storage/state/keys';
import { parseRequest } from '../../../src/storage/state/values';
import { boot } from '../../support/boot';
import { damage, dumpOf, fill, put } from '../../support/kept-store';
import { chosenSeed, randomFrom } from '../../support/seed';

it('puts a damaged entry right without taking it out in between', async () => {
  const { engine } = await boot();
  // Many enough for ten groups.
  await fill(engine, randomFrom(chosenSeed()), 100);
  const before = await dumpOf(engine);
  const hex = [...before.keys()].find((key) => Buffer.from(key, 'hex')[0] === keys.TABLE_REQUEST)!;
  const key = Buffer.from(hex, 'hex');
  const value = Buffer.from(before.get(hex)!, 'hex');
  value[value.length - 1]! ^= 1;
  await damage(engine, (store) => put(store, key, value));
  const { state, journal } = engine.store;
  const { requestGenerations } = await state.scrub();
  expect(requestGenerations).toHaveLength(1);
  const looks: boolean[] = [];
  const watched = Object.create(journal) as Journal;
  watched.read = async function* (after) {
    for await (const group of journal.read(after)) {
      await state.mend(({ store }) => Promise.resolve(looks.push(store.get(key) !== undefined)));
      yield group;
    }
  };
  const signal = new AbortController().signal;
  const outcome = await repairRequests({ state, journal: watched, signal }, requestGenerations);
  expect(outcome).toEqual({ entries: 1, unresolved: [] });
  expect(looks.length).toBeGreaterThan(10);
  expect(looks).not.toContain(false);
  expect(await dumpOf(engine)).toEqual(before);
});

it('takes an entry out that no record is about', async () => {
  const { engine } = await boot();
  await fill(engine, randomFrom(chosenSeed()), 20);
  const before = await dumpOf(engine);
  const hex = [...before.keys()].find((each) => Buffer.from(each, 'hex')[0] === keys.TABLE_REQUEST)!;
  const generation = keys.parseGeneration(Buffer.from(hex, 'hex'));
  const key = Buffer.from(keys.requestKey(generation, 'nobody', Buffer.alloc(16, 3)));
  expect(parseRequest(key, Buffer.from('so'))).toBeUndefined();
  await damage(engine, (store) => put(store, key, Buffer.from('so')));
  const { state, journal } = engine.store;
  const signal = new AbortController().signal;
  const outcome = await repairRequests({ state, journal, signal }, [generation]);
  expect(outcome).toEqual({ entries: 1, unresolved: [] });
  expect(await dumpOf(engine)).toEqual(before);
});

it('leaves damaged what the journal has no more and no backup has, and takes nothing else out of that day', async () => {
  const { engine } = await boot();
  await fill(engine, randomFrom(chosenSeed()), 20);
  const sound = await dumpOf(engine);
  const hex = [...sound.keys()].find((each) => Buffer.from(each, 'hex')[0] === keys.TABLE_REQUEST)!;
  const generation = keys.parseGeneration(Buffer.from(hex, 'hex'));
  const stray = Buffer.from(keys.requestKey(generation, 'nobody', Buffer.alloc(16, 3)));
  await damage(engine, (store) => put(store, Buffer.from(hex, 'hex'), Buffer.from('so')));
  await damage(engine, (store) => put(store, stray, Buffer.from('so')));
  const struck = await dumpOf(engine);
  const { state, journal } = engine.store;
  const signal = new AbortController().signal;
  const trimmed = Object.create(journal) as Journal;
  const { sequence } = journal.head();
  Object.assign(trimmed, { floor: () => sequence, sequenceAtTime: () => Promise.resolve(sequence) });
  const outcome = await repairRequests({ state, journal: trimmed, signal }, [generation]);
  expect(outcome).toEqual({ entries: 0, unresolved: [generation] });
  expect(await dumpOf(engine)).toEqual(struck);
  // Once a source has it, the day is right, and what is no record's goes.
  expect(await repairRequests({ state, journal, signal }, [generation])).toEqual({ entries: 2, unresolved: [] });
  expect(await dumpOf(engine)).toEqual(sound);
});
