// Long work on the main thread, in pieces.

import { setImmediate } from 'node:timers/promises';

/** Milliseconds that a piece of work may hold the event loop: other calls wait no longer than that for it. */
const PIECE_MS = 10;

/** Lets the event loop turn whenever a piece of work has taken long. */
export class Breather {
  private since = performance.now();

  /** Undefined while there is time left. */
  pause(): Promise<void> | undefined {
    if (performance.now() - this.since < PIECE_MS) return undefined;
    return this.turn();
  }

  private async turn(): Promise<void> {
    await setImmediate();
    this.since = performance.now();
  }
}
