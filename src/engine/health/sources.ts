import type { IntegrityStatus } from '../../gen/holdfast/v1/system';
import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';

/** What the other keepers know; each is missing where its keeper is. */
export interface HealthSources {
  /** What is known of backups and of the mirror. */
  backups?: (() => BackupFacts | Promise<BackupFacts>) | undefined;
  /** What is known of the store's integrity. */
  integrity?: (() => IntegrityStatus) | undefined;
  /** What each strategy of recovery would cost now. */
  outlook?: ((facts: OutlookFacts) => readonly RecoveryOutlook[]) | undefined;
}

export interface BackupFacts {
  /** Backups that verified, in any order. */
  readonly verified: readonly BackupFact[];
  readonly damagedCount: number;
  /** When the next automatic one is due, by the wall clock in milliseconds; undefined if they are off. */
  readonly nextAtMs: number | undefined;
  /** How far the mirror is behind, in records; 0 without one. */
  readonly mirrorLag: number;
  /** Why the last automatic backup or mirror round failed; empty if it did not. */
  readonly lastFailure: string;
}

export interface BackupFact {
  readonly name: string;
  readonly sequence: number;
  /** By the wall clock, in milliseconds. */
  readonly createdAtMs: number;
}

/** What the cost of a recovery follows from. */
export interface OutlookFacts {
  readonly durable: number;
  readonly checkpointed: number;
  /** The oldest sequence of the journal. */
  readonly oldest: number;
  readonly verified: readonly BackupFact[];
  readonly tasks: number;
  readonly hasCapsule: boolean;
}
