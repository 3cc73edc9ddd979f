import type { AppendTimings } from '../storage/journal/journal';
import type { State } from '../storage/state/state';
import type { Group } from './group';
import type { Halt } from './halt';
import type { Marks } from './marks';
import type { Observer } from './observer';
import type { Overlay } from './overlay';

interface Queued {
  readonly group: Group;
  readonly timings: AppendTimings | undefined;
}

export interface ApplierParts {
  readonly state: State;
  readonly overlay: Overlay;
  readonly marks: Marks;
  readonly halt: Halt;
  readonly observer: Observer;
  /** After each step: the overlay has let go of something. */
  readonly onApplied: () => void;
}

/**
 * Carries durable groups into the state.
 *
 * A1. Groups are applied in order, one batch at a time; groups that wait together share a batch.
 * A2. The overlay lets go of a group only after the state has it.
 */
export class Applier {
  private queue: Queued[] = [];
  private running = false;
  /** Journal bytes applied since the state checkpoint; upkeep resets it. */
  bytesSinceCheckpoint = 0;

  constructor(private readonly parts: ApplierParts) {}

  add(group: Group, timings: AppendTimings | undefined): void {
    this.queue.push({ group, timings });
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.queue.length > 0 && this.parts.halt.halted === undefined) await this.step();
    } catch (error) {
      // A LevelDB write error is sticky. The journal has everything: a restart redoes from the state checkpoint.
      const why = `the state could not be written: ${(error as Error).message}`;
      this.parts.halt.now(why);
      this.parts.marks.fail(this.parts.halt.refusal());
    } finally {
      this.running = false;
    }
  }

  private async step(): Promise<void> {
    const { state, overlay, marks, observer } = this.parts;
    const batch = this.queue;
    this.queue = [];
    const records = batch.flatMap(({ group }) => group.laid.map(({ record }) => record));
    const last = records[records.length - 1];
    if (last === undefined) return;
    const applyStart = performance.now();
    await state.apply(records);
    const applyEnd = performance.now();
    for (const { group, timings } of batch) {
      for (const laid of group.laid) overlay.release(laid);
      this.bytesSinceCheckpoint += group.bytes;
      if (timings === undefined) continue;
      for (const { command, ...stamps } of group.watched) {
        if (command.caller.trace === undefined) continue;
        observer.stages(command.caller.trace, { ...stamps, ...timings, applyStart, applyEnd });
      }
    }
    marks.apply(last.sequence);
    this.parts.onApplied();
  }
}
