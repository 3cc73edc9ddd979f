/**
 * One check of the store's integrity, at a level, with or without repairs: what VerifyIntegrity does.
 *
 * C1. Each level does what the one before does, and more (holdfast.v1.IntegrityLevel).
 * C2. Everything runs beside the work: rows on snapshots, files past the journal; only repairs take turns of the state.
 * C3. A state that repairs do not bring back is given up, unless only a report was asked for: the server stops, and its next start rebuilds it.
 */
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { rowLabel } from '../../domain/integrity/row-label';
import { timestampOf } from '../../domain/timestamp';
import { IntegrityLevel } from '../../gen/holdfast/v1/system';
import type { IntegrityReport } from '../../gen/holdfast/v1/system';
import { Pace } from '../../storage/backup/pace';
import { journalDir } from '../../storage/layout';
import { scrub } from '../../storage/state/scrub';
import type { ScrubReport } from '../../storage/state/scrub';
import type { Backups } from '../backups/backups';
import type { Engine } from '../engine';
import { checkBlobs } from './check-blobs';
import { checkStateFiles } from './check-files';
import { checkJournal } from './check-journal';
import { checkSegments } from './check-segments';
import { checkRelations, misfitWords } from './check-relations';
import type { Misfit, WalkOptions } from './check-relations';
import { checkTallies } from './check-tallies';
import { Problems } from './problems';
import { dayOf, REBUILD, repairReport } from './repair-report';
import { repairTallies } from './repair-tallies';
import type { RepairedRow } from './repaired-row';
import { rereadWindows } from './reread-windows';

export interface CheckParts {
  readonly engine: Engine;
  readonly backups: Backups;
  readonly level: IntegrityLevel;
  readonly reportOnly: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (phase: string, done: number, total: number) => void;
  readonly onRepaired: (repaired: RepairedRow) => void;
  /** Told of what else was put right: counts, request ids. */
  readonly onRepairedBeside: (name: string, problem: string) => void;
}

export interface Checked {
  readonly report: IntegrityReport;
  /** Why the state must be given up; undefined if it need not. */
  readonly hopeless: string | undefined;
}

/** Bytes a second that the reading of files takes at most: it shares the disk with the work. */
const BYTES_PER_SECOND = 200 * 1024 * 1024;
const BY_REPAIR = 'a check that repairs puts it right';
const RULES = 'the journal says the same: a defect of this server; keep a backup, and report it with this line';

export async function check(parts: CheckParts): Promise<Checked> {
  const run = new Run(parts);
  const { engine } = parts;
  const startTime = timestampOf(engine.options.clock.wallMs());
  const sequence = await engine.withApplied((state) => state.applied);
  await run.all(sequence);
  const { named, count, repaired, read, sound } = run.problems;
  const report: IntegrityReport = {
    level: parts.level,
    position: { history: engine.history, sequence },
    ...{ sound, problems: named, problemCount: count, repairedCount: repaired, ...read },
    ...{ startTime, endTime: timestampOf(engine.options.clock.wallMs()) },
  };
  return { report, hopeless: parts.reportOnly ? undefined : run.hopeless };
}

class Run {
  readonly problems = new Problems();
  hopeless: string | undefined;
  private readonly pace: Pace;

  constructor(private readonly parts: CheckParts) {
    this.pace = new Pace(BYTES_PER_SECOND, parts.signal);
  }

  async all(sequence: number): Promise<void> {
    const { level, signal, engine } = this.parts;
    const [standard, all] = [level >= IntegrityLevel.STANDARD, level >= IntegrityLevel.COMPREHENSIVE];
    this.say('files of the state', 0, 0);
    await checkStateFiles(engine, { bytes: standard, signal }, this.problems);
    if (standard) await this.journal(sequence, all);
    else await checkSegments(engine.options.files, journalDir(engine.options.dir), this.problems);
    if (standard) await this.rows();
    if (all) await this.relations();
    await this.blobs(all);
    if (all) await this.backups();
  }

  private async journal(head: number, digests: boolean): Promise<void> {
    const { engine, signal } = this.parts;
    const { files, dir } = engine.options;
    const onSequence = (at: number): void => this.say('journal', at, head);
    await checkJournal(
      { files, dir: journalDir(dir), head, digests, bytesPerSecond: BYTES_PER_SECOND, signal, onSequence },
      this.problems,
    );
  }

  private async rows(): Promise<void> {
    const { signal, engine, reportOnly } = this.parts;
    const { state } = engine.store;
    const total = state.tallies.taskCount();
    const onSeen = (rows: number): void => this.say('rows and index entries', rows, Math.max(rows, total));
    const report = await state.atMoment((moment) =>
      scrub(moment.store, moment.snapshot, moment, Infinity, { signal, onSeen }),
    );
    this.problems.read.rows = report.rows;
    this.problems.read.entries = report.entries + report.requests;
    if (report.sound) return;
    if (reportOnly) this.name(report);
    else await this.repair(report);
  }

