import { Refusal } from '../domain/refusal';
import { StateOutOfSpace } from '../storage/state/level-store';
import type { DiskGuard } from './disk-guard';
import type { HostRequests } from './host-requests';
import type { Marks } from './marks';
import type { Notice } from './notice';

/** When a refused caller should come back, in milliseconds: the disk is looked at every second. */
const RETRY_AFTER_MS = 1000;
/** Looks in a row that must find space: the next to write a file may be the one who took it all. */
const LOOKS_WITH_SPACE = 2;

export interface StateHoldParts {
  readonly disk: DiskGuard;
  readonly marks: Marks;
  readonly host: HostRequests;
  readonly notice: (notice: Notice) => void;
}

/**
 * What happens when the disk has no space for the state: it stays as it is until there is some, and is then opened anew.
 *
 * Boundary: only for want of space, and only where somebody serves the engine who can start it again. Every other fault of the state halts (A).
 *
 * Y1. Nothing is lost by it: the journal has what the state lacks, and the start after it applies that from the state checkpoint on.
 * Y2. While it lasts, points are read from the overlay and the state; what needs the state at the durable mark is refused with DISK_FULL, as is growth.
 * Y3. LevelDB is never written to again after it failed: not until it was opened anew, by the swap that a restart in place is.
 */
export class StateHold {
  private holding = false;
  private spacious = 0;

  constructor(private readonly parts: StateHoldParts) {}

  /** Whether the state lags until the store is opened anew. */
  get held(): boolean {
    return this.holding;
  }

  /** Takes on what kept the state from being written. False: it is nothing that space helps against. */
  take(error: unknown): boolean {
    const { disk, marks, host, notice } = this.parts;
    if (!(error instanceof StateOutOfSpace) || !host.isServed) return false;
    this.holding = true;
    disk.hold();
    // Y2.
    marks.fail(behind());
    const message = `${error.message}; everything acknowledged is in the journal, and the state is opened anew when there is space`;
    notice({ level: 'error', message });
    return true;
  }

  /** After each look at the disk: asks for a start in place once there is space. */
  look(): void {
    if (!this.holding) return;
    this.spacious = this.parts.disk.low ? 0 : this.spacious + 1;
    if (this.spacious < LOOKS_WITH_SPACE) return;
    try {
      this.parts.host.handOver({ reason: 'the disk has space again', run: () => Promise.resolve() });
    } catch (error) {
      // A stop or another swap is under way, which opens it anew as well.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

function behind(): Refusal {
  return new Refusal(
    'DISK_FULL',
    'the disk is full, and what was acknowledged last is in the journal alone: this is answered again when there is space; ' +
      'single tasks can be read, completed and deleted meanwhile',
    { retryAfterMs: RETRY_AFTER_MS },
  );
}
