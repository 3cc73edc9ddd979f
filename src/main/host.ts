/**
 * A store that is served: engine, keepers and server, and how one set of them gives way to the next within one process.
 *
 * Boundary: it knows no configuration, no signal and no exit code: serve.ts has those, tests have a fixture.
 *
 * W1. At any time at most one engine has the data directory. Offline work runs when none has.
 * W2. A swap ends as a stop does: what was accepted is finished and flushed. Callers are told RECOVERING, and come back to the same addresses.
 * W3. Whatever offline work throws, the store is started again. The log and the next engine (`handedOver`) are told.
 * W4. A stop that is asked for during a swap is done after the offline work: nothing starts again.
 * W5. After a halt nothing is swapped.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../domain/refusal';
import { Engine } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';
import type { HandedOver, OfflineWork } from '../engine/host-requests';
import { maintenanceOf } from '../engine/maintenance';
import type { Maintenance } from '../engine/maintenance';
import { CannotListen } from '../services/listener';
import type { Endpoint } from '../services/listener';
import { HoldfastServer } from '../services/server';
import type { ServerOptions } from '../services/server';

/** How long a halted server lets open calls hear of it, in milliseconds. */
const HALT_DRAIN_MS = 2000;
/** When callers come back that a swap turned away, in milliseconds: most swaps take less than a second. */
const RETRY_AFTER_MS = 500;
/** For how long, and how often, a port is asked for that was ours a moment ago, in milliseconds. */
const LISTEN_WITHIN_MS = 10_000;
const LISTEN_EVERY_MS = 100;

export interface HostOptions {
  readonly engine: EngineOptions;
  readonly server: Omit<ServerOptions, 'engine' | 'maintenance' | 'endpoints'>;
  readonly endpoints: readonly Endpoint[];
  /** How long open calls may take when it stops or swaps, in milliseconds. */
  readonly drainTimeoutMs: number;
  /** Told of each set that begins to serve. */
  readonly onServing?: ((served: Served) => void) | undefined;
}

/** One set: an engine and what works on top of it. */
export interface Served {
  readonly engine: Engine;
  readonly maintenance: Maintenance;
  readonly server: HoldfastServer;
}

/** Why a host serves no more. */
export type HostEnd =
  | { readonly how: 'stopped'; readonly sequence: number }
  | { readonly how: 'halted'; readonly why: string }
  /** It could not start again after a swap. */
  | { readonly how: 'failed'; readonly fault: unknown };

interface StopRequest {
  readonly timeoutMs: number | undefined;
}

export class Host {
  private current: Served | undefined;
  private endpoints: readonly Endpoint[];
  private work: OfflineWork | undefined;
  private stopRequest: StopRequest | undefined;
  private halted: string | undefined;
  private wake: (() => void) | undefined;
  /** Resolves when it serves no more and everything is closed. Rejects when closing failed. */
  readonly ended: Promise<HostEnd>;

  private constructor(
    private readonly options: HostOptions,
    first: () => void,
  ) {
    this.endpoints = options.endpoints;
    this.ended = this.run(first);
  }

  /** Starts engine and server, and resolves when they serve. Throws what keeps them from it; nothing is open then. */
  static async start(options: HostOptions): Promise<Host> {
    let host: Host | undefined;
    await new Promise<void>((resolve, reject) => {
      host = new Host(options, resolve);
      host.ended.catch(reject);
    });
    return host!;
  }

  /** What serves now, or served last. */
  get served(): Served {
    return this.current!;
  }

  /** Stops it. `timeoutMs`: how long open calls may take. The first request counts. */
  stop(reason: string, timeoutMs?: number): void {
    if (this.stopRequest) return;
    this.options.server.log.info({ reason }, 'stopping');
    this.stopRequest = { timeoutMs };
    this.wake?.();
  }

