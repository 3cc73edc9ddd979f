// The gRPC server over one engine: what it offers, what it bounds, and how it stops.

import { Server, ServerCredentials } from '@grpc/grpc-js';
import { HealthImplementation } from 'grpc-health-check';
import { Refusal } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import type { Maintenance } from '../engine/maintenance';
import { Operations } from '../engine/operations/operations';
import { addAgentService } from './agent-service';
import { addBackupService } from './backup-service';
import { addEventService, waitingMethods } from './event-service';
import { waitingTaskMethods } from './claim-task';
import { CallCount } from './call-count';
import { CallGuard } from './guard';
import { Listener, mustBeAllowed } from './listener';
import type { Endpoint } from './listener';
import type { Log } from './log';
import { addLockService, waitingLockMethods } from './lock-service';
import { REQUEST_BYTES_MAX } from './method';
import { MailboxChanges } from './mailbox-changes';
import { addMemoryService } from './memory-service';
import { addMessageService, waitingMessageMethods } from './message-service';
import { OperationChanges } from './operation-changes';
import { addOperationService, waitingOperationMethods } from './operation-service';
import { addQueueService } from './queue-service';
import { addProjectService } from './project-service';
import { addRecoveryService } from './recovery-service';
import { addReflection } from './reflection';
import { addSessionService } from './session-service';
import { addSystemService } from './system-service';
import type { ShownSetting } from './system-service';
import { PositionEncoding } from './splice';
import { staleReads } from './stale-reads';
import { statusMessage } from './status';
import { addTaskService } from './task-service';
import type { RequestTracer } from './tracing';
import { WatchHub } from './watch-hub';

export interface ServerOptions {
  readonly engine: Engine;
  /** Started and stopped by whoever hands it in. */
  readonly maintenance: Maintenance;
  readonly log: Log;
  /** Undefined: calls are not traced. */
  readonly tracer?: RequestTracer | undefined;
  /** Where to listen: one or more. */
  readonly endpoints: readonly Endpoint[];
  /** Whether other machines may connect. */
  readonly allowRemote: boolean;
  /** From the headers to the end of a request. Default 10 s. */
  readonly receiveTimeoutMs?: number;
  /** From the headers to the answer of a unary call. Default 30 s. */
  readonly operationTimeoutMs?: number;
  /** Between two messages of an import. Default 60 s. */
  readonly idleTimeoutMs?: number;
  /** How long a watch may be left unread. Default 30 s. */
  readonly stallTimeoutMs?: number;
  /** How long open calls get when the server is asked to stop and the asker does not say. Default 10 s. */
  readonly drainTimeoutMs?: number;
  /** What GetConfig shows, in the order of the documentation. */
  readonly config?: readonly ShownSetting[];
  /** Whether calls that are slow are logged. */
  readonly logSlowCalls?: boolean;
}

/** The services that the server offers, by full name. */
const SERVICES = [
  'holdfast.v1.TaskService',
  'holdfast.v1.SessionService',
  'holdfast.v1.AgentService',
  'holdfast.v1.ProjectService',
  'holdfast.v1.QueueService',
  'holdfast.v1.EventService',
  'holdfast.v1.OperationService',
  'holdfast.v1.BackupService',
  'holdfast.v1.LockService',
  'holdfast.v1.MemoryService',
  'holdfast.v1.MessageService',
  'holdfast.v1.SystemService',
];
const HEALTH_SERVICE = 'grpc.health.v1.Health';

const RECEIVE_TIMEOUT_MS = 10_000;
const OPERATION_TIMEOUT_MS = 30_000;
/** A caller that reads a large source, or a disk that is slow, takes a part of it. */
const IDLE_TIMEOUT_MS = 60_000;
const STALL_TIMEOUT_MS = 30_000;
const DRAIN_TIMEOUT_MS = 10_000;
/** Streams of one connection: a process with a thousand watches, and calls beside them. */
const STREAMS_MAX = 4096;
/** Megabytes that node:http2 may hold for one connection. */
const SESSION_MEMORY_MAX_MB = 128;
/** How often a silent connection is asked for a sign of life, and how long it may take, in milliseconds. */
const KEEPALIVE_TIME_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;
/** How long a connection without calls is kept, in milliseconds. */
const CONNECTION_IDLE_MS = 30 * 60_000;

export class HoldfastServer {
  private readonly listeners: Listener[] = [];
  private readonly health = new HealthImplementation();
  private readonly server: Server;
  private readonly guard: CallGuard;
  private readonly hub: WatchHub;
  private readonly operations: Operations;
  private drained: Promise<void> | undefined;

