/**
 * Trims the journal: removes whole segments from its start, with a verified backup under what is left.
 *
 * Boundary: what goes, and that the state can be rebuilt without it. Files go in storage/journal/trim-segments.
 *
 * M1. Before a segment goes, a backup that holds everything in it was read whole, found good, and marked as a base, which nothing deletes.
 * M2. The records of the last day stay: retries of commands are answered from them.
 * M3. A backup is a base as long as the journal that is left goes on from it; once the journal begins above it, it is a backup like others.
 * M4. What the mirror does not have yet stays, until it has it, or the mirror says that nothing need wait for it any more; that is told.
 * M5. Whatever a stop cuts off, the journal is whole from its oldest sequence on, and a base holds what is before.
 */
import { join } from 'node:path';
import { REQUEST_RECORDS_KEPT_MS } from '../../domain/audit-limits';
import { formatBackup } from '../../domain/backup-name';
import { Refusal } from '../../domain/refusal';
import { isGood } from '../../storage/backup/catalogue';
import type { GoodBackup } from '../../storage/backup/catalogue';
import { clearBase } from '../../storage/backup/marks';
import { Pace } from '../../storage/backup/pace';
import { isSegmentName } from '../../storage/journal/format';
import { journalDir } from '../../storage/layout';
import { isAncestor } from '../backups/debt';
import type { Backups } from '../backups/backups';
import type { Engine } from '../engine';
import type { WorkContext } from '../operations/long-work';
import { planTrim } from './trim-plan';
import type { Stretch, TrimPlan } from './trim-plan';

/** What is kept at least: everything from a sequence on, or everything that is younger. */
export type Keep = { readonly from: number } | { readonly ageMs: number };

/** A plan, and the backup that covers it; undefined if one must be made first. */
export interface CoveredPlan extends TrimPlan {
  readonly backup: GoodBackup | undefined;
}

/** What a trim asks of a mirror. */
export interface TrimMirror {
  /** The last sequence that it has. */
  readonly sequence: number;
  /** The sequence above which it does not have everything yet, and has to get it; undefined if nothing need wait for it. */
  keepsAbove(): Promise<number | undefined>;
}

export class Trimming {
  constructor(
    private readonly engine: Engine,
    private readonly backups: Backups,
    private readonly mirror?: TrimMirror | undefined,
  ) {}

  /** What would go. With `coveredOnly` only what a good backup holds already; else as if one were made first. */
  async plan(keep: Keep, coveredOnly: boolean): Promise<CoveredPlan> {
    const { journal } = this.engine.parts;
    const covering = await this.covering();
    const covered = coveredOnly ? (covering[0]?.manifest.sequence ?? 0) : journal.head().sequence;
    const plan = planTrim(await this.segments(), {
      wanted: 'from' in keep ? keep.from : (await this.sequenceBefore(keep.ageMs)) + 1,
      retriesFrom: (await this.sequenceBefore(REQUEST_RECORDS_KEPT_MS)) + 1,
      covered,
      mirrored: await this.mirror?.keepsAbove(),
      before: (first) => this.before(first),
    });
    return { ...plan, backup: plan.segments === 0 ? undefined : covering.find((each) => holds(each, plan)) };
  }

  /** Does what a plan says: a good backup first, then its mark, then the trim. Gives the name of the backup. May be repeated. */
  async run(plan: TrimPlan, context: WorkContext): Promise<string> {
    const base = await this.base(plan, context);
    const name = formatBackup(base.id);
    const { journal } = this.engine.parts;
    context.signal.throwIfAborted();
    await this.backups.markBase(base.id, `the journal was trimmed up to ${plan.floor}: what was before is in it`);
    if (this.mirror && this.mirror.sequence < plan.floor) {
      const message = `the journal is trimmed up to ${plan.floor}, and the mirror ends at ${this.mirror.sequence}: it has a gap until it follows again`;
      this.engine.notice({ level: 'warn', message });
    }
    await journal.trim(plan.oldest);
    await this.freeBases(journal.floor());
    return name;
  }

  /** A backup that holds what goes, read whole and found good (M1); made, if there is none. */
  private async base(plan: TrimPlan, context: WorkContext): Promise<GoodBackup> {
    const pace = new Pace(this.backups.bytesPerSecond, context.signal);
    const onProgress = (done: number, total: number): void =>
      context.report({ phase: 'verifying the backup', done, total, unit: 'bytes' });
    for (const backup of (await this.covering()).filter((each) => holds(each, plan))) {
      await this.backups.verify(backup.id, { pace, deep: false, onProgress });
      const found = (await this.covering()).find(({ id }) => id === backup.id);
      if (found) return found;
    }
    const id = `base-${this.engine.parts.journal.head().sequence}`;
    await this.backups.make({
      ...{ id, kind: 'NAMED', description: 'the base of a trimmed journal', operation: context.name, pace },
      onProgress: (phase, done, total) => context.report({ phase, done, total, unit: 'bytes' }),
    });
    const made = (await this.covering()).find((each) => holds(each, plan));
    if (made) return made;
    throw new Refusal(
      'BACKUP_NEEDED',
      'the journal is not trimmed: no backup that was read back whole holds what would go',
    );
  }

  /** M3. */
  private async freeBases(floor: number): Promise<void> {
    const { files } = this.engine.options;
    for (const { base, manifest, dir } of await this.backups.list()) {
      if (base !== undefined && manifest !== undefined && manifest.sequence < floor) await clearBase(files, dir);
    }
  }

  /** Good backups of states that this history went through, newest first. */
  private async covering(): Promise<GoodBackup[]> {
    const lineage = this.engine.parts.journal.lineage();
    return (await this.backups.list()).filter(isGood).filter((backup) => isAncestor(backup, lineage));
  }

  private async segments(): Promise<Stretch[]> {
    const { files, dir } = this.engine.options;
    const path = journalDir(dir);
    const found: Stretch[] = [];
    for (const name of (await files.list(path)).filter(isSegmentName)) {
      const file = await files.open(join(path, name), 'r');
      try {
        found.push({ first: parseInt(name, 16), bytes: await file.size() });
      } finally {
        await file.close();
      }
    }
    return found;
  }

  /** The last sequence that is at least so old, by journal time. */
  private sequenceBefore(ageMs: number): Promise<number> {
    return this.engine.parts.journal.sequenceAtTime(this.engine.nowMs - ageMs);
  }

  private before(first: number): number {
    const spans = this.engine.parts.journal.lineage();
    const index = spans.findIndex((span) => span.first === first);
    return index > 0 ? spans[index - 1]!.last : first - 1;
  }
}

function holds({ manifest }: GoodBackup, { floor }: TrimPlan): boolean {
  return manifest.sequence >= floor;
}
