// Goal: a journal of several histories reads as one, whatever the fork, and gives no number twice. Method: small journals cut at every
// sequence, opened, read, appended to, cut again; damage at the seams is named.

import { Record as JournalRecord, Verb } from '../../../src/gen/holdfast/journal/v1/journal';
import { cutJournal } from '../../../src/storage/journal/cut-journal';
import { JournalCorruption, PositionTooOld } from '../../../src/storage/journal/journal';
import type { Journal } from '../../../src/storage/journal/journal';
import { forkOf, historyAt, sequenceAfter } from '../../../src/storage/journal/lineage';
import { firstOfHistory } from '../../../src/storage/journal/new-history';
import { readStoppedJournal } from '../../../src/storage/journal/read-journal';
import { verifyJournal } from '../../../src/storage/journal/verify';
import type { FaultyFiles } from '../../support/faulty-files';
import {
  appendTo,
  DIR,
  freshDisk,
  groupAfter,
  openJournal,
  readAll,
  recordAt,
  taskHash,
  taskIdAt,
} from '../../support/journal-world';
import { randomFrom } from '../../support/seed';

const SEGMENT = 2000;

/** A stopped journal of so many records, in groups of three, in several segments. */
async function stopped(records: number, dir = DIR): Promise<FaultyFiles> {
  const files = await freshDisk();
  const { journal } = await openJournal(files, { dir, segmentBytesMax: SEGMENT });
  await appendTo(journal, records, 3);
  await journal.close(true);
  return files;
}

interface Cut {
  readonly from?: string;
  readonly to: string;
  readonly fork: number;
  readonly first: number;
  readonly history?: string;
  readonly keepFrom?: number;
}

/** Begins a new history in a directory of its own. */
async function cut(files: FaultyFiles, { from = DIR, to, fork, first, history = 'bb00', keepFrom = 0 }: Cut) {
  const source = (await readStoppedJournal(files, from, fork))!;
  await files.makeDirectory(to);
  await files.syncDirectory('/store');
  const spans = source.set.lineage;
  const record = { ...recordAt(first), verb: Verb.BEGIN_HISTORY, changes: [], reply: [] };
  const head = await cutJournal({
    files,
    to,
    source: { set: source.set, from: keepFrom },
    begin: {
      history: history.padStart(16, '0'),
      parent: historyAt(spans, fork),
      fork: { sequence: fork, timeMs: recordAt(fork).timeMs, digest: Buffer.alloc(8, fork % 256), chain: undefined },
      record: JournalRecord.encode(record).finish(),
      stateDigest: Buffer.alloc(8, first % 256),
    },
    random: (bytes) => randomFrom(first + fork).bytes(bytes),
  });
  source.close();
  return head;
}

