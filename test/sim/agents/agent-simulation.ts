// One simulation with agents, from its beginning to its end.

import { asyncModelRun } from 'fast-check';
import { onSimDisk } from '../simulation';
import { beginning } from './agent-steps';
import type { AgentStep } from './agent-steps';
import { AgentWorld } from './agent-world';

/** Runs the steps on a fresh world over a disk of its own. Rejects with what went wrong. `log` is told what is done to the engine, step
 *  by step. */
export function simulateAgents(steps: Iterable<AgentStep>, seed: number, log: string[] = []): Promise<void> {
  return onSimDisk(
    seed,
    (files) => files,
    async (dir, disk) => {
      const world = new AgentWorld(dir, disk, seed, log);
      try {
        await world.start();
        await beginning(world);
        await asyncModelRun(() => ({ model: world.model, real: world }), steps);
      } finally {
        await world.end();
      }
    },
  );
}
