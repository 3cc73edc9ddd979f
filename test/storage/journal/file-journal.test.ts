// Goal: the file journal keeps the promises of the Journal port while nothing fails. Method: small journals on the disk in
// memory, with segments of a few hundred bytes so that every path crosses their borders.

import { Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import { JournalBehind, PositionTooOld } from '../../../src/storage/journal/journal';
import { nodeFiles } from '../../../src/storage/node-files';
import { FaultyFiles } from '../../support/faulty-files';
import {
  DIR,
  appendTo,
  groupAfter,
  openJournal,
  readAll,
  readAndCompare,
  recordAt,
  taskHash,
  taskIdAt,
} from '../../support/journal-world';
import { tempDir } from '../../support/temp-dir';

const SMALL = { segmentBytesMax: 1024 };

it('a new journal is empty and says that it was created', async () => {
  const { journal, found } = await openJournal(new FaultyFiles());
  expect(found).toEqual({ how: 'created' });
  expect(journal.history).toMatch(/^[0-9a-f]{16}$/);
  expect(journal.head()).toEqual({ sequence: 0, chain: Buffer.alloc(32), timeMs: 0, digest: Buffer.alloc(8) });
  expect(journal.oldest()).toBe(1);
  expect(await readAll(journal)).toEqual([]);
  await journal.close(true);
});

it('what was appended is read again, group by group', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  await journal.append(groupAfter(0, 3), 0);
  await journal.append(groupAfter(3, 2), 3);
  const groups = await readAll(journal);
  expect(groups.map(({ firstSequence, lastSequence }) => [firstSequence, lastSequence])).toEqual([
    [1, 3],
    [4, 5],
  ]);
  expect(groups[1]!.stateDigest).toEqual(Buffer.alloc(8, 5));
  expect(await readAndCompare(journal)).toBe(5);
  expect(journal.head()).toMatchObject({ sequence: 5, timeMs: 1_700_000_000_005, digest: Buffer.alloc(8, 5) });
  await journal.close(true);
});

it.each([0, 1, 2, 3, 7, 99, 100])(
  'reading after %d begins with the next record, even inside a group',
  async (after) => {
    const { journal } = await openJournal(new FaultyFiles(), SMALL);
    await appendTo(journal, 100, 3);
    expect(await readAndCompare(journal, after)).toBe(100);
    await journal.close(true);
  },
);

it('every record is found by its sequence, across segments, before and after a clean start and an unclean one', async () => {
  const files = new FaultyFiles();
  let { journal } = await openJournal(files, SMALL);
  await appendTo(journal, 120, 2);
  expect(files.namesIn(DIR).filter((name) => name.endsWith('.seg')).length).toBeGreaterThan(5);
  const check = async (): Promise<void> => {
    for (let sequence = 1; sequence <= journal.head().sequence; sequence += 1) {
      expect(await journal.record(sequence)).toEqual(JournalRecord.decode(groupAfter(sequence - 1).records[0]!));
    }
    await expect(journal.record(0)).rejects.toBeInstanceOf(PositionTooOld);
    await expect(journal.record(journal.head().sequence + 1)).rejects.toBeInstanceOf(RangeError);
  };
  await check();
  await journal.close(true);
  let opened = await openJournal(files, SMALL);
  expect(opened.found).toEqual({ how: 'clean' });
  ({ journal } = opened);
  await check();
  await appendTo(journal, 130);
  await check();
  await journal.close(false);
  opened = await openJournal(files, SMALL);
  expect(opened.found).toEqual({ how: 'unclean' });
  ({ journal } = opened);
  await check();
  expect(opened.warnings).toEqual([]);
});

