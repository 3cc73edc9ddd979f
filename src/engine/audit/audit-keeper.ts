/**
 * The audit trail of one store: checked when asked, trimmed when asked and by its settings.
 *
 * Boundary: when. What a trim does is in trimming.ts, what a check does in check-chain.ts.
 *
 * D1. A trim waits for a check that runs, and a check for a trim.
 * D2. What is trimmed by itself is an operation of the server's own, begun only for segments that a verified backup holds already.
 */
import { TrimJournalRequest } from '../../gen/holdfast/v1/system_service';
import { Turns } from '../../storage/state/turns';
import { beginOwn } from '../backups/own-work';
import type { WorkRunner } from '../backups/own-work';
import type { Backups } from '../backups/backups';
import type { Engine } from '../engine';
import type { LongWork } from '../operations/long-work';
import { TRIM_TYPE, trimWork } from './trim-work';
import { Trimming } from './trimming';
import type { Keep, TrimMirror } from './trimming';
import { verifyAuditWork } from './verify-audit';

/** How often it looks whether something may go, in milliseconds. */
const LOOK_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;

export class AuditKeeper {
  readonly works: readonly LongWork[];
  readonly trimming: Trimming;
  private readonly turns = new Turns();
  private runner: WorkRunner | undefined;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly engine: Engine,
    backups: Backups,
    mirror?: TrimMirror,
  ) {
    this.trimming = new Trimming(engine, backups, mirror);
    // D1.
    const quiet = <Result>(work: () => Promise<Result>): Promise<Result> => this.turns.take(work);
    this.works = [verifyAuditWork(engine, backups, quiet), trimWork(engine, this.trimming, quiet)];
  }

  /** Whoever works on operations: without one, nothing is trimmed by itself. */
  attach(runner: WorkRunner): void {
    this.runner = runner;
  }

  start(): void {
    if (this.keep() === undefined) return;
    this.timer = setInterval(() => void this.tick(), LOOK_MS).unref();
  }

  /** Resolves when no look is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.round;
  }

  /** Looks whether something may go. Resolves when its operation has begun. */
  tick(): Promise<void> {
    this.round ??= this.look()
      .catch((error: Error) => {
        if (this.stopped) return;
        this.engine.notice({ level: 'error', message: `the journal could not be trimmed: ${error.message}` });
      })
      .finally(() => (this.round = undefined));
    return this.round;
  }

  /** What the settings keep; undefined for everything. */
  private keep(): Keep | undefined {
    const { settings } = this.engine.options;
    if (!settings) return undefined;
    if (!settings.auditTrail) return { ageMs: 0 };
    return settings.auditRetentionDays > 0 ? { ageMs: settings.auditRetentionDays * DAY_MS } : undefined;
  }

  private async look(): Promise<void> {
    const { engine, runner } = this;
    const keep = this.keep();
    const { halted, draining } = engine.status;
    if (!keep || !runner || this.stopped || halted !== undefined || draining || runner.isRunning(TRIM_TYPE)) return;
    const { segments, oldest } = await this.trimming.plan(keep, true);
    if (segments === 0) return;
    const request = TrimJournalRequest.fromPartial({
      keep: { $case: 'from', value: { history: engine.history, sequence: oldest } },
    });
    await beginOwn(engine, runner, TRIM_TYPE, TrimJournalRequest.encode(request).finish(), 'segments');
  }
}
