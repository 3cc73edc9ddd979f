import fc from 'fast-check';
import { Record as RecordCodec, Verb } from '../../src/gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { Feed } from '../../src/engine/feed';
import { MemoryJournal } from '../support/memory-journal';
import { chosenSeed } from '../support/seed';

function record(sequence: number): JournalRecord {
  return { ...RecordCodec.decode(new Uint8Array()), sequence, verb: Verb.BOOT, timeMs: sequence };
}

/** A feed over a journal that has everything, as the committer would fill both. */
class World {
  readonly journal = new MemoryJournal();
  readonly feed = new Feed(this.journal, 0);
  private head = 0;

  /** Publishes `count` records that say they are `bytes` long, as one group. */
  publish(count: number, bytes = 100): void {
    const records = Array.from({ length: count }, () => record(++this.head));
    this.journal.groups.push({
      firstSequence: this.head - count + 1,
      lastSequence: this.head,
      records,
      stateDigest: new Uint8Array(8),
    });
    this.feed.publish(records.map((one) => ({ record: one, bytes })));
  }
}

async function drain(feed: Feed, after: number): Promise<{ sequences: number[]; disk: boolean }> {
  const cursor = feed.open(after);
  const sequences: number[] = [];
  let disk = false;
  while (cursor.position < feed.head) {
    const step = await cursor.next();
    disk ||= step.fromDisk;
    sequences.push(...step.records.map((one) => one.sequence));
  }
  cursor.close();
  return { sequences, disk };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the feed', () => {
  it('refuses to publish a record twice, or with a gap before it (E1)', () => {
    const { feed } = new World();
    feed.publish([{ record: record(1), bytes: 1 }]);
    expect(() => feed.publish([{ record: record(1), bytes: 1 }])).toThrow(/broken invariant E1/);
    expect(() => feed.publish([{ record: record(3), bytes: 1 }])).toThrow(/broken invariant E1/);
  });

  it('hands out what is in memory without touching the disk', async () => {
    const world = new World();
    const other = world.feed.open(0);
    world.publish(20);
    expect(await drain(world.feed, 5)).toEqual({ sequences: range(6, 20), disk: false });
    other.close();
  });

  it('keeps nothing in memory while nobody reads (E3)', async () => {
    const world = new World();
    world.publish(20);
    expect(await drain(world.feed, 5)).toEqual({ sequences: range(6, 20), disk: true });
    const last = world.feed.open(20);
    world.publish(5);
    last.close();
    expect(await drain(world.feed, 20)).toEqual({ sequences: range(21, 25), disk: true });
  });

  it('reads a reader that is far behind from the journal, and joins it to memory without a gap (E2)', async () => {
    const world = new World();
    for (let group = 0; group < 60; group++) world.publish(7, 20_000);
    const { sequences, disk } = await drain(world.feed, 3);
    expect(disk).toBe(true);
    expect(sequences).toEqual(range(4, 420));
  });

  it('hands out every record exactly once to readers who come and go at any pace (E2)', async () => {
    const step = fc.oneof(
      fc.record({ publish: fc.integer({ min: 1, max: 40 }), bytes: fc.constantFrom(10, 50_000, 400_000) }),
      fc.record({ read: fc.integer({ min: 0, max: 2 }) }),
      fc.record({ reopen: fc.integer({ min: 0, max: 2 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const world = new World();
        const seen: number[][] = [[], [], []];
        const cursors = seen.map(() => world.feed.open(0));
        const read = async (which: number): Promise<void> => {
          const { records } = (await cursors[which]?.next()) ?? { records: [] };
          seen[which]?.push(...records.map((one) => one.sequence));
        };
        for (const one of steps) {
          if ('publish' in one) world.publish(one.publish, one.bytes);
          else if ('read' in one) await read(one.read);
          else {
            const position = cursors[one.reopen]?.position ?? 0;
            cursors[one.reopen]?.close();
            cursors[one.reopen] = world.feed.open(position);
          }
        }
        for (const which of [0, 1, 2]) {
          while ((cursors[which]?.position ?? 0) < world.feed.head) await read(which);
          expect(seen[which]).toEqual(range(1, world.feed.head));
        }
      }),
      { seed: chosenSeed() | 0, numRuns: 100 },
    );
  });

  it('wakes a reader that waits at the head, and one that closes', async () => {
    const world = new World();
    const reading = world.feed.open(0);
    const closing = world.feed.open(0);
    const woken = Promise.all([reading.changed(), closing.changed()]);
    closing.close();
    world.publish(1);
    await woken;
    expect(reading.nextNow()?.map((one) => one.sequence)).toEqual([1]);
  });

  it('does not let a reader wait that is behind', async () => {
    const world = new World();
    world.publish(2);
    await expect(world.feed.open(1).changed()).resolves.toBeUndefined();
  });
});
