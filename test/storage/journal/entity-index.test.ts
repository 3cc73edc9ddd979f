// Goal: the entity index never misses a change, at the sizes where it has many runs and many pages. Method: random entries
// against a plain search, and one large segment before and after it is sealed.

import { EntityPositions, entityEntry } from '../../../src/storage/journal/entity-positions';
import { verifyJournal } from '../../../src/storage/journal/verify';
import { FaultyFiles } from '../../support/faulty-files';
import { DIR, appendTo, openJournal, taskHash, taskIdAt } from '../../support/journal-world';
import { chosenSeed, randomFrom } from '../../support/seed';

it('entries are found and sorted over several runs, the largest hash and ordinal too', async () => {
  const random = randomFrom(chosenSeed());
  const positions = new EntityPositions();
  const entries: number[] = [entityEntry(2 ** 32 - 1, 2 ** 21 - 1), entityEntry(0, 0)];
  // From 1: the lowest entry of all stands there already, and no two changes have the same.
  for (let ordinal = 1; ordinal < 10_000; ordinal += 1) entries.push(entityEntry(random.below(40), ordinal));
  for (const entry of [...entries, ...entries.slice(0, 50)]) positions.add(entry);
  const plain = entries.sort((one, other) => one - other);
  for (let probe = 0; probe < 500; probe += 1) {
    const hash = random.below(42);
    const [from, to] = [entityEntry(hash, 0), entityEntry(hash, random.below(10_000))];
    const expected = plain.findLast((entry) => entry >= from && entry <= to) ?? -1;
    expect(positions.lastWithin(from, to)).toBe(expected);
    const least = entityEntry(hash, random.below(10_000));
    const next = plain.find((entry) => entry >= least && entry <= to) ?? -1;
    expect(positions.firstWithin(least, to)).toBe(next);
  }
  expect(positions.lastWithin(plain.at(-1)!, plain.at(-1)!)).toBe(Number.MAX_SAFE_INTEGER);
  expect([...(await positions.sorted())]).toEqual(plain);
});

it('a segment of many pages answers the same while it is open and when it is sealed', async () => {
  const files = new FaultyFiles();
  const settings = { segmentBytesMax: 2_000_000 };
  let { journal } = await openJournal(files, settings);
  const records = 9000;
  await appendTo(journal, records, 300, 1);
  const check = async (): Promise<void> => {
    for (let atMost = 1; atMost <= records; atMost += 611) {
      for (const id of ['t0', 't1', 't6']) {
        let expected = atMost;
        while (expected > 0 && taskIdAt(expected) !== id) expected -= 1;
        expect(await journal.lastChange(taskHash(id), atMost)).toBe(expected);
        expected = atMost;
        while (expected <= records && taskIdAt(expected) !== id) expected += 1;
        const beyond = journal.head().sequence > records ? expected : 0;
        expect(await journal.nextChange(taskHash(id), atMost)).toBe(expected > records ? beyond : expected);
      }
      expect((await journal.record(atMost)).changes[0]!.id).toBe(taskIdAt(atMost));
      const newest = await journal.newestChanges(() => true, atMost);
      for (const [hash, sequence] of newest) expect(await journal.lastChange(hash, atMost)).toBe(sequence);
      expect(newest.size).toBe(Math.min(atMost, 7));
    }
  };
  await check();
  await appendTo(journal, records + 1, 1, 1_900_000);
  await journal.close(true);
  expect(files.namesIn(DIR).filter((name) => name.endsWith('.seg'))).toHaveLength(2);
  expect((await verifyJournal({ files, dir: DIR })).problems).toEqual([]);
  ({ journal } = await openJournal(files, settings));
  await check();
  await journal.close(true);
});
