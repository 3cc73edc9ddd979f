import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';
import type { IntegrityStatus } from '../../gen/holdfast/v1/system';
import type { OutlookFacts } from './outlook';

/** What the other keepers know; each is missing where its keeper is. */
export interface HealthSources {
  /** When the next automatic backup is due, by the wall clock in milliseconds; undefined for never. */
  readonly nextBackupAtMs?: (() => number | undefined) | undefined;
  /** How far the mirror is behind, in records; 0 without one. */
  readonly mirrorLag?: (() => number) | undefined;
  /** Why the last automatic backup or round of the mirror failed; empty if it did not. */
  readonly lastFailure?: (() => string) | undefined;
  readonly integrity?: (() => IntegrityStatus) | undefined;
  /** What each strategy of recovery would cost now. */
  readonly outlook?: ((facts: OutlookFacts) => readonly RecoveryOutlook[]) | undefined;
}