  private constructor({ engine, maintenance, log, tracer, ...options }: ServerOptions) {
    const receiveTimeoutMs = options.receiveTimeoutMs ?? RECEIVE_TIMEOUT_MS;
    const operationTimeoutMs = options.operationTimeoutMs ?? OPERATION_TIMEOUT_MS;
    const idleTimeoutMs = options.idleTimeoutMs ?? IDLE_TIMEOUT_MS;
    const waiting = new Set([
      ...waitingMethods,
      ...waitingOperationMethods,
      ...waitingMessageMethods,
      ...waitingLockMethods,
      ...waitingTaskMethods,
    ]);
    const limits = { receiveTimeoutMs, operationTimeoutMs, idleTimeoutMs };
    const onSlow = (path: string, tookMs: number): void =>
      log.warn({ method: path, tookMs: Math.round(tookMs) }, 'slow call');
    const count = new CallCount(maintenance.health.calls, waiting, options.logSlowCalls ? onSlow : undefined);
    this.guard = new CallGuard(limits, waiting, tracer, count);
    const { emergency } = engine.status;
    this.server = new Server({
      interceptors: [this.guard.interceptor, ...(emergency ? [staleReads(emergency)] : [])],
      'grpc.enable_channelz': 0,
      // Twice what is taken: a request just above the limit is refused by us, with its reason.
      'grpc.max_receive_message_length': 2 * REQUEST_BYTES_MAX,
      'grpc.max_send_message_length': -1,
      'grpc.max_concurrent_streams': STREAMS_MAX,
      'grpc.keepalive_time_ms': KEEPALIVE_TIME_MS,
      'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
      'grpc.max_connection_idle_ms': CONNECTION_IDLE_MS,
      'grpc-node.max_session_memory': SESSION_MEMORY_MAX_MB,
    });
    const positions = new PositionEncoding(engine.history, engine.store.journal.lineage().slice(0, -1));
    const { guard } = this;
    this.hub = new WatchHub(engine, positions, { guard, log }, options.stallTimeoutMs ?? STALL_TIMEOUT_MS);
    this.operations = new Operations({
      engine,
      describe: (fault) => statusMessage(fault, log),
      onNotice: ({ level, message }) => log[level]({}, message),
      works: maintenance.works,
    });
    const { hub, operations } = this;
    maintenance.backups.attach(operations);
    maintenance.audit.attach(operations);
    const context = { engine, operations, maintenance, positions, guard, log };
    addTaskService(this.server, context);
    addSessionService(this.server, context);
    addAgentService(this.server, context);
    addProjectService(this.server, context);
    addQueueService(this.server, context);
    addEventService(this.server, { ...context, hub });
    addOperationService(this.server, { ...context, hub, changes: new OperationChanges(engine) });
    addBackupService(this.server, context);
    addRecoveryService(this.server, context);
    addLockService(this.server, context);
    addMemoryService(this.server, context);
    addMessageService(this.server, { ...context, hub, mailboxes: new MailboxChanges(engine) });
    addSystemService(this.server, {
      ...context,
      hub,
      config: options.config ?? [],
      drainTimeoutMs: options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS,
    });
    addReflection(this.server, [...SERVICES, HEALTH_SERVICE]);
    this.health.addToServer(this.server);
    this.setHealth('SERVING');
  }

  /** Serves. Throws CannotListen. */
  static async start(options: ServerOptions): Promise<HoldfastServer> {
    mustBeAllowed(options.endpoints, options.allowRemote);
    const holdfast = new HoldfastServer(options);
    const injector = holdfast.server.createConnectionInjector(ServerCredentials.createInsecure());
    try {
      for (const endpoint of options.endpoints) {
        holdfast.listeners.push(await Listener.open(endpoint, (socket) => injector.injectConnection(socket)));
      }
    } catch (fault) {
      await holdfast.drain(0);
      throw fault;
    }
    // What an emergency serves is not the store: nobody works on it.
    if (!options.engine.status.emergency) await holdfast.operations.start();
    return holdfast;
  }

  /** The addresses as clients take them: `127.0.0.1:7420`, `unix:PATH`. */
  get addresses(): readonly string[] {
    return this.listeners.map(({ address }) => address);
  }

  /** Where it listens, with the ports that it got: what listens there again takes these. */
  get endpoints(): readonly Endpoint[] {
    return this.listeners.map(({ endpoint }) => endpoint);
  }

  /** How many calls are open. */
  get openCalls(): number {
    return this.guard.openCount;
  }

  /** How many watches are followed. */
  get openWatches(): number {
    return this.hub.count;
  }

  /**
   * Stops: health says NOT_SERVING, streams end with `why`, unary calls finish, connections close. After `boundMs`
   * what is left is cut off. The engine is the caller's to stop.
   */
  drain(boundMs: number, why: Refusal = draining()): Promise<void> {
    return (this.drained ??= this.stop(boundMs, why));
  }

  private async stop(boundMs: number, why: Refusal): Promise<void> {
    this.setHealth('NOT_SERVING');
    for (const listener of this.listeners) listener.close();
    this.hub.drain(why);
    this.guard.endStreams(why);
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => (timer = setTimeout(resolve, boundMs)));
    await Promise.race([this.closeConnections(), bound]);
    clearTimeout(timer);
    for (const listener of this.listeners) listener.destroy();
    this.guard.close();
  }

  private async closeConnections(): Promise<void> {
    // The connections are told first: they bring no new calls while the open ones finish.
    const closed = new Promise<void>((resolve) => this.server.tryShutdown(() => resolve()));
    await Promise.all([this.guard.whenIdle(), this.operations.stop(), closed]);
  }

  private setHealth(status: 'SERVING' | 'NOT_SERVING'): void {
    for (const service of ['', ...SERVICES]) this.health.setStatus(service, status);
  }
}

/** What ends long calls when the server shuts down. */
function draining(): Refusal {
  const message = 'the server is shutting down; reconnect and resume from the last position';
  return new Refusal('DRAINING', message, { retryAfterMs: 500 });
}
