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
 * W6. While a start takes long and there is a capsule, that is served on the same addresses; the whole store takes over when it has started.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../domain/refusal';
import type { Engine } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';
import type { HandedOver, OfflineWork } from '../engine/host-requests';
import { maintenanceOf } from '../engine/maintenance';
import type { Maintenance } from '../engine/maintenance';
import { CannotListen } from '../services/listener';
import type { Endpoint } from '../services/listener';
import { HoldfastServer } from '../services/server';
import type { ServerOptions } from '../services/server';
import { CapsuleBridge } from './capsule-bridge';
import { close } from './served';
import type { Served } from './served';

export type { Served } from './served';

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

/** Why a host serves no more. */
export type HostEnd =
  | { readonly how: 'stopped' }
  | { readonly how: 'halted'; readonly why: string }
  /** It could not start, or not start again, after something of it was served. */
  | { readonly how: 'failed'; readonly fault: unknown };

/** What a start follows. */
interface Swapped {
  readonly handedOver: HandedOver;
  readonly rebuild: string | undefined;
  readonly startMs: number;
}

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
  private readonly giveUp = new AbortController();
  private readonly bridge: CapsuleBridge;
  /** Resolves when it serves no more and everything is closed. Rejects when closing failed. */
  readonly ended: Promise<HostEnd>;

  private constructor(
    private readonly options: HostOptions,
    private readonly first: () => void,
  ) {
    this.endpoints = options.endpoints;
    this.bridge = new CapsuleBridge(options.server.log, (engine) => this.serve(engine));
    this.ended = this.run();
  }

  /** Starts engine and server, and resolves when they serve, be it a capsule. Throws what keeps them from it; nothing is open then. */
  static start(options: HostOptions): Promise<Host> {
    return new Promise((resolve, reject) => {
      const host: Host = new Host(options, () => resolve(host));
      host.ended.catch(reject);
    });
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
    this.giveUp.abort(new Error(`the start was given up: ${reason}`));
    this.wake?.();
  }

  private async run(): Promise<HostEnd> {
    let served: Served | undefined;
    let before: Swapped | undefined;
    for (;;) {
      try {
        served = await this.open(before);
      } catch (fault) {
        if (this.stopRequest) return { how: 'stopped' };
        if (!this.current) throw fault;
        return { how: 'failed', fault };
      }
      if (before) this.tellAgain(served, before);
      await this.asked();
      if (this.halted === undefined && !this.stopRequest) before = await this.swap(served, this.work!);
      else await close(served, this.halted === undefined ? this.drainMs : HALT_DRAIN_MS);
      if (this.halted !== undefined) return { how: 'halted', why: this.halted };
      if (this.stopRequest) return { how: 'stopped' };
      this.work = undefined;
    }
  }

  private get drainMs(): number {
    return this.stopRequest?.timeoutMs ?? this.options.drainTimeoutMs;
  }

  private tellAgain({ engine }: Served, { handedOver: { reason }, startMs }: Swapped): void {
    const { history, status } = engine;
    const tookMs = Math.round(performance.now() - startMs);
    this.options.server.log.info({ reason, history, sequence: status.durable, tookMs }, 'serving again');
  }

  private tellWhole({ history, status }: Engine): void {
    const facts = {
      history,
      sequence: status.durable,
      state: status.found.state.how,
      because: status.found.state.because,
    };
    this.options.server.log.info(facts, 'the whole store is served');
  }

  /** Resolves when there is something to do. */
  private async asked(): Promise<void> {
    while (this.halted === undefined && !this.stopRequest && !this.work) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** W1, W2, W3. */
  private async swap(served: Served, work: OfflineWork): Promise<Swapped> {
    const { reason, rebuild } = work;
    const { log } = this.options.server;
    const startMs = performance.now();
    log.info({ reason }, 'the store is about to be swapped');
    let failure: string | undefined;
    try {
      await close(served, this.options.drainTimeoutMs, swapping(reason));
      if (this.halted === undefined) await work.run();
    } catch (fault) {
      failure = (fault as Error).message;
      log.error({ err: fault, reason }, 'the swap failed; the store is started again');
    }
    return { handedOver: { reason, failure }, rebuild: failure === undefined ? rebuild : undefined, startMs };
  }

  private async open(before: Swapped | undefined): Promise<Served> {
    const { engine: options } = this.options;
    const engine = await this.bridge.over({
      ...options,
      handedOver: before?.handedOver,
      rebuild: before ? before.rebuild : options.rebuild,
      signal: this.giveUp.signal,
    });
    try {
      this.giveUp.signal.throwIfAborted();
      const served = await this.serve(engine);
      served.maintenance.start();
      return served;
    } catch (fault) {
      await engine.stop();
      throw fault;
    }
  }

  private async serve(engine: Engine): Promise<Served> {
    const maintenance = maintenanceOf(engine);
    const server = await this.listen(engine, maintenance);
    this.endpoints = server.endpoints;
    this.listenTo(engine);
    if (this.current?.engine.status.emergency) this.tellWhole(engine);
    this.current = { engine, maintenance, server };
    this.options.onServing?.(this.current);
    this.first();
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
      if (engine.status.emergency) throw engine.status.emergency.refusal();
      this.work = work;
      this.wake?.();
    });
  }
}

function swapping(reason: string): Refusal {
  const message = `the server gives way to another state of the store (${reason}); come back to the same address`;
  return new Refusal('RECOVERING', message, { retryAfterMs: RETRY_AFTER_MS });
}
