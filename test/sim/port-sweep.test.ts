// Goal: whichever call of the file-system port fails, and however, the engine says nothing that it does not know afterwards. Method: a life of
// the whole engine is run once to number its calls; then once for each call that fails: with EIO and ENOSPC, once and from then on, half-way
// through a write, and with the power. After each life another one, on a disk that works, is compared with what was answered.
//
// HOLDFAST_SWEEP=all plays everything at every call, HOLDFAST_SWEEP=351 everything at one. Otherwise each call fails once with EIO and once with the power, and by turns in the other ways.

import { setTimeout as delay } from 'node:timers/promises';
import { chosenSeed, say } from '../support/seed';
import type { PortAction, PortCall } from '../support/failing-files';
import { sweptLife } from './sweep-life';
import type { LifeReport } from './sweep-life';
import { onSimDisk } from './simulation';
import type { PortFault } from '../support/failing-files';

const sweep = process.env['HOLDFAST_SWEEP'];
/** The only call that is failed, if one is named. */
const only = Number(sweep) || undefined;
const all = sweep === 'all' || only !== undefined;
/** A life takes a tenth of a second; one that takes this long hangs, however busy the machine is. */
const LIFE_MS_MAX = 60_000;
/** Lived beside each other: a life waits for LevelDB's threads half of its time. */
const LANES = 2;

async function life(fault: PortFault | undefined, seed: number, powerCut: boolean): Promise<LifeReport> {
  let report: LifeReport | undefined;
  const living = onSimDisk(
    seed,
    (files) => files,
    async (dir, disk) => {
      report = await sweptLife(dir, disk, fault, powerCut ? seed : undefined);
    },
  );
  const deadline = new AbortController();
  const late = delay(LIFE_MS_MAX, 'late', { signal: deadline.signal }).catch(() => 'in time');
  const how = await Promise.race([living, late]);
  deadline.abort();
  if (how === 'late') throw new Error('it hangs');
  return report!;
}

/** How a call of this kind may fail. */
function waysOf(call: PortCall): readonly (readonly [PortAction, boolean])[] {
  const ways: (readonly [PortAction, boolean])[] = [
    ['EIO', false],
    ['crash', false],
    ['EIO', true],
    ['ENOSPC', false],
    ['ENOSPC', true],
  ];
  return call === 'write' ? [...ways, ['short', false]] : ways;
}

it(
  'a fault of any call costs nothing that was acknowledged',
  async () => {
    const seed = chosenSeed();
    const clean = await life(undefined, seed, false);
    expect(clean.how).toBe('went on');
    expect(clean.acknowledged).toBeGreaterThan(80);
    const ends = new Map<string, number>();
    const faults: PortFault[] = [];
    for (let nth = only ?? 1; nth <= (only ?? clean.calls.length); nth++) {
      const ways = waysOf(clean.calls[nth - 1]!.call);
      const others = ways.slice(2);
      const played = all ? ways : [...ways.slice(0, 2), others[nth % others.length]!];
      for (const [action, sticky] of played) faults.push({ nth, action, sticky });
    }
    let [next, missed, acknowledged] = [0, 0, 0];
    const lane = async (): Promise<void> => {
      while (next < faults.length) {
        const index = next++;
        const fault = faults[index]!;
        // A process that ends leaves what it wrote; every other time the power goes with it.
        const powerCut = (fault.nth + index) % 2 === 0;
        const report = await life(fault, seed + fault.nth, powerCut).catch((error: Error) => {
          // The other lane ends, too.
          next = faults.length;
          const { call, path } = clean.calls[fault.nth - 1]!;
          throw new Error(`${JSON.stringify(fault)}, ${call} of ${path}: ${error.message}`, { cause: error });
        });
        acknowledged += report.acknowledged;
        if (report.fired === undefined) missed++;
        else ends.set(report.how, (ends.get(report.how) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const lives = faults.length;
    const calls = new Map<string, number>();
    for (const { call } of clean.calls) calls.set(call, (calls.get(call) ?? 0) + 1);
    say(`${clean.calls.length} calls of a life: ${JSON.stringify(Object.fromEntries(calls))}`);
    say(
      `${lives} lives, ${missed} without the fault: ${JSON.stringify(Object.fromEntries(ends))}; ${acknowledged} acknowledged`,
    );
    expect(missed).toBeLessThan(lives / 20);
    if (only !== undefined) return;
    for (const how of ['did not start', 'halted', 'crashed', 'went on']) expect(ends.get(how)).toBeGreaterThan(0);
  },
  all ? 3_600_000 : 1_200_000,
);
