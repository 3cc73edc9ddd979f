import type { Command } from '../domain/command';
import { PRINCIPAL_SYSTEM } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { Executed } from './executed';

/** Commands that may wait. At the measured rates this is well under half a second of work; more would only add delay. */
export const INBOX_COMMANDS_MAX = 4096;
/** Room kept for the server's own commands (purges, later leases and heartbeats), so that a flood cannot starve them. */
export const INBOX_SYSTEM_ROOM = 256;
/** When a refused caller should come back, in milliseconds. */
const RETRY_AFTER_MS = 100;

/** A command that waits for its decision, with the promise of its caller. */
export interface Waiting {
  readonly command: Command;
  readonly resolve: (executed: Executed) => void;
  readonly reject: (error: Error) => void;
  /** `performance.now()` when it came, if an observer wants its stages; else 0. */
  readonly enqueued: number;
  /** Aborted when the caller has gone: a command that waits in a parking leaves then. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The bounded queue before the committer.
 *
 * I1. It takes a command only while it holds fewer than INBOX_COMMANDS_MAX (the server's own: + INBOX_SYSTEM_ROOM): beyond, OVERLOADED
 *     at once. What parkings give back comes on top; they bound how much they keep.
 * I2. First come, first decided.
 */
export class Inbox {
  private queue: Waiting[] = [];
  private taken = 0;

  get length(): number {
    return this.queue.length - this.taken;
  }

  /** Takes back what a parking kept: it was counted when it first came. */
  return(waiting: Waiting): void {
    this.queue.push(waiting);
  }

  /** The same, before all others. */
  returnFirst(waiting: Waiting): void {
    if (this.taken > 0) this.queue[--this.taken] = waiting;
    else this.queue.unshift(waiting);
  }

  /** Throws OVERLOADED when it is full. */
  add(waiting: Waiting): void {
    const system = waiting.command.caller.principal === PRINCIPAL_SYSTEM;
    if (this.length >= INBOX_COMMANDS_MAX + (system ? INBOX_SYSTEM_ROOM : 0)) {
      throw new Refusal('OVERLOADED', `${this.length} commands wait already; come back in ${RETRY_AFTER_MS} ms`, {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    this.queue.push(waiting);
  }

  /** The next command, left where it is until `take`. */
  peek(): Waiting | undefined {
    return this.queue[this.taken];
  }

  /** Removes the command that `peek` showed. */
  take(): void {
    this.taken++;
    if (this.taken === this.queue.length) {
      this.queue = [];
      this.taken = 0;
    } else if (this.taken >= 1024 && this.taken * 2 >= this.queue.length) {
      this.queue = this.queue.slice(this.taken);
      this.taken = 0;
    }
  }

  /** Empties it and gives back what waited. */
  clear(): Waiting[] {
    const waited = this.queue.slice(this.taken);
    this.queue = [];
    this.taken = 0;
    return waited;
  }
}
