// Goal: a killed server loses nothing that it acknowledged, and does nothing twice. Method: kill -9 in the middle of a load of
// mutations, again and again on one data directory; what callers heard is compared with what is there.
//
// HOLDFAST_KILLS sets the number of kills; each hundred has a data directory of its own.

import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { ACKNOWLEDGED_MIN, CrashRun } from './crash-run';

const kills = countFromEnvironment('HOLDFAST_KILLS', 100);
const KILLS_A_DIRECTORY = 100;
/** A kill with its start and checks takes 1 s here; slow machines get ten times that. */
const MS_A_KILL = 10_000;

it(
  `kill -9 under load, ${kills} times, loses and doubles nothing`,
  async () => {
    const seed = chosenSeed();
    const random = randomFrom(seed);
    for (let done = 0; done < kills; done += KILLS_A_DIRECTORY) {
      const run = new CrashRun(seed + done, tempDir());
      try {
        for (let kill = done; kill < Math.min(kills, done + KILLS_A_DIRECTORY); kill++) {
          await run.start();
          await run.crashUnderLoad(ACKNOWLEDGED_MIN + random.below(200), (server) => server.kill());
          expect(run.complaints).toEqual([]);
        }
        await run.start();
        expect(await run.violations()).toEqual([]);
        say(`${run.acknowledged} mutations acknowledged, ${run.retried} of them at a second try`);
        expect(run.retried).toBeGreaterThan(0);
      } finally {
        await run.end();
      }
    }
  },
  60_000 + kills * MS_A_KILL,
);
