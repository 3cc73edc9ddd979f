// Goal: a disk that says no is believed. Method: fail single calls on the disk in memory, one place after another, and look
// at what is acknowledged, what is found at the next start, and whether the journal goes on when it may.

import { JournalCorruption } from '../../../src/storage/journal/journal';
import { verifyJournal } from '../../../src/storage/journal/verify';
import type { FileCall } from '../../support/faulty-files';
import { FaultyFiles } from '../../support/faulty-files';
import { DIR, appendTo, freshDisk, groupAfter, openJournal, readAndCompare } from '../../support/journal-world';

const SETTINGS = { segmentBytesMax: 1500 };
const SEGMENT = /\d\.seg$/;

it.each<[string, FileCall, boolean]>([
  ['a failed write', 'write', false],
  ['a write that goes half-way', 'write', true],
  ['a failed flush', 'datasync', false],
])('%s ends all appends, and the next start finds what was acknowledged', async (_, call, short) => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const files = await freshDisk(seed);
    const { journal } = await openJournal(files, { segmentBytesMax: 100_000 });
    await journal.makeRoom(50_000);
    await appendTo(journal, 5, 2);
    files.fail({ call, path: SEGMENT, code: 'EIO', short });
    await expect(journal.append(groupAfter(5, 3), 5)).rejects.toThrow('before a restart');
    // The disk would work again: what it kept of the group, nobody knows.
    await expect(journal.append(groupAfter(5), 5)).rejects.toThrow('before a restart');
    await expect(journal.makeRoom(1)).rejects.toThrow('before a restart');
    expect(await readAndCompare(journal)).toBe(5);
    await journal.close(true);
    files.powerCut(seed);
    const { journal: again, found } = await openJournal(files);
    expect(found.how).toBe('unclean');
    const { sequence } = again.head();
    expect([5, 8]).toContain(sequence);
    await appendTo(again, 10);
    expect(await readAndCompare(again)).toBe(10);
    await again.close(true);
  }
});

it('bytes that a failed flush left in the page cache alone are flushed before they are served', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const files = await freshDisk(seed);
    const { journal } = await openJournal(files, { segmentBytesMax: 100_000 });
    await appendTo(journal, 5);
    files.fail({ call: 'datasync', path: SEGMENT, code: 'EIO' });
    await expect(journal.append(groupAfter(5), 5)).rejects.toThrow();
    // The process restarts, the system does not: the group can be read, and another flush of that file would succeed.
    files.kill();
    const { journal: again } = await openJournal(files);
    const served = again.head().sequence;
    expect(served).toBe(6);
    files.powerCut(seed);
    const { journal: third } = await openJournal(files);
    expect(third.head().sequence).toBe(served);
    expect(await readAndCompare(third)).toBe(served);
  }
});

it('a full disk is met where room is made; appends into room go on, and so does the journal when there is space', async () => {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files);
  await journal.makeRoom(400_000);
  files.capacity = 0;
  const room = journal.room();
  await expect(journal.makeRoom(room + 5_000_000)).rejects.toMatchObject({ code: 'ENOSPC' });
  let appended = 0;
  while (journal.room() > 40_000) {
    await journal.append(groupAfter(appended, 1, 30_000), appended);
    appended += 1;
  }
  expect(appended).toBeGreaterThan(8);
  await expect(journal.append(groupAfter(appended, 1, 1_000_000), appended)).rejects.toMatchObject({ code: 'ENOSPC' });
  files.heal();
  await journal.makeRoom(2_000_000);
  expect(journal.room()).toBeGreaterThanOrEqual(2_000_000);
  await journal.append(groupAfter(appended, 1, 30_000), appended);
  expect(await readAndCompare(journal, 0, 30_000)).toBe(appended + 1);
  await journal.close(true);
});

it('a full disk at the border of a segment refuses the room, not the records after it', async () => {
  const files = new FaultyFiles();
  const { journal } = await openJournal(files, SETTINGS);
  await appendTo(journal, 9);
  files.fail({ call: 'write', path: /next/, code: 'ENOSPC', sticky: true });
  await expect(journal.makeRoom(1400)).rejects.toMatchObject({ code: 'ENOSPC' });
  files.heal();
  await journal.makeRoom(1400);
  await appendTo(journal, 40);
  expect(await readAndCompare(journal)).toBe(40);
  await journal.close(true);
});

