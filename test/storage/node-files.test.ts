// Goal: Node's files keep the port's promises when the system does less than asked. Method: the real disk, with single calls
// of node:fs shortened or failed.

import * as fs from 'node:fs';
import type { FileCalls } from '../../src/storage/node-files';
import { createNodeFiles } from '../../src/storage/node-files';
import { tempDir } from '../support/temp-dir';

type Written = (error: NodeJS.ErrnoException | null, count: number) => void;

/** node:fs with another `write`. */
function writing(
  write: (descriptor: number, bytes: Buffer, from: number, length: number, at: number, done: Written) => void,
) {
  return createNodeFiles({ ...fs, write: write as unknown as FileCalls['write'] });
}

it('a short write is continued until all bytes are down', async () => {
  const lengths: number[] = [];
  const files = writing((descriptor, bytes, from, length, at, done) => {
    lengths.push(length);
    fs.write(descriptor, bytes, from, Math.min(length, 3), at, done);
  });
  const file = await files.open(`${tempDir()}/a`, 'wx+');
  await file.write(Buffer.from('0123456789'), 2);
  expect(lengths).toEqual([10, 7, 4, 1]);
  expect(await file.read(0, 100)).toEqual(Buffer.from('\0\x000123456789'));
  await file.close();
});

it('an error after a short write rejects, and so does a write without progress', async () => {
  let calls = 0;
  const failing = writing((descriptor, bytes, from, length, at, done) => {
    calls += 1;
    if (calls === 2) done(Object.assign(new Error('full'), { code: 'ENOSPC' }), 0);
    else fs.write(descriptor, bytes, from, Math.min(length, 3), at, done);
  });
  const file = await failing.open(`${tempDir()}/a`, 'wx+');
  await expect(file.write(Buffer.from('0123456789'), 0)).rejects.toMatchObject({ code: 'ENOSPC' });
  await file.close();
  const stuck = await writing((_d, _b, _f, _l, _a, done) => done(null, 0)).open(`${tempDir()}/b`, 'wx+');
  await expect(stuck.write(Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'EIO' });
  await stuck.close();
});

it('a short read is continued up to the end of the file', async () => {
  const path = `${tempDir()}/a`;
  fs.writeFileSync(path, '0123456789');
  const read = ((descriptor: number, bytes: Buffer, offset: number, length: number, at: number, done: never) =>
    fs.read(descriptor, bytes, offset, Math.min(length, 3), at, done)) as unknown as FileCalls['read'];
  const file = await createNodeFiles({ ...fs, read }).open(path, 'r');
  expect((await file.read(1, 8)).toString()).toBe('12345678');
  expect((await file.read(4, 100)).toString()).toBe('456789');
  await file.close();
});

it('new files and directories belong to their owner alone', async () => {
  const dir = `${tempDir()}/a/b`;
  await createNodeFiles().makeDirectory(dir);
  expect(fs.statSync(dir).mode & 0o777).toBe(0o700);
  await (await createNodeFiles().open(`${dir}/c`, 'wx+')).close();
  expect(fs.statSync(`${dir}/c`).mode & 0o777).toBe(0o600);
});

it('directories are flushed, and their descriptors closed when the flush fails', async () => {
  const closed: number[] = [];
  const calls: FileCalls = {
    ...fs,
    fsync: ((_: number, done: (error: Error) => void) => done(new Error('broken'))) as unknown as FileCalls['fsync'],
    close: ((descriptor: number, done: () => void) => {
      closed.push(descriptor);
      fs.close(descriptor, done);
    }) as unknown as FileCalls['close'],
  };
  const dir = tempDir();
  await createNodeFiles().syncDirectory(dir);
  await expect(createNodeFiles(calls).syncDirectory(dir)).rejects.toThrow('broken');
  expect(closed).toHaveLength(1);
});
