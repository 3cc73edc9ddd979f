/**
 * Begins a new history with what every source still has of a journal that has really lost something.
 *
 * Boundary: a stopped store. The damaged journal and the state that was there go to the archive.
 *
 * N1. A row is as its newest change left it that any source has: good records behind the damage, rows of the state that were changed where records
 *     are lost, good records before it, and the newest backup below them.
 * N2. What is lost is named; nothing is made up. A row whose last change is lost is older than it was; one that was deleted there is there again,
 *     unless the state that was there is whole and does not have it. How many rows that may be is counted.
 * N3. The new history begins above every number that was ever given, and stands on a base backup.
 * N4. What the graph says of tasks (dependents, open blockers, live children) is derived from the tasks anew; what else does not fit is named.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { rowLabel } from '../../domain/integrity/row-label';
import { Record as RecordCodec, Verb } from '../../gen/holdfast/journal/v1/journal';
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import { isGood, listBackups } from '../../storage/backup/catalogue';
import { clearIncoming, declareReady, settleIncoming } from '../../storage/incoming';
import { cutJournal } from '../../storage/journal/cut-journal';
import { firstOfHistory } from '../../storage/journal/new-history';
import type { Survey } from '../../storage/journal/survey';
import { recordsOfRun } from '../../storage/journal/survey';
import { incomingDir, journalDir, stateDir } from '../../storage/layout';
import { readCheckpoint, writeCheckpoint } from '../../storage/state/checkpoint-file';
import type { RowName } from '../../storage/state/keys';
import type { LevelState } from '../../storage/state/level-state';
import { NewestFirst } from '../../storage/state/newest-first';
import type { EntrySink } from '../../storage/state/newest-first';
import { buildState, openState } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';
import { misfitLine } from '../integrity/check-relations';
import { copyBase } from './bases';
import { spansText, stamp } from './damage-means';
import type { DamageMeans } from './damage-means';
import { makeBase } from './make-base';
import { deriveGraph } from './derive-graph';
import type { ReportDraft } from './report';

/** Rows that do not fit and that a report names. */
const LEFT_NAMED_MAX = 20;

export interface BegunAnew {
  readonly history: string;
  readonly sequence: number;
  readonly tasks: number;
}

/** Durable when it resolves, in place of what was there. */
export async function beginAnew(means: DamageMeans, surveyed: Survey, draft: ReportDraft): Promise<BegunAnew> {
  const { files, dir } = means;
  await clearIncoming(files, dir);
  const parent = surveyed.history;
  const { state: present, reached = 0 } = (await openPresent(means, surveyed, draft)) ?? {};
  const survey = reachingTo(reached, surveyed, draft);
  const base = await openBase(means, survey, draft, present);
  const isWhole = present !== undefined && (await present.scrub()).rowBuckets.length === 0;
  const sources: Sources = { present, isWhole, base };
  const newest = survey.runs.at(-1)?.head;
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch(() => undefined);
  const sequence = Math.max(
    newest?.sequence ?? 0,
    survey.lost.at(-1)?.last ?? 0,
    present?.applied ?? 0,
    base?.applied ?? 0,
  );
  const timeMs = Math.max(newest?.timeMs ?? 0, (checkpoint?.generation ?? 0) * 86_400_000);
  const chain = newest?.sequence === sequence ? newest.chain : Buffer.from(checkpoint?.chain || '00'.repeat(32), 'hex');
  const stateAt = join(incomingDir(dir), 'state');
  const options = { dir: stateAt, files, history: parent };
  try {
    const state = await buildState(options, async (load) => {
      // Twice: only when everything was looked at is it known which tasks are held back.
      const first = new NewestFirst(NOWHERE, timeMs);
      await takeAll(means, survey, sources, first, undefined);
      const fold = new NewestFirst(load, timeMs, first.rowsSeen);
      await takeAll(means, survey, sources, fold, draft);
      return { sequence, digest: fold.digest, tallies: fold.tallies, requests: fold.requests };
    });
    await fitTogether(state, sequence, timeMs, draft);
    const history = randomBytes(8).toString('hex');
    const tasks = state.tallies.taskCount();
    // Backups of any history: one of a branch that was left knows numbers that were given, too.
    const kept = (await listBackups(files, means.backups.dir)).flatMap(({ manifest }) => (manifest ? [manifest] : []));
    const begin = firstOfHistory({
      head: survey.sealed && newest?.sequence === sequence ? sequence : undefined,
      witnesses: [sequence, ...survey.lost.map(({ last }) => last), ...kept.map((each) => each.sequence)],
      timesMs: [means.wallMs(), timeMs, ...kept.flatMap(({ journalAt, createdAt }) => [journalAt, createdAt])],
    });
    try {
      await state.checkpoint(chain);
      const why =
        survey.lost.length > 0
          ? `sequences ${spansText(survey.lost)} of ${parent} are lost`
          : `what ${parent} had behind ${sequence} is not known`;
      const because = `history ${history} begins with it: ${why}`;
      const lineage = [{ history: parent, first: 1, last: sequence }];
      const id = await makeBase(means, state, { sequence, chain, timeMs }, lineage, because);
      await beginJournal(means, state, { parent, history, sequence, begin, chain, timeMs });
      draft.checks.push(`backups/${id} is the base of the new history`);
    } finally {
      await state.close();
    }
    const made = await readCheckpoint(files, stateAt);
    await writeCheckpoint(files, stateAt, { ...made!, history });
    const archive = `damaged-${stamp(means.wallMs())}`;
    await closeAll(sources);
    await declareReady(files, dir, { archive, kept: ['journal', 'state'] });
    await settleIncoming(files, dir);
    draft.keptAside.push(`archive/${archive}/journal`, `archive/${archive}/state`);
    draft.newHistory = history;
    return { history, sequence: begin, tasks };
  } finally {
    await closeAll(sources);
  }
}

