/**
 * Backups that are made by themselves, and how long they are kept.
 *
 * A1. One is due when the interval has passed since the newest backup and something has changed, when recovery debt has grown to its bound, or when
 *     a backup was found damaged after the newest good one was made.
 * A2. It is an operation of the server's own: journalled and told like any other.
 * A3. A failure is told, kept as `lastFailure`, and tried again, later each time. It stops nothing else.
 * A4. Retention comes after a backup that succeeded, and once an hour.
 */
import { recordsBetween } from '../../storage/journal/lineage';
import { formatBackup } from '../../domain/backup-name';
import { CreateBackupRequest } from '../../gen/holdfast/v1/backup_service';
import type { KeptBackup } from '../../storage/backup/catalogue';
import type { Engine } from '../engine';
import type { BackupSettings } from '../store-settings';
import { CREATE_TYPE } from './backup-works';
import type { Backups } from './backups';
import { damagedSince, hasChanged, newestBase } from './debt';
import { beginOwn } from './own-work';
import type { WorkRunner } from './own-work';
import { outlived } from './retention';

/** How often it looks, in milliseconds, or a tenth of the interval if that is shorter. */
const LOOK_MS = 5000;
/** How long after its start a store without any backup gets one, in milliseconds, or after the interval if that is shorter. */
const FIRST_MS = 60_000;
/** When a failed one is tried again, in milliseconds: twice as long after each failure. */
const RETRY_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;
/** How often retention looks without a backup, in milliseconds. */
const RETENTION_MS = 3_600_000;

export class AutomaticBackups {
  /** Why the last one failed; empty if it did not. */
  lastFailure = '';
  private failures = 0;
  private notBeforeMs = 0;
  private retainedMs = -Infinity;
  private readonly startedMs: number;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly engine: Engine,
    private readonly backups: Backups,
    private readonly settings: BackupSettings | undefined,
    private readonly runner: () => WorkRunner | undefined,
  ) {
    this.startedMs = engine.options.clock.monotonicMs();
  }

  start(): void {
    if (!this.settings?.auto) return;
    this.timer = setInterval(() => void this.tick(), Math.min(LOOK_MS, this.settings.intervalMs / 10)).unref();
  }

  /** Resolves when no look is under way. A backup that is being made belongs to its operation. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.round;
  }

  /** When the next one is due if something changes until then, by the wall clock in milliseconds; undefined if they are off. */
  async nextAt(): Promise<number | undefined> {
    if (!this.settings?.auto) return undefined;
    const { clock } = this.engine.options;
    const newest = newestBase(await this.backups.list(), this.engine.parts.journal.lineage());
    const wallMs = clock.wallMs();
    const restMs = this.notBeforeMs - clock.monotonicMs();
    if (newest) return Math.max(newest.manifest.createdAt + this.settings.intervalMs, wallMs + restMs);
    const firstMs = this.startedMs + Math.min(FIRST_MS, this.settings.intervalMs);
    return wallMs + Math.max(0, firstMs - clock.monotonicMs(), restMs);
  }

  /** Told by the work how an automatic backup ended. */
  readonly ended = (failure: Error | undefined): void => {
    if (!failure) {
      this.failures = 0;
      this.lastFailure = '';
      this.retainedMs = -Infinity;
      return;
    }
    const waitMs = Math.min(RETRY_MS * 2 ** this.failures++, RETRY_MAX_MS);
    this.notBeforeMs = this.engine.options.clock.monotonicMs() + waitMs;
    this.lastFailure = failure.message;
    const message = `the automatic backup failed: ${failure.message}; it is tried again in ${Math.round(waitMs / 1000)} s`;
    this.engine.notice({ level: 'error', message });
  };

  /** Looks whether one is due. Resolves when its operation has begun, not when it is made. */
  tick(): Promise<void> {
    this.round ??= this.look()
      .catch((error: Error) => {
        if (!this.stopped) this.ended(error);
      })
      .finally(() => (this.round = undefined));
    return this.round;
  }

  private async look(): Promise<void> {
    const { engine, settings } = this;
    const runner = this.runner();
    const nowMs = engine.options.clock.monotonicMs();
    if (!runner || !settings || this.stopped || engine.status.halted !== undefined || engine.status.draining) return;
    if (nowMs < this.notBeforeMs || runner.isRunning(CREATE_TYPE)) return;
    const backups = await this.backups.list();
    if (nowMs - this.retainedMs >= RETENTION_MS) {
      this.retainedMs = nowMs;
      await this.retain(backups, settings);
    }
    if (await this.isDue(backups, settings)) await this.begin(runner);
  }

  /** A1. */
  private async isDue(backups: readonly KeptBackup[], settings: BackupSettings): Promise<boolean> {
    const { journal } = this.engine.parts;
    const { clock } = this.engine.options;
    const lineage = journal.lineage();
    const newest = newestBase(backups, lineage);
    const head = this.engine.status.durable;
    if (recordsBetween(lineage, newest?.manifest.sequence ?? 0, head) >= settings.debtRecords) return true;
    if (!newest) {
      const ageMs = clock.monotonicMs() - this.startedMs;
      return ageMs >= Math.min(FIRST_MS, settings.intervalMs);
    }
    if (damagedSince(backups, newest, clock.wallMs())) return true;
    const ageMs = clock.wallMs() - newest.manifest.createdAt;
    // A backup from the future: the clock was set back. Its age is not known, so it counts as old.
    if (ageMs >= 0 && ageMs < settings.intervalMs) return false;
    return hasChanged(journal, newest.manifest.sequence);
  }

  /** A2. */
  private begin(runner: WorkRunner): Promise<void> {
    return beginOwn(
      this.engine,
      runner,
      CREATE_TYPE,
      CreateBackupRequest.encode(CreateBackupRequest.create()).finish(),
      'bytes',
    );
  }

  private async retain(backups: readonly KeptBackup[], settings: BackupSettings): Promise<void> {
    for (const backup of outlived(backups, settings, this.engine.options.clock.wallMs())) {
      if (!(await this.backups.removeIfFree(backup.id))) continue;
      this.engine.notice({
        level: 'info',
        message: `${formatBackup(backup.id)} has outlived its retention and is gone`,
      });
    }
  }
}
