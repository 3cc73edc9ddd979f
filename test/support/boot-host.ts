import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import type { Client } from '@grpc/grpc-js';
import { systemClock } from '../../src/engine/clock';
import type { EngineOptions } from '../../src/engine/engine';
import { silentObserver } from '../../src/engine/observer';
import { EventServiceClient } from '../../src/gen/holdfast/v1/event_service';
import { OperationServiceClient } from '../../src/gen/holdfast/v1/operation_service';
import { ProjectServiceClient } from '../../src/gen/holdfast/v1/project_service';
import { TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import { Host } from '../../src/main/host';
import type { HostEnd, HostOptions, Served } from '../../src/main/host';
import { silentLog } from '../../src/services/log';
import { nodeFiles } from '../../src/storage/node-files';
import type { ClientOf } from './boot';

export interface BootHostOptions {
  /** A data directory of an earlier boot; a fresh one otherwise. */
  readonly dir?: string;
  readonly engine?: Partial<EngineOptions>;
  readonly host?: Partial<HostOptions>;
  readonly server?: Partial<HostOptions['server']>;
  /** Called before the host is stopped: lets go of what the test holds. */
  readonly beforeStop?: () => void;
}

/** A server that can swap its store, as `holdfast serve` runs it, and clients that come back to it. */
export interface BootedHost {
  readonly dir: string;
  readonly host: Host;
  /** What serves now. */
  readonly served: Served;
  /** What a client dials: it stays the same through swaps. */
  readonly address: string;
  readonly tasks: TaskServiceClient;
  readonly projects: ProjectServiceClient;
  readonly events: EventServiceClient;
  readonly operations: OperationServiceClient;
  /** A client for another service, closed with the rest. */
  client<C extends Client>(service: ClientOf<C>): C;
  /** Resolves when this many sets have begun to serve since the boot, the first one counted. */
  whenServing(count: number): Promise<Served>;
  /** Stops the host. It happens after the test in any case. */
  stop(): Promise<HostEnd>;
}

const running: BootedHost[] = [];
const directories: string[] = [];

// The servers stop before their directories go.
afterEach(async () => {
  for (const booted of running.splice(0)) await booted.stop();
  for (const dir of directories.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Starts a host on a free port of this machine. */
export async function bootHost(options: BootHostOptions = {}): Promise<BootedHost> {
  const dir = options.dir ?? freshDirectory();
  const begun: Served[] = [];
  let waiting: (() => void)[] = [];
  const host = await Host.start({
    engine: {
      dir,
      files: nodeFiles,
      clock: systemClock,
      observer: silentObserver,
      version: 'test',
      ...options.engine,
    },
    server: { log: silentLog, allowRemote: false, ...options.server },
    endpoints: [{ host: '127.0.0.1', port: 0 }],
    drainTimeoutMs: 2000,
    ...options.host,
    onServing: (served) => {
      begun.push(served);
      for (const wake of waiting.splice(0)) wake();
      options.host?.onServing?.(served);
    },
  });
  const address = host.served.server.addresses[0]!;
  const clients: Client[] = [];
  const client = <C extends Client>(Service: ClientOf<C>): C => {
    const made = new Service(address, credentials.createInsecure(), BACK_SOON);
    clients.push(made);
    return made;
  };
  const whenServing = async (count: number): Promise<Served> => {
    while (begun.length < count) await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
    return begun[count - 1]!;
  };
  const stop = async (): Promise<HostEnd> => {
    for (const each of clients) each.close();
    options.beforeStop?.();
    host.stop('the test is over');
    return host.ended;
  };
  const booted: BootedHost = {
    ...{ dir, host, address, client, whenServing, stop },
    get served() {
      return host.served;
    },
    tasks: client(TaskServiceClient),
    projects: client(ProjectServiceClient),
    events: client(EventServiceClient),
    operations: client(OperationServiceClient),
  };
  running.push(booted);
  return booted;
}

function freshDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  directories.push(dir);
  return dir;
}

/** Connections are tried again soon after a swap, not after a second. */
const BACK_SOON = {
  'grpc.initial_reconnect_backoff_ms': 20,
  'grpc.min_reconnect_backoff_ms': 20,
  'grpc.max_reconnect_backoff_ms': 200,
};