/** N4. */
async function fitTogether(state: LevelState, sequence: number, nowMs: number, draft: ReportDraft): Promise<void> {
  const { signal } = new AbortController();
  const { named, count, left } = await deriveGraph(state, sequence, { nowMs, signal, onRows: () => undefined });
  if (count > 0) {
    const more = count > named.length ? `, and ${count - named.length} more` : '';
    draft.checks.push(`${count} things that the graph said of tasks were derived anew: ${named.join('; ')}${more}`);
  }
  if (left.length === 0) return void draft.checks.push('all rows fit each other');
  const first = left.slice(0, LEFT_NAMED_MAX).map(misfitLine).join('; ');
  const why = 'holdfast verify --level comprehensive names all of them';
  draft.checks.push(`${left.length} things that rows say of each other do not fit: ${first}; ${why}`);
}

interface Sources {
  present: LevelState | undefined;
  /** Every row of the present state is there and reads well. */
  readonly isWhole: boolean;
  base: LevelState | undefined;
}

/** N1, N2, newest first. */
async function takeAll(
  { files, dir }: DamageMeans,
  { runs, lost }: Survey,
  { present, isWhole, base }: Sources,
  fold: NewestFirst,
  draft: ReportDraft | undefined,
): Promise<void> {
  const last = lost.at(-1)?.last ?? 0;
  const take = async (some: typeof runs): Promise<void> => {
    for (const run of [...some].reverse()) {
      const records = await recordsOfRun(files, run.at ?? journalDir(dir), run);
      for (const record of records.reverse()) fold.take(record);
      await fold.settle();
      const [source, name] = run.at === undefined ? [RecoverySource.JOURNAL, ''] : [RecoverySource.MIRROR, run.segment];
      draft?.part(source, name, { records: records.length });
    }
  };
  await take(runs.filter((run) => run.first > last));
  const before = fold.rows;
  const isLost = (sequence: number): boolean => lost.some((span) => sequence >= span.first && sequence <= span.last);
  await present?.pourInto(fold, isLost);
  draft?.part(RecoverySource.STATE, '', { rows: fold.rows - before });
  const [older, gone] = [fold.rows, [] as RowName[]];
  if (present && isWhole) fold.isGone = goneIn(present, (name) => gone.push(name));
  await take(runs.filter((run) => run.first <= last));
  const below = (sequence: number): boolean => sequence < (runs[0]?.first ?? Infinity) && !isLost(sequence);
  await base?.pourInto(fold, below);
  // Better an old row than none: what nothing else has.
  await present?.pourInto(fold, below);
  if (draft) sayOlder(draft, lost, fold.rows - older, gone);
}

/** A row that a whole state does not have, although it had come to be by then, was deleted: its tombstone is among the lost records. */
function goneIn(present: LevelState, onGone: (name: RowName) => void): NewestFirst['isGone'] {
  return (name, sequence) => {
    const isGone = sequence <= present.applied && present.row(name.kind, name.project, name.id) === undefined;
    if (isGone) onGone(name);
    return isGone;
  };
}

