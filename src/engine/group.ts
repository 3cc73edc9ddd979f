import type { Command } from '../domain/command';
import type { Executed } from './executed';
import type { Waiting } from './inbox';
import type { LaidRecord } from './overlay';

/** How a waiting command ends once its group is durable. */
export interface Settlement {
  readonly waiting: Waiting;
  /** What the caller gets: a result, a refusal, or a promise of either (a reply that is read back from the journal). */
  readonly outcome: Executed | Error | (() => Promise<Executed>);
}

/** Stamps of a command that an observer watches. */
export interface WatchedCommand {
  readonly command: Command;
  readonly sequence: number;
  readonly enqueued: number;
  readonly decideStart: number;
  readonly decideEnd: number;
}

/** What one write and one flush make durable, while it is being put together. */
export interface Group {
  readonly laid: LaidRecord[];
  readonly encoded: Uint8Array[];
  /** Pairs (entity hash, sequence), flat. */
  readonly entities: number[];
  readonly settlements: Settlement[];
  readonly watched: WatchedCommand[];
  bytes: number;
  timeMs: number;
  stateDigest: Uint8Array;
}

export function emptyGroup(): Group {
  return {
    laid: [],
    encoded: [],
    entities: [],
    settlements: [],
    watched: [],
    bytes: 0,
    timeMs: 0,
    stateDigest: new Uint8Array(0),
  };
}

/** Gives a caller its outcome. */
export function settle({ waiting, outcome }: Settlement): void {
  if (outcome instanceof Error) waiting.reject(outcome);
  else if (typeof outcome === 'function') outcome().then(waiting.resolve, waiting.reject);
  else waiting.resolve(outcome);
}
