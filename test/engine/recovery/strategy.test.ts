import { RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';
import type { RecoveryFacts } from '../../../src/engine/recovery/strategy';
import { ladder, nextStart, recoveryOutlook } from '../../../src/engine/recovery/strategy';

const { HOT, WARM, COLD, EMERGENCY, AUTO, UNSPECIFIED } = RecoveryStrategy;

const large: RecoveryFacts = {
  journalRecords: 3_000_000,
  oldest: 1,
  backup: { name: 'backups/b1', recordsSince: 100_000, bytes: 300_000_000, tasks: 1_000_000 },
  state: { name: '', recordsSince: 20_000, bytes: 0, tasks: 1_000_000 },
  hasCapsule: true,
};

const possible = (facts: RecoveryFacts): RecoveryStrategy[] =>
  recoveryOutlook(facts)
    .filter((each) => each.possible)
    .map(({ strategy }) => strategy);

test('each strategy is possible only with what it rests on', () => {
  expect(possible(large)).toEqual([HOT, WARM, COLD, EMERGENCY]);
  expect(possible({ ...large, backup: undefined })).toEqual([WARM, COLD, EMERGENCY]);
  expect(possible({ ...large, state: undefined, hasCapsule: false })).toEqual([HOT, COLD]);
  expect(possible({ ...large, oldest: 900, backup: undefined, state: undefined })).toEqual([EMERGENCY]);
  expect(possible({ ...large, oldest: 900 })).toContain(COLD);
});

test('AUTO takes the cheapest first, mends only a state that opens, and never gives way to the capsule alone', () => {
  const outlook = recoveryOutlook(large);
  expect(ladder(AUTO, outlook, false)).toEqual([HOT, COLD]);
  expect(ladder(UNSPECIFIED, outlook, true)).toEqual([HOT, WARM, COLD]);
  const behind = { ...large.backup!, recordsSince: 2_900_000 };
  expect(ladder(AUTO, recoveryOutlook({ ...large, backup: behind }), false)).toEqual([COLD, HOT]);
  expect(ladder(EMERGENCY, outlook, false)).toEqual([COLD]);
  expect(ladder(WARM, outlook, false)).toEqual([WARM]);
});

test('what is given up says what the next start does, and when it can do nothing', () => {
  expect(nextStart(recoveryOutlook(large))).toMatch(
    /^the next start brings the state back by HOT, which rests on backups\/b1, in some \d+ s$/,
  );
  expect(nextStart(recoveryOutlook({ ...large, backup: undefined }))).toContain('by COLD, which rests on the whole');
  expect(nextStart(recoveryOutlook({ ...large, oldest: 900, backup: undefined }))).toMatch(
    /cannot bring the state back \(.*the journal begins at 900/,
  );
});

test('the bounds of a million tasks are within reach by these estimates', () => {
  const within = new Map<RecoveryStrategy, number>([
    [HOT, 10_000],
    [WARM, 30_000],
    [COLD, 60_000],
  ]);
  for (const { strategy, estimatedMs } of recoveryOutlook(large)) {
    expect(estimatedMs).toBeLessThanOrEqual(within.get(strategy) ?? Infinity);
  }
});
