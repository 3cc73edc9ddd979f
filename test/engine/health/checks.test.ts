// Each code of HealthIssue: just below its threshold there is no issue, just above there is one, and its message has the figure.

import { timestampOf } from '../../../src/domain/timestamp';
import { issuesOf } from '../../../src/engine/health/checks';
import type { Facts } from '../../../src/engine/health/checks';
import * as limit from '../../../src/engine/health/thresholds';
import { HealthStatus, ServerState, ServerStatus } from '../../../src/gen/holdfast/v1/system';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 5, 1);
const MIB = 1024 * 1024;

type Shape = Parameters<typeof ServerStatus.fromPartial>[0];

const backups = {
  dir: 'backups',
  auto: true,
  intervalMs: HOUR_MS,
  retentionDays: 30,
  retentionCount: 24,
  debtRecords: 500_000,
  bytesPerSecond: 64_000_000,
  verifyIntervalMs: 7 * 24 * HOUR_MS,
};

/** A server in good order that has run for a day. */
function facts(status: Shape = {}, more: Partial<Facts> = {}): Facts {
  const well = {
    state: ServerState.SERVING,
    disk: { freeBytes: 100 * 1024 * MIB, reserveBytes: 64 * MIB, stateBytes: 10 * MIB },
    process: { uptimeMs: 24 * HOUR_MS },
    recovery: {
      backups: 3,
      newestBackup: 'backups/b1',
      newestBackupTime: timestampOf(NOW_MS - HOUR_MS),
      debtRecords: 1000,
    },
  };
  return {
    status: ServerStatus.fromPartial({
      ...well,
      ...status,
      disk: { ...well.disk, ...status.disk },
      process: { ...well.process, ...status.process },
      recovery: { ...well.recovery, ...status.recovery },
    }),
    recent: { spanMs: 300_000, calls: 1000, slow: 0, hits: 0, misses: 0 },
    nowMs: NOW_MS,
    storeSinceMs: NOW_MS - 30 * 24 * HOUR_MS,
    backups,
    damagedBackups: [],
    changedSince: true,
    cacheLimits: { entries: 50_000, bytes: 24 * MIB },
    uncheckedBytes: 0,
    ...more,
  };
}

const codes = (given: Facts): string[] => issuesOf(given).map(({ code }) => code);
const recent = (counts: Partial<Facts['recent']>): Partial<Facts> => {
  return { recent: { spanMs: 300_000, calls: 0, slow: 0, hits: 0, misses: 0, ...counts } };
};
const cached = (share: number) => ({ cache: { entries: 50_000 * share, bytes: MIB } });

it('a server in good order has no issue', () => {
  expect(issuesOf(facts())).toEqual([]);
});

it('a server that has just been started for the first time has no issue', () => {
  const fresh = facts(
    { process: { uptimeMs: 3 }, recovery: { backups: 0, newestBackup: '', newestBackupTime: undefined } },
    { storeSinceMs: NOW_MS, ...recent({ calls: 3, slow: 3, hits: 0, misses: 3 }) },
  );
  expect(issuesOf(fresh)).toEqual([]);
});

interface Case {
  readonly code: string;
  readonly below: Facts;
  readonly above: Facts;
  readonly severity: 'DEGRADED' | 'UNHEALTHY';
  readonly says: RegExp;
}

const none = { backups: 0, newestBackup: '', newestBackupTime: undefined };

