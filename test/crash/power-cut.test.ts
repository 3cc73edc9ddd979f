// Goal: a power cut loses nothing that was acknowledged. Method: the server works on a real file system in a loop device; in
// the middle of a load the process is frozen, the file system drops what was not flushed, and everything starts again.
//
// HOLDFAST_POWER_CUTS sets the number of cuts on both file systems together; each hundred has a disk of its own.

import { join } from 'node:path';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import { describeIf } from '../support/skips';
import { ACKNOWLEDGED_MIN, CrashRun } from './crash-run';
import { LoopDisk, loopDiskMissing } from './loop-disk';

const cuts = Math.ceil(countFromEnvironment('HOLDFAST_POWER_CUTS', 20) / 2);
/** A disk of 320 MB holds the journal of so many runs with room to spare. */
const CUTS_A_DISK = 100;
const MS_A_CUT = 15_000;

describe.each(['ext4', 'xfs'] as const)('on %s', (kind) => {
  const missing = loopDiskMissing(kind);
  describeIf(missing === undefined, missing ?? '', 'in a loop device', () => {
    it(
      `a power cut under load, ${cuts} times, loses and doubles nothing`,
      async () => {
        const seed = chosenSeed();
        const random = randomFrom(seed);
        for (let done = 0; done < cuts; done += CUTS_A_DISK) {
          const disk = LoopDisk.create(kind);
          const run = new CrashRun(seed + done, join(disk.path, 'data'));
          try {
            for (let cut = done; cut < Math.min(cuts, done + CUTS_A_DISK); cut++) {
              await run.start();
              await run.crashUnderLoad(ACKNOWLEDGED_MIN + random.below(300), (server) => disk.cutPower(server));
              expect(run.complaints).toEqual([]);
              disk.powerOn();
            }
            await run.start();
            expect(await run.violations()).toEqual([]);
            say(`${run.acknowledged} mutations acknowledged, ${run.retried} of them at a second try`);
          } finally {
            await run.end();
            disk.destroy();
          }
        }
      },
      60_000 + cuts * MS_A_CUT,
    );
  });
});
