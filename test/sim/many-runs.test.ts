// Goal: a simulation that fails says so soon, and says what it did. Method: runs of numbers, of which those with a large one fail.

import * as fc from 'fast-check';
import { chosenSeed } from '../support/seed';
import { manyRuns } from './many-runs';
import type { Simulate } from './many-runs';

const numbers = fc.array(fc.nat({ max: 100 }), { minLength: 5, maxLength: 30 });
const LARGE = 50;

/** Runs that fail at the first large number. */
function failing(counted = { runs: 0 }): Simulate<readonly number[]> {
  return async (run, _seed, log) => {
    counted.runs++;
    for (const number of run) {
      log.push(`took ${number}`);
      await Promise.resolve();
      if (number > LARGE) throw new Error(`${number} is too large`);
    }
  };
}

function messageOf(work: Promise<void>): Promise<string> {
  return work.then(
    () => 'it went well',
    ({ message }: Error) => message,
  );
}

it('a failure is made smaller, and told with what the smallest failing run did', async () => {
  const message = await messageOf(manyRuns(numbers, failing(), { seed: chosenSeed() | 0, runs: 1000 }));
  expect(message).toMatch(
    /^run \d+ of 1000 failed \(seed -?\d+, path [\d:]+, made smaller \d+ times\): 51 is too large/,
  );
  expect(message).toMatch(/too large\nthe run, to its end:\n( {2}took 0\n)* {2}took 51$/);
});

it('a failure is not made smaller for longer than is allowed', async () => {
  const counted = { runs: 0 };
  const seed = chosenSeed() | 0;
  const message = await messageOf(manyRuns(numbers, failing(counted), { seed, runs: 1000, shrinkMs: 0 }));
  expect(message).toContain(`run ${counted.runs} of 1000 failed`);
  expect(message).toContain('made smaller 0 times');
});

it('a run that never ends is a failure', async () => {
  const hanging: Simulate<readonly number[]> = (_run, _seed, log) => {
    log.push('waits');
    return new Promise(() => undefined);
  };
  const work = manyRuns(numbers, hanging, { seed: 1, runs: 10, hangsMs: 5 });
  expect(await messageOf(work)).toMatch(/it did not end within 5 ms\nthe run, to its end:\n {2}waits$/);
});

it('runs that all go well are all run', async () => {
  const counted = { runs: 0 };
  await manyRuns(fc.constant([1]), failing(counted), { seed: 1, runs: 20 });
  expect(counted.runs).toBe(20);
});
