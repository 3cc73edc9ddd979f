import type { AppendTimings } from '../storage/journal/journal';
import type { State } from '../storage/state/state';
import type { Group } from './group';
import type { Halt } from './halt';
import type { Marks } from './marks';
import type { Observer } from './observer';
import type { Overlay } from './overlay';
import type { StateHold } from './state-hold';

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

/** Records that are enough for a batch, and bytes that are: above, the cost of a batch is small beside its records'. */
const BATCH_RECORDS = 256;
const BATCH_BYTES = 1024 * 1024;
/** How long fewer may wait for more, in milliseconds. Readers see them in the overlay meanwhile. */
const BATCH_WAIT_MS = 4;

/**
 * Carries durable groups into the state.
 *
 * A1. Groups are applied in order, one batch at a time; groups that wait together share a batch.
 * A2. The overlay lets go of a group only after the state has it.
 * A3. A batch waits for company, a few milliseconds at most, unless somebody waits for the applied mark.
 * A4. A state that cannot be written halts the engine, unless it is for want of space and somebody holds it until there is some.
 */
export class Applier {
  private queue: Queued[] = [];
  private records = 0;
  private bytes = 0;
  private running = false;
  private hurried = false;
  private timer: NodeJS.Timeout | undefined;
  /** Journal bytes applied since the state checkpoint; upkeep resets it. */
  bytesSinceCheckpoint = 0;
  /** Set by the engine. */
  hold: StateHold | undefined;

  constructor(private readonly parts: ApplierParts) {}

  add(group: Group, timings: AppendTimings | undefined): void {
    this.queue.push({ group, timings });
    this.records += group.laid.length;
    this.bytes += group.bytes;
    this.schedule();
  }

  /** Somebody waits: what is queued is applied at once. */
  hurry(): void {
    this.hurried = true;
    this.schedule();
  }

  private schedule(): void {
    if (this.running || this.queue.length === 0 || this.parts.halt.halted !== undefined || this.hold?.held) return;
    if (this.hurried || this.records >= BATCH_RECORDS || this.bytes >= BATCH_BYTES) void this.run();
    else this.timer ??= setTimeout(() => void this.run(), BATCH_WAIT_MS);
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = true;
    try {
      await this.step();
    } catch (error) {
      // Whoever waits for the state to keep up would wait for ever: from now on the disk guard answers.
      if (this.hold?.take(error)) return this.parts.onApplied();
      // A LevelDB write error is sticky. The journal has everything: a restart redoes from the state checkpoint.
      this.parts.halt.now(`the state could not be written: ${(error as Error).message}`);
      this.parts.marks.fail(this.parts.halt.refusal());
    } finally {
      this.running = false;
      this.schedule();
    }
  }

  private async step(): Promise<void> {
    const { state, overlay, marks, observer } = this.parts;
    const batch = this.queue;
    this.queue = [];
    this.records = 0;
    this.bytes = 0;
    this.hurried = false;
    const laid = batch.flatMap(({ group }) => group.laid);
    const records = laid.map(({ record }) => record);
    const last = records[records.length - 1];
    if (last === undefined) return;
    const applyStart = performance.now();
    await state.apply(
      records,
      laid.map(({ effects }) => effects),
    );
    const applyEnd = performance.now();
    for (const { group, timings } of batch) {
      for (const one of group.laid) overlay.release(one);
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
