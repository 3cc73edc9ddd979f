// A claim of the next ready task, from its arrival to its answer, and where it waits: in line at a window.

import type { Waiting } from '../inbox';
import type { Demand } from './demand';
import type { ClaimWindow } from './window';

/** A window, and who waits for what comes into it. */
export interface Slot {
  readonly demand: Demand;
  readonly line: QueueLine;
  window: ClaimWindow;
  /** In the order of their arrival. */
  readonly waiters: Set<Waiter>;
  /** The time for which the alarm has it; undefined for none. */
  armedMs: number | undefined;
  /** It is off the shelf: what is still being read for it is not wanted. */
  gone: boolean;
}

/** The windows of one queue. */
export interface QueueLine {
  readonly project: string;
  readonly queue: string;
  /** By the key of their demand. */
  readonly shared: Map<string, Slot>;
  /** Those of agents: by agent, then by the key of their demand. */
  readonly personal: Map<string, Map<string, Slot>>;
}

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