  private async repair(report: ScrubReport): Promise<void> {
    const { engine, backups, signal, onRepaired, onRepairedBeside } = this.parts;
    this.say('repairs', 0, report.rowBuckets.length + report.entryBuckets.length);
    this.hopeless ??= await repairReport(
      { engine, backupsDir: backups.dir, signal, onRepaired, onRepairedBeside },
      report,
      this.problems,
    );
  }

  private giveUp(kind: string, name: string, problem: string): void {
    this.problems.add(kind, name, problem, REBUILD);
    this.hopeless ??= `${name}: ${problem}`;
  }

  /** What a scrub found, left as it is. */
  private name({ damaged, rowBuckets, entryBuckets, requestGenerations, strays }: ScrubReport): void {
    const remedy = BY_REPAIR;
    const { problems } = this;
    for (const name of damaged) problems.add('row', rowLabel(name), 'it fails its checksum', remedy);
    for (const bucket of rowBuckets)
      problems.add('digest', `bucket ${bucket}`, 'its rows are not those of the digest', remedy);
    for (const bucket of entryBuckets)
      problems.add('index_entry', `bucket ${bucket}`, 'its index entries are not those of its rows', remedy);
    for (const day of requestGenerations)
      problems.add('request_id', dayOf(day), 'its request ids are not those that were applied', remedy);
    if (strays > 0) problems.add('index_entry', 'state', `${strays} entries are of no known form`, remedy);
  }

  private async relations(): Promise<void> {
    const { engine, signal } = this.parts;
    const watch = { nowMs: engine.nowMs, signal };
    const walk = (phase: string) => ({
      ...watch,
      onRows: (rows: number) => this.say(phase, rows, Math.max(rows, this.problems.read.rows)),
    });
    const misfits = await engine.store.state.atMoment((moment) => checkRelations(moment, walk('references')));
    for (const misfit of misfits) {
      this.problems.add(
        kindOf(misfit),
        rowLabel({ kind: misfit.kind, project: misfit.project, id: misfit.owner }),
        misfitWords(misfit),
        RULES,
      );
    }
    await this.tallies(walk('counts'));
  }

  /** Counts that are not those of the rows are counted anew, unless the state is given up anyway. */
  private async tallies(options: WalkOptions): Promise<void> {
    const { engine, reportOnly, onRepairedBeside } = this.parts;
    const { state } = engine.store;
    if (reportOnly || this.hopeless !== undefined) {
      const { wrong } = await state.atMoment((moment) => checkTallies(moment, options));
      for (const { project, problem } of wrong) this.problems.add('tally', countsOf(project), problem, BY_REPAIR);
      return;
    }
    const { wrong, hopeless } = await repairTallies(engine, options);
    for (const { project, problem } of wrong) {
      const name = countsOf(project);
      if (hopeless !== undefined) this.giveUp('tally', name, `${problem}; ${hopeless}`);
      else {
        this.problems.add('tally', name, problem, 'counted anew from the rows', true);
        onRepairedBeside(name, problem);
      }
    }
    if (wrong.length === 0 || hopeless !== undefined) return;
    // A queue's bound may have room now.
    rereadWindows(engine);
    // A crash brings back the counts of the last state checkpoint.
    await state.checkpoint();
  }

  private async blobs(bytes: boolean): Promise<void> {
    const { engine, backups, reportOnly } = this.parts;
    const spare = reportOnly ? undefined : () => backups.pool();
    await checkBlobs(
      { engine, bytes, spare, pace: this.pace, onBlob: (count) => this.say('blobs', count, count) },
      this.problems,
    );
  }

  private async backups(): Promise<void> {
    const { backups } = this.parts;
    const all = await backups.list();
    for (const { id } of all) {
      this.say('backups', ++this.problems.read.backups, all.length);
      const found = await backups.verify(id, { pace: this.pace, deep: false });
      for (const problem of found.problems) {
        this.problems.add('backup', found.name, problem, 'it is not restored from; make another one, then delete it');
      }
    }
  }

  private say(phase: string, done: number, total: number): void {
    this.parts.signal.throwIfAborted();
    this.parts.onProgress(phase, done, total);
  }
}

function countsOf(project: string): string {
  return project === '' ? 'operations' : `projects/${project}`;
}

const GRAPH: ReadonlySet<EntityKind> = new Set([EntityKind.TASK_GRAPH, EntityKind.TASK_AWAITED]);

function kindOf({ kind, relation }: Misfit): string {
  if (relation === 'blob') return 'blob';
  return GRAPH.has(kind) ? 'graph' : 'reference';
}
