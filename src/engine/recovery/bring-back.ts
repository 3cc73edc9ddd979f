/**
 * Brings the state back: tries one strategy after the other until one succeeds, and says of each why it did not.
 *
 * Boundary: the journal is whole and open, nobody has the state. Damage of the journal is for damage.ts.
 *
 * B1. What is given back was applied up to the journal's head, its digest is the one that the journal commits to, and it is checkpointed.
 * B2. A backup that fails is named in the report before the one before it is taken.
 * B3. It falls through on whatever goes wrong with a source, never on damage of the journal: no strategy helps there.
 */
import { recordsBetween } from '../../storage/journal/lineage';
import { RecoverySource, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import type { Files } from '../../storage/files';
import { JournalCorruption } from '../../storage/journal/journal';
import type { Journal } from '../../storage/journal/journal';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import type { LevelState } from '../../storage/state/level-state';
import { openState } from '../../storage/state/open-state';
import type { StateOptions } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';
import { ProjectTallies } from '../../storage/state/tallies';
import type { Notice } from '../notice';
import type { RecoverySettings } from '../store-settings';
import { candidates, copyBase, stateBytes } from './bases';
import type { Candidate } from './bases';
import { coldState } from './cold';
import { hotState } from './hot';
import { ReportDraft } from './report';
import { ladder, recoveryOutlook, STRATEGY_NAMES } from './strategy';
import type { RecoveryFacts } from './strategy';
import { warmState } from './warm';

/** What a recovery works with. */
export interface RecoveryMeans {
  readonly files: Files;
  /** Where the state comes to be, and how it is opened. What stands there may be given up. */
  readonly state: StateOptions;
  /** A directory that does not exist, for copies on the way. */
  readonly scratch: string;
  readonly journal: Journal;
  /** Where backups are; undefined for nowhere. */
  readonly backupsDir: string | undefined;
  readonly limits: RecoverySettings;
  readonly notice: (notice: Notice) => void;
  /** Aborted: it ends without a state. */
  readonly signal?: AbortSignal | undefined;
}

export interface BroughtBack {
  readonly state: LevelState;
  readonly report: RecoveryReport;
}

/** No strategy brought the state back. The report says why each did not. */
export class NotRecovered extends Error {
  override readonly name = 'NotRecovered';
  constructor(readonly report: RecoveryReport) {
    const tried = report.attempts.map(({ strategy, detail }) => `${STRATEGY_NAMES[strategy]}: ${detail}`);
    super(`the state could not be brought back (${report.reason}). ${tried.join('. ')}`);
  }
}

/** `mayMend`: the present state opens and only some of its rows are wrong, so that AUTO may try WARM. Throws NotRecovered, JournalCorruption. */
export async function bringBack(
  means: RecoveryMeans,
  asked: RecoveryStrategy,
  reason: string,
  mayMend = false,
): Promise<BroughtBack> {
  return new Recovery(means, new ReportDraft(asked, reason)).run(asked, mayMend);
}

/** What the choice of a strategy follows from, for a store that stands still or runs. */
export async function recoveryFacts(means: RecoveryMeans, found: readonly Candidate[]): Promise<RecoveryFacts> {
  const { journal, files, state } = means;
  const spans = journal.lineage();
  const head = journal.head().sequence;
  const since = (sequence: number): number => recordsBetween(spans, sequence, head);
  const newest = found.find(({ problem }) => problem === '');
  const checkpoint = await readCheckpoint(files, state.dir).catch(() => undefined);
  const manifest = newest?.backup?.manifest;
  return {
    journalRecords: since(0),
    oldest: journal.oldest(),
    backup: manifest && {
      ...{ name: newest.name, recordsSince: since(manifest.sequence) },
      ...{ bytes: stateBytes(newest.backup), tasks: manifest.tasks },
    },
    state: checkpoint && {
      ...{ name: '', recordsSince: since(checkpoint.sequence), bytes: 0 },
      tasks: ProjectTallies.decode(Buffer.from(checkpoint.tallies, 'base64')).taskCount(),
    },
    hasCapsule: false,
  };
}

class Recovery {
  constructor(
    private readonly means: RecoveryMeans,
    private readonly draft: ReportDraft,
  ) {}

  async run(asked: RecoveryStrategy, mayMend: boolean): Promise<BroughtBack> {
    const { means, draft } = this;
    const { journal, backupsDir, files, notice } = means;
    const found = backupsDir === undefined ? [] : await candidates(files, backupsDir, journal);
    const outlook = recoveryOutlook(await recoveryFacts(means, found));
    // One that cannot succeed is tried all the same: it says why.
    for (const strategy of ladder(asked, outlook, mayMend)) {
      const state = await this.attempt(strategy, found);
      if (!state) continue;
      await state.checkpoint(journal.head().chain);
      const report = draft.finished({ history: journal.history, sequence: state.applied }, state.tallies.taskCount());
      notice({ level: 'info', message: `the state was brought back by ${STRATEGY_NAMES[strategy]}` });
      return { state, report };
    }
    throw new NotRecovered(draft.finished(undefined, 0));
  }

  private async attempt(strategy: RecoveryStrategy, found: readonly Candidate[]): Promise<LevelState | undefined> {
    const { HOT, WARM } = RecoveryStrategy;
    if (strategy === HOT) return this.hot(found);
    if (strategy === WARM)
      return this.tried(WARM, 'rows and entries were put right where they stood', (signal) => this.warm(signal));
    return this.cold(found);
  }

  /** One backup after the other, newest first. */
  private async hot(found: readonly Candidate[]): Promise<LevelState | undefined> {
    const { HOT } = RecoveryStrategy;
    const { limits, state, journal } = this.means;
    let tries = 0;
    for (const { name, backup, problem } of found) {
      if (tries === limits.attemptsMax) break;
      if (!backup || problem !== '') {
        this.draft.attempt(HOT, false, `${name} cannot be taken: ${problem}`, 0);
        continue;
      }
      tries++;
      const came = await this.tried(
        HOT,
        `rests on ${name}`,
        async (signal) => {
          const hot = await hotState(state, journal, backup, this.progress('applied'), signal);
          this.draft.part(RecoverySource.BACKUP, name, {});
          this.draft.part(RecoverySource.JOURNAL, '', { records: hot.records });
          return hot.state;
        },
        `${name} cannot be taken: `,
      );
      if (came) return came;
    }
    if (tries === 0) this.draft.attempt(HOT, false, 'No clean backup available for hot recovery', 0);
    return undefined;
  }

  private async warm(signal: AbortSignal): Promise<LevelState> {
    return warmState(this.means.state, this.means.journal, this.draft, signal);
  }

  /** Has no time limit: there is nothing after it. */
  private async cold(found: readonly Candidate[]): Promise<LevelState | undefined> {
    const { COLD } = RecoveryStrategy;
    const { journal } = this.means;
    if (journal.floor() === 0) {
      return this.tried(COLD, 'rests on the whole journal', () => this.coldOver(undefined), '', false);
    }
    const usable = found.filter(({ problem }) => problem === '');
    for (const { name, backup } of usable) {
      const detail = `rests on ${name}, as the journal begins at ${journal.oldest()}`;
      const came = await this.tried(COLD, detail, () => this.coldOver({ name, backup: backup! }), `${name}: `, false);
      if (came) return came;
    }
    if (usable.length === 0) {
      const why = `the journal begins at ${journal.oldest()}, and no backup below it verifies`;
      this.draft.attempt(COLD, false, why, 0);
    }
    return undefined;
  }

  private async coldOver(
    on: { name: string; backup: NonNullable<Candidate['backup']> } | undefined,
  ): Promise<LevelState> {
    const { journal, state: options, scratch, files, signal } = this.means;
    const onProgress = (done: number): void => this.progress('taken')(done, 0);
    let base: LevelState | undefined;
    try {
      if (on) {
        await copyBase(files, on.backup, options.history, scratch);
        ({ state: base } = await openState({ ...options, dir: scratch }));
        this.draft.part(RecoverySource.BACKUP, on.name, {});
      }
      const { state, records, rows } = await coldState(options, journal, { base, onProgress, signal });
      this.draft.part(RecoverySource.JOURNAL, '', { records, rows: on ? 0 : rows });
      return state;
    } finally {
      await base?.close();
      await files.removeTree(scratch);
    }
  }

  /** The state, or undefined with the reason in the report. */
  private async tried(
    strategy: RecoveryStrategy,
    detail: string,
    work: (signal: AbortSignal) => Promise<LevelState>,
    failing = '',
    limited = true,
  ): Promise<LevelState | undefined> {
    const { limits, signal: outer, notice } = this.means;
    const began = performance.now();
    const bound = limited ? [AbortSignal.timeout(limits.timeoutMs)] : [];
    const signal = AbortSignal.any([...bound, ...(outer ? [outer] : [])]);
    try {
      const state = await work(signal);
      this.draft.attempt(strategy, true, detail, performance.now() - began);
      return state;
    } catch (error) {
      if (error instanceof JournalCorruption) throw error;
      outer?.throwIfAborted();
      const why = signal.aborted
        ? `it took longer than ${limits.timeoutMs} ms (recovery timeout)`
        : (error as Error).message;
      this.draft.attempt(strategy, false, failing + why, performance.now() - began);
      const next = error instanceof StateUnusable ? '' : ' (unexpected)';
      notice({
        level: 'warn',
        message: `${STRATEGY_NAMES[strategy]} did not bring the state back${next}: ${failing}${why}`,
      });
      return undefined;
    }
  }

  private progress(what: string): (done: number, total: number) => void {
    return (done, total) =>
      this.means.notice({ level: 'info', message: `${done}${total > 0 ? ` of ${total}` : ''} records ${what}` });
  }
}
