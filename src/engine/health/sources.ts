import type { IntegrityStatus } from '../../gen/holdfast/v1/system';
import type { BackupKeeper } from '../backups/backup-keeper';

/** What the other keepers know; what is optional is missing where its keeper is. */
export interface HealthSources {
  readonly backups: BackupKeeper;
  /** How far the mirror is behind, in records, and why its last round failed; empty if it did not. */
  readonly mirror?: (() => { readonly lag: number; readonly lastFailure: string }) | undefined;
  readonly integrity?: (() => IntegrityStatus) | undefined;
}