async function sequences(journal: Journal, after = 0): Promise<number[]> {
  return (await readAll(journal, after)).flatMap(({ records }) => records.map(({ sequence }) => sequence));
}

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('a new history', () => {
  it('reads as one journal with its parent, whatever the fork', async () => {
    const files = await stopped(70);
    const original = files.clone();
    for (let fork = 1; fork <= 70; fork += 1) {
      const to = `/store/cut-${fork}`;
      const head = await cut(files, { to, fork, first: 1000 });
      const { journal, found } = await openJournal(files, { dir: to, segmentBytesMax: SEGMENT });
      expect(found.how).toBe('clean');
      expect(journal.head()).toEqual(head);
      const parent = journal.lineage()[0]!.history;
      expect(journal.lineage()).toEqual([
        { history: parent, first: 1, last: fork },
        { history: '000000000000bb00', first: 1000, last: 1000 },
      ]);
      await appendTo(journal, 1040, 2);
      const all = [...upTo(fork), ...upTo(1040, 1000)];
      expect(await sequences(journal)).toEqual(all);
      // A cursor anywhere goes on with the next that exists.
      for (const after of [0, fork - 1, fork, fork + 1, 999, 1000, 1017]) {
        expect(await sequences(journal, after)).toEqual(all.filter((sequence) => sequence > after));
      }
      expect((await journal.record(fork)).sequence).toBe(fork);
      expect((await journal.record(1000)).verb).toBe(Verb.BEGIN_HISTORY);
      await expect(journal.record(fork + 1)).rejects.toThrow(RangeError);
      await expect(journal.record(999)).rejects.toThrow(RangeError);
      const chain = await journal.chainAfter(fork);
      expect(chain).toBeDefined();
      expect(await journal.chainAfter(fork + 1)).toBeUndefined();
      const id = taskIdAt(fork);
      expect(await journal.lastChange(taskHash(id), 999)).toBe(fork);
      expect(await journal.sequenceAtTime(recordAt(fork).timeMs)).toBe(fork);
      expect(await journal.sequenceAtTime(recordAt(999).timeMs)).toBe(fork);
      await journal.close(true);
      const report = await verifyJournal({ files, dir: to });
      expect(report.problems).toEqual([]);
      expect(report).toMatchObject({ history: '000000000000bb00', records: all.length, newest: 1040 });
      // Also after an unclean stop.
      const again = await openJournal(files, { dir: to, witnesses: [{ sequence: fork, chain: chain!, source: 'x' }] });
      expect(await sequences(again.journal)).toEqual(all);
      await again.journal.close(false);
    }
    // The parent was not touched.
    for (const name of original.namesIn(DIR)) {
      expect(files.bytesOf(`${DIR}/${name}`).equals(original.bytesOf(`${DIR}/${name}`))).toBe(true);
    }
  });

  it('forks off a history that forked off another one, and off its grandparent', async () => {
    const files = await stopped(40);
    await cut(files, { to: '/store/b', fork: 31, first: 500, history: 'b' });
    const { journal } = await openJournal(files, { dir: '/store/b', segmentBytesMax: SEGMENT });
    await appendTo(journal, 560, 3);
    await journal.close(true);
    for (const [fork, parent, last] of [
      [530, 'b', 31],
      [500, 'b', 31],
      [17, '', 17],
    ] as const) {
      const to = `/store/c-${fork}`;
      await cut(files, { from: '/store/b', to, fork, first: 9000, history: 'c' });
      const opened = await openJournal(files, { dir: to });
      const spans = opened.journal.lineage();
      expect(spans.map(({ last: end }) => end)).toEqual(parent === 'b' ? [last, fork, 9000] : [last, 9000]);
      expect(await sequences(opened.journal)).toEqual([
        ...upTo(last),
        ...(parent === 'b' ? upTo(fork, 500) : []),
        9000,
      ]);
      expect((await verifyJournal({ files, dir: to })).problems).toEqual([]);
      await opened.journal.close(true);
    }
  });

  it('keeps only the segments that a base does not cover', async () => {
    const files = await stopped(70);
    await cut(files, { to: '/store/b', fork: 60, first: 500, keepFrom: 40 });
    const { journal } = await openJournal(files, { dir: '/store/b' });
    expect(journal.oldest()).toBeGreaterThan(1);
    expect(journal.oldest()).toBeLessThanOrEqual(40);
    expect(journal.floor()).toBe(journal.oldest() - 1);
    expect(await sequences(journal, 45)).toEqual([...upTo(60, 46), 500]);
    await expect(journal.record(3)).rejects.toThrow(PositionTooOld);
    await journal.close(true);
  });

  it('begins with nothing but a backup when the journal is lost', async () => {
    const files = await freshDisk();
    await files.makeDirectory('/store/b');
    const fork = { sequence: 77, timeMs: recordAt(77).timeMs, digest: Buffer.alloc(8, 77), chain: Buffer.alloc(32, 9) };
    await cutJournal({
      files,
      to: '/store/b',
      source: undefined,
      begin: {
        ...{ history: '00000000000000bb', parent: '00000000000000aa', fork },
        record: JournalRecord.encode(recordAt(4000)).finish(),
        stateDigest: Buffer.alloc(8, 1),
      },
      random: (bytes) => randomFrom(1).bytes(bytes),
    });
    const { journal } = await openJournal(files, { dir: '/store/b' });
    expect(journal.floor()).toBe(77);
    expect(journal.oldest()).toBe(4000);
    expect(await sequences(journal, 77)).toEqual([4000]);
    await expect(sequences(journal, 76)).rejects.toThrow(PositionTooOld);
    expect(Buffer.from((await journal.chainAfter(77))!)).toEqual(fork.chain);
    await appendTo(journal, 4010);
    await journal.close(true);
    expect((await verifyJournal({ files, dir: '/store/b' })).problems).toEqual([]);
    const again = await openJournal(files, { dir: '/store/b', witnesses: [{ ...fork, source: 'the base' }] });
    expect(again.journal.lineage()).toEqual([
      { history: '00000000000000aa', first: 0, last: 77 },
      { history: '00000000000000bb', first: 4000, last: 4010 },
    ]);
    await again.journal.close(true);
  });

  it('is refused when it does not fork where the segment before ends', async () => {
    const files = await stopped(40);
    await cut(files, { to: '/store/b', fork: 31, first: 500 });
    await cut(files, { to: '/store/c', fork: 30, first: 500 });
    const [last] = files.namesIn('/store/c').filter((name) => name.endsWith('01f4.seg'));
    files.setBytes(`/store/b/${last}`, Buffer.from(files.bytesOf(`/store/c/${last}`)));
    files.removeNow('/store/b/seal');
    await expect(openJournal(files, { dir: '/store/b' })).rejects.toThrow(JournalCorruption);
    const { problems } = await verifyJournal({ files, dir: '/store/b' });
    expect(problems.map(({ problem }) => problem).join()).toContain('which does not go on from');
  });

  it('survives a power cut right after it was built', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const files = await stopped(40);
      await cut(files, { to: '/store/b', fork: 31, first: 500 });
      files.powerCut(seed);
      const { journal } = await openJournal(files, { dir: '/store/b' });
      expect(await sequences(journal)).toEqual([...upTo(31), 500]);
      await journal.close(true);
    }
  });
});

