import { Refusal } from '../domain/refusal';

/**
 * The engine's end after a fault that it cannot outlive: a failed write or flush of the journal.
 *
 * H1. Halting is for good. A flush is never tried again: the kernel may have dropped the pages, and a second flush would
 *     report success (the fsync fault of ext4; design/rigs.md). The process exits with code 70 and replays at its next start.
 */
export class Halt {
  private why: string | undefined;
  private readonly listeners: ((why: string) => void)[] = [];

  /** Why the engine halted, or undefined. */
  get halted(): string | undefined {
    return this.why;
  }

  /** The first reason stays; listeners hear it once. */
  now(why: string): void {
    if (this.why !== undefined) return;
    this.why = why;
    for (const listener of this.listeners) listener(why);
  }

  onHalt(listener: (why: string) => void): void {
    this.listeners.push(listener);
  }

  /** What a command gets that comes after the halt: it was not applied. */
  refusal(): Refusal {
    return new Refusal(
      'HALTED',
      `the server has halted (${this.why ?? 'no reason known'}); it must be restarted, nothing acknowledged is lost`,
    );
  }
}

/** What a command gets whose group was not flushed. */
export function outcomeUnknown(): Refusal {
  return new Refusal(
    'OUTCOME_UNKNOWN',
    'the journal could not be written, so the server stops; the command may or may not have been applied: retry it with ' +
      'the same request_id when the server is back',
  );
}
