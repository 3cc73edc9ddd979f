// Goal: whatever happens to agents, server and clock, each task is done once, by a valid holder, in order, and never while it is blocked. Method:
// real agent processes work through a backlog while they are killed and frozen past their ttl and grace, the wall clock jumps, and the server
// is killed and stopped; then the journal is held against the rules (fleet-check), and what the agents were told against the journal.
//
// HOLDFAST_FLEET=long is the long form: 64 agents, 20,000 tasks, 55 kills, 22 freezes, 10 jumps, 5 restarts.

import { chosenSeed, randomFrom, say } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { Fleet } from './fleet';
import type { Trials } from './fleet';
import { checkFleet, factsIn } from './fleet-check';

const long = process.env['HOLDFAST_FLEET'] === 'long';
const trials: Trials = long
  ? { workers: 64, tasks: 20_000, kills: 55, freezes: 22, jumps: 10, restarts: 5, gapMs: 500 }
  : { workers: 10, tasks: 1000, kills: 12, freezes: 6, jumps: 4, restarts: 3, gapMs: 300 };
/** The work takes half a minute here, the long form some minutes. */
const WITHIN_MS = long ? 60 * 60_000 : 10 * 60_000;

it(
  `${trials.workers} agents do ${trials.tasks} tasks once each, through ${trials.kills} kills, ${trials.freezes} freezes, ${trials.jumps} clock jumps and ${trials.restarts} restarts`,
  async () => {
    const fleet = new Fleet(tempDir(), trials, randomFrom(chosenSeed()));
    try {
      await fleet.start();
      await fleet.fill();
      await fleet.run(WITHIN_MS);
      await fleet.end();
    } catch (fault) {
      await fleet.abandon();
      throw fault;
    }
    const facts = factsIn(fleet.logs);
    const report = await checkFleet(fleet.store, facts);
    const refused = new Map<string, number>();
    for (const { fact, what, reason = '' } of facts) {
      if (fact === 'refused') refused.set(`${what} ${reason}`, (refused.get(`${what} ${reason}`) ?? 0) + 1);
    }
    say(JSON.stringify({ ...report, violations: report.violations.length, refused: Object.fromEntries(refused) }));
    expect(report.violations).toEqual([]);
    expect(report.succeeded).toBe(trials.tasks);
    expect(fleet.done).toEqual({
      kills: trials.kills,
      freezes: trials.freezes,
      jumps: trials.jumps,
      restarts: trials.restarts,
    });
    // A run in which nothing went wrong would hold all of this as well.
    expect(report.leasesExpired).toBeGreaterThan(0);
    expect(report.resumes).toBeGreaterThan(0);
    expect(report.boots).toBe(trials.restarts + 1);
  },
  WITHIN_MS + 60_000,
);