it('a failed flush of space written ahead does not hide the failure of a group', async () => {
  const files = await freshDisk(3);
  const { journal } = await openJournal(files);
  await journal.makeRoom(500_000);
  await appendTo(journal, 3);
  files.fail({ call: 'datasync', path: SEGMENT, code: 'EIO' });
  const ahead = journal.makeRoom(3_000_000).catch((error: NodeJS.ErrnoException) => error.code);
  const append = journal.append(groupAfter(3), 3).then(
    () => 'acknowledged',
    () => 'refused',
  );
  // Whichever flush the kernel failed, the group's own handle hears of it, unless the group was flushed before.
  expect(await ahead).toBe('EIO');
  const outcome = await append;
  files.powerCut(1);
  const { journal: again } = await openJournal(files);
  if (outcome === 'acknowledged') expect(again.head().sequence).toBe(4);
});

/** A life that crosses every path once: create, append, rotate, seal, trim, clean and unclean start. Gives what was acknowledged. */
async function fullLife(files: FaultyFiles): Promise<number> {
  let acknowledged = 0;
  const to = async (journal: Awaited<ReturnType<typeof openJournal>>['journal'], target: number): Promise<void> => {
    for (; acknowledged < target; acknowledged += 1) await journal.append(groupAfter(acknowledged), acknowledged);
  };
  try {
    await files.makeDirectory('/store');
    await files.syncDirectory('/');
    let { journal } = await openJournal(files, SETTINGS);
    await to(journal, 12);
    await journal.close(true);
    ({ journal } = await openJournal(files, SETTINGS));
    await to(journal, 26);
    await journal.trim(12);
    await journal.close(false);
    ({ journal } = await openJournal(files, SETTINGS));
    await to(journal, 30);
    await journal.close(true);
  } catch (error) {
    if (error instanceof JournalCorruption) throw error;
  }
  return acknowledged;
}

async function expectWhole(files: FaultyFiles, acknowledged: number, what: string): Promise<void> {
  const { journal } = await openJournal(files, SETTINGS);
  const { sequence } = journal.head();
  if (sequence < acknowledged) throw new Error(`${what}: ${acknowledged} was acknowledged, ${sequence} is there`);
  expect(await readAndCompare(journal, journal.oldest() - 1)).toBe(sequence);
  await appendTo(journal, sequence + 20);
  await journal.close(true);
  const { problems } = await verifyJournal({ files, dir: DIR });
  if (problems.length > 0) throw new Error(`${what}: ${JSON.stringify(problems)}`);
}

it('the power may go at every single change of a whole life', async () => {
  for (let crashAt = 3; ; crashAt += 1) {
    for (let seed = 1; seed <= 3; seed += 1) {
      const files = new FaultyFiles(seed);
      files.crashAtChange(crashAt);
      const acknowledged = await fullLife(files);
      if (!files.isDown) {
        expect(crashAt).toBeGreaterThan(100);
        return;
      }
      files.powerCut(seed * 7919 + crashAt);
      // Recovery is cut short too, once.
      files.crashAtChange(files.changes + 1 + (crashAt % 9));
      const again = await openJournal(files, SETTINGS).catch((error: unknown) => error);
      if (again instanceof JournalCorruption) throw new Error(`change ${crashAt}, seed ${seed}: ${again.message}`);
      files.powerCut(seed);
      await expectWhole(files, acknowledged, `change ${crashAt}, seed ${seed}`);
    }
  }
}, 600_000);

it.each<FileCall>([
  'open',
  'read',
  'write',
  'datasync',
  'sync',
  'truncate',
  'rename',
  'unlink',
  'list',
  'syncDirectory',
])(
  'each call of %s may fail once in a whole life',
  async (call) => {
    for (let nth = 1; ; nth += 1) {
      const files = new FaultyFiles(nth);
      files.fail({ call, nth, code: nth % 2 === 0 ? 'EIO' : 'ENOSPC', short: nth % 3 === 0 });
      const acknowledged = await fullLife(files);
      if ((files.counts.get(call) ?? 0) < nth) return;
      files.heal();
      files.powerCut(nth);
      if (acknowledged > 0) await expectWhole(files, acknowledged, `${call} ${nth}`);
    }
  },
  600_000,
);
