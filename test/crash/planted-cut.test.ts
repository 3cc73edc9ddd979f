// Goal: the power cut would notice what kills do not. Method: the built server with one bug planted by a preloaded module, and the
// same load and checks. Kills find nothing wrong with a server that never flushes; power cuts must.

import { join } from 'node:path';
import { chosenSeed, say } from '../support/seed';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { ACKNOWLEDGED_MIN, CrashRun } from './crash-run';
import { LoopDisk, loopDiskMissing } from './loop-disk';

const preload = [join(__dirname, 'fixtures/plant.js')];
/** Crashes that a bug may survive before the test gives up. */
const CUTS = 10;
const KILLS = 3;
const TIMEOUT_MS = 600_000;

function withBug(seed: number, dir: string, bug: string): CrashRun {
  return new CrashRun(seed, dir, { preload, env: { HOLDFAST_PLANT: bug } });
}

describeIf(loopDiskMissing('ext4') === undefined, loopDiskMissing('ext4') ?? '', 'power cuts on ext4', () => {
  it.each(['no fdatasync', 'reply before sync', 'event before sync'])(
    'they notice: %s',
    async (bug) => {
      const disk = LoopDisk.create('ext4');
      const run = withBug(chosenSeed(), join(disk.path, 'data'), bug);
      let noticed: readonly string[] = [];
      try {
        for (let cut = 1; cut <= CUTS && noticed.length === 0; cut++) {
          await run.start();
          await run.crashUnderLoad(ACKNOWLEDGED_MIN, (server) => disk.cutPower(server));
          disk.powerOn();
          // A look at everything stops the server in peace; the next round goes on with the same directory.
          await run.start();
          noticed = await run.violations();
          say(`${bug}, cut ${cut}: ${noticed.length} violations: ${noticed[0] ?? ''}`);
        }
      } catch (error) {
        // A journal that ends below its checkpoint is not served, and calls stay unanswered: noticed too.
        say(`${bug}: ${(error as Error).message}`);
        noticed = [(error as Error).message];
      } finally {
        await run.end();
        disk.destroy();
      }
      expect(noticed).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});

it(
  'kills do not notice that nothing is flushed',
  async () => {
    const run = withBug(chosenSeed(), tempDir(), 'no fdatasync');
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        await run.start();
        await run.crashUnderLoad(ACKNOWLEDGED_MIN, (server) => server.kill());
      }
      await run.start();
      expect(await run.violations()).toEqual([]);
    } finally {
      await run.end();
    }
  },
  TIMEOUT_MS,
);

it(
  'kills notice that a request is decided twice',
  async () => {
    const run = withBug(chosenSeed(), tempDir(), 'decide twice');
    try {
      await run.start();
      await run.crashUnderLoad(ACKNOWLEDGED_MIN, (server) => server.kill());
      await run.start();
      expect(await run.violations()).not.toEqual([]);
    } finally {
      await run.end();
    }
  },
  TIMEOUT_MS,
);
