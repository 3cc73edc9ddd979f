// Many simulations, one after another, as fast-check draws them; a failure is told soon, and by what the failing run itself did.
//
// M1. What is told is the smallest failing run that was found within SHRINK_MS of the first. Fast-check alone goes on for as long as it finds
//     something smaller, and a test that is ended meanwhile tells nothing.
// M2. What a run did is told by the run: steps are run again while a failure is made smaller, in other worlds, and know only what came last.
// M3. A run that hangs is a failure, and is not made smaller.

import * as fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a failure is made smaller, in milliseconds: two hundred runs and more. */
const SHRINK_MS = 60_000;
/** A run takes a tenth of a second. One that takes this long, in milliseconds, hangs, however busy the machine is. */
const HANGS_MS = 180_000;

export interface ManyRuns {
  readonly seed: number;
  readonly runs: number;
  /** Default 60,000. */
  readonly shrinkMs?: number;
  /** Default 180,000. */
  readonly hangsMs?: number;
}

/** One run. It writes to `log` what it does. */
export type Simulate<Steps> = (steps: Steps, seed: number, log: string[]) => Promise<void>;

/** A run did not end. */
class Hangs extends Error {}

/** Runs them until one fails. Rejects with its seed, its place and what it did. */
export async function manyRuns<Steps>(
  steps: fc.Arbitrary<Steps>,
  simulate: Simulate<Steps>,
  { seed, runs, shrinkMs = SHRINK_MS, hangsMs = HANGS_MS }: ManyRuns,
): Promise<void> {
  let shrinkUntilMs = Infinity;
  const property = fc.asyncProperty(steps, fc.nat(), async (drawn, runSeed) => {
    // M1. What is left of the tries counts as gone well: fast-check comes to its end at once.
    if (performance.now() >= shrinkUntilMs) return;
    const log: string[] = [];
    try {
      await orHangs(simulate(drawn, runSeed, log), hangsMs);
    } catch (error) {
      const leftMs = error instanceof Hangs ? 0 : shrinkMs;
      shrinkUntilMs = Math.min(shrinkUntilMs, performance.now() + leftMs);
      throw withLog(error, log);
    }
  });
  const found = await fc.check(property, { seed, numRuns: runs });
  if (!found.failed) return;
  const { message } = found.errorInstance as Error;
  const place = `seed ${found.seed}, path ${found.counterexamplePath}, made smaller ${found.numShrinks} times`;
  throw new Error(`run ${found.numRuns} of ${runs} failed (${place}): ${message}`, { cause: found.errorInstance });
}

/** The error with what the run did before it. M2. */
function withLog(error: unknown, log: readonly string[]): Error {
  const { message } = error as Error;
  return new Error(`${message}\nthe run, to its end:\n${log.map((line) => `  ${line}`).join('\n')}`, { cause: error });
}

/** M3. What hangs cannot be ended, only left alone. */
async function orHangs(run: Promise<void>, hangsMs: number): Promise<void> {
  const ended = new AbortController();
  const late = delay(hangsMs, undefined, { signal: ended.signal }).then(
    () => Promise.reject(new Hangs(`it did not end within ${hangsMs} ms`)),
    () => undefined,
  );
  try {
    await Promise.race([run, late]);
  } finally {
    ended.abort();
  }
}
