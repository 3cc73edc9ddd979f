// Goal: a journal finds a moment. Method: records whose times repeat, stand still and leap, over segments of a few hundred bytes,
// each moment held against a plain look through all of them.

import { Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import type { Journal, NewGroup } from '../../../src/storage/journal/journal';
import { FaultyFiles } from '../../support/faulty-files';
import { openJournal, recordAt } from '../../support/journal-world';
import { chosenSeed, randomFrom } from '../../support/seed';

const SMALL = { segmentBytesMax: 1024 };

it('the last sequence at or before a moment is the one that a plain look finds, open, reopened and trimmed', async () => {
  const random = randomFrom(chosenSeed());
  for (let world = 0; world < 20; world += 1) {
    const files = new FaultyFiles(world);
    let { journal } = await openJournal(files, SMALL);
    const times: number[] = [];
    while (times.length < 80) {
      const count = 1 + random.below(4);
      for (let index = 0; index < count; index += 1) {
        times.push((times.at(-1) ?? 1000) + (random.below(2) === 0 ? 0 : random.below(50)));
      }
      await journal.append(groupWithTimes(journal.head().sequence, times.slice(-count)), journal.head().sequence);
    }
    await compare(journal, times);
    await journal.close(world % 2 === 0);
    ({ journal } = await openJournal(files, SMALL));
    await compare(journal, times);
    await journal.trim(1 + random.below(times.length));
    await compare(journal, times);
    await journal.close(true);
  }
});

it('an empty journal has no moment', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  expect(await journal.sequenceAtTime(Date.now())).toBe(0);
  await journal.close(true);
});

it('a moment is looked for while segments go and others come', async () => {
  const { journal } = await openJournal(new FaultyFiles(), SMALL);
  for (let sequence = 0; sequence < 120; sequence += 1) {
    const [asked] = await Promise.all([
      journal.sequenceAtTime(1000 + sequence - 2),
      journal.append(groupWithTimes(sequence, [1001 + sequence]), sequence),
      journal.trim(sequence - 20),
    ]);
    expect(asked).toBe(Math.max(0, sequence - 2));
  }
  await journal.close(true);
});

async function compare(journal: Journal, times: readonly number[]): Promise<void> {
  const oldest = journal.oldest();
  for (let timeMs = times[0]! - 1; timeMs <= times.at(-1)! + 1; timeMs += 1) {
    const plain = times.findLastIndex((time) => time <= timeMs) + 1;
    expect(await journal.sequenceAtTime(timeMs)).toBe(Math.max(plain, oldest - 1));
  }
}

function groupWithTimes(after: number, times: readonly number[]): NewGroup {
  const records = times.map((timeMs, index) =>
    JournalRecord.encode({ ...recordAt(after + 1 + index), timeMs }).finish(),
  );
  return {
    ...{ firstSequence: after + 1, lastSequence: after + times.length, timeMs: times.at(-1)!, records },
    ...{ stateDigest: Buffer.alloc(8), entities: [] },
  };
}
