// Goal: a killed server loses nothing that it acknowledged, and does nothing twice. Method: kill -9 in the middle of a load of
// mutations, again and again on one data directory; what callers heard is compared with what is there.
//
// HOLDFAST_KILLS sets the number of kills; each twenty-five have a data directory of their own.

import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { ACKNOWLEDGED_MIN, CrashRun } from './crash-run';

const kills = countFromEnvironment('HOLDFAST_KILLS', 100);
/** Two directories at a time: while one server starts, which is work for one core, the other is loaded. */
const LANES = 2;
/** Each start after a kill applies the journal again from its beginning: with fifty to a directory most of the time goes there. */
const KILLS_A_DIRECTORY = 25;
/** A kill with its start and checks takes 1 s here; slow and busy machines get thirty times that. */
const MS_A_KILL = 30_000;

/** One directory through its kills. Gives how many mutations were answered only at a second try. */
async function directory(seed: number, count: number): Promise<number> {
  const random = randomFrom(seed);
  const run = new CrashRun(seed, tempDir());
  try {
    for (let kill = 0; kill < count; kill++) {
      await run.start();
      await run.crashUnderLoad(ACKNOWLEDGED_MIN + random.below(200), (server) => server.kill());
      expect(run.complaints).toEqual([]);
    }
    await run.start();
    expect(await run.violations()).toEqual([]);
    say(`${run.acknowledged} mutations acknowledged, ${run.retried} of them at a second try`);
    return run.retried;
  } finally {
    await run.end();
  }
}

it(
  `kill -9 under load, ${kills} times, loses and doubles nothing`,
  async () => {
    const seed = chosenSeed();
    const counts: number[] = [];
    for (let left = kills; left > 0; left -= KILLS_A_DIRECTORY) counts.push(Math.min(left, KILLS_A_DIRECTORY));
    let [next, retried] = [0, 0];
    const lane = async (): Promise<void> => {
      while (next < counts.length) {
        const mine = next++;
        retried += await directory(seed + mine, counts[mine]!);
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
    expect(retried).toBeGreaterThan(0);
  },
  60_000 + kills * MS_A_KILL,
);
