// What measures share: the echo and a Holdfast over an empty store, both running all the time, and room on disk.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetTaskResponse } from '../../src/gen/holdfast/v1/task_service';
import { startEcho, startHoldfast } from './child-server';
import type { ChildServer } from './child-server';
import { availableTool, runLoad } from './load';
import type { LoadResult, LoadTool } from './load';
import type { BenchOptions } from './options';
import { processorTime } from './process-figures';
import { createRequest, getRequest, parent } from './reference';

/** 128 calls in flight, as on many connections of a fleet of agents. */
export const manyInFlight = { connections: 8, inFlight: 16 } as const;

/** A load with what it cost the server. */
export interface MeasuredLoad extends LoadResult {
  /** The server's main thread, per call. */
  readonly mainUs: number;
  /** All threads of the server, per call. */
  readonly allUs: number;
}

export interface WantedLoad {
  readonly method: string;
  readonly message: Uint8Array;
  /** See Load: both make the load come from frames. */
  readonly requestId?: string;
  readonly words?: string;
  readonly count: number;
  readonly connections: number;
  readonly inFlight: number;
  /** Whether each call is one record in the journal. */
  readonly writes: boolean;
  /** Bytes that each reply has at least: fewer mean that calls failed. */
  readonly replyBytes: number;
}

export class Stage {
  readonly tool: LoadTool;
  private readonly root: string;
  private folders = 0;
  private pair: { readonly echo: ChildServer; readonly holdfast: ChildServer } | undefined;

  constructor(
    readonly options: BenchOptions,
    readonly say: (text: string) => void,
  ) {
    this.tool = options.nodeLoad ? 'frames' : availableTool();
    this.root = mkdtempSync(join(options.dir ?? tmpdir(), 'holdfast-bench-'));
  }

  /** A folder that does not exist yet, on the disk that is measured. */
  folder(): string {
    return join(this.root, `store-${++this.folders}`);
  }

  /** The echo and a Holdfast that began empty; the same two for every measure. */
  async servers(): Promise<{ readonly echo: ChildServer; readonly holdfast: ChildServer }> {
    this.pair ??= { echo: await startEcho(), holdfast: await startHoldfast(this.folder()) };
    return this.pair;
  }

  /**
   * Loads a server and makes sure that the calls did what they say: as many records as writes, as many bytes as replies.
   */
  async load(server: ChildServer, wanted: WantedLoad): Promise<MeasuredLoad> {
    const { writes, replyBytes, ...load } = wanted;
    const { method, count } = load;
    const probe = await firstTask(server);
    const headBefore = await head(server, probe);
    const before = processorTime(server.pid);
    const result = await runLoad({ address: server.address, ...load }, this.tool);
    const after = processorTime(server.pid);
    const records = (await head(server, probe)) - headBefore;
    const expected = writes ? count : 0;
    if (records !== expected)
      throw new Error(`${method}: ${count} calls made ${records} records instead of ${expected}`);
    if (result.dataBytes < count * replyBytes) {
      throw new Error(`${method}: ${result.dataBytes} bytes came back for ${count} calls: some failed`);
    }
    const mainUs = (after.mainUs - before.mainUs) / count;
    return { ...result, mainUs, allUs: (after.allUs - before.allUs) / count };
  }

  /** Stops the servers; one that ends badly rejects. Removes the stores in any case. */
  async close(): Promise<void> {
    try {
      await this.pair?.echo.stop();
      await this.pair?.holdfast.stop();
    } finally {
      rmSync(this.root, { recursive: true, force: true });
    }
  }
}

const probes = new WeakMap<ChildServer, string>();

/** The name of a task that exists; made when there is none yet. */
export async function firstTask(server: ChildServer): Promise<string> {
  const known = probes.get(server);
  if (known !== undefined) return known;
  const first = `${parent}/tasks/t1`;
  const there = await head(server, first).catch(() => undefined);
  if (there === undefined) await server.client.unary('TaskService/CreateTask', createRequest());
  probes.set(server, first);
  return first;
}

/** The newest sequence that reads see. */
export async function head(server: ChildServer, name: string): Promise<number> {
  const reply = GetTaskResponse.decode(await server.client.unary('TaskService/GetTask', getRequest(name)));
  if (reply.position === undefined) throw new Error('a reply without a position');
  return reply.position.sequence;
}
