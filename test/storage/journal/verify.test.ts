// Goal: dump and verify tell all and only what is on disk. Method: a small journal of several segments, sound, then with one
// fault each, named with its segment and place.

import type { DumpEntry } from '../../../src/storage/journal/dump';
import { dumpJournal } from '../../../src/storage/journal/dump';
import { SEAL_NAME } from '../../../src/storage/journal/mark-files';
import type { JournalReport, VerifyProgress } from '../../../src/storage/journal/verify';
import { verifyJournal } from '../../../src/storage/journal/verify';
import { Record as JournalRecord } from '../../../src/gen/holdfast/journal/v1/journal';
import { FaultyFiles } from '../../support/faulty-files';
import { DIR, appendTo, openJournal, recordAt } from '../../support/journal-world';

async function journalOf(records: number, clean = true): Promise<FaultyFiles> {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files, { segmentBytesMax: 1024 });
  await appendTo(journal, records, 2);
  await journal.close(clean);
  return files;
}

function segmentsOf(files: FaultyFiles): string[] {
  return files.namesIn(DIR).filter((name) => name.endsWith('.seg'));
}

async function dumped(files: FaultyFiles): Promise<DumpEntry[]> {
  const entries: DumpEntry[] = [];
  for await (const entry of dumpJournal({ files, dir: DIR })) entries.push(entry);
  return entries;
}

function flip(files: FaultyFiles, name: string, offset: number): void {
  const path = `${DIR}/${name}`;
  const bytes = Buffer.from(files.bytesOf(path));
  bytes[offset]! ^= 0x10;
  files.setBytes(path, bytes);
}

it('a sound journal verifies, and the report counts what is in it', async () => {
  const files = await journalOf(60);
  const told: VerifyProgress[] = [];
  const report = await verifyJournal({ files, dir: DIR, progress: (progress) => told.push(progress) });
  expect(report).toMatchObject({ groups: 30, records: 60, oldest: 1, newest: 60, clean: true, problems: [] });
  expect(report.segments).toBe(segmentsOf(files).length);
  expect(report.segments).toBeGreaterThan(2);
  expect(report.history).toMatch(/^[0-9a-f]{16}$/);
  expect(told.at(-1)).toEqual({ bytes: report.bytes, bytesTotal: report.bytes });
});

it('verifying and dumping change nothing', async () => {
  const files = await journalOf(20, false);
  const before = files.changes;
  await verifyJournal({ files, dir: DIR });
  await dumped(files);
  expect(files.changes).toBe(before);
});

it('a dump holds each segment, group and record, and ends with the seal', async () => {
  const files = await journalOf(60);
  const entries = await dumped(files);
  const records = entries.filter((entry) => entry.type === 'record');
  expect(records).toHaveLength(60);
  expect(records[9]).toEqual({
    type: 'record',
    sequence: 10,
    timeMs: 1_700_000_000_010,
    verb: 'UPDATE_TASK',
    principal: 'local',
    session: '',
    requestId: '',
    traceId: '',
    bytes: JournalRecord.encode(recordAt(10)).finish().length,
    changes: [
      {
        kind: 'TASK',
        project: 'default',
        id: 't3',
        event: '',
        removed: false,
        previousSequence: 0,
        changedPaths: [],
        bytes: 40,
      },
    ],
  });
  expect(entries.filter(({ type }) => type === 'group')).toHaveLength(30);
  expect(entries.filter(({ type }) => type === 'segment')).toHaveLength(segmentsOf(files).length);
  expect(entries.at(-1)).toMatchObject({ type: 'end', sequence: 60, clean: true });
});

it('a torn tail is reported, and is no damage', async () => {
  const files = await journalOf(21, false);
  const name = segmentsOf(files).at(-1)!;
  const groups = (await dumped(files)).flatMap((entry) => (entry.type === 'group' ? [entry] : []));
  const last = groups.at(-1)!;
  flip(files, name, last.offset + last.bytes - 1);
  const report = await verifyJournal({ files, dir: DIR });
  expect(report).toMatchObject({ newest: 20, clean: false, problems: [] });
  expect(report.tornTail).toEqual({ segment: name, offset: last.offset, bytes: last.bytes });
  expect(await dumped(files)).toContainEqual({ type: 'torn', ...report.tornTail });
});

it('a missing segment, a damaged one and a damaged footer are each named', async () => {
  const check = async (change: (files: FaultyFiles, names: string[]) => void): Promise<JournalReport> => {
    const files = await journalOf(60);
    change(files, segmentsOf(files));
    return verifyJournal({ files, dir: DIR });
  };
  const missing = await check((files, names) => files.removeNow(`${DIR}/${names[1]!}`));
  expect(missing.problems).toMatchObject([{ offset: 80 }]);
  const damaged = await check((files, names) => flip(files, names[1]!, 200));
  expect(damaged.problems).toMatchObject([{ offset: 160 }]);
  const footer = await check((files, names) => flip(files, names[0]!, files.bytesOf(`${DIR}/${names[0]!}`).length - 1));
  expect(footer.problems.map(({ problem }) => problem).join()).toMatch('footer');
  const last = await check((files, names) => files.removeNow(`${DIR}/${names.at(-1)!}`));
  expect(last.problems.map(({ problem }) => problem).join()).toMatch('is missing');
  const seal = await check((files) => flip(files, SEAL_NAME, 70));
  expect(seal.problems).toEqual([{ segment: SEAL_NAME, offset: 0, problem: 'the seal does not verify' }]);
});

it('every flipped byte of a sealed segment is found', async () => {
  const sound = await journalOf(24);
  const name = segmentsOf(sound)[1]!;
  const length = sound.bytesOf(`${DIR}/${name}`).length;
  for (let offset = 0; offset < length; offset += 1) {
    const files = sound.clone();
    flip(files, name, offset);
    const { problems } = await verifyJournal({ files, dir: DIR });
    if (problems.length === 0) throw new Error(`the flipped byte ${offset} of ${length} was not found`);
  }
});
