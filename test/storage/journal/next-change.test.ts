// Goal: an entity's changes are found forward as they are backward. Method: random records over small segments, open, sealed and
// trimmed, and each answer held against a plain search.

import { entityHash } from '../../../src/storage/entity-hash';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import type { Journal } from '../../../src/storage/journal/journal';
import { FaultyFiles } from '../../support/faulty-files';
import { groupAfter, openJournal } from '../../support/journal-world';
import { chosenSeed, randomFrom } from '../../support/seed';

it('changes are found forward and backward, in each segment, after a start and after a trim', async () => {
  const random = randomFrom(chosenSeed());
  const hashes = ['a', 'b', 'c', 'rare'].map((id) => entityHash(EntityKind.TASK, 'default', id));
  hashes.push(0, 2 ** 32 - 1);
  for (let world = 0; world < 10; world += 1) {
    const files = new FaultyFiles(world);
    let { journal } = await openJournal(files, { segmentBytesMax: 2048 });
    const changes: number[][] = [[]];
    while (changes.length <= 120) {
      const head = journal.head().sequence;
      const group = groupAfter(head, 1 + random.below(3));
      const entities: number[] = [];
      for (let sequence = group.firstSequence; sequence <= group.lastSequence; sequence += 1) {
        const changed = hashes.filter((_, index) => random.chance(index === 3 ? 0.02 : 0.3));
        changes.push(changed);
        for (const hash of changed) entities.push(hash, sequence);
      }
      await journal.append({ ...group, entities }, head);
    }
    await compare(journal, hashes, changes);
    // A clean stop: an index that is built anew from the frames would know their records' own entities.
    await journal.trim(1 + random.below(80));
    await compare(journal, hashes, changes);
    await journal.close(true);
    ({ journal } = await openJournal(files, { segmentBytesMax: 2048 }));
    expect(await journal.nextChange(hashes[0]!, journal.head().sequence + 1)).toBe(0);
    await journal.close(true);
  }
});

async function compare(journal: Journal, hashes: readonly number[], changes: readonly number[][]): Promise<void> {
  const oldest = journal.oldest();
  const head = journal.head().sequence;
  for (const hash of hashes) {
    for (let sequence = 0; sequence <= head; sequence += 1) {
      const next = changes.findIndex((changed, at) => at >= Math.max(sequence, oldest) && changed.includes(hash));
      expect(await journal.nextChange(hash, sequence)).toBe(Math.max(next, 0));
      const last = changes.findLastIndex((changed, at) => at <= sequence && at >= oldest && changed.includes(hash));
      expect(await journal.lastChange(hash, sequence)).toBe(Math.max(last, 0));
    }
  }
}
