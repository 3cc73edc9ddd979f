/**
 * The figures of a server: what GetStatus shows, and what health is judged by.
 *
 * Boundary: collects, and judges nothing. What only the wire knows (open watches, operations) is left at 0.
 *
 * F1. Nothing is read from the disk but sizes and what the catalogue of backups says, and both beside the work.
 */
import { recordsBetween } from '../../storage/journal/lineage';
import { existsSync } from 'node:fs';
import { timestampOf } from '../../domain/timestamp';
import { ServerState } from '../../gen/holdfast/v1/system';
import type { RecoveryStatus, ServerStatus } from '../../gen/holdfast/v1/system';
import { capsuleFile } from '../../storage/layout';
import type { Engine } from '../engine';
import { recoveryOutlook } from '../recovery/strategy';
import type { BackupFacts } from './backup-facts';
import type { CallFigures } from './call-figures';
import type { DiskSizes } from './disk-sizes';
import type { Lately } from './lately';
import type { ProcessFigures } from './process-figures';
import type { HealthSources } from './sources';

/** Where the figures come from. */
export interface FactSources {
  readonly engine: Engine;
  readonly calls: CallFigures;
  readonly process: ProcessFigures;
  readonly sizes: Lately<DiskSizes>;
  readonly backups: Lately<BackupFacts>;
  readonly others: HealthSources;
  /** When the process began to serve, by the wall clock. */
  readonly startedAtMs: number;
}

/** The status now, and what is known of backups beyond it. */
export async function figuresOf(sources: FactSources): Promise<{ status: ServerStatus; backups: BackupFacts }> {
  const { engine, calls, process, others, startedAtMs } = sources;
  const { options, parts, history, store } = engine;
  const sizes = await sources.sizes.get();
  const backups = await sources.backups.get();
  // A disk that cannot say it is in trouble: none is free as far as we know.
  const freeBytes = await options.files.freeBytes(options.dir).catch(() => 0);
  const { journal, state } = parts;
  // From here on nothing waits: the figures belong together.
  const { durable, applied } = engine.status;
  const { tasks, liveTasks, sessions } = state.tallies.totals();
  const status: ServerStatus = {
    version: options.version,
    ...stateOf(engine),
    startTime: timestampOf(startedAtMs),
    journalTime: timestampOf(engine.nowMs),
    journal: {
      durable: { history, sequence: durable },
      applied,
      checkpointed: state.checkpointed,
      oldest: journal.oldest(),
      segments: sizes.segments.length,
      lineage: journal
        .lineage()
        .map((span, index, { length }) => ({ ...span, last: index === length - 1 ? 0 : span.last })),
    },
    disk: {
      freeBytes,
      reserveBytes: parts.disk.freeBytesMin,
      journalBytes: sizes.journalBytes,
      stateBytes: sizes.stateBytes,
      blobBytes: sizes.blobBytes,
      backupBytes: sizes.backupBytes,
      archiveBytes: sizes.archiveBytes,
    },
    cache: cacheOf(engine),
    calls: calls.status,
    process: process.status,
    recovery: recoveryOf(engine, backups, sizes, others),
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
  return { status, backups };
}

function stateOf(engine: Engine): Pick<ServerStatus, 'state' | 'stateReason'> {
  const { halted, draining, diskFull, emergency } = engine.status;
  if (halted !== undefined) return { state: ServerState.HALTED, stateReason: halted };
  if (draining) return { state: ServerState.DRAINING, stateReason: '' };
  if (emergency) return { state: ServerState.EMERGENCY, stateReason: emergency.reason };
  if (diskFull) return { state: ServerState.DISK_FULL, stateReason: '' };
  return { state: ServerState.SERVING, stateReason: '' };
}

function cacheOf({ parts }: Engine): ServerStatus['cache'] {
  const { entries, bytes, hits, misses } = parts.state.cache;
  return { entries, bytes, hits, misses, hitRate: hits + misses === 0 ? 0 : hits / (hits + misses) };
}

function recoveryOf(engine: Engine, backups: BackupFacts, sizes: DiskSizes, others: HealthSources): RecoveryStatus {
  const { options, parts } = engine;
  const { journal, state } = parts;
  const { durable } = engine.status;
  const spans = journal.lineage();
  const since = (sequence: number): number => recordsBetween(spans, sequence, durable);
  const { newest, nextAtMs } = backups;
  const oldest = journal.oldest();
  const base = newest?.sequence ?? oldest - 1;
  const mirror = others.mirror?.();
  return {
    debtRecords: since(base),
    debtBytes: bytesAfter(sizes, base, durable),
    outlook: recoveryOutlook({
      journalRecords: since(oldest - 1),
      oldest,
      backup: newest && { ...newest, recordsSince: since(newest.sequence) },
      state: {
        name: '',
        recordsSince: since(state.checkpointed),
        bytes: sizes.stateBytes,
        tasks: state.tallies.taskCount(),
      },
      hasCapsule: existsSync(capsuleFile(options.dir)),
    }),
    newestBackup: newest?.name ?? '',
    newestBackupTime: newest && timestampOf(newest.createdAtMs),
    backups: backups.verifiedCount,
    damagedBackups: backups.damaged.length,
    nextBackupTime: nextAtMs === undefined ? undefined : timestampOf(nextAtMs),
    mirrorLag: mirror?.lag ?? 0,
    lastFailure: others.backups.automatic.lastFailure || (mirror?.lastFailure ?? ''),
  };
}

/** Bytes of journal after a sequence, about: of the segment that it lies in, as much as there are records behind it. */
function bytesAfter({ segments }: DiskSizes, sequence: number, head: number): number {
  let sum = 0;
  for (const [index, { first, bytes }] of segments.entries()) {
    const end = segments[index + 1]?.first ?? head + 1;
    if (first > sequence) sum += bytes;
    else if (end > sequence + 1) sum += Math.round((bytes * (end - 1 - sequence)) / (end - first));
  }
  return sum;
}
