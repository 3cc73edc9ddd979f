// A server with a past of some days, in small segments: what trims are tried on.

import type { Metadata } from '@grpc/grpc-js';
import type { StoreSettings } from '../../src/engine/store-settings';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import type { Operation } from '../../src/gen/holdfast/v1/operation';
import { SystemServiceClient, TrimJournalRequest, TrimJournalResult } from '../../src/gen/holdfast/v1/system_service';
import { VerifyAuditRequest } from '../../src/gen/holdfast/v1/event_service';
import { AuditReport } from '../../src/gen/holdfast/v1/system';
import type { Files } from '../../src/storage/files';
import { call } from './boot';
import { backupWorld } from './backup-world';
import type { BackupWorld } from './backup-world';
import { storeSettings } from './store-settings';
import { memoryDir } from './temp-dir';

export const DAY_MS = 24 * 60 * 60 * 1000;
export const SEGMENT_BYTES = 10 * 1024;

export interface TrimWorld extends BackupWorld {
  readonly system: SystemServiceClient;
  /** Starts a trim and waits for its result. */
  trim(keep: NonNullable<TrimJournalRequest['keep']>): Promise<TrimJournalResult>;
  /** Checks the trail and waits for the report. */
  verify(asked?: Parameters<typeof VerifyAuditRequest.fromPartial>[0]): Promise<AuditReport>;
  /** The response of an operation when it has ended. */
  response(operation: Operation | undefined): Promise<Buffer>;
}

export interface TrimWorldOptions {
  readonly dir?: string;
  readonly settings?: Partial<StoreSettings>;
  readonly files?: Files;
  /** How far the wall clock is behind. */
  readonly daysAgo?: number;
}

/** Starts a server on a store with small segments. */
export async function trimWorld({
  dir = memoryDir(),
  settings,
  files,
  daysAgo = 0,
}: TrimWorldOptions = {}): Promise<TrimWorld> {
  const clock = { wallMs: () => Date.now() - daysAgo * DAY_MS, monotonicMs: () => performance.now() };
  const engine = { clock, segmentBytesMax: SEGMENT_BYTES, settings: storeSettings(dir, settings) };
  const world = await backupWorld({ dir, engine: files ? { ...engine, files } : engine });
  const system = world.client(SystemServiceClient);
  const response = async (operation: Operation | undefined): Promise<Buffer> => {
    const wait = { name: operation!.name, timeout: { seconds: 60, nanos: 0 } };
    const { operation: end } = await call(world.operations, 'waitOperation', wait);
    if (end?.state === OperationState.SUCCEEDED && end.result?.$case === 'response') return end.result.value.value;
    throw new Error(`the operation ended as ${end?.state}: ${JSON.stringify(end?.result)}`);
  };
  return {
    ...world,
    system,
    response,
    trim: async (keep) => {
      const { operation } = await call(system, 'trimJournal', TrimJournalRequest.fromPartial({ keep }));
      return TrimJournalResult.decode(await response(operation));
    },
    verify: async (asked = {}, metadata?: Metadata) => {
      const request = VerifyAuditRequest.fromPartial(asked);
      const { operation } = await call(world.events, 'verifyAudit', request, metadata);
      return AuditReport.decode(await response(operation));
    },
  };
}

/** A directory with a store that was at work some days ago, and was stopped. */
export async function agedStore(tasks = 300, daysAgo = 3): Promise<string> {
  const world = await trimWorld({ daysAgo });
  for (let made = 0; made < tasks; made += 10) await world.createTasks(10, 200);
  await world.stop();
  return world.dir;
}

/** Keep everything from the head on. */
export function fromHead({ engine }: BackupWorld): NonNullable<TrimJournalRequest['keep']> {
  return { $case: 'from', value: { history: engine.history, sequence: engine.status.durable } };
}
