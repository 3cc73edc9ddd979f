// Goal: a plan takes whole segments, from the start, as far as all limits let it, and says what kept it from taking more.

import { planTrim } from '../../../src/engine/audit/trim-plan';
import type { TrimLimits } from '../../../src/engine/audit/trim-plan';
import { chosenSeed, randomFrom } from '../../support/seed';

const segments = [1, 11, 21, 31].map((first) => ({ first, bytes: 100 }));
const before = (first: number): number => first - 1;
const everything = { wanted: 1000, retriesFrom: 1000, covered: 1000, before };

function plan(limits: Partial<TrimLimits>) {
  return planTrim(segments, { ...everything, ...limits });
}

it.each([
  ['nothing is asked to go', { wanted: 1 }, 1, 0, ''],
  [
    'less than a segment is asked to go',
    { wanted: 10 },
    1,
    0,
    'whole segments go, and the rest of this one is younger',
  ],
  ['exactly a segment is asked to go', { wanted: 11 }, 11, 1, ''],
  ['a segment and a half', { wanted: 16 }, 11, 1, 'whole segments go, and the rest of this one is younger'],
  ['all but the segment that is written', { wanted: 31 }, 31, 3, ''],
  [
    'retries need the third',
    { retriesFrom: 25 },
    21,
    2,
    'retries of the last day are answered from the records from 25 on',
  ],
  ['a backup holds the first', { covered: 10 }, 11, 1, 'no verified backup holds what is above 10'],
  ['a backup holds a part of the second', { covered: 19 }, 11, 1, 'no verified backup holds what is above 19'],
  ['the mirror has the first', { mirrored: 10 }, 11, 1, 'the mirror does not have what is above 10 yet'],
  ['the mirror has nothing', { mirrored: 0 }, 1, 0, 'the mirror does not have what is above 0 yet'],
  ['nothing waits for a mirror', { wanted: 31, mirrored: undefined }, 31, 3, ''],
  ['there is no backup', { covered: 0 }, 1, 0, 'no verified backup holds what is above 0'],
])('%s', (_, limits, oldest, count, limitedBy) => {
  expect(plan(limits)).toEqual({ oldest, segments: count, bytes: count * 100, floor: oldest - 1, limitedBy });
});

it('the last segment never goes, whatever is asked', () => {
  expect(plan({})).toMatchObject({ oldest: 31, segments: 3 });
  expect(planTrim([{ first: 1, bytes: 5 }], everything)).toMatchObject({ oldest: 1, segments: 0 });
});

it('over a fork the backup must hold what was before it, not the numbers that nobody was given', () => {
  const forked = [
    { first: 1, bytes: 1 },
    { first: 1000, bytes: 1 },
  ];
  const limits = { wanted: 1000, retriesFrom: 1000, before: (first: number) => (first === 1000 ? 7 : first - 1) };
  expect(planTrim(forked, { ...limits, covered: 7 })).toMatchObject({ oldest: 1000, segments: 1, floor: 7 });
  expect(planTrim(forked, { ...limits, covered: 6 })).toMatchObject({ oldest: 1, segments: 0 });
});

it('whatever the limits, what goes is wanted, old enough and covered, and one more segment would not be', () => {
  const random = randomFrom(chosenSeed());
  for (let round = 0; round < 5000; round += 1) {
    const firsts = [1];
    while (random.chance(0.8)) firsts.push(firsts.at(-1)! + 1 + random.below(10));
    const limits = { wanted: random.below(60), retriesFrom: random.below(60), covered: random.below(60), before };
    const found = planTrim(
      firsts.map((first) => ({ first, bytes: 1 })),
      limits,
    );
    const may = (first: number): boolean =>
      first <= limits.wanted && first <= limits.retriesFrom && first - 1 <= limits.covered;
    expect(found.segments === 0 || may(found.oldest)).toBe(true);
    const next = firsts[found.segments + 1];
    expect(next === undefined || !may(next)).toBe(true);
  }
});
