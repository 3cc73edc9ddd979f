// Goal: the power cut is one. Method: a store of twenty lines that flushes each write, or none, with kills and cuts.
// A kill loses nothing either way, so kills alone prove nothing about flushes.

import { join } from 'node:path';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { LoopDisk, loopDiskMissing } from './loop-disk';
import { ServerProcess } from './server-process';

const program = join(__dirname, 'fixtures/ack-store.js');

/** The highest number that the store acknowledged. */
function acknowledged(store: ServerProcess): number {
  return Number(
    store.printed
      .match(/acknowledged (\d+)/g)
      ?.at(-1)
      ?.slice(13) ?? 0,
  );
}

/** The number that the store found when it started. */
async function held(path: string, mode: string): Promise<number> {
  const store = new ServerProcess(program, [path, mode]);
  const found = await store.ready(/holds (\d+)/);
  await store.kill();
  return Number(found[1]);
}

describe('a kill', () => {
  it('loses nothing that was written, flushed or not', async () => {
    const path = join(tempDir(), 'lines');
    const store = new ServerProcess(program, [path, 'forget']);
    await store.ready(/acknowledged 50\n/);
    await store.kill();
    expect(await held(path, 'forget')).toBeGreaterThanOrEqual(acknowledged(store));
  });
});

describe.each(['ext4', 'xfs'] as const)('a power cut on %s', (kind) => {
  const missing = loopDiskMissing(kind);
  describeIf(missing === undefined, missing ?? '', 'on a loop device', () => {
    let disk: LoopDisk;
    beforeEach(() => {
      disk = LoopDisk.create(kind);
    });
    afterEach(() => disk.destroy());

    async function cutAfterFifty(mode: string): Promise<{ acknowledged: number; held: number }> {
      const path = join(disk.path, 'lines');
      const store = new ServerProcess(program, [path, mode]);
      await store.ready(/acknowledged 50\n/);
      await disk.cutPower(store);
      disk.powerOn();
      return { acknowledged: acknowledged(store), held: await held(path, mode) };
    }

    it('keeps what was flushed', async () => {
      const after = await cutAfterFifty('flush');
      expect(after.held).toBeGreaterThanOrEqual(after.acknowledged);
    });

    it('loses what was not', async () => {
      const after = await cutAfterFifty('forget');
      expect(after.held).toBeLessThan(after.acknowledged);
    });
  });
});
