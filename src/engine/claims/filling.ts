import type { StateSnapshot } from '../../storage/state/state';
import { loadBands } from './load';
import type { Slot } from './waiter';

/** Tasks that a window is to know ahead, beside those that a claim takes: it is read on before they are used up. */
const LOW_WATER = 128;

/** Reads one snapshot that has everything decided up to the call; it may read again when a row was damaged. */
export type ReadDecided = <Result>(read: (snapshot: StateSnapshot) => Promise<Result>) => Promise<Result>;

/** Reads into windows what they lack: one reading of each at a time. */
export class Filling {
  private stopped = false;

  /** `done` is told of each reading that has ended, with what made it fail. */
  constructor(
    private readonly read: ReadDecided,
    private readonly done: (slot: Slot, fault: Error | undefined) => void,
  ) {}

  /** Reads on if a window is about to run out: if fewer tasks are known that are due than these and some more. */
  fill(slot: Slot, nowMs: number, tasks: number): void {
    const { window, demand } = slot;
    if (window.loading || slot.gone || this.stopped) return;
    const first = window.needs(nowMs, LOW_WATER + tasks);
    if (first === undefined) return;
    // From here on the window keeps what is decided, and the reading sees all that was decided before.
    const bounds = window.beginLoad();
    this.read((snapshot) => loadBands(snapshot, demand, bounds, first, nowMs)).then(
      (loaded) => {
        window.endLoad(loaded);
        this.done(slot, undefined);
      },
      (fault: unknown) => {
        window.abandonLoad();
        this.done(slot, fault as Error);
      },
    );
  }

  stop(): void {
    this.stopped = true;
  }
}
