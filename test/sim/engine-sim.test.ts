// Goal: whatever is asked in whatever order, and wherever the power fails, the engine is what forty lines say. Method: random
// steps from a seed against the whole engine in process, its journal on a disk that loses what was not flushed.
//
// HOLDFAST_SEEDS sets the number of simulations.

import * as fc from 'fast-check';
import { chosenSeed, countFromEnvironment } from '../support/seed';
import { steps } from './sim-commands';
import { simulate } from './simulation';

const seeds = countFromEnvironment('HOLDFAST_SEEDS', 2000);
const STEPS_MAX = 30;

it(
  `${seeds} simulations, crashes included, go as the model says`,
  async () => {
    const property = fc.asyncProperty(steps(STEPS_MAX), fc.nat(), (run, seed) => simulate(run, seed));
    await fc.assert(property, { seed: chosenSeed() | 0, numRuns: seeds });
  },
  30_000 + seeds * 2000,
);
