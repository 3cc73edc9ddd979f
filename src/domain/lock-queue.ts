import type { WaitsFor } from './lock-cycle';
import type { Hold } from './lock-trie';

/** What a decision needs to know of the requests that wait. */
export interface LockQueue {
  /** Earlier requests of other sessions that are in this one's way. */
  readonly ahead: readonly Hold[];
  /** Set if the request waits where it cannot be granted. */
  readonly wait?: {
    readonly waitsFor: WaitsFor;
    /** As many wait as may. */
    readonly full: boolean;
  };
}
