import type { Engine } from '../engine';
import type { LongWork } from '../operations/long-work';
import { AutomaticBackups } from './automatic';
import { createBackupWork, deleteBackupWork, verifyBackupWork } from './backup-works';
import { Backups } from './backups';
import { Mirror } from './mirror';
import type { WorkRunner } from './own-work';
import { Rechecks } from './rechecks';

/** Everything about backups of one store, put together. */
export class BackupKeeper {
  readonly backups: Backups;
  readonly automatic: AutomaticBackups;
  readonly rechecks: Rechecks;
  /** Undefined without a directory for it. */
  readonly mirror: Mirror | undefined;
  readonly works: readonly LongWork[];
  private runner: WorkRunner | undefined;

  constructor(engine: Engine) {
    this.backups = new Backups(engine);
    this.automatic = new AutomaticBackups(engine, this.backups, engine.options.settings?.backups, () => this.runner);
    this.rechecks = new Rechecks(engine, this.backups, () => this.runner);
    const mirrorDir = engine.options.settings?.mirrorDir;
    this.mirror = mirrorDir === undefined ? undefined : new Mirror(engine, this.backups, mirrorDir);
    this.works = [
      createBackupWork(engine, this.backups, this.automatic.ended),
      verifyBackupWork(engine, this.backups),
      deleteBackupWork(this.backups),
    ];
  }

  /** How the mirror stands; undefined without one. */
  get mirrorStatus(): (() => { readonly lag: number; readonly lastFailure: string }) | undefined {
    const { mirror } = this;
    return mirror && (() => ({ lag: mirror.lag, lastFailure: mirror.lastFailure }));
  }

  /** Whoever works on operations: without one, nothing is made by itself. */
  attach(runner: WorkRunner): void {
    this.runner = runner;
  }

  start(): void {
    this.automatic.start();
    this.rechecks.start();
    this.mirror?.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.automatic.stop(), this.rechecks.stop(), this.mirror?.stop()]);
    await this.backups.idle();
  }
}