describe('the first number of a history', () => {
  const known = { witnesses: [], timesMs: [Date.UTC(2026, 5, 1)] };

  it('is the next one where the head is known', () => {
    expect(firstOfHistory({ ...known, head: 41, witnesses: [40, 7] })).toBe(42);
  });

  it('lies above what time allows where it is not, and above every witness', () => {
    const minutes = (Date.UTC(2026, 5, 1) - Date.UTC(2026, 0, 1)) / 60_000;
    expect(firstOfHistory({ ...known, head: undefined })).toBeGreaterThan(minutes * 2 ** 27);
    expect(firstOfHistory({ ...known, head: 3, witnesses: [9] })).toBeGreaterThan(minutes * 2 ** 27);
    // … and above what may have followed it in the same moment.
    expect(firstOfHistory({ ...known, head: undefined, witnesses: [2 ** 50] })).toBe(2 ** 50 + 2 ** 35 + 1);
  });

  it('grows from one millisecond to the next by more than any disk takes in one, also when the clock is set back', () => {
    const at = (ms: number, ...times: number[]): number =>
      firstOfHistory({ head: undefined, witnesses: [], timesMs: [ms, ...times] });
    const now = Date.UTC(2026, 5, 1);
    expect(at(now + 1) - at(now)).toBeGreaterThan(2000);
    expect(at(Date.UTC(2020, 0, 1), now)).toBe(at(now));
    expect(Number.isSafeInteger(at(Date.UTC(2150, 0, 1)))).toBe(true);
  });
});

describe('the lineage', () => {
  const spans = [
    { history: 'a', first: 1, last: 10 },
    { history: 'b', first: 20, last: 25 },
    { history: 'c', first: 90, last: 95 },
  ];

  it('tells which history gave a number, where each was left, and what comes next', () => {
    expect([1, 10, 20, 25, 90].map((sequence) => historyAt(spans, sequence)).join('')).toBe('aabbc');
    expect(['a', 'b', 'c', 'x'].map((history) => forkOf(spans, history))).toEqual([10, 25, undefined, undefined]);
    expect([0, 9, 10, 15, 19, 20, 25, 89, 90].map((sequence) => sequenceAfter(spans, sequence))).toEqual([
      1, 10, 20, 20, 20, 21, 90, 90, 91,
    ]);
  });
});

// A group that is cut ends with another chain than the whole one would have: what follows is another history.
test('a cut group keeps its first records and commits to the state at the fork', async () => {
  const files = await stopped(12);
  const whole = (await readStoppedJournal(files, DIR))!;
  expect(groupAfter(9, 3).lastSequence).toBe(12);
  await cut(files, { to: '/store/b', fork: 11, first: 50 });
  const { journal } = await openJournal(files, { dir: '/store/b' });
  const groups = await readAll(journal, 9);
  expect(groups.map(({ firstSequence, lastSequence }) => [firstSequence, lastSequence])).toEqual([
    [10, 11],
    [50, 50],
  ]);
  expect(Buffer.from(groups[0]!.stateDigest)).toEqual(Buffer.alloc(8, 11));
  expect(await whole.reader.chainAfter(11)).toBeUndefined();
  whole.close();
  await journal.close(true);
});
