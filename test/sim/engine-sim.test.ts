// Goal: whatever is asked in whatever order, and wherever the power fails, the engine is what forty lines say. Method: random
// steps from a seed against the whole engine in process, its journal on a disk that loses what was not flushed.
//
// HOLDFAST_SEEDS sets the number of simulations.

import { chosenSeed, countFromEnvironment } from '../support/seed';
import { manyRuns } from './many-runs';
import type { Simulate } from './many-runs';
import { steps } from './sim-commands';
import type { Step } from './sim-commands';
import { simulate } from './simulation';

const seeds = countFromEnvironment('HOLDFAST_SEEDS', 2000);
const STEPS_MAX = 30;

it(
  `${seeds} simulations, crashes included, go as the model says`,
  async () => {
    const simulated: Simulate<Iterable<Step>> = (run, seed, log) => simulate(run, seed, undefined, log);
    await manyRuns(steps(STEPS_MAX), simulated, { seed: chosenSeed() | 0, runs: seeds });
  },
  30_000 + seeds * 2000,
);
