/**
 * Keeps the capsule fresh: a copy of the rows that matter most, for a start that cannot use the state.
 *
 * K1. It follows the state checkpoints, at most once in ten seconds, and the stop of the server. It is never in the way of a command: it reads
 *     snapshots, and takes a quarter of the time at most.
 * K2. A capsule that could not be written is told and tried again after the next checkpoint. Nothing depends on it.
 * K3. Of a halted engine it writes nothing: what the state holds then is not known to be durable.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { readCapsule, writeCapsule } from '../../storage/capsule';
import type { CapsuleFacts } from '../../storage/capsule';
import type { Engine } from '../engine';
import { CAPSULE_BOUNDS, chooseRows } from './choose-rows';
import type { CapsuleBounds } from './choose-rows';

/** How often it looks whether there was a checkpoint, in milliseconds. */
const LOOK_MS = 1000;
/** The shortest time between two capsules, in milliseconds: under a heavy load there is a checkpoint every second. */
const APART_MS = 10_000;
/** It works for so long, then rests three times as long, in milliseconds. */
const WORK_MS = 4;
const REST_MS = 3 * WORK_MS;

export class CapsuleKeeper {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopping = false;
  /** The checkpoint that the newest capsule followed. */
  private seen = -1;
  /** What is in the file; undefined until that was looked up. */
  private kept: Pick<CapsuleFacts, 'history' | 'sequence'> | undefined;
  private writtenMs = -Infinity;

  constructor(
    private readonly engine: Engine,
    private readonly bounds: CapsuleBounds = CAPSULE_BOUNDS,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Writes a last capsule of what was served, unless the engine has halted. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    this.stopping = true;
    await this.round;
    await this.attempt();
  }

  /** Is there something to write? */
  look(): void {
    const { checkpointed } = this.engine.parts.state;
    if (this.round || this.stopping || checkpointed === this.seen) return;
    if (performance.now() - this.writtenMs < APART_MS) return;
    this.seen = checkpointed;
    this.round = this.attempt().finally(() => (this.round = undefined));
  }

  private async attempt(): Promise<void> {
    if (this.engine.status.halted !== undefined) return;
    try {
      await this.write();
    } catch (error) {
      const message = `the capsule could not be written: ${(error as Error).message}`;
      this.engine.notice({ level: 'warn', message });
    }
  }

  private async write(): Promise<void> {
    const { engine } = this;
    const { dir, files } = engine.options;
    this.kept ??= (await keptIn(this.engine)) ?? { history: '', sequence: -1 };
    if (this.kept.history === engine.history && this.kept.sequence === engine.status.durable) return;
    const timeMs = engine.nowMs;
    const { rows, sequence } = await engine.withSnapshot(async (snapshot) => ({
      rows: await chooseRows(snapshot, this.bounds, this.paced()),
      sequence: snapshot.sequence,
    }));
    const chain = Buffer.from((await engine.store.journal.chainAfter(sequence)) ?? []).toString('hex');
    const facts = { history: engine.history, sequence, chain, timeMs, rows: rows.length };
    await writeCapsule(files, dir, { facts, rows });
    this.kept = facts;
    this.writtenMs = performance.now();
  }

  /** Rests now and then; at the stop nobody else is there to work. */
  private paced(): () => Promise<void> | undefined {
    let untilMs = performance.now() + WORK_MS;
    return () => {
      if (this.stopping || performance.now() < untilMs) return undefined;
      return delay(REST_MS).then(() => void (untilMs = performance.now() + WORK_MS));
    };
  }
}

/** A damaged capsule is written anew. */
async function keptIn({ options }: Engine): Promise<CapsuleFacts | undefined> {
  try {
    return (await readCapsule(options.files, options.dir))?.facts;
  } catch {
    return undefined;
  }
}
