import type { Engine } from '../engine';
import type { LongWork } from '../operations/long-work';
import { AutomaticBackups } from './automatic';
import type { WorkRunner } from './automatic';
import { createBackupWork, verifyBackupWork } from './backup-works';
import { Backups } from './backups';

/** Everything about backups of one store, put together. */
export class BackupKeeper {
  readonly backups: Backups;
  readonly automatic: AutomaticBackups;
  readonly works: readonly LongWork[];
  private runner: WorkRunner | undefined;

  constructor(engine: Engine) {
    this.backups = new Backups(engine);
    this.automatic = new AutomaticBackups(engine, this.backups, engine.options.settings?.backups, () => this.runner);
    this.works = [createBackupWork(engine, this.backups, this.automatic.ended), verifyBackupWork(this.backups)];
  }

  /** Whoever works on operations: without one, nothing is made by itself. */
  attach(runner: WorkRunner): void {
    this.runner = runner;
  }

  start(): void {
    this.automatic.start();
  }

  async stop(): Promise<void> {
    await this.automatic.stop();
    await this.backups.idle();
  }
}
