/**
 * Where commands wait that cannot be decided yet: claims until a task is ready, locks until they are free.
 *
 * Q1. A command is asked about when it is at the head of the inbox, after its request id was looked up. Either it is decided at once, or its
 *     parking keeps it, and gives it back through `inbox.return` with nothing lost.
 * Q2. A parking sees each decided record in the turn of its decision, in order: what it knows is at the decided mark.
 * Q3. A command that waits leaves with its caller, when its time is up, and when the engine stops.
 */
import type { Action, Command } from '../domain/command';
import type { DecidedListener } from './decided-listener';
import type { Waiting } from './inbox';

export interface Parking extends DecidedListener {
  /** The commands that it is asked about. */
  readonly kinds: ReadonlySet<Action['kind']>;
  /** How many commands wait here. */
  readonly waiting: number;
  /** The command as it is to be decided now, with what the decision needs to know; undefined: it is kept (Q1). What it throws is the refusal. */
  admit(waiting: Waiting): Command | undefined;
  /** A decision of such a command has thrown: true if the command is kept after all. */
  keeps(waiting: Waiting, fault: unknown): boolean;
  /** Ends all waits, for the engine stops or has halted. */
  close(why: Error): void;
}
