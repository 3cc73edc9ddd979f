// Goal: damage gives a prefix of what was written or a named corruption, never a wrong record. Method: cut and flip every
// byte of a small journal, with and without a seal and a witness; then single damages whose verdict is known.

import { JournalCorruption } from '../../../src/storage/journal/journal';
import type { Witness } from '../../../src/storage/journal/journal';
import { SEAL_NAME } from '../../../src/storage/journal/mark-files';
import { FaultyFiles } from '../../support/faulty-files';
import {
  DIR,
  appendTo,
  groupAfter,
  openJournal,
  readAndCompare,
  taskHash,
  taskIdAt,
} from '../../support/journal-world';

const RECORDS = 12;
const SETTINGS = { segmentBytesMax: 700 };

interface Sound {
  readonly files: FaultyFiles;
  readonly witness: Witness;
}

async function soundJournal(clean: boolean): Promise<Sound> {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files, SETTINGS);
  await appendTo(journal, RECORDS, 2);
  const { sequence, chain } = journal.head();
  await journal.close(clean);
  return { files, witness: { sequence, chain, source: 'the test' } };
}

function segmentsOf(files: FaultyFiles): string[] {
  return files.namesIn(DIR).filter((name) => name.endsWith('.seg'));
}

/** Opens and reads a damaged journal; gives how far it reached, or undefined for a corruption that was named. */
async function reached(files: FaultyFiles, witnesses: readonly Witness[]): Promise<number | undefined> {
  try {
    const { journal } = await openJournal(files, { ...SETTINGS, witnesses });
    const last = await readAndCompare(journal);
    expect(last).toBe(journal.head().sequence);
    for (let sequence = 1; sequence <= last; sequence += 1) {
      const id = taskIdAt(sequence);
      if ((await journal.record(sequence)).changes[0]!.id !== id) throw new Error(`${sequence} is another record`);
      if ((await journal.lastChange(taskHash(id), sequence)) !== sequence) throw new Error(`${sequence} is missed`);
    }
    await appendTo(journal, last + 1);
    expect(await readAndCompare(journal)).toBe(last + 1);
    return last;
  } catch (error) {
    if (!(error instanceof JournalCorruption)) throw error;
    expect(error.segment).toMatch(/^([0-9a-f]{16}\.seg|oldest|seal)$/);
    return undefined;
  }
}

describe.each([
  ['after a clean stop', true, false],
  ['after an unclean stop', false, false],
  ['after an unclean stop, with a witness', false, true],
])('%s', (_, clean, witnessed) => {
  const sweep = async (change: (bytes: Buffer, offset: number) => Buffer): Promise<void> => {
    const { files: sound, witness } = await soundJournal(clean);
    const names = [...segmentsOf(sound), ...(clean ? [SEAL_NAME] : [])];
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      const path = `${DIR}/${name}`;
      for (let offset = 0; offset < sound.bytesOf(path).length; offset += 1) {
        const files = sound.clone();
        files.setBytes(path, change(Buffer.from(files.bytesOf(path)), offset));
        const last = await reached(files, witnessed ? [witness] : []);
        if (last === undefined || last === RECORDS) continue;
        // A prefix is right only where nothing could know of more: the last groups of an unclean stop.
        if (clean || witnessed || name !== names.at(-1))
          throw new Error(`byte ${offset} of ${name}: lost after ${last}`);
      }
    }
  };

  it('a file that is cut at any byte gives a prefix or a named corruption', async () => {
    await sweep((bytes, offset) => bytes.subarray(0, offset));
  }, 600_000);

  it('a byte that is flipped anywhere gives a prefix or a named corruption', async () => {
    await sweep((bytes, offset) => {
      bytes[offset]! ^= 1 << (offset % 8);
      return bytes;
    });
  }, 600_000);
});

it('a half-written last group is kept aside, cut off and reported', async () => {
  const { files } = await soundJournal(false);
  const name = segmentsOf(files).at(-1)!;
  const path = `${DIR}/${name}`;
  const bytes = files.bytesOf(path);
  const end = bytes.lastIndexOf('HFgr');
  // The group begins in one sector and was lost in the next.
  files.setBytes(path, Buffer.concat([bytes.subarray(0, end + 60), Buffer.alloc(3000)]));
  const { journal, found } = await openJournal(files, SETTINGS);
  expect(found).toMatchObject({ how: 'unclean', tornTail: { segment: name, offset: end } });
  expect(journal.head().sequence).toBe(RECORDS - 2);
  const kept = files.bytesOf(`${DIR}/${found.tornTail!.keptAs}`);
  expect(kept).toEqual(bytes.subarray(end, end + kept.length));
  expect(kept.length).toBe(found.tornTail!.bytes);
});

