import type { LockWaits } from './lock-cycle';
import type { Hold } from './lock-trie';

/** What a decision needs to know of the requests that wait. */
export interface LockQueue {
  /** Earlier requests of other sessions that are in this one's way. */
  readonly ahead: readonly Hold[];
  /** Set if the request waits where it cannot be granted. */
  readonly wait?: {
    /** Who waits for whom now: asked for where it must be known. */
    readonly waits: () => LockWaits;
    /** How many other requests of the same session wait. */
    readonly own: number;
    /** As many wait as may. */
    readonly full: boolean;
  };
}
