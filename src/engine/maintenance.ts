// What keeps a store, put together: backups, checks, recovery, audit, health.

import { AuditKeeper } from './audit/audit-keeper';
import { BackupKeeper } from './backups/backup-keeper';
import { CapsuleKeeper } from './emergency/capsule-keeper';
import type { Engine } from './engine';
import { HealthWatch } from './health/watch';
import type { LongWork } from './operations/long-work';
import { Recoveries } from './recovery/recoveries';
import { Restores } from './restore/restores';

/** The keepers of one engine's store. They work on top of the engine: to the committer they are callers like others. */
export interface Maintenance {
  /** Long work that operations may begin. */
  readonly works: readonly LongWork[];
  /** Backups, and when they are made by themselves. */
  readonly backups: BackupKeeper;
  /** Recoveries of this server, and the report of the last. */
  readonly recoveries: Recoveries;
  /** The audit trail: checks of it, and what of it is kept. */
  readonly audit: AuditKeeper;
  /** Restores into this server. */
  readonly restores: Restores;
  /** The figures of the server, and what is not as it should be. */
  readonly health: HealthWatch;
  /** Begins what is done by itself. */
  start(): void;
  /** Ends it; call it before the engine stops. Resolves when nothing of it touches the store any more. */
  stop(): Promise<void>;
}

/** The keepers of an engine that has started; nothing of theirs runs yet. */
export function maintenanceOf(engine: Engine): Maintenance {
  const backups = new BackupKeeper(engine);
  const capsule = new CapsuleKeeper(engine);
  const audit = new AuditKeeper(engine, backups.backups);
  const recoveries = new Recoveries(engine);
  const restores = new Restores(engine);
  const health = new HealthWatch(engine, { backups, mirror: backups.mirrorStatus });
  return {
    works: [...backups.works, ...audit.works, restores.work, recoveries.work],
    backups,
    audit,
    restores,
    recoveries,
    health,
    start: () => {
      backups.start();
      capsule.start();
      audit.start();
      recoveries.start();
      health.start();
    },
    stop: async () => {
      await Promise.all([backups.stop(), audit.stop(), capsule.stop(), recoveries.stop(), health.stop()]);
    },
  };
}
