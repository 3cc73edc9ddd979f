import type { Engine } from '../engine';

/** Call it after index entries or counts were put right: what waits for tasks and times is kept in memory, and never hears of them otherwise. */
export function rereadWindows({ parts }: Engine): void {
  parts.timers.reread();
  parts.claims.reread();
}
