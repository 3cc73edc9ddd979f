// Goal: a blob that was stored is there, whole, whatever happens to the machine. Method: the disk in memory, with the power
// cut at every change, and the real disk once.

import { createHash } from 'node:crypto';
import { BlobCorruption, BlobMissing, Blobs } from '../../../src/storage/blobs/blobs';
import type { Files, OpenFile } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { FaultyFiles } from '../../support/faulty-files';
import { tempDir } from '../../support/temp-dir';

const DIR = '/store/blobs';
const payload = (index: number): Buffer => Buffer.alloc(2000 + index, index);
const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const pathOf = (digest: string): string => `${DIR}/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}.blob`;

async function fresh(): Promise<FaultyFiles> {
  const files = new FaultyFiles();
  await files.makeDirectory('/store');
  await files.syncDirectory('/');
  return files;
}

async function listed(blobs: Blobs): Promise<string[]> {
  const digests: string[] = [];
  for await (const digest of blobs.list()) digests.push(digest);
  return digests;
}

it.each(['in memory', 'on the real disk'])('blobs are stored, found, listed and removed: %s', async (where) => {
  const onDisk = where !== 'in memory';
  const blobs = onDisk ? await Blobs.open(nodeFiles, `${tempDir()}/blobs`) : await Blobs.open(await fresh(), DIR);
  const digests = await Promise.all([0, 1, 2, 1].map((index) => blobs.put(payload(index))));
  expect(digests[0]).toBe(digestOf(payload(0)));
  expect(digests[3]).toBe(digests[1]);
  expect(await blobs.get(digests[2]!)).toEqual(payload(2));
  expect(await listed(blobs)).toEqual([...new Set(digests)].sort());
  await blobs.remove(digests[1]!);
  await blobs.remove(digests[1]!);
  expect(await blobs.has(digests[1]!)).toBe(false);
  expect(await blobs.has(digests[0]!)).toBe(true);
  await expect(blobs.get(digests[1]!)).rejects.toBeInstanceOf(BlobMissing);
  await expect(blobs.get('../../etc/passwd')).rejects.toBeInstanceOf(RangeError);
});

it('no flipped or missing byte is given out, and storing the bytes again heals them', async () => {
  const files = await fresh();
  const blobs = await Blobs.open(files, DIR);
  const bytes = Buffer.from('some evidence of work that was done');
  const digest = await blobs.put(bytes);
  for (let offset = 0; offset < bytes.length; offset += 1) {
    const flipped = Buffer.from(bytes);
    flipped[offset]! ^= 1;
    files.setBytes(pathOf(digest), flipped);
    await expect(blobs.get(digest)).rejects.toBeInstanceOf(BlobCorruption);
    files.setBytes(pathOf(digest), bytes.subarray(0, offset));
    await expect(blobs.get(digest)).rejects.toBeInstanceOf(BlobCorruption);
  }
  await blobs.put(bytes);
  expect(await blobs.get(digest)).toEqual(bytes);
});

/** Stores five blobs with the power going at each change in turn; gives how many stored blobs were lost. */
async function lostAfterCuts(wrap: (files: Files) => Files): Promise<number> {
  let lost = 0;
  for (let crashAt = 3; ; crashAt += 1) {
    for (let seed = 1; seed <= 4; seed += 1) {
      const files = await fresh();
      files.crashAtChange(crashAt);
      const stored: Buffer[] = [];
      try {
        const blobs = await Blobs.open(wrap(files), DIR);
        for (let index = 0; index < 5; index += 1) {
          await blobs.put(payload(index));
          stored.push(payload(index));
        }
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('EPOWER');
      }
      if (!files.isDown) return lost;
      files.powerCut(seed);
      const blobs = await Blobs.open(files, DIR);
      for (const bytes of stored) {
        const found = await blobs.get(digestOf(bytes)).catch(() => undefined);
        if (found === undefined) lost += 1;
      }
      for (const digest of await listed(blobs)) expect(digestOf(await blobs.get(digest))).toBe(digest);
    }
  }
}