it('zeros where a witness knows a group are corruption, and nothing is changed', async () => {
  const { files, witness } = await soundJournal(false);
  const path = `${DIR}/${segmentsOf(files).at(-1)!}`;
  const bytes = Buffer.from(files.bytesOf(path));
  files.setBytes(path, bytes.fill(0, bytes.lastIndexOf('HFgr')));
  const before = files.namesIn(DIR);
  await expect(openJournal(files, { ...SETTINGS, witnesses: [witness] })).rejects.toThrow(
    `the journal ends at sequence ${RECORDS - 2}, but the test knows sequence ${RECORDS}`,
  );
  expect(files.namesIn(DIR)).toEqual(before);
  expect(files.bytesOf(path)).toEqual(bytes);
  const { journal } = await openJournal(files, SETTINGS);
  expect(journal.head().sequence).toBe(RECORDS - 2);
});

it('a witness with another chain is corruption, at the head, inside and at the border of a segment', async () => {
  const { files } = await soundJournal(false);
  const { journal } = await openJournal(files, SETTINGS);
  const chains = new Map<number, Uint8Array>();
  for (let head = journal.head().sequence; head < 30; head = journal.head().sequence) {
    await journal.append(groupAfter(head, 2), head);
    chains.set(journal.head().sequence, journal.head().chain);
  }
  await journal.close(false);
  for (const [sequence, chain] of chains) {
    const good = { sequence, chain, source: 'the backup' };
    await (await openJournal(files.clone(), { ...SETTINGS, witnesses: [good] })).journal.close(false);
    const other = { ...good, chain: Buffer.alloc(32, 7) };
    await expect(openJournal(files.clone(), { ...SETTINGS, witnesses: [other] })).rejects.toThrow('the backup knows');
    const inside = { ...good, sequence: sequence - 1 };
    await expect(openJournal(files.clone(), { ...SETTINGS, witnesses: [inside] })).rejects.toThrow('the backup knows');
  }
});

it('a missing segment is named: the first, one between, the last, all', async () => {
  const { files, witness } = await soundJournal(true);
  const names = segmentsOf(files);
  const without = async (gone: readonly string[], witnesses: readonly Witness[]): Promise<string> => {
    const copy = files.clone();
    for (const name of gone) copy.removeNow(`${DIR}/${name}`);
    const opened = openJournal(copy, { ...SETTINGS, witnesses });
    return opened.then(
      () => 'opened',
      (error: Error) => error.message,
    );
  };
  expect(await without([names[0]!], [])).toMatch('are missing');
  expect(await without([names[1]!], [])).toMatch('are missing');
  expect(await without([names.at(-1)!], [])).toMatch('is not the last one');
  expect(await without([names.at(-1)!, SEAL_NAME], [])).toMatch('a later one must exist');
  expect(await without([...names, SEAL_NAME], [witness])).toMatch('there is no journal, but the test knows');
  expect(await without(names, [])).toMatch('seal');
});

it('a damaged footer costs nothing: it is built anew, and verifies at the next start', async () => {
  const { files } = await soundJournal(true);
  const path = `${DIR}/${segmentsOf(files)[0]!}`;
  const bytes = Buffer.from(files.bytesOf(path));
  const footer = bytes.indexOf('HOLDFIDX');
  // Inside the entities: only a look-up meets it.
  bytes[footer + 20]! ^= 1;
  files.setBytes(path, bytes);
  const { journal, warnings } = await openJournal(files, SETTINGS);
  expect(await journal.lastChange(taskHash('t1'), 2)).toBe(1);
  expect(warnings).toHaveLength(1);
  bytes[footer + 20]! ^= 1;
  expect(files.bytesOf(path)).toEqual(bytes);
});

it('a payload may hold anything: frames of this very segment and of others are taken for bytes', async () => {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files, { segmentBytesMax: 100_000, seed: 1 });
  await journal.append(groupAfter(0), 0);
  await journal.close(false);
  const path = `${DIR}/${segmentsOf(files)[0]!}`;
  const segment = Buffer.from(files.bytesOf(path));
  const again = await openJournal(files, { segmentBytesMax: 100_000, seed: 2 });
  const group = groupAfter(1);
  const image = Buffer.concat([Buffer.from('HFgr'), segment, Buffer.from('HOLDFENDHOLDFIDX')]);
  const record = Buffer.concat([group.records[0]!, Buffer.from([0x72, image.length]), image.subarray(0, 120)]);
  record[group.records[0]!.length + 1] = 120;
  await again.journal.append({ ...group, records: [record] }, 1);
  await appendTo(again.journal, 4);
  await again.journal.close(false);
  const { journal: third } = await openJournal(files, { segmentBytesMax: 100_000 });
  expect(third.head().sequence).toBe(4);
  expect((await third.record(4)).sequence).toBe(4);
});
