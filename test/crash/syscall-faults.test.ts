// Goal: whichever file call of the server fails, and however, nothing that was acknowledged is lost, nothing is done twice and no read is wrong:
// the server goes on, turns callers down, or ends with code 70, or with 1 when a start gets no space. Method: each call of the journal, the state and LevelDB is failed in turn by a
// preloaded shim, at the start, under load and at the stop; then the server starts again on the same directory with a disk that works.
//
// HOLDFAST_SWEEP=all fails every call that a life makes, which takes hours; otherwise some of each kind are drawn.

import { join } from 'node:path';
import { chosenSeed, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { ACKNOWLEDGED_MIN, CrashRun } from './crash-run';
import { FaultShim, faultShimMissing, SHIM_OPS } from './fault-shim';
import type { ShimAction, ShimFault, ShimOp } from './fault-shim';

const all = process.env['HOLDFAST_SWEEP'] === 'all';
/** How often each kind of fault is played, at a call drawn by chance. */
const DRAWS = 1;
/** Callers turned down after which a life has shown what it does. */
const TURNED_DOWN_MAX = 100;
/** For what reasons a disk that fails may turn a caller down: full, or one read that failed. */
const ALLOWED = ['DISK_FULL', 'STORAGE', 'INTERNAL', 'CORRUPTION'];
const MS_A_FAULT = 20_000;

const ACTIONS: Readonly<Record<ShimOp, readonly ShimAction[]>> = {
  open: ['EIO', 'ENOSPC', 'KILL'],
  write: ['EIO', 'ENOSPC', 'SHORT', 'TORN', 'KILL'],
  fsync: ['EIO', 'ENOSPC', 'KILL'],
  fdatasync: ['EIO', 'ENOSPC', 'KILL'],
  rename: ['EIO', 'ENOSPC', 'KILL'],
  unlink: ['EIO', 'KILL'],
};

type Fault = Omit<ShimFault, 'path'>;

/** Every kind of fault at every call, or at some. `calls`: how many of each a life makes. */
function faultsOf(calls: Readonly<Record<ShimOp, number>>, random: Random): Fault[] {
  const faults: Fault[] = [];
  for (const op of SHIM_OPS) {
    const every = Array.from({ length: calls[op] }, (_, index) => index + 1);
    for (const action of ACTIONS[op]) {
      for (const sticky of action === 'KILL' || action === 'TORN' ? [false] : [false, true]) {
        const numbers = all ? every : Array.from({ length: DRAWS }, () => random.pick(every));
        for (const nth of numbers) faults.push({ op, nth, action, sticky });
      }
    }
  }
  return faults;
}

const missing = faultShimMissing();

describeIf(missing === undefined, missing ?? '', 'a server whose file calls fail', () => {
  it(
    'loses and doubles nothing, and ends with code 70 or goes on',
    async () => {
      const random = randomFrom(chosenSeed());
      const shim = FaultShim.compile();
      const ends = new Map<string, number>();
      let run = new CrashRun(random.below(2 ** 31), join(tempDir(), 'data'), {}, ALLOWED);
      try {
        const path = join(tempDir(), 'data');
        run = new CrashRun(random.below(2 ** 31), path, {}, ALLOWED);
        await run.start();
        await run.loadUntilFault(ACKNOWLEDGED_MIN, 1);
        await run.serve(shim.environment({ op: 'open', path, nth: 0, action: 'EIO' }));
        await run.loadUntilFault(2 * ACKNOWLEDGED_MIN, 1);
        const calls = shim.counts;
        say(`calls of a life: ${JSON.stringify(calls)}`);
        for (const fault of faultsOf(calls, random)) {
          const how = await struck(run, shim, { ...fault, path });
          ends.set(how, (ends.get(how) ?? 0) + 1);
          expect(run.complaints).toEqual([]);
        }
        await run.start();
        expect(await run.violations()).toEqual([]);
      } finally {
        await run.end();
      }
      const played = [...ends].filter(([how]) => how !== 'the call did not come');
      say(
        `${JSON.stringify(Object.fromEntries(ends))}; ${run.acknowledged} mutations acknowledged, ${run.retried} of them at a second try`,
      );
      const count = played.reduce((sum, [, times]) => sum + times, 0);
      expect(count).toBeGreaterThan(0.6 * [...ends.values()].reduce((sum, times) => sum + times, 0));
    },
    60_000 + (all ? 5000 : 31 * DRAWS) * MS_A_FAULT,
  );
});

/** A start that got no space ends with code 1 and says what to do: no restart helps before somebody makes room. */
function tellsToMakeRoom({ action }: ShimFault, printed: string): boolean {
  return action === 'ENOSPC' && printed.includes('Make room on its file system');
}

/** One life with one fault, and the start after it. Gives what the fault led to. */
async function struck(run: CrashRun, shim: FaultShim, fault: ShimFault): Promise<string> {
  const what = JSON.stringify(fault);
  let how: string;
  try {
    await run.serve(shim.environment(fault));
    const { code, signal, alone, printed } = await run.loadUntilFault(2 * ACKNOWLEDGED_MIN, TURNED_DOWN_MAX);
    const killed = signal === 'SIGKILL' && ['KILL', 'TORN'].includes(fault.action);
    const told = code === 70 || (code === 1 && tellsToMakeRoom(fault, printed));
    if (!killed && !told && (alone || code !== 0)) throw new Error(`${what}: ended with ${signal ?? code}`);
    how = killed ? 'killed' : told ? (alone ? 'halted' : 'failed to stop') : 'went on';
  } catch (error) {
    const { message } = error as Error;
    const end = /it ended \((.*)\) before it served/.exec(message)?.[1];
    const room = end === 'code 1' && tellsToMakeRoom(fault, message);
    const fitting = end === 'code 70' || room || (end === 'SIGKILL' && ['KILL', 'TORN'].includes(fault.action));
    if (!fitting) throw new Error(`${what}: ${message}`, { cause: error });
    how = 'did not start';
  }
  if (shim.counts.fired === 0) how = 'the call did not come';
  await run.start().catch((error: Error) => {
    throw new Error(`after ${what} (${how}): ${error.message}`, { cause: error });
  });
  await run.loadUntilFault(ACKNOWLEDGED_MIN, Infinity);
  return how;
}
