/**
 * The figures of a server: what GetStatus shows, and what health is judged by.
 *
 * Boundary: collects, and judges nothing. What only the wire knows (open watches, operations) is left at 0.
 *
 * F1. Nothing is read from the disk but sizes, and those are counted beside the work.
 */
import { existsSync } from 'node:fs';
import { timestampOf } from '../../domain/timestamp';
import type { RecoveryStatus, ServerStatus } from '../../gen/holdfast/v1/system';
import { ServerState } from '../../gen/holdfast/v1/system';
import { capsuleFile } from '../../storage/layout';
import type { Engine } from '../engine';
import type { CallFigures } from './call-figures';
import type { DiskSizes, Sizes } from './disk-sizes';
import { newestOf, outlookOf } from './outlook';
import type { ProcessFigures } from './process-figures';
import type { BackupFacts, HealthSources } from './sources';

/** Where the figures come from. */
export interface FactSources {
  readonly engine: Engine;
  readonly calls: CallFigures;
  readonly process: ProcessFigures;
  readonly sizes: DiskSizes;
  readonly others: HealthSources;
  /** When the process began to serve, by the wall clock. */
  readonly startedAtMs: number;
}

const NO_BACKUPS: BackupFacts = { verified: [], damagedCount: 0, nextAtMs: undefined, mirrorLag: 0, lastFailure: '' };

/** The status now. */
export async function statusOf({
  engine,
  calls,
  process,
  sizes,
  others,
  startedAtMs,
}: FactSources): Promise<ServerStatus> {
  const { options, parts, history, store } = engine;
  const counted = await sizes.look();
  const freeBytes = await options.files.freeBytes(options.dir).catch(() => 0);
  const backups = (await others.backups?.()) ?? NO_BACKUPS;
  const { journal, state } = parts;
  // From here on nothing waits: the figures belong together.
  const { durable, applied } = engine.status;
  const { tasks, liveTasks, sessions } = state.tallies.totals();
  return {
    version: options.version,
    ...stateOf(engine),
    startTime: timestampOf(startedAtMs),
    journalTime: timestampOf(engine.nowMs),
    journal: {
      durable: { history, sequence: durable },
      applied,
      checkpointed: state.checkpointed,
      oldest: journal.oldest(),
      segments: counted.segments.length,
      lineage: [],
    },
    disk: {
      freeBytes,
      reserveBytes: parts.disk.freeBytesMin,
      journalBytes: counted.journalBytes,
      stateBytes: counted.stateBytes,
      blobBytes: counted.blobBytes,
      backupBytes: counted.backupBytes,
      archiveBytes: counted.archiveBytes,
    },
    cache: cacheOf(engine),
    calls: calls.status,
    process: process.status,
    recovery: recoveryOf(engine, backups, counted, others),
    integrity: others.integrity?.() ?? { last: undefined, scrubbedRows: 0, scrubRounds: 0, repairs: 0, quarantined: 0 },
    counts: {
      projects: state.tallies.projectCount(),
      tasks,
      liveTasks,
      sessions,
      watches: 0,
      waiting: parts.parkings.reduce((sum, { waiting }) => sum + waiting, 0),
      runningOperations: 0,
    },
    found: store.found.journal.how,
  };
}

function stateOf(engine: Engine): Pick<ServerStatus, 'state' | 'stateReason'> {
  const { halted, draining, diskFull } = engine.status;
  if (halted !== undefined) return { state: ServerState.HALTED, stateReason: halted };
  if (draining) return { state: ServerState.DRAINING, stateReason: '' };
  if (diskFull) return { state: ServerState.DISK_FULL, stateReason: '' };
  return { state: ServerState.SERVING, stateReason: '' };
}

function cacheOf({ parts }: Engine): ServerStatus['cache'] {
  const { entries, bytes, hits, misses } = parts.state.cache;
  return { entries, bytes, hits, misses, hitRate: hits + misses === 0 ? 0 : hits / (hits + misses) };
}

function recoveryOf(engine: Engine, backups: BackupFacts, sizes: Sizes, others: HealthSources): RecoveryStatus {
  const { options, parts } = engine;
  const { durable } = engine.status;
  const newest = newestOf(backups.verified);
  const base = newest?.sequence ?? parts.journal.oldest() - 1;
  const outlook = (others.outlook ?? outlookOf)({
    durable,
    checkpointed: parts.state.checkpointed,
    oldest: parts.journal.oldest(),
    verified: backups.verified,
    tasks: parts.state.tallies.taskCount(),
    hasCapsule: existsSync(capsuleFile(options.dir)),
  });
  return {
    debtRecords: Math.max(0, durable - base),
    debtBytes: bytesAfter(sizes, base, durable),
    outlook: [...outlook],
    newestBackup: newest?.name ?? '',
    newestBackupTime: newest && timestampOf(newest.createdAtMs),
    backups: backups.verified.length,
    damagedBackups: backups.damagedCount,
    nextBackupTime: backups.nextAtMs === undefined ? undefined : timestampOf(backups.nextAtMs),
    mirrorLag: backups.mirrorLag,
    lastFailure: backups.lastFailure,
  };
}

/** Bytes of journal after a sequence, about: of the segment that it lies in, as much as there are records behind it. */
function bytesAfter({ segments }: Sizes, sequence: number, head: number): number {
  let sum = 0;
  for (const [index, { first, bytes }] of segments.entries()) {
    const end = segments[index + 1]?.first ?? head + 1;
    if (first > sequence) sum += bytes;
    else if (end > sequence + 1) sum += Math.round((bytes * (end - 1 - sequence)) / (end - first));
  }
  return sum;
}
