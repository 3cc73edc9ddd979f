// Goal: the sweep of the port would notice an engine that tries a failed flush again. Method: the same lives, with that bug planted; a flush of
// the journal fails and loses what it should have kept, and the power goes when the life is over.

import { chosenSeed, say } from '../support/seed';
import { retryingFlushes } from './plants';
import { onSimDisk } from './simulation';
import { sweptLife } from './sweep-life';
import type { LifeReport } from './sweep-life';

const LIVES = 30;

it('a retry after EIO is noticed', async () => {
  const seed = chosenSeed();
  const asIs = <Same>(same: Same): Same => same;
  const life = async (nth: number | undefined, plant: typeof retryingFlushes): Promise<LifeReport> => {
    let report: LifeReport | undefined;
    const fault = nth === undefined ? undefined : { nth, action: 'EIO' as const, sticky: false };
    await onSimDisk(seed, asIs, async (dir, disk) => {
      report = await sweptLife(dir, disk, fault, seed + (nth ?? 0), plant);
    });
    return report!;
  };
  const { calls } = await life(undefined, asIs);
  // Groups are flushed into segments that have their names.
  const isGroup = ({ call, path }: (typeof calls)[number]): boolean => call === 'datasync' && /\d\.seg$/.test(path);
  const flushes = calls.flatMap((call, index) => (isGroup(call) ? [index + 1] : []));
  expect(flushes.length).toBeGreaterThan(5);
  let noticed = '';
  for (let tries = 0; tries < LIVES && noticed === ''; tries++) {
    const nth = flushes[tries % flushes.length]!;
    await life(nth, asIs);
    await life(nth, retryingFlushes).catch((error: Error) => (noticed = error.message));
  }
  say(`a retry after EIO: ${noticed}`);
  expect(noticed).not.toBe('');
}, 120_000);
