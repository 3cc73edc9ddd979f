import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import type { StateCheckpoint } from '../../../src/storage/state/checkpoint-file';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
} from '../../../src/storage/state/checkpoint-file';
import { StateUnusable } from '../../../src/storage/state/state';
import { tempDir } from '../../support/temp-dir';

const checkpoint: StateCheckpoint = {
  history: '00000000000000aa',
  sequence: 7,
  chain: 'ab'.repeat(32),
  digest: 'AAAA',
  tallies: 'AQ==',
  generation: 20_000,
  requests: [{ generation: 20_000, count: 1, sum: 5 }],
  store: 'db-1',
  clean: true,
  files: [{ name: '000005.ldb', size: 10, crc: 3 }],
};

test('a checkpoint comes back as it was written, and a later one replaces it', async () => {
  const dir = tempDir();
  expect(await readCheckpoint(nodeFiles, dir)).toBeUndefined();
  await writeCheckpoint(nodeFiles, dir, checkpoint);
  expect(await readCheckpoint(nodeFiles, dir)).toEqual(checkpoint);
  await writeCheckpoint(nodeFiles, dir, { ...checkpoint, sequence: 8 });
  expect((await readCheckpoint(nodeFiles, dir))?.sequence).toBe(8);
});

test('there is no checkpoint where there is no directory', async () => {
  expect(await readCheckpoint(nodeFiles, join(tempDir(), 'absent'))).toBeUndefined();
});

test('cut at any byte it is refused', () => {
  const bytes = encodeCheckpoint(checkpoint);
  for (let length = 0; length < bytes.length; length++) {
    expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow(StateUnusable);
  }
});

test('with any bit of any byte flipped, or a byte more, it is refused', () => {
  const bytes = encodeCheckpoint(checkpoint);
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      bytes[at]! ^= 1 << bit;
      expect(() => decodeCheckpoint(bytes)).toThrow(StateUnusable);
      bytes[at]! ^= 1 << bit;
    }
  }
  expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
  expect(() => decodeCheckpoint(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(StateUnusable);
});

test('a damaged file is refused when it is read', async () => {
  const dir = tempDir();
  await writeCheckpoint(nodeFiles, dir, checkpoint);
  const path = join(dir, 'checkpoint');
  const bytes = readFileSync(path);
  bytes[20]! ^= 4;
  writeFileSync(path, bytes);
  await expect(readCheckpoint(nodeFiles, dir)).rejects.toThrow(StateUnusable);
});

test('it is synced before it is renamed, and the directory after', async () => {
  const dir = tempDir();
  const calls: string[] = [];
  const traced: Files = {
    ...nodeFiles,
    list: (path) => nodeFiles.list(path),
    unlink: (path) => nodeFiles.unlink(path),
    open: async (path, mode) => {
      const file = await nodeFiles.open(path, mode);
      const tell =
        <Arguments extends unknown[]>(what: string, call: (...args: Arguments) => Promise<void>) =>
        (...args: Arguments) => (calls.push(what), call(...args));
      return {
        read: (position, length) => file.read(position, length),
        size: () => file.size(),
        truncate: (length) => file.truncate(length),
        datasync: tell('sync', () => file.datasync()),
        sync: tell('sync', () => file.sync()),
        write: tell('write', (bytes: Uint8Array, position: number) => file.write(bytes, position)),
        close: tell('close', () => file.close()),
      };
    },
    rename: (from, to) => (calls.push('rename'), nodeFiles.rename(from, to)),
    syncDirectory: (path) => (calls.push('sync directory'), nodeFiles.syncDirectory(path)),
  };
  await writeCheckpoint(traced, dir, checkpoint);
  expect(calls).toEqual(['write', 'sync', 'close', 'rename', 'sync directory']);
});

test('one that a crash left aside is neither read nor in the way', async () => {
  const dir = tempDir();
  writeFileSync(join(dir, 'checkpoint.new'), encodeCheckpoint({ ...checkpoint, sequence: 99 }).subarray(0, 30));
  expect(await readCheckpoint(nodeFiles, dir)).toBeUndefined();
  await writeCheckpoint(nodeFiles, dir, checkpoint);
  expect((await readCheckpoint(nodeFiles, dir))?.sequence).toBe(7);
});
