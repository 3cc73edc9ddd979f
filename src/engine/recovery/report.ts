// The report of a recovery, while it is being put together.

import type {
  LostRange,
  RecoveredPart,
  RecoveryReport,
  RecoverySource,
  RecoveryStrategy,
} from '../../gen/holdfast/v1/recovery';
import type { Timestamp } from '../../gen/google/protobuf/timestamp';

/** Rows that a report names; the count says how many there are. */
const QUARANTINED_MAX = 1000;

export class ReportDraft {
  readonly attempts: RecoveryReport['attempts'] = [];
  readonly checks: string[] = [];
  readonly lost: LostRange[] = [];
  readonly keptAside: string[] = [];
  newHistory = '';
  private readonly parts = new Map<string, RecoveredPart>();
  private readonly quarantined: string[] = [];
  private quarantinedCount = 0;
  private readonly startMs = Date.now();

  constructor(
    private readonly strategy: RecoveryStrategy,
    /** Why it runs. */
    readonly reason: string,
  ) {}

  attempt(strategy: RecoveryStrategy, succeeded: boolean, detail: string, tookMs: number): void {
    this.attempts.push({ strategy, succeeded, detail, tookMs: Math.round(tookMs) });
  }

  /** What came from a source, added up. */
  part(source: RecoverySource, name: string, counts: { rows?: number; records?: number }): void {
    const key = `${source}/${name}`;
    const part = this.parts.get(key) ?? { source, name, rows: 0, records: 0 };
    this.parts.set(key, {
      ...part,
      rows: part.rows + (counts.rows ?? 0),
      records: part.records + (counts.records ?? 0),
    });
  }

  /** A row that no source has. */
  quarantine(name: string): void {
    this.quarantinedCount++;
    if (this.quarantined.length < QUARANTINED_MAX) this.quarantined.push(name);
  }

  /** The report of a recovery that ends now. */
  finished(reached: { history: string; sequence: number } | undefined, tasks: number): RecoveryReport {
    const { strategy, reason, attempts, checks, lost, keptAside, newHistory, quarantined, quarantinedCount } = this;
    return {
      ...{ strategy, reason, attempts, checks, lost, keptAside, newHistory, quarantined, quarantinedCount, tasks },
      succeeded: reached !== undefined,
      reached,
      parts: [...this.parts.values()],
      startTime: timestamp(this.startMs),
      endTime: timestamp(Date.now()),
    };
  }
}

function timestamp(ms: number): Timestamp {
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}
