// Goal: the simulation would notice. Method: the same simulation with one bug planted must fail, and soon.

import * as fc from 'fast-check';
import { chosenSeed, say } from '../support/seed';
import { plants } from './plants';
import { steps } from './sim-commands';
import { simulate } from './simulation';

/** Simulations that a bug may survive before the test gives up. */
const SEEDS = 300;
const STEPS_MAX = 30;

it.each(Object.keys(plants))(
  '%s is noticed',
  async (name) => {
    const { root, between } = plants[name]!;
    const property = fc.asyncProperty(steps(STEPS_MAX), fc.nat(), (run, seed) => simulate(run, seed, between));
    const seed = chosenSeed() | 0;
    const remove = root?.();
    try {
      const found = await fc.check(property, { seed, numRuns: SEEDS, endOnFailure: true });
      const why = String(found.errorInstance).slice(0, 200);
      say(`${name}: noticed after ${found.numRuns} simulations: ${why}`);
      expect(found.failed).toBe(true);
    } finally {
      remove?.();
    }
  },
  120_000,
);
