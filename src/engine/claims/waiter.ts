// A claim of the next ready task, from its arrival to its answer.

import type { Waiting } from '../inbox';
import type { Demand } from './demand';
import type { Slot } from './shelf';

export interface Waiter {
  readonly waiting: Waiting;
  /** Its place in the line: claims are served in the order of their arrival. */
  readonly order: number;
  /** Which tasks it takes: those for everybody, and those for its agent. */
  readonly demands: readonly Demand[];
  /** Where they come from, in the same order. */
  slots: readonly Slot[];
  /** How many tasks it takes at most. */
  readonly tasksMax: number;
  /** Journal time at which it is answered with nothing. */
  readonly deadlineMs: number;
  /** It stands in the lines of its slots. */
  inLine: boolean;
  /** It is on its way to a decision. */
  woken: boolean;
  /** It is decided when it comes there, whether there is a task or not: its session or its project has ended. */
  over: boolean;
  /** How often a window gave it a task that could not be claimed. */
  broken: number;
}
