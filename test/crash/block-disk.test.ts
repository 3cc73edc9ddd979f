// Goal: the log of blocks is what the disk did, and the disks built from it are those that a crash could have left. Method: files that are written with
// and without a flush, and are looked for on the disks.

import { closeSync, fdatasyncSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describeIf } from '../support/skips';
import { randomFrom } from '../support/seed';
import { memoryDir } from '../support/temp-dir';
import { BlockDisk, blockDiskMissing, MountedImage } from './block-disk';
import { crashPoints, CrashedDisks, readBlockLog } from './block-log';

const FLUSHED = 'these bytes were flushed';
const FORGOTTEN = 'these bytes were not';
const missing = blockDiskMissing();

describeIf(missing === undefined, missing ?? '', 'a disk that logs its blocks', () => {
  let disk: BlockDisk;
  let file: number;
  beforeEach(() => {
    disk = BlockDisk.create();
    // The file and its blocks are there before anything is asked of them: what is written later changes bytes alone.
    file = openSync(join(disk.path, 'file'), 'w+');
    writeSync(file, Buffer.alloc(16 * 4096), 0, 16 * 4096, 0);
    fsyncSync(file);
    const folder = openSync(disk.path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  });
  afterEach(() => disk.destroy());

  /** What the file has on a disk that lost its power before this record, with this share of what was not flushed. */
  function after(before: number, share: number): Buffer {
    const folder = memoryDir();
    const disks = new CrashedDisks(
      disk.copyOfPristine(join(folder, 'base.img')),
      readBlockLog(disk.log),
      randomFrom(before),
    );
    const image = join(folder, 'crashed.img');
    disks.make({ before, at: 0n, share }, image);
    const mounted = new MountedImage(image);
    try {
      return readFileSync(join(mounted.path, 'file'));
    } finally {
      mounted.destroy();
    }
  }

  it('has a write and then a flush in the log before fdatasync returns, with times that fit', async () => {
    const begin = process.hrtime.bigint();
    const logged = readBlockLog(disk.log).length;
    writeSync(file, FLUSHED, 0);
    fdatasyncSync(file);
    const end = process.hrtime.bigint();
    const records = readBlockLog(disk.log).slice(logged);
    const write = records.findIndex(({ bytes }) => bytes.includes(FLUSHED));
    const flush = records.findIndex(({ kind }, index) => index > write && kind === 'flush');
    expect(records[write]?.kind).toBe('write');
    expect(flush).toBeGreaterThan(write);
    expect(records[write]!.at > begin && records[flush]!.at < end).toBe(true);
    closeSync(file);
    await disk.unmount();
  });

  it('builds disks that have what was flushed, and of the rest as much as is asked for', async () => {
    writeSync(file, FLUSHED, 0);
    fdatasyncSync(file);
    const flushed = readBlockLog(disk.log).length;
    writeSync(file, FORGOTTEN, 8 * 4096);
    closeSync(file);
    await disk.unmount();
    const log = readBlockLog(disk.log);
    const written = log.findIndex(({ bytes }, index) => index >= flushed && bytes.includes(FORGOTTEN));
    expect(written).toBeGreaterThanOrEqual(flushed);
    expect(after(flushed, 0).includes(FLUSHED)).toBe(true);
    expect(after(flushed, 0).includes(FORGOTTEN)).toBe(false);
    expect(after(written + 1, 0).includes(FORGOTTEN)).toBe(false);
    expect(after(written + 1, 1).includes(FORGOTTEN)).toBe(true);
    expect(after(log.length, 0.5).includes(FLUSHED)).toBe(true);
    // Before the write nobody has it, whatever got through.
    const first = log.findIndex(({ bytes }) => bytes.includes(FLUSHED));
    expect(after(first, 1).includes(FLUSHED)).toBe(false);
  });

  it('fails one write; the next flush succeeds, and the disk still lacks the bytes', async () => {
    disk.failWriteOf(FLUSHED);
    writeSync(file, FLUSHED, 0);
    expect(() => fdatasyncSync(file)).toThrow('EIO');
    fdatasyncSync(file);
    expect(readFileSync(join(disk.path, 'file')).includes(FLUSHED)).toBe(true);
    closeSync(file);
    await disk.unmount();
    const log = readBlockLog(disk.log);
    expect(log.filter(({ kind }) => kind === 'failed')).toHaveLength(1);
    expect(after(log.length, 1).includes(FLUSHED)).toBe(false);
  });

  it('draws moments in order, each with the time of what came next', async () => {
    closeSync(file);
    await disk.unmount();
    const log = readBlockLog(disk.log);
    const points = crashPoints(log, 40, randomFrom(7));
    expect(points.map(({ before }) => before)).toEqual(points.map(({ before }) => before).sort((a, b) => a - b));
    expect(points.every(({ before, at }) => log[before]?.at === at)).toBe(true);
    expect(points.some(({ before }) => log[before - 1]?.kind === 'write')).toBe(true);
  });
});
