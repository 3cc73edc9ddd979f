// Lives of a real server on a disk that logs its blocks: who was told what, and when.

import type { BlockDisk } from './block-disk';
import { Load } from './load';
import { startServer } from './server-process';
import type { ServerProcess, StartOptions } from './server-process';
import { ServiceClient } from './service-client';
import type { Mutation, Reply, Service } from './service-client';

/** Mutations in flight: enough for groups of many records. */
const WORKERS = 16;

/** A mutation that was acknowledged. */
export interface Told {
  readonly requestId: string;
  readonly sequence: number;
  /** When its caller heard of it: nanoseconds of the monotonic clock. */
  readonly at: bigint;
}

/** A client that keeps when it was told what. */
class NotingClient implements Service {
  constructor(
    private readonly client: ServiceClient,
    private readonly told: Told[],
  ) {}

  async mutate(mutation: Mutation): Promise<Reply> {
    const reply = await this.client.mutate(mutation);
    const { requestId } = mutation.request;
    this.told.push({ requestId, sequence: reply.sequence, at: process.hrtime.bigint() });
    return reply;
  }

  getTask(name: string): ReturnType<Service['getTask']> {
    return this.client.getTask(name);
  }

  listTasks(): ReturnType<Service['listTasks']> {
    return this.client.listTasks();
  }
}

export class BlockLife {
  readonly told: Told[] = [];
  readonly load: Load;
  private server: ServerProcess | undefined;
  private client: ServiceClient | undefined;

  constructor(
    seed: number,
    private readonly disk: BlockDisk,
    private readonly options: StartOptions = {},
  ) {
    this.load = new Load(seed, WORKERS);
  }

  /** Starts the server, loads it until so many mutations are acknowledged, and ends it: asked to, or killed in the middle of the load. */
  async live(acknowledged: number, end: 'stop' | 'kill'): Promise<void> {
    const service = await this.start();
    const first = this.told.length === 0;
    if (first) await this.load.prepare(service);
    await this.load.settle(service);
    const running = this.load.run(service);
    await Promise.race([running, this.load.progress(acknowledged)]);
    if (end === 'kill') await this.server!.kill();
    this.load.stop();
    await running;
    if (end === 'stop') await this.server!.stop();
    this.client!.close();
  }

  /** Starts the server. */
  async start(): Promise<Service> {
    this.server = await startServer(dataIn(this.disk), this.options);
    this.client = new ServiceClient(this.server.address);
    return new NotingClient(this.client, this.told);
  }

  get process(): ServerProcess {
    return this.server!;
  }

  async end(): Promise<void> {
    this.client?.close();
    await this.server?.kill();
  }
}

/** The data directory on a disk. */
export const dataIn = ({ path }: { readonly path: string }): string => `${path}/data`;