  private async run(first: () => void): Promise<HostEnd> {
    let served = await this.open(undefined);
    first();
    for (;;) {
      await this.asked();
      if (this.halted !== undefined) {
        await close(served, HALT_DRAIN_MS);
        return { how: 'halted', why: this.halted };
      }
      if (this.stopRequest) {
        await close(served, this.stopRequest.timeoutMs ?? this.options.drainTimeoutMs);
        return { how: 'stopped', sequence: served.engine.status.durable };
      }
      const startMs = performance.now();
      const handedOver = await this.swap(served, this.work!);
      if (this.halted !== undefined) return { how: 'halted', why: this.halted };
      if (this.stopRequest) return { how: 'stopped', sequence: served.engine.status.durable };
      try {
        this.work = undefined;
        served = await this.open(handedOver);
      } catch (fault) {
        return { how: 'failed', fault };
      }
      const { history, status } = served.engine;
      const facts = { reason: handedOver.reason, history, sequence: status.durable };
      this.options.server.log.info({ ...facts, tookMs: Math.round(performance.now() - startMs) }, 'serving again');
    }
  }

  /** Resolves when there is something to do. */
  private async asked(): Promise<void> {
    while (this.halted === undefined && !this.stopRequest && !this.work) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** W1, W2, W3. */
  private async swap(served: Served, work: OfflineWork): Promise<HandedOver> {
    const { reason } = work;
    const { log } = this.options.server;
    log.info({ reason }, 'the store is about to be swapped');
    let failure: string | undefined;
    try {
      await close(served, this.options.drainTimeoutMs, swapping(reason));
      if (this.halted === undefined) await work.run();
    } catch (fault) {
      failure = (fault as Error).message;
      log.error({ err: fault, reason }, 'the swap failed; the store is started again');
    }
    return { reason, failure };
  }

  private async open(handedOver: HandedOver | undefined): Promise<Served> {
    const engine = await Engine.start({ ...this.options.engine, handedOver });
    const maintenance = maintenanceOf(engine);
    let server: HoldfastServer;
    try {
      server = await this.listen(engine, maintenance);
    } catch (fault) {
      await engine.stop();
      throw fault;
    }
    this.endpoints = server.endpoints;
    this.listenTo(engine);
    maintenance.start();
    this.current = { engine, maintenance, server };
    this.options.onServing?.(this.current);
    return this.current;
  }

  private async listen(engine: Engine, maintenance: Maintenance): Promise<HoldfastServer> {
    const startMs = performance.now();
    for (;;) {
      try {
        return await HoldfastServer.start({
          ...this.options.server,
          ...{ engine, maintenance, endpoints: this.endpoints },
        });
      } catch (fault) {
        // What was ours a moment ago may take one to become free; at the first start nothing was.
        const again = this.current !== undefined && performance.now() - startMs < LISTEN_WITHIN_MS;
        if (!again || !(fault instanceof CannotListen)) throw fault;
        await delay(LISTEN_EVERY_MS);
      }
    }
  }

  private listenTo(engine: Engine): void {
    engine.onHalt((why) => {
      this.options.server.log.error({ why }, 'halted: a storage fault; restart to recover what is durable');
      this.halted = why;
      this.wake?.();
    });
    engine.onStopRequest((reason, timeoutMs) => this.stop(reason, timeoutMs));
    engine.onHandOver((work) => {
      if (this.stopRequest) throw new Refusal('DRAINING', 'the server is shutting down');
      if (this.work) throw swapping(this.work.reason);
      this.work = work;
      this.wake?.();
    });
  }
}

/** Ends a set: whatever was accepted is finished and flushed. */
async function close({ engine, maintenance, server }: Served, boundMs: number, why?: Refusal): Promise<void> {
  engine.drain(why);
  await server.drain(boundMs, why);
  await maintenance.stop();
  await engine.stop();
}

function swapping(reason: string): Refusal {
  const message = `the server gives way to another state of the store (${reason}); come back to the same address`;
  return new Refusal('RECOVERING', message, { retryAfterMs: RETRY_AFTER_MS });
}
