import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials, Metadata } from '@grpc/grpc-js';
import type { CallOptions, ChannelCredentials, Client, ClientOptions, ServiceError } from '@grpc/grpc-js';
import { systemClock } from '../../src/engine/clock';
import { Engine } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/engine';
import { maintenanceOf } from '../../src/engine/maintenance';
import type { Maintenance } from '../../src/engine/maintenance';
import { silentObserver } from '../../src/engine/observer';
import { EventServiceClient } from '../../src/gen/holdfast/v1/event_service';
import { OperationServiceClient } from '../../src/gen/holdfast/v1/operation_service';
import { ProjectServiceClient } from '../../src/gen/holdfast/v1/project_service';
import { TaskServiceClient } from '../../src/gen/holdfast/v1/task_service';
import { silentLog } from '../../src/services/log';
import { HoldfastServer } from '../../src/services/server';
import type { ServerOptions } from '../../src/services/server';
import { nodeFiles } from '../../src/storage/node-files';

export interface BootOptions {
  /** A data directory of an earlier boot; a fresh one otherwise. */
  readonly dir?: string;
  readonly engine?: Partial<EngineOptions>;
  readonly server?: Partial<ServerOptions>;
}

/** A real server over a real engine, and clients for it. */
export interface Booted {
  readonly dir: string;
  readonly engine: Engine;
  readonly server: HoldfastServer;
  readonly maintenance: Maintenance;
  /** What a client dials. */
  readonly address: string;
  readonly tasks: TaskServiceClient;
  readonly projects: ProjectServiceClient;
  readonly events: EventServiceClient;
  readonly operations: OperationServiceClient;
  /** A client for another service, closed with the rest. */
  client<C extends Client>(service: ClientOf<C>): C;
  /** Drains the server and stops the engine. It happens after the test in any case. */
  stop(): Promise<void>;
}

/** The constructor of a generated client. */
export type ClientOf<C extends Client> = new (
  address: string,
  channel: ChannelCredentials,
  options?: Partial<ClientOptions>,
) => C;

const running: Booted[] = [];
const directories: string[] = [];

// The servers stop before their directories go.
afterEach(async () => {
  for (const booted of running.splice(0)) await booted.stop();
  for (const dir of directories.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Starts a server on a free port of this machine. */
export async function boot(options: BootOptions = {}): Promise<Booted> {
  const dir = options.dir ?? freshDirectory();
  const engine = await Engine.start({
    dir,
    files: nodeFiles,
    clock: systemClock,
    observer: silentObserver,
    version: 'test',
    ...options.engine,
  });
  const endpoints = [{ host: '127.0.0.1', port: 0 }];
  const maintenance = maintenanceOf(engine);
  const server = await HoldfastServer.start({
    engine,
    maintenance,
    log: silentLog,
    endpoints,
    allowRemote: false,
    ...options.server,
  });
  maintenance.start();
  const address = server.addresses[0]!;
  const [tasks, projects, events, operations] = [
    new TaskServiceClient(address, credentials.createInsecure()),
    new ProjectServiceClient(address, credentials.createInsecure()),
    new EventServiceClient(address, credentials.createInsecure()),
    new OperationServiceClient(address, credentials.createInsecure()),
  ] as const;
  const others: Client[] = [];
  const client = <C extends Client>(Service: ClientOf<C>): C => {
    const made = new Service(address, credentials.createInsecure());
    others.push(made);
    return made;
  };
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const client of [tasks, projects, events, operations, ...others]) client.close();
    engine.drain();
    await server.drain(2000);
    await maintenance.stop();
    await engine.stop();
  };
  const clients = { tasks, projects, events, operations };
  const booted = { dir, engine, server, maintenance, address, ...clients, client, stop: () => (stopped ??= stop()) };
  running.push(booted);
  return booted;
}

function freshDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  directories.push(dir);
  return dir;
}

/** A unary method of a generated client, by its last overload. */
type Method = (
  request: never,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: never) => void,
) => unknown;
type RequestOf<M> = M extends (request: infer Request, ...rest: never[]) => unknown ? Request : never;
type ResponseOf<M> = M extends (
  request: never,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: infer Response) => void,
) => unknown
  ? Response
  : never;

/** Calls a unary method of a generated client and gives its response, or rejects with the ServiceError. */
export function call<C extends Client, Name extends keyof C>(
  client: C,
  name: Name,
  request: RequestOf<C[Name]>,
  metadata: Metadata = new Metadata(),
  options: Partial<CallOptions> = {},
): Promise<ResponseOf<C[Name]>> {
  return new Promise((resolve, reject) => {
    const method = client[name] as Method;
    const done = (error: ServiceError | null, response: ResponseOf<C[Name]>): void =>
      error ? reject(error) : resolve(response);
    method.call(client, request as never, metadata, options, done as never);
  });
}
