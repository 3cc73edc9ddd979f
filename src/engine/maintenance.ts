// What keeps a store, put together: backups, checks, recovery, audit, health.

import { AuditKeeper } from './audit/audit-keeper';
import { BackupKeeper } from './backups/backup-keeper';
import { CapsuleKeeper } from './emergency/capsule-keeper';
import type { Engine } from './engine';
import { HealthWatch } from './health/watch';
import { Integrity } from './integrity/integrity';
import type { LongWork } from './operations/long-work';
import { Recoveries } from './recovery/recoveries';
import { Restores } from './restore/restores';

/** The keepers of one engine's store. They work on top of the engine: to the committer they are callers like others. */
export interface Maintenance {
  /** Long work that operations may begin. */
  readonly works: readonly LongWork[];
  /** Backups, and when they are made by themselves. */
  readonly backups: BackupKeeper;
  /** Restores into this server. */
  readonly restores: Restores;
  /** Recoveries of this server, and the report of the last. */
  readonly recoveries: Recoveries;
  /** The audit trail: checks of it, and what of it is kept. */
  readonly audit: AuditKeeper;
  /** Checks of the store, and what becomes of damage. */
  readonly integrity: Integrity;
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
  const audit = new AuditKeeper(engine, backups.backups, backups.mirror);
  const restores = new Restores(engine);
  const capsule = new CapsuleKeeper(engine);
  const recoveries = new Recoveries(engine);
  const integrity = new Integrity(engine, backups.backups);
  const health = new HealthWatch(engine, {
    integrity: () => integrity.status(),
    backups,
    mirror: backups.mirrorStatus,
  });
  return {
    works: [...backups.works, ...integrity.works, ...audit.works, restores.work, recoveries.work],
    backups,
    audit,
    restores,
    recoveries,
    integrity,
    health,
    start: () => {
      backups.start();
      audit.start();
      integrity.start();
      capsule.start();
      recoveries.start();
      health.start();
    },
    stop: async () => {
      await Promise.all([
        backups.stop(),
        audit.stop(),
        integrity.stop(),
        capsule.stop(),
        recoveries.stop(),
        health.stop(),
      ]);
    },
  };
}
