// Where the server is known to be: the highest position seen, so that reads show what this client has written and seen.
//
// P1. The position never runs back within a history.
// P2. A history that was left is never taken up again: a late answer of before a restore changes nothing.
// P3. A restored server still tells events of the history before: a history begins above every number of those that it comes from, so one
//     with lower numbers is no newer one.

import type { HoldfastError } from './error';
import type { Position } from './gen/holdfast/v1/common';

export class Positions {
  private highest: Position | undefined;
  private readonly left = new Set<string>();

  /** The highest position seen; undefined before the first answer. */
  get current(): Position | undefined {
    return this.highest && { ...this.highest };
  }

  /** Takes note of a position that an answer carried. */
  seen(position: Position | undefined): void {
    if (position === undefined || position.history === '' || this.left.has(position.history)) return;
    // P1, P3.
    if (this.highest && this.highest.sequence >= position.sequence) return;
    this.enter(position);
  }

  /** Takes note of a refusal: a server that does not know our position has another history, or has lost its end. */
  refused(error: HoldfastError): void {
    if (!error.is('POSITION_UNKNOWN')) return;
    const { history, sequence } = error.metadata;
    if (history === undefined || !/^\d+$/.test(sequence ?? '') || this.left.has(history)) return;
    const head = { history, sequence: Number(sequence) };
    const ahead = this.highest?.history === head.history && this.highest.sequence > head.sequence;
    if (this.highest?.history !== head.history || ahead) this.enter(head);
  }

  private enter({ history, sequence }: Position): void {
    if (this.highest && this.highest.history !== history) this.left.add(this.highest.history);
    this.highest = { history, sequence };
  }
}
