// Goal: whatever agents do, whoever is lost and wherever the power fails, each task has one holder at most, and it is who the model says. Method: random
// steps from a seed against the whole engine in process, its journal on a disk that loses what was not flushed, its time in the test's hands.
//
// HOLDFAST_SEEDS sets the number of simulations.

import * as fc from 'fast-check';
import { chosenSeed, countFromEnvironment, say } from '../../support/seed';
import { manyRuns } from '../many-runs';
import { plants } from '../plants';
import { simulateAgents } from './agent-simulation';
import { agentSteps } from './agent-steps';

/** 0.2 s each: many steps, and everything is looked at after each. */
const seeds = countFromEnvironment('HOLDFAST_SEEDS', 150);
const STEPS_MAX = 40;
/** Simulations that a bug may survive before the test gives up. */
const PLANTED_SEEDS = 100;

const property = (): fc.IAsyncProperty<unknown> =>
  fc.asyncProperty(agentSteps(STEPS_MAX), fc.nat(), (run, seed) => simulateAgents(run, seed));

it(
  `${seeds} simulations of agents, crashes included, go as the model says`,
  async () => {
    await manyRuns(agentSteps(STEPS_MAX), simulateAgents, { seed: chosenSeed() | 0, runs: seeds });
  },
  60_000 + seeds * 4000,
);

it('notices a request that is decided twice', async () => {
  const remove = plants['decide twice']!.root!();
  try {
    const found = await fc.check(property(), { seed: chosenSeed() | 0, numRuns: PLANTED_SEEDS, endOnFailure: true });
    say(`decide twice: noticed after ${found.numRuns} simulations: ${String(found.errorInstance).slice(0, 200)}`);
    expect(found.failed).toBe(true);
  } finally {
    remove();
  }
}, 300_000);
