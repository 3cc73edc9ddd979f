/**
 * How the server is: collects figures, judges them, and tells when the judgement changes.
 *
 * H1. A change is journalled only when the status or the set of issues changes, at most once a look; a restart that finds what
 *     was told before tells nothing.
 * H2. `since` is when an issue was first found, and stays until it is gone: across restarts too, if it was told.
 * H3. A look that fails is told in the log and tried again; nothing waits for it.
 */
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { NO_PROJECT } from '../../domain/operation';
import { millisecondsOf, timestampOf } from '../../domain/timestamp';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { Health as HealthCodec, HealthStatus } from '../../gen/holdfast/v1/system';
import type { Health, HealthIssue, ServerStatus } from '../../gen/holdfast/v1/system';
import type { Engine } from '../engine';
import { backupFacts } from './backup-facts';
import type { BackupFacts } from './backup-facts';
import { CallFigures } from './call-figures';
import { issuesOf } from './checks';
import { diskSizes } from './disk-sizes';
import type { DiskSizes } from './disk-sizes';
import { figuresOf } from './facts';
import { Lately } from './lately';
import { ProcessFigures } from './process-figures';
import { RecentCounts } from './recent';
import type { HealthSources } from './sources';

type Figures = Awaited<ReturnType<typeof figuresOf>>;

export class HealthWatch {
  /** Whoever serves calls counts them here. */
  readonly calls = new CallFigures();
  private readonly process = new ProcessFigures();
  private readonly sizes: Lately<DiskSizes>;
  private readonly backups: Lately<BackupFacts>;
  private readonly startedAtMs: number;
  private readonly recent = new RecentCounts(performance.now());
  /** Since when each issue is there, in journal time in milliseconds. */
  private readonly since = new Map<string, number>();
  private storeSinceMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly engine: Engine,
    private readonly others: HealthSources,
  ) {
    const { dir, clock } = engine.options;
    const backupsAt = others.backups.backups.dir;
    this.sizes = new Lately(() => diskSizes(dir, backupsAt));
    this.backups = new Lately(() => backupFacts(engine, others.backups));
    this.startedAtMs = clock.wallMs();
  }

  /** The figures now. */
  async status(): Promise<ServerStatus> {
    return (await this.figures()).status;
  }

  /** Looks at the server now. Journals nothing. */
  async check(): Promise<Health> {
    await this.told();
    return this.judge(await this.figures());
  }

  /** Looks from now on each `healthCheckIntervalMs`; not at all for a store without settings. */
  start(): void {
    const { settings } = this.engine.options;
    this.process.start();
    if (settings) this.timer = setInterval(() => this.tick(), settings.healthCheckIntervalMs).unref();
  }

  /** Resolves when no look is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
    await Promise.all([this.sizes.idle(), this.backups.idle()]);
    this.process.stop();
  }

  private tick(): void {
    if (this.looking || this.stopped) return;
    this.looking = this.look()
      .catch((fault: Error) => {
        const message = `the look at the server's health failed: ${fault.message}; it is tried again`;
        if (!this.stopped) this.engine.notice({ level: 'warn', message });
      })
      .finally(() => (this.looking = undefined));
  }

  /** One look by the clock. */
  async look(): Promise<void> {
    const { engine } = this;
    const told = await this.told();
    const figures = await this.figures();
    const health = await this.judge(figures);
    this.recent.keep(figures.status, performance.now());
    this.process.look();
    if (this.stopped || engine.status.halted !== undefined || engine.status.draining || !differs(told, health)) return;
    await engine.execute({
      kind: 'changeHealth',
      request: health,
      caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
      validateOnly: false,
    });
    engine.notice(noticeOf(health));
  }

  /** What was told last; HEALTHY in a new store. */
  private async told(): Promise<Health> {
    const row = await this.engine.read(EntityKind.HEALTH, NO_PROJECT, '');
    const health = row ? HealthCodec.decode(row.image) : HealthCodec.fromPartial({ status: HealthStatus.HEALTHY });
    for (const { code, since } of health.issues) {
      if (since && !this.since.has(code)) this.since.set(code, millisecondsOf(since));
    }
    return health;
  }

  private figures(): Promise<Figures> {
    const { engine, calls, process, sizes, backups, others, startedAtMs } = this;
    return figuresOf({ engine, calls, process, sizes, backups, others, startedAtMs });
  }

  private async judge({ status, backups }: Figures): Promise<Health> {
    const { engine } = this;
    this.storeSinceMs ??= await this.oldestMs();
    const issues = issuesOf({
      status,
      recent: this.recent.until(status, performance.now()),
      nowMs: engine.options.clock.wallMs(),
      storeSinceMs: this.storeSinceMs,
      backups: engine.options.settings?.backups,
      damagedBackups: backups.damaged,
      changedSince: backups.changedSince,
      cacheLimits: engine.parts.state.cache.limits,
      uncheckedBytes: engine.parts.applier.bytesSinceCheckpoint,
    });
    const codes = new Set(issues.map(({ code }) => code));
    for (const code of this.since.keys()) if (!codes.has(code)) this.since.delete(code);
    const nowMs = engine.nowMs;
    const dated = issues.map((issue): HealthIssue => {
      if (!this.since.has(issue.code)) this.since.set(issue.code, nowMs);
      return { ...issue, since: timestampOf(this.since.get(issue.code)!) };
    });
    return { status: issues[0]?.severity ?? HealthStatus.HEALTHY, issues: dated, checkTime: timestampOf(nowMs) };
  }

  /** When the journal's oldest record was written; undefined if it cannot be read, which others find out. */
  private async oldestMs(): Promise<number | undefined> {
    const { journal } = this.engine.parts;
    return journal.record(journal.oldest()).then(
      ({ timeMs }) => timeMs,
      () => undefined,
    );
  }
}

function differs(told: Health, health: Health): boolean {
  const codes = ({ issues }: Health): string =>
    issues
      .map(({ code }) => code)
      .sort()
      .join(' ');
  return told.status !== health.status || codes(told) !== codes(health);
}

function noticeOf({ status, issues }: Health): { level: 'info' | 'warn'; message: string } {
  if (issues.length === 0) return { level: 'info', message: 'health: nothing to do any more' };
  const words = issues.map(({ code, message }) => `${code}: ${message}`).join('; ');
  return {
    level: 'warn',
    message: `health: ${status === HealthStatus.UNHEALTHY ? 'unhealthy' : 'degraded'}: ${words}`,
  };
}