const cases: readonly Case[] = [
  {
    code: 'halted',
    below: facts(),
    above: facts({ state: ServerState.HALTED, stateReason: 'EIO of the journal' }),
    severity: 'UNHEALTHY',
    says: /EIO of the journal/,
  },
  {
    code: 'emergency',
    below: facts(),
    above: facts({ state: ServerState.EMERGENCY, stateReason: 'the state is rebuilt' }),
    severity: 'UNHEALTHY',
    says: /the state is rebuilt/,
  },
  {
    code: 'state_behind',
    below: facts({ journal: { durable: { sequence: limit.STATE_LAG_MAX + 5 }, applied: 5 } }),
    above: facts({ journal: { durable: { sequence: limit.STATE_LAG_MAX + 6 }, applied: 5 } }),
    severity: 'DEGRADED',
    says: /20001 records behind the journal \(threshold 20000\)/,
  },
  {
    code: 'state_behind',
    below: facts({}, { uncheckedBytes: 64 * MIB }),
    above: facts({}, { uncheckedBytes: 65 * MIB }),
    severity: 'DEGRADED',
    says: /65 MiB since the last state checkpoint \(threshold 64 MiB\)/,
  },
  {
    code: 'disk_full',
    below: facts(),
    above: facts({ state: ServerState.DISK_FULL, disk: { freeBytes: 63 * MIB } }),
    severity: 'UNHEALTHY',
    says: /63 MiB are free \(threshold 64 MiB\)/,
  },
  {
    code: 'disk_low',
    below: facts({ disk: { freeBytes: 256 * MIB } }),
    above: facts({ disk: { freeBytes: 255 * MIB } }),
    severity: 'DEGRADED',
    says: /255 MiB are free on the disk of the data directory \(threshold 256 MiB\)/,
  },
  {
    code: 'disk_low',
    below: facts({ disk: { freeBytes: 1064 * MIB, stateBytes: 1000 * MIB } }),
    above: facts({ disk: { freeBytes: 1063 * MIB, stateBytes: 1000 * MIB } }),
    severity: 'DEGRADED',
    says: /what the next backup may take/,
  },
  {
    code: 'integrity',
    below: facts({ integrity: { last: { sound: true, problemCount: 2, repairedCount: 2 } } }),
    above: facts({ integrity: { last: { sound: false, problemCount: 3, repairedCount: 2 } } }),
    severity: 'UNHEALTHY',
    says: /found 1 problems/,
  },
  {
    code: 'quarantine',
    below: facts({ integrity: { quarantined: 0 } }),
    above: facts({ integrity: { quarantined: 2 } }),
    severity: 'UNHEALTHY',
    says: /^2 rows are damaged/,
  },
  {
    code: 'backup_damaged',
    below: facts({ recovery: { damagedBackups: 0 } }),
    above: facts({ recovery: { damagedBackups: 1 } }, { damagedBackups: [{ name: 'backups/rotten', isBase: false }] }),
    severity: 'DEGRADED',
    says: /^1 backups are damaged \(backups\/rotten\), 3 are good/,
  },
  {
    code: 'backup_damaged',
    below: facts(),
    above: facts({ recovery: { damagedBackups: 1, backups: 0 } }, { storeSinceMs: NOW_MS }),
    severity: 'UNHEALTHY',
    says: /^1 backups are damaged, 0 are good/,
  },
  {
    code: 'backup_failed',
    below: facts({ recovery: { lastFailure: '' } }),
    above: facts({ recovery: { lastFailure: 'ENOSPC' } }),
    severity: 'DEGRADED',
    says: /ENOSPC/,
  },
  {
    code: 'mirror_behind',
    below: facts({ recovery: { mirrorLag: limit.MIRROR_LAG_MAX } }),
    above: facts({ recovery: { mirrorLag: limit.MIRROR_LAG_MAX + 1 } }),
    severity: 'DEGRADED',
    says: /50001 records behind \(threshold 50000\)/,
  },
  {
    code: 'backup_missing',
    below: facts({ recovery: none }, { storeSinceMs: NOW_MS - 2 * HOUR_MS }),
    above: facts({ recovery: none }, { storeSinceMs: NOW_MS - 3 * HOUR_MS }),
    severity: 'DEGRADED',
    says: /3 h old and has no backup that verified \(threshold 2 h\)/,
  },
  {
    code: 'backup_missing',
    below: facts({ recovery: none }, { storeSinceMs: NOW_MS - 24 * HOUR_MS, backups: { ...backups, auto: false } }),
    above: facts({ recovery: none }, { storeSinceMs: NOW_MS - 25 * HOUR_MS, backups: { ...backups, auto: false } }),
    severity: 'DEGRADED',
    says: /1 d old and has no backup that verified \(threshold 1 d\)/,
  },
  {
    code: 'backup_old',
    below: facts({ recovery: { newestBackupTime: timestampOf(NOW_MS - 2 * HOUR_MS) } }),
    above: facts({ recovery: { newestBackupTime: timestampOf(NOW_MS - 5 * HOUR_MS) } }),
    severity: 'DEGRADED',
    says: /5 h old \(threshold 2 h\); 1000 records came after it/,
  },
  {
    code: 'recovery_debt',
    below: facts({ recovery: { debtRecords: 1_000_000 } }),
    above: facts({ recovery: { debtRecords: 1_000_001 } }),
    severity: 'DEGRADED',
    says: /would apply 1000001 records \(threshold 1000000\)/,
  },
  {
    code: 'slow_operations',
    below: facts({}, recent({ calls: 1000, slow: 10 })),
    above: facts({}, recent({ calls: 1000, slow: 11 })),
    severity: 'DEGRADED',
    says: /11 of 1000 calls of the last 5 min took longer than 100 ms \(1.1 %, threshold 1 %\)/,
  },
  {
    code: 'cache_hit_rate',
    below: facts(cached(1), recent({ hits: 9000, misses: 1000 })),
    above: facts(cached(1), recent({ hits: 8990, misses: 1010 })),
    severity: 'DEGRADED',
    says: /^89.9 % of 10000 reads of the last 5 min found their row in memory \(threshold 90 %\)/,
  },
  {
    code: 'event_loop',
    below: facts({ process: { loopDelayP99Micros: 100_000 } }),
    above: facts({ process: { loopDelayP99Micros: 150_000 } }),
    severity: 'DEGRADED',
    says: /150 ms late \(threshold 100 ms\)/,
  },
];

it.each(cases)(
  '$code is found beyond its threshold and not before: $says',
  ({ code, below, above, severity, says }) => {
    expect(codes(below)).toEqual([]);
    expect(codes(above)).toEqual([code]);
    const [issue] = issuesOf(above);
    expect(issue!.severity).toBe(HealthStatus[severity]);
    expect(issue!.message).toMatch(says);
    expect(issue!.recommendation).toMatch(/^[A-Z`].+[a-z`.]$/);
  },
);

describe('what says nothing', () => {
  it.each([
    ['a few calls, all of them slow', facts({}, recent({ calls: 99, slow: 99 }))],
    ['a few reads, none of them found', facts(cached(1), recent({ misses: 9999 }))],
    ['a cache that is still filling', facts(cached(0.5), recent({ misses: 50_000 }))],
    [
      'an old backup of a store that has not changed since',
      facts({ recovery: { newestBackupTime: timestampOf(0) } }, { changedSince: false }),
    ],
    [
      'an old backup right after the start of a server that was stopped for long',
      facts({ process: { uptimeMs: 60_000 }, recovery: { newestBackupTime: timestampOf(0) } }),
    ],
    ['anything about backups of a store that is not kept by itself', facts({ recovery: none }, { backups: undefined })],
  ])('%s', (_what, given) => {
    expect(codes(given)).toEqual([]);
  });
});

it('the worst issue comes first', () => {
  const given = facts(
    { state: ServerState.HALTED, disk: { freeBytes: 0 }, integrity: { quarantined: 1 } },
    recent({ calls: 1000, slow: 500 }),
  );
  expect(codes(given)).toEqual(['halted', 'quarantine', 'disk_low', 'slow_operations']);
});