it('a stored blob survives a power cut at any change, and no half of one ever shows', async () => {
  expect(await lostAfterCuts((files) => files)).toBe(0);
});

it('the same test sees a flush of a directory that is left out', async () => {
  const lost = await lostAfterCuts((files) => dropping(files, 'syncDirectory'));
  expect(lost).toBeGreaterThan(0);
});

/** The files without one of their calls. */
function dropping(files: Files, call: 'syncDirectory'): Files {
  return {
    open: (path, mode): Promise<OpenFile> => files.open(path, mode),
    rename: (from, to) => files.rename(from, to),
    unlink: (path) => files.unlink(path),
    link: (from, to) => files.link(from, to),
    list: (path) => files.list(path),
    makeDirectory: (path) => files.makeDirectory(path),
    removeTree: (path) => files.removeTree(path),
    syncDirectory: (path) => (call === 'syncDirectory' ? Promise.resolve() : files.syncDirectory(path)),
    freeBytes: (path) => files.freeBytes(path),
  };
}

it('bytes that come in parts are stored as one blob, and read in parts', async () => {
  const files = await fresh();
  const blobs = await Blobs.open(files, DIR);
  const writer = await blobs.begin();
  const parts = Array.from({ length: 40 }, (_, index) => payload(index));
  for (const part of parts) await writer.write(part);
  const named: string[] = [];
  const { digest, sizeBytes } = await writer.commit((each) => named.push(each));
  const whole = Buffer.concat(parts);
  expect([digest, sizeBytes, named]).toEqual([digestOf(whole), whole.length, [digest]]);
  const reader = await blobs.read(digest);
  const read: Buffer[] = [];
  for (let part = await reader.next(777); part.length > 0; part = await reader.next(777)) read.push(part);
  await reader.close();
  expect([reader.sizeBytes, Buffer.concat(read).equals(whole)]).toEqual([whole.length, true]);
});

it('a reader ends with a fault, not with its last bytes, where any byte is another', async () => {
  const files = await fresh();
  const blobs = await Blobs.open(files, DIR);
  const digest = await blobs.put(payload(3));
  const drain = async (): Promise<number> => {
    const reader = await blobs.read(digest);
    let count = 0;
    for (let part = await reader.next(100); part.length > 0; part = await reader.next(100)) count += part.length;
    return count;
  };
  expect(await drain()).toBe(2003);
  for (const length of [0, 1, 1900, 2002, 2004]) {
    files.setBytes(pathOf(digest), Buffer.alloc(length, 3));
    await expect(drain()).rejects.toBeInstanceOf(BlobCorruption);
  }
  await expect(blobs.read(digestOf(payload(9)))).rejects.toBeInstanceOf(BlobMissing);
});

it('a blob that is given up, or that the disk refuses, leaves nothing', async () => {
  const files = await fresh();
  const blobs = await Blobs.open(files, DIR);
  const writer = await blobs.begin();
  await writer.write(payload(1));
  await writer.abort();
  await writer.abort();
  for (const call of ['write', 'sync', 'rename', 'makeDirectory'] as const) {
    files.fail({ call, code: 'ENOSPC' });
    await expect(blobs.put(payload(1))).rejects.toMatchObject({ code: 'ENOSPC' });
  }
  expect([(await files.list(DIR)).filter((name) => name.endsWith('.new')), await listed(blobs)]).toEqual([[], []]);
});

it('what may not go stays, and what is stored while it goes is there', async () => {
  const files = await fresh();
  const blobs = await Blobs.open(files, DIR);
  const digest = await blobs.put(payload(1));
  expect([await blobs.remove(digest, () => false), await blobs.has(digest)]).toEqual([false, true]);
  let pins = 0;
  const removal = blobs.remove(digest, () => pins === 0);
  const put = blobs.put(payload(1), () => pins++);
  await Promise.all([removal, put]);
  expect(await blobs.get(digest)).toEqual(payload(1));
});