it('the last change of an entity is found at every sequence, sealed or not', async () => {
  const files = new FaultyFiles();
  let { journal } = await openJournal(files, SMALL);
  const check = async (): Promise<void> => {
    for (let atMost = 0; atMost <= journal.head().sequence; atMost += 1) {
      for (const id of ['t0', 't3', 't6']) {
        let expected = atMost;
        while (expected > 0 && taskIdAt(expected) !== id) expected -= 1;
        expect(await journal.lastChange(taskHash(id), atMost)).toBe(expected);
      }
      expect(await journal.lastChange(taskHash('nobody'), atMost)).toBe(0);
      const asked = new Set(['t0', 't3', 'nobody'].map((id) => taskHash(id)));
      const newest = await journal.newestChanges((hash) => asked.has(hash), atMost);
      const expected = new Map<number, number>();
      for (const hash of asked) expected.set(hash, await journal.lastChange(hash, atMost));
      expect(newest).toEqual(new Map([...expected].filter(([, sequence]) => sequence > 0)));
    }
  };
  await appendTo(journal, 90, 2);
  await check();
  await journal.close(true);
  ({ journal } = await openJournal(files, SMALL));
  await check();
  await appendTo(journal, 110);
  await check();
  await journal.close(false);
  ({ journal } = await openJournal(files, SMALL));
  await check();
});

it('head, chain and history survive a clean stop', async () => {
  const files = new FaultyFiles();
  const first = await openJournal(files, SMALL);
  await appendTo(first.journal, 33, 4);
  const head = first.journal.head();
  await first.journal.close(true);
  const second = await openJournal(files, SMALL);
  expect(second.journal.head()).toEqual(head);
  expect(second.journal.history).toBe(first.journal.history);
  await second.journal.close(true);
});

it('a clean stop of an empty journal, and of one whose last segment is empty, is clean', async () => {
  const files = new FaultyFiles();
  await (await openJournal(files)).journal.close(true);
  const opened = await openJournal(files);
  expect(opened.found).toEqual({ how: 'clean' });
  expect(opened.journal.head().sequence).toBe(0);
  await opened.journal.close(true);
});

it('an append that expects another head is refused, and the next one works', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  await appendTo(journal, 2);
  await expect(journal.append(groupAfter(1), 1)).rejects.toBeInstanceOf(JournalBehind);
  await expect(journal.append(groupAfter(3), 2)).rejects.toBeInstanceOf(RangeError);
  await appendTo(journal, 3);
  expect(await readAndCompare(journal)).toBe(3);
});

it('overlapping appends are refused', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  const first = journal.append(groupAfter(0), 0);
  await expect(journal.append(groupAfter(0), 0)).rejects.toThrow('overlap');
  await first;
  expect(await readAndCompare(journal)).toBe(1);
});

it('records and groups out of bounds are refused before they are written', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  await expect(journal.append(groupAfter(0, 1, 3 * 1024 * 1024), 0)).rejects.toBeInstanceOf(RangeError);
  await expect(journal.append(groupAfter(0, 5, 2 * 1024 * 1024), 0)).rejects.toBeInstanceOf(RangeError);
  await journal.append(groupAfter(0, 2, 2 * 1024 * 1024), 0);
  expect(await readAndCompare(journal, 0, 2 * 1024 * 1024)).toBe(2);
});

it('waiting ends with the next append, and with the close', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  await journal.waitForChange(-1);
  const waiting = journal.waitForChange(0);
  await appendTo(journal, 1);
  await waiting;
  const never = journal.waitForChange(1);
  never.catch(() => undefined);
  await journal.close(true);
  await expect(never).rejects.toThrow('closed');
  await expect(journal.waitForChange(1)).rejects.toThrow('closed');
  await expect(journal.append(groupAfter(1), 1)).rejects.toThrow('closed');
});

it('a reader that began earlier sees what is appended while it reads, and ends at the head', async () => {
  const { journal } = await openJournal(new FaultyFiles(), SMALL);
  await appendTo(journal, 4);
  const seen: number[] = [];
  for await (const { lastSequence } of journal.read(0)) {
    seen.push(lastSequence);
    if (lastSequence <= 40) await appendTo(journal, journal.head().sequence + 1);
  }
  expect(seen).toEqual(Array.from({ length: 44 }, (_, index) => index + 1));
});

