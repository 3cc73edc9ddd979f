// What is not as it should be, by the figures. Pure: the same facts give the same issues.

import { HealthStatus, ServerState } from '../../gen/holdfast/v1/system';
import type { ServerStatus } from '../../gen/holdfast/v1/system';
import type { BackupSettings } from '../store-settings';
import { backupIssues } from './backup-checks';
import type { DamagedBackup } from './backup-facts';
import { found } from './issue';
import type { Issue } from './issue';
import type { Recent } from './recent';
import * as limit from './thresholds';
import { bytesText, percentText, spanText } from './words';

/** What the checks look at. */
export interface Facts {
  readonly status: ServerStatus;
  readonly recent: Recent;
  /** By the wall clock. */
  readonly nowMs: number;
  /** When the journal's oldest record was written; undefined while that is not known. */
  readonly storeSinceMs: number | undefined;
  /** Undefined: the store is not kept by itself, and nothing is expected of backups. */
  readonly backups: BackupSettings | undefined;
  readonly damagedBackups: readonly DamagedBackup[];
  /** Whether anything but the server's own tellings came after the newest backup. */
  readonly changedSince: boolean;
  readonly cacheLimits: { readonly entries: number; readonly bytes: number };
  /** Journal bytes since the state checkpoint. */
  readonly uncheckedBytes: number;
}

const { DEGRADED, UNHEALTHY } = HealthStatus;

/** The issues, worst first. */
export function issuesOf(facts: Facts): readonly Issue[] {
  const issues = [
    ...serverIssues(facts),
    ...diskIssues(facts),
    ...integrityIssues(facts),
    ...backupIssues(facts),
    ...speedIssues(facts),
  ];
  return issues.sort((a, b) => b.severity - a.severity);
}

function serverIssues({ status, uncheckedBytes }: Facts): Issue[] {
  const { state, stateReason, journal } = status;
  const lag = (journal?.durable?.sequence ?? 0) - (journal?.applied ?? 0);
  return [
    ...found(state === ServerState.HALTED, {
      code: 'halted',
      severity: UNHEALTHY,
      message: `the server has halted: ${stateReason}`,
      recommendation: 'Look at the disk and at the log, then start the server again: nothing acknowledged is lost.',
    }),
    ...found(state === ServerState.EMERGENCY, {
      code: 'emergency',
      severity: UNHEALTHY,
      message: `reads come from the capsule and may be stale, nothing is written: ${stateReason}`,
      recommendation: 'Wait until the state is rebuilt; the server goes on by itself.',
    }),
    ...found(lag > limit.STATE_LAG_MAX, {
      code: 'state_behind',
      severity: DEGRADED,
      message: `the state is ${lag} records behind the journal (threshold ${limit.STATE_LAG_MAX})`,
      recommendation: 'Look at the load of the disk and of the processor: LevelDB does not keep up.',
    }),
    ...found(lag <= limit.STATE_LAG_MAX && uncheckedBytes > limit.CHECKPOINT_LAG_MAX_BYTES, {
      code: 'state_behind',
      severity: DEGRADED,
      message:
        `the journal has grown by ${bytesText(uncheckedBytes)} since the last state checkpoint ` +
        `(threshold ${bytesText(limit.CHECKPOINT_LAG_MAX_BYTES)})`,
      recommendation: 'Look in the log for state checkpoints that failed: a start after a crash redoes all of this.',
    }),
  ];
}

function diskIssues({ status, backups }: Facts): Issue[] {
  const { freeBytes = 0, reserveBytes = 0, stateBytes = 0 } = status.disk ?? {};
  const full = status.state === ServerState.DISK_FULL;
  const low = limit.DISK_LOW_FACTOR * reserveBytes;
  const nextBackup = backups?.auto ? reserveBytes + stateBytes : 0;
  const threshold = Math.max(low, nextBackup);
  return [
    ...found(full, {
      code: 'disk_full',
      severity: UNHEALTHY,
      message: `growth is refused: ${bytesText(freeBytes)} are free (threshold ${bytesText(reserveBytes)})`,
      recommendation: 'Make room on the disk of the data directory; the server goes on by itself.',
    }),
    ...found(!full && freeBytes < threshold, {
      code: 'disk_low',
      severity: DEGRADED,
      message:
        `${bytesText(freeBytes)} are free on the disk of the data directory (threshold ${bytesText(threshold)}` +
        `${nextBackup > low ? ', what the next backup may take' : ''})`,
      recommendation: `Make room before ${bytesText(reserveBytes)} are reached: from there on growth is refused.`,
    }),
  ];
}

function integrityIssues({ status: { integrity } }: Facts): Issue[] {
  const last = integrity?.last;
  const open = (last?.problemCount ?? 0) - (last?.repairedCount ?? 0);
  const quarantined = integrity?.quarantined ?? 0;
  return [
    ...found(last !== undefined && !last.sound, {
      code: 'integrity',
      severity: UNHEALTHY,
      message: `the last check found ${open} problems that are not put right (threshold 0)`,
      recommendation: 'See what they are with: holdfast verify. What to do about each is in docs/recovery.md.',
    }),
    ...found(quarantined > 0, {
      code: 'quarantine',
      severity: UNHEALTHY,
      message: `${quarantined} rows are damaged and no source has them (threshold 0): reads of them give DATA_LOSS`,
      recommendation: 'See which with: holdfast recover report. An older backup or a mirror may still have them.',
    }),
  ];
}

function speedIssues({ status, recent, cacheLimits }: Facts): Issue[] {
  const { calls, slow, hits, misses, spanMs } = recent;
  const slowShare = calls === 0 ? 0 : slow / calls;
  const reads = hits + misses;
  const hitRate = reads === 0 ? 1 : hits / reads;
  const { entries = 0, bytes = 0 } = status.cache ?? {};
  const byEntries = entries >= limit.CACHE_FULL_SHARE * cacheLimits.entries;
  const byBytes = bytes >= limit.CACHE_FULL_SHARE * cacheLimits.bytes;
  const delay = status.process?.loopDelayP99Micros ?? 0;
  return [
    ...found(calls >= limit.CALLS_LEAST && slowShare > limit.SLOW_SHARE_MAX, {
      code: 'slow_operations',
      severity: DEGRADED,
      message:
        `${slow} of ${calls} calls of the last ${spanText(spanMs)} took longer than 100 ms ` +
        `(${percentText(slowShare)}, threshold ${percentText(limit.SLOW_SHARE_MAX)})`,
      recommendation:
        'Look at the load of the disk and of the processor. `performanceLogging` logs which calls are slow.',
    }),
    ...found(reads >= limit.READS_LEAST && hitRate < limit.HIT_RATE_MIN && (byEntries || byBytes), {
      code: 'cache_hit_rate',
      severity: DEGRADED,
      message:
        `${percentText(hitRate)} of ${reads} reads of the last ${spanText(spanMs)} found their row in memory ` +
        `(threshold ${percentText(limit.HIT_RATE_MIN)})`,
      recommendation: byBytes
        ? 'The cache has all the memory that it may take: read fewer different tasks, or expect reads from the disk.'
        : 'Raise `cacheSize`, if there is memory for it.',
    }),
    ...found(delay > limit.LOOP_DELAY_MAX_MICROS, {
      code: 'event_loop',
      severity: DEGRADED,
      message: `the event loop is ${Math.round(delay / 1000)} ms late (threshold ${limit.LOOP_DELAY_MAX_MICROS / 1000} ms)`,
      recommendation:
        'Give the server more of a processor: it shares one with too much else, or has more to do than one can.',
    }),
  ];
}