/** N2. */
function sayOlder(draft: ReportDraft, lost: Survey['lost'], older: number, gone: readonly RowName[]): void {
  // What may be lost behind an end that a mirror had nothing tells of: rows are as that end left them.
  if (lost.length === 0) return;
  const spans = spansText(lost);
  if (gone.length > 0) {
    const names = gone.slice(0, LEFT_NAMED_MAX).map(rowLabel).join(', ');
    const more = gone.length > LEFT_NAMED_MAX ? ` and ${gone.length - LEFT_NAMED_MAX} more` : '';
    draft.checks.push(`${gone.length} rows were deleted in ${spans}, as the state knows, and stay so: ${names}${more}`);
  }
  draft.checks.push(
    `${older} rows are as they were before ${spans}: which of them were changed or deleted there is not known, so that one may be older than it was, or there again`,
  );
}

/** What the state had applied behind all that is named, is lost too: a checkpoint need not know of it yet. */
function reachingTo(reached: number, survey: Survey, { lost }: ReportDraft): Survey {
  const end = Math.max(survey.runs.at(-1)?.head.sequence ?? 0, survey.lost.at(-1)?.last ?? 0);
  if (reached <= end) return survey;
  const problem = `the journal ends at ${end}, but the state had applied ${reached}`;
  const span = { first: end + 1, last: reached, problem };
  lost.push({ ...span, stateKept: false });
  return { ...survey, lost: [...survey.lost, span] };
}

/** The state that is there, if it opens, and up to where it had applied; what is wrong with it is in the report. */
async function openPresent(
  { files, dir }: DamageMeans,
  { history }: Survey,
  draft: ReportDraft,
): Promise<{ readonly state: LevelState; readonly reached: number } | undefined> {
  try {
    return await openState({ dir: stateDir(dir), files, history });
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error;
    draft.checks.push(`the state that was there could not be used: ${error.message}`);
    return undefined;
  }
}

/** The newest backup below the damage, where the journal before the damage does not reach to its start. */
async function openBase(
  { files, dir, backups }: DamageMeans,
  { runs, lost, history }: Survey,
  draft: ReportDraft,
  present: LevelState | undefined,
): Promise<LevelState | undefined> {
  const reaches = runs[0]?.first === 1;
  if (reaches) return undefined;
  const below = lost[0]?.first ?? Infinity;
  for (const backup of await listBackups(files, backups.dir)) {
    if (!isGood(backup) || backup.manifest.sequence >= below) continue;
    const to = join(incomingDir(dir), 'base');
    try {
      await copyBase(files, backup, history, to);
      const { state } = await openState({ dir: to, files, history });
      draft.part(RecoverySource.BACKUP, `backups/${backup.id}`, {});
      return state;
    } catch (error) {
      if (!(error instanceof StateUnusable)) throw error;
      draft.checks.push(`backups/${backup.id} could not be used: ${error.message}`);
    }
  }
  if (!present) draft.checks.push('there is nothing below the first record that is left');
  return undefined;
}

/** The first record of the new history, in the state and in a journal of its own. */
async function beginJournal(
  { files, dir, wallMs }: DamageMeans,
  state: LevelState,
  to: { parent: string; history: string; sequence: number; begin: number; chain: Uint8Array; timeMs: number },
): Promise<void> {
  const { parent, history, sequence, begin, chain } = to;
  const fork = { sequence, timeMs: to.timeMs, digest: state.digest.total(), chain };
  const record = RecordCodec.fromPartial({
    ...{ sequence: begin, timeMs: Math.max(wallMs(), to.timeMs), principal: PRINCIPAL_SYSTEM },
    ...{ verb: Verb.BEGIN_HISTORY, lineage: { parent, fork: sequence } },
  });
  await state.applyBulk([record]);
  const journal = join(incomingDir(dir), 'journal');
  await files.makeDirectory(journal);
  const head = await cutJournal({
    ...{ files, to: journal, source: undefined, random: randomBytes },
    begin: { history, parent, fork, stateDigest: state.digest.total(), record: RecordCodec.encode(record).finish() },
  });
  await state.checkpoint(head.chain);
}

/** Each at most once. */
async function closeAll(sources: Sources): Promise<void> {
  const { present, base } = sources;
  [sources.present, sources.base] = [undefined, undefined];
  await present?.close();
  await base?.close();
}

/** The first of two walks keeps nothing but what it met. */
const NOWHERE: EntrySink = { put: () => undefined, isFull: false, drain: () => Promise.resolve() };
