// A data directory that lives through many crashes under load, with a watcher that follows through all of them.

import { setTimeout as delay } from 'node:timers/promises';
import { digestOf, Load } from './load';
import { historyViolations } from './history-check';
import { startServer } from './server-process';
import type { Ended, ServerProcess, StartOptions } from './server-process';
import { ServiceClient } from './service-client';
import { Watcher } from './watcher';

/** A run counts only if the server did real work before the fault. */
export const ACKNOWLEDGED_MIN = 50;
/** How long a server that has turned all callers away may take to end by itself, in milliseconds. */
const HALTS_WITHIN_MS = 20_000;
/** Mutations in flight: enough for groups of many records. */
const WORKERS = 32;

interface Life {
  readonly server: ServerProcess;
  readonly client: ServiceClient;
  readonly watching: Promise<void>;
}

export class CrashRun {
  private readonly load: Load;
  private readonly watcher = new Watcher();
  private life: Life | undefined;
  private starts = 0;

  constructor(
    seed: number,
    private readonly dir: string,
    private readonly options: StartOptions = {},
    /** Reasons for which callers may be turned down. */
    allowed: readonly string[] = [],
  ) {
    this.load = new Load(seed, WORKERS, allowed);
  }

  get acknowledged(): number {
    return this.load.acknowledged;
  }

  /** How many mutations were answered only after a crash and a second try. */
  get retried(): number {
    return this.load.operations.filter(({ tries }) => tries > 1).length;
  }

  /** Starts the server, and asks for what was left open by the crash before. */
  async start(): Promise<void> {
    await this.serve();
    const { server, client } = this.current();
    if (this.starts === 1) await this.load.prepare(client);
    const left = await this.load.settle(client);
    if (left > 0) throw new Error(`${left} calls stay unanswered:\n${server.printed}`);
  }

  /** Starts the server once more, and asks for nothing. Rejects when it ends instead. */
  async serve(env: StartOptions['env'] = {}): Promise<void> {
    // One that fails may have written its record before.
    this.starts++;
    const server = await startServer(this.dir, { ...this.options, env: { ...this.options.env, ...env } });
    const client = new ServiceClient(server.address);
    this.life = { server, client, watching: this.watcher.follow(server.address) };
  }

  /**
   * Loads a server whose disk may fail until so many mutations are acknowledged, or it turns callers down, or it ends by itself; then asks it to
   * stop. Resolves with how it ended, and whether it had failed by itself.
   */
  async loadUntilFault(
    acknowledged: number,
    refusals: number,
  ): Promise<Ended & { readonly alone: boolean; readonly printed: string }> {
    const { server, client } = this.current();
    const running = this.load.run(client);
    const enough = this.load.progress(acknowledged, refusals).then(() => 'enough');
    // Callers that a start in place turns away ask no more: the server goes on without them.
    const nobodyAsks = running.then(() =>
      Promise.race([server.ended, delay(HALTS_WITHIN_MS, 'enough', { ref: false })]),
    );
    const alone = (await Promise.race([server.ended, enough, nobodyAsks])) !== 'enough';
    this.load.stop();
    server.terminate();
    const ended = await server.ended;
    await running;
    await this.leave();
    return { ...ended, alone, printed: server.printed };
  }

  /** Loads the server until so many mutations are acknowledged, then strikes in the middle of the others. */
  async crashUnderLoad(acknowledged: number, strike: (server: ServerProcess) => Promise<void>): Promise<void> {
    const { server, client } = this.current();
    const running = this.load.run(client);
    const enough = this.load.progress(acknowledged).then(() => 'enough');
    if ((await Promise.race([running, enough])) !== 'enough') {
      throw new Error(`the server failed by itself under load:\n${server.printed}`);
    }
    await strike(server);
    await running;
    await this.leave();
  }

  /** What is wrong so far; cheap. */
  get complaints(): readonly string[] {
    return [...this.load.violations, ...this.watcher.violations];
  }

  /**
   * Looks at everything once the last start has settled: repeats each acknowledged mutation, reads all events again, lists
   * all tasks before and after a clean stop, and compares. Stops the server.
   */
  async violations(): Promise<string[]> {
    const { server, client } = this.current();
    await this.load.repeat(client, this.load.operations);
    await Promise.race([this.watcher.reach(this.load.head), this.current().watching]);
    const again = await this.readAgain(server);
    const listed = await client.listTasks();
    await server.stop();
    await this.leave();
    await this.start();
    const listedLater = await this.current().client.listTasks();
    await this.current().server.stop();
    await this.leave();
    const { operations, sightings } = this.load;
    const { seen } = this.watcher;
    return [
      ...this.complaints,
      ...historyViolations({ operations, sightings, seen, listed, starts: this.starts }),
      ...again,
      ...(digestOf(listed) === digestOf(listedLater) ? [] : ['a clean stop and start changed the listing']),
    ];
  }

  /** Kills whatever still runs. */
  async end(): Promise<void> {
    await this.life?.server.kill();
    await this.leave();
  }

  /** A second reader, from the beginning: it must see what the first one saw while the server crashed. */
  private async readAgain(server: ServerProcess): Promise<string[]> {
    const second = new Watcher();
    // It ends when the server stops.
    const watching = second.follow(server.address);
    await Promise.race([second.reach(this.load.head), watching]);
    const first = this.watcher.seen;
    const differs = first.findIndex((event, index) => {
      const other = second.seen[index];
      return other?.sequence !== event.sequence || other.index !== event.index || other.digest !== event.digest;
    });
    const violations = [...second.violations];
    if (differs >= 0)
      violations.push(`the event ${first[differs]!.sequence} of ${first[differs]!.name} is now another`);
    if (second.seen.length > first.length)
      violations.push(`the watcher missed ${second.seen.length - first.length} events`);
    return violations;
  }

  private current(): Life {
    if (!this.life) throw new Error('the server is not running');
    return this.life;
  }

  private async leave(): Promise<void> {
    const life = this.life;
    this.life = undefined;
    if (!life) return;
    await life.watching;
    life.client.close();
  }
}
