import type { Server } from '@grpc/grpc-js';
import { REASON_BYTES_MAX } from '../domain/limits';
import { fieldInvalid } from '../domain/refusal';
import { timestampOf } from '../domain/timestamp';
import {
  CheckHealthResponse,
  DrainResponse,
  GetConfigResponse,
  GetStatusResponse,
  SystemServiceService,
} from '../gen/holdfast/v1/system_service';
import type { DrainRequest, TrimJournalRequest, VerifyIntegrityRequest } from '../gen/holdfast/v1/system_service';
import { durationMs } from './event-start';
import { serve, unary } from './method';
import type { ServiceContext } from './replies';
import { trimJournal } from './trim-journal';
import { verifyIntegrity } from './verify-integrity';
import type { WatchHub } from './watch-hub';

/** A setting as GetConfig shows it. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string;
  readonly source: 'default' | 'file' | 'environment' | 'flag';
  readonly text: string;
}

interface SystemContext extends ServiceContext {
  readonly hub: WatchHub;
  readonly config: readonly ShownSetting[];
  readonly drainTimeoutMs: number;
}

/** The longest that a caller may give open calls, in milliseconds: as the setting. */
const DRAIN_MAX_MS = 3_600_000;
/** How long the answer has to leave before the server begins to stop, in milliseconds. */
const ANSWER_MS = 50;

/** Serves holdfast.v1.SystemService. */
export function addSystemService(server: Server, context: SystemContext): void {
  server.addService(serve(SystemServiceService), {
    getStatus: unary(context, () => getStatus(context)),
    checkHealth: unary(context, () => checkHealth(context)),
    verifyIntegrity: unary(context, (request: VerifyIntegrityRequest, caller) =>
      verifyIntegrity(context, request, caller),
    ),
    getConfig: unary(context, () => Promise.resolve(getConfig(context))),
    trimJournal: unary(context, (request: TrimJournalRequest, caller) => trimJournal(context, request, caller)),
    drain: unary(context, (request: DrainRequest) => Promise.resolve(drain(context, request))),
  });
}

/** The figures of the engine, and what only the wire knows. */
async function getStatus({ engine, maintenance, hub, operations }: SystemContext): Promise<Buffer> {
  const status = await maintenance.health.status();
  if (status.counts) {
    status.counts.watches = hub.count;
    status.counts.runningOperations = operations.count;
  }
  return Buffer.from(GetStatusResponse.encode({ status, position: positionOf(engine) }).finish());
}

async function checkHealth({ engine, maintenance }: SystemContext): Promise<Buffer> {
  const health = await maintenance.health.check();
  const recommendations = [...new Set(health.issues.map(({ recommendation }) => recommendation))];
  return Buffer.from(CheckHealthResponse.encode({ health, recommendations, position: positionOf(engine) }).finish());
}

function getConfig({ engine, config }: SystemContext): Buffer {
  const settings = config.map((setting) => ({ ...setting }));
  return Buffer.from(GetConfigResponse.encode({ settings, position: positionOf(engine) }).finish());
}

/** Answers first, then stops: the caller hears that it was heard. */
function drain({ engine, drainTimeoutMs, log }: SystemContext, { timeout, reason }: DrainRequest): Buffer {
  if (Buffer.byteLength(reason) > REASON_BYTES_MAX) {
    throw fieldInvalid('reason', `must be at most ${REASON_BYTES_MAX} bytes`);
  }
  const boundMs = durationMs(timeout, 'timeout', { fallbackMs: drainTimeoutMs, minMs: 0, maxMs: DRAIN_MAX_MS });
  log.info({ reason, boundMs }, 'asked to stop');
  const by = timestampOf(engine.options.clock.wallMs() + ANSWER_MS + boundMs);
  setTimeout(() => engine.requestStop(reason || 'asked by a caller', boundMs), ANSWER_MS);
  return Buffer.from(DrainResponse.encode({ position: positionOf(engine), by }).finish());
}

function positionOf({ history, status }: SystemContext['engine']) {
  return { history, sequence: status.durable };
}
