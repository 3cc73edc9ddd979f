import type { StoreSettings } from '../../src/engine/store-settings';
import { IntegrityLevel } from '../../src/gen/holdfast/v1/system';
import { backupsDir } from '../../src/storage/layout';

/** Settings of a store in which nothing is done by itself, but for what is asked for. */
export function storeSettings(dir: string, asked: Partial<StoreSettings> = {}): StoreSettings {
  return {
    backups: {
      dir: backupsDir(dir),
      auto: false,
      intervalMs: 3_600_000,
      retentionDays: 30,
      retentionCount: 24,
      debtRecords: 500_000,
      bytesPerSecond: 1_000_000_000,
      verifyIntervalMs: Infinity,
    },
    mirrorDir: undefined,
    recovery: { timeoutMs: 30_000, attemptsMax: 3 },
    validationLevel: IntegrityLevel.STANDARD,
    healthCheckIntervalMs: 60_000,
    auditTrail: true,
    auditRetentionDays: 0,
    ...asked,
  };
}
