import type { Command } from '../domain/command';
import type { Journal } from '../storage/journal/journal';
import type { State } from '../storage/state/state';
import type { Applier } from './applier';
import type { JournalClock } from './clock';
import type { DiskGuard } from './disk-guard';
import type { Halt } from './halt';
import { duePurges } from './purge';
import type { Reader } from './reader';

/** How often upkeep looks, in milliseconds. */
const ROUND_MS = 1000;
/** Journal bytes between state checkpoints (design/architecture): what an unclean start redoes at most, about. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;
/** How often due purges are looked for, in milliseconds: a task is purged 30 days after its deletion, so minutes do. */
const PURGE_ROUND_MS = 60_000;
/** Purges asked for in one round, so that they never crowd out callers. */
const PURGES_MAX = 200;

export interface UpkeepParts {
  readonly journal: Journal;
  readonly state: State;
  readonly applier: Applier;
  readonly disk: DiskGuard;
  readonly reader: Reader;
  readonly clock: JournalClock;
  readonly halt: Halt;
  readonly execute: (command: Command) => Promise<unknown>;
  readonly onProblem: (what: string, error: Error) => void;
}

/**
 * What the server does by itself: state checkpoints, a look at the disk, purges that are due.
 *
 * U1. Time comes in as data: a purge is a command like any other, and the decision looks at the row once more.
 * U2. A failed round is told and tried again; only the journal's faults halt the engine.
 */
export class Upkeep {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private purgesDueAt = 0;

  constructor(private readonly parts: UpkeepParts) {}

  start(): void {
    this.timer ??= setInterval(() => this.tick(), ROUND_MS).unref();
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.round;
  }

  /** The applier has moved: is a checkpoint due? */
  tick(): void {
    if (this.round !== undefined || this.parts.halt.halted !== undefined) return;
    this.round = this.run().finally(() => (this.round = undefined));
  }

  private async run(): Promise<void> {
    await this.attempt('the look at the disk', () => this.parts.disk.look());
    if (this.parts.applier.bytesSinceCheckpoint >= CHECKPOINT_BYTES) {
      await this.attempt('the state checkpoint', () => this.checkpoint());
    }
    const now = this.parts.clock.nowMs();
    if (now >= this.purgesDueAt) {
      this.purgesDueAt = now + PURGE_ROUND_MS;
      await this.attempt('the purge of deleted tasks', () => this.purge(now));
    }
  }

  private async checkpoint(): Promise<void> {
    const covered = this.parts.applier.bytesSinceCheckpoint;
    const { sequence, chain } = this.parts.journal.head();
    await this.parts.state.checkpoint(sequence === this.parts.state.applied ? chain : undefined);
    this.parts.applier.bytesSinceCheckpoint -= covered;
  }

  /** Purges what is due; a full round is followed by another soon. */
  private async purge(now: number): Promise<void> {
    const due = await this.parts.reader.withSnapshot((snapshot) => duePurges(snapshot, now, PURGES_MAX));
    for (const command of due.commands) {
      // A refusal says that the row has changed since the snapshot, an undelete for one: it is not due any more.
      await this.parts.execute(command).catch(() => undefined);
    }
    if (due.more) this.purgesDueAt = now;
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.onProblem(what, error as Error);
    }
  }
}
