import type { IntegrityLevel } from '../gen/holdfast/v1/system';

/** How the store is kept by itself. docs/configuration.md says what each does. */
export interface StoreSettings {
  readonly backups: BackupSettings;
  /** Where journal, blobs and backups are mirrored; undefined for nowhere. */
  readonly mirrorDir: string | undefined;
  readonly recovery: RecoverySettings;
  /** For checks that do not say how thorough they are. */
  readonly validationLevel: IntegrityLevel;
  readonly healthCheckIntervalMs: number;
  readonly auditTrail: boolean;
  /** For how many days the journal is kept; 0 for ever. */
  readonly auditRetentionDays: number;
}

export interface BackupSettings {
  readonly dir: string;
  /** Whether backups are made by themselves. */
  readonly auto: boolean;
  readonly intervalMs: number;
  readonly retentionDays: number;
  readonly retentionCount: number;
  /** Records since the newest backup that make one due. */
  readonly debtRecords: number;
  readonly bytesPerSecond: number;
  /** How old a verification may be before the backup is read again by itself. */
  readonly verifyIntervalMs: number;
}

export interface RecoverySettings {
  /** How long one attempt of HOT or WARM may take. */
  readonly timeoutMs: number;
  /** How many backups HOT tries. */
  readonly attemptsMax: number;
}