it('a trim deletes whole segments below, keeps the rest readable, and is remembered', async () => {
  const files = new FaultyFiles();
  let { journal } = await openJournal(files, SMALL);
  await appendTo(journal, 100);
  await journal.trim(50);
  const oldest = journal.oldest();
  expect(oldest).toBeGreaterThan(30);
  expect(oldest).toBeLessThanOrEqual(50);
  const check = async (): Promise<void> => {
    expect(journal.oldest()).toBe(oldest);
    expect(await readAndCompare(journal, oldest - 1)).toBe(100);
    await expect(readAll(journal, oldest - 2)).rejects.toBeInstanceOf(PositionTooOld);
    await expect(journal.record(oldest - 1)).rejects.toBeInstanceOf(PositionTooOld);
    expect((await journal.record(oldest)).sequence).toBe(oldest);
    expect(await journal.lastChange(taskHash('t0'), oldest - 1)).toBe(0);
  };
  await check();
  await journal.close(true);
  ({ journal } = await openJournal(files, SMALL));
  await check();
  await journal.trim(Infinity);
  expect(files.namesIn(DIR).filter((name) => name.endsWith('.seg'))).toHaveLength(1);
  await appendTo(journal, 101);
});

it('a reader in a segment that is trimmed reads it to its end, then hears that the rest is too old', async () => {
  const { journal } = await openJournal(new FaultyFiles(), SMALL);
  await appendTo(journal, 60);
  const groups = journal.read(0)[Symbol.asyncIterator]();
  await groups.next();
  await journal.trim(40);
  let last = 1;
  const rest = async (): Promise<void> => {
    for (let step = await groups.next(); !step.done; step = await groups.next()) last = step.value.lastSequence;
  };
  await expect(rest()).rejects.toBeInstanceOf(PositionTooOld);
  expect(last).toBeGreaterThan(2);
});

it('room is what can be appended without asking the disk, and making room makes it', async () => {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files);
  await journal.makeRoom(3_000_000);
  expect(journal.room()).toBeGreaterThanOrEqual(3_000_000);
  files.capacity = 0;
  await journal.append(groupAfter(0, 1, 2_900_000), 0);
  expect(await readAndCompare(journal, 0, 2_900_000)).toBe(1);
});

it('the stamps of an append come in order', async () => {
  const { journal } = await openJournal(new FaultyFiles());
  const timings = { writeStart: 0, syncStart: 0, syncEnd: 0 };
  await journal.append(groupAfter(0), 0, timings);
  expect(timings.writeStart).toBeGreaterThan(0);
  expect(timings.syncStart).toBeGreaterThanOrEqual(timings.writeStart);
  expect(timings.syncEnd).toBeGreaterThanOrEqual(timings.syncStart);
});

it('works on the real disk: rotation, clean start, unclean start, trim', async () => {
  const dir = `${tempDir()}/journal`;
  const settings = { dir, segmentBytesMax: 64 * 1024 };
  let { journal } = await openJournal(nodeFiles, settings);
  await appendTo(journal, 3000, 7);
  expect(await readAndCompare(journal)).toBe(3000);
  await journal.close(true);
  ({ journal } = await openJournal(nodeFiles, settings));
  await appendTo(journal, 3500, 7);
  await journal.close(false);
  const opened = await openJournal(nodeFiles, settings);
  expect(opened.found.how).toBe('unclean');
  expect(await readAndCompare(opened.journal)).toBe(3500);
  await opened.journal.trim(2000);
  expect((await opened.journal.record(2000)).changes[0]!.id).toBe(taskIdAt(2000));
  expect(Buffer.from((await opened.journal.record(2000)).changes[0]!.image)).toEqual(recordAt(2000).changes[0]!.image);
  await opened.journal.close(true);
});
