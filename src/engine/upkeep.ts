import type { Journal } from '../storage/journal/journal';
import type { State } from '../storage/state/state';
import type { Applier } from './applier';
import type { DiskGuard } from './disk-guard';
import type { Halt } from './halt';
import type { StateHold } from './state-hold';

/** How often upkeep looks, in milliseconds. */
const ROUND_MS = 1000;
/** Journal bytes between state checkpoints (design/architecture): what an unclean start redoes at most, about. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024;

export interface UpkeepParts {
  readonly journal: Journal;
  readonly state: State;
  readonly applier: Applier;
  readonly disk: DiskGuard;
  readonly halt: Halt;
  readonly onProblem: (what: string, error: Error) => void;
}

/**
 * What the server does for its store by itself: state checkpoints, a look at the disk.
 *
 * U1. A failed round is told and tried again; only the journal's faults halt the engine.
 */
export class Upkeep {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  /** Set by the engine. */
  hold: StateHold | undefined;

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
    await this.attempt('the look at the disk', () => this.lookAtDisk());
    if (this.hold?.held) return;
    if (this.parts.applier.bytesSinceCheckpoint >= CHECKPOINT_BYTES) {
      await this.attempt('the state checkpoint', () => this.checkpoint());
    }
  }

  private async lookAtDisk(): Promise<void> {
    await this.parts.disk.look();
    this.hold?.look();
  }

  private async checkpoint(): Promise<void> {
    const covered = this.parts.applier.bytesSinceCheckpoint;
    const { sequence, chain } = this.parts.journal.head();
    await this.parts.state.checkpoint(sequence === this.parts.state.applied ? chain : undefined);
    this.parts.applier.bytesSinceCheckpoint -= covered;
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.parts.onProblem(what, error as Error);
    }
  }
}
