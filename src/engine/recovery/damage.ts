/**
 * Puts a damaged journal right, or says what it would take.
 *
 * Boundary: a stopped store under its process lock, before anything is opened.
 *
 * J1. In this order: segments that the mirror has whole; a state that covers what is lost, so that only the records are gone and not what they
 *     did; and only if somebody asks for it, a new history of what every source still has.
 * J2. Nothing is skipped silently: each lost sequence is named, and whether what it changed is in the state.
 * J3. Nothing is deleted: what is replaced is in the archive.
 * J4. No number is given twice: where the mirror has the end, and no seal proves that nothing came after it, only a new history goes on from there.
 *     The journal stays damaged until that history takes its place, so that a crash leaves none that looks whole.
 */
import { RecoverySource, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import { settleIncoming } from '../../storage/incoming';
import { journalDir, stateDir } from '../../storage/layout';
import { isGood, listBackups } from '../../storage/backup/catalogue';
import { backupWitnesses, mirrorWitness } from '../../storage/backup/witnesses';
import { surveyJournal } from '../../storage/journal/survey';
import type { Run, Survey } from '../../storage/journal/survey';
import { reachedBy, readCheckpoint } from '../../storage/state/checkpoint-file';
import { beginAnew } from './begin-anew';
import { cutBehind, coverOf } from './cut-behind';
import { stamp, storeOptions } from './damage-means';
import type { DamageMeans } from './damage-means';
import { endedBy, mendsAll, takeFromMirror, unprovenEnd, wholeInMirror } from './mirror-segments';
import { ReportDraft } from './report';

/** What may be given up. */
export type Allowed =
  /** Nothing that was acknowledged but what was said of it. */
  | 'records'
  /** What no source has any more. */
  | 'loss'
  /** Only look. */
  | 'nothing';

export interface DamageOutcome {
  /** The journal can be opened; what it is about is in the report. */
  readonly mended: boolean;
  /** What was found, and done; undefined if nothing is wrong. */
  readonly report: RecoveryReport | undefined;
  /** What is to be done if it was not mended, one sentence each. */
  readonly advice: readonly string[];
  /** What may be lost although nothing names it, and what to do, in words; undefined if nothing may be. */
  readonly doubt?: string | undefined;
}

/** Looks at the whole journal and puts right what may be put right. It takes as long as reading the journal, and a rebuild if there is loss. */
export async function mendJournal(means: DamageMeans, allowed: Allowed, reason: string): Promise<DamageOutcome> {
  const { files, dir, mirrorDir } = means;
  const draft = new ReportDraft(RecoveryStrategy.AUTO, reason);
  await settleIncoming(files, dir);
  let survey = await look(means);
  if (survey.damaged.size === 0 && survey.lost.length === 0) return { mended: true, report: undefined, advice: [] };
  draft.checks.push(
    `the journal was read whole: ${[...survey.damaged].map(([name, problem]) => `${name} ${problem}`).join('; ') || 'its end is missing'}`,
  );
  const whole = mirrorDir === undefined ? [] : await wholeInMirror(files, mirrorDir, survey);
  const end = await unprovenEnd(files, dir, whole, survey);
  if (mirrorDir !== undefined && end.length > 0)
    return beginBehind(means, draft, survey, { whole, end, mirrorDir }, allowed);
  if (allowed === 'nothing') {
    await tellSources(means, draft, whole);
    if (whole.length > 0 && mendsAll(whole, survey)) {
      return undone(draft, [
        'Nothing is lost: a recovery takes it from the mirror, and so does a start with mirrorDir set.',
      ]);
    }
  } else if (mirrorDir !== undefined) {
    if (await takeWhole(means, draft, mirrorDir, whole)) survey = await look(means);
  }
  if (survey.damaged.size === 0 && survey.lost.length === 0) return outcome(draft, survey);
  return decide(means, draft, survey, allowed);
}

/** Puts segments of the mirror in place; false if there are none. */
async function takeWhole(
  { files, dir, wallMs }: DamageMeans,
  draft: ReportDraft,
  mirrorDir: string,
  whole: readonly Run[],
): Promise<boolean> {
  if (whole.length === 0) return false;
  const aside = `damaged-${stamp(wallMs())}`;
  const taken = await takeFromMirror(files, dir, mirrorDir, whole, aside);
  for (const name of taken) draft.part(RecoverySource.MIRROR, name, {});
  draft.keptAside.push(`archive/${aside}`);
  draft.attempt(RecoveryStrategy.AUTO, true, `${taken.join(', ')} came from the mirror`, 0);
  return true;
}

/** J4. */
async function beginBehind(
  means: DamageMeans,
  draft: ReportDraft,
  survey: Survey,
  { whole, end, mirrorDir }: { whole: readonly Run[]; end: readonly Run[]; mirrorDir: string },
  allowed: Allowed,
): Promise<DamageOutcome> {
  const reached = end.at(-1)!.head.sequence;
  const known = `the mirror has the end of the journal, up to sequence ${reached}; whether more was acknowledged after it is not known`;
  draft.checks.push(known);
  if (allowed !== 'loss') {
    await tellSources(means, draft, whole);
    for (const span of endedBy(whole, mirrorDir, survey).lost) draft.lost.push({ ...span, stateKept: false });
    const doubt = `${known}: holdfast recover ${storeOptions(means.dir, means.backups.dir, mirrorDir)} takes it and begins a new history behind it`;
    return { ...undone(draft, lossAdvice(means)), doubt };
  }
  const began = performance.now();
  const isEnd = new Set(end);
  const hasMore = await takeWhole(
    means,
    draft,
    mirrorDir,
    whole.filter((run) => !isEnd.has(run)),
  );
  const left = endedBy(end, mirrorDir, hasMore ? await look(means) : survey);
  for (const span of left.lost) draft.lost.push({ ...span, stateKept: false });
  return anew(means, draft, left, began);
}

/** What each source has, for whoever has to choose between them. */
async function tellSources(
  { files, dir, backups }: DamageMeans,
  { checks }: ReportDraft,
  whole: readonly Run[],
): Promise<void> {
  const state = await readCheckpoint(files, stateDir(dir)).catch((error: Error) => error);
  if (state instanceof Error) checks.push(`the state cannot be used: ${state.message}`);
  else if (state) checks.push(`the state stands at ${state.sequence} of history ${state.history}`);
  else checks.push('there is no state');
  for (const backup of await listBackups(files, backups.dir)) {
    const { id } = backup;
    const { sequence, history } = isGood(backup) ? backup.manifest : { sequence: 0, history: '' };
    checks.push(`backups/${id} ${isGood(backup) ? `stands at ${sequence} of history ${history}` : 'is damaged'}`);
  }
  for (const { segment, first, head } of whole) {
    checks.push(`the mirror has ${segment} whole, with sequences ${first} to ${head.sequence}`);
  }
}

async function decide(
  means: DamageMeans,
  draft: ReportDraft,
  survey: Survey,
  allowed: Allowed,
): Promise<DamageOutcome> {
  const { cover, refusals } = await coverOf(means, survey);
  for (const detail of refusals) draft.attempt(RecoveryStrategy.AUTO, false, detail, 0);
  const began = performance.now();
  if (cover) {
    for (const span of survey.lost) draft.lost.push({ ...span, stateKept: true });
    if (allowed === 'nothing')
      return undone(draft, [`${cover.what} has what the lost records did: a start goes on from there`]);
    await cutBehind(means, survey, cover, draft);
    draft.attempt(
      RecoveryStrategy.AUTO,
      true,
      `${cover.what} has what the lost records did`,
      performance.now() - began,
    );
    return outcome(draft, survey);
  }
  for (const span of survey.lost) draft.lost.push({ ...span, stateKept: false });
  if (allowed !== 'loss') return undone(draft, lossAdvice(means));
  return anew(means, draft, survey, began);
}

async function anew(means: DamageMeans, draft: ReportDraft, survey: Survey, began: number): Promise<DamageOutcome> {
  const reached = await beginAnew(means, survey, draft);
  draft.attempt(
    RecoveryStrategy.AUTO,
    true,
    'a new history begins with what every source still has',
    performance.now() - began,
  );
  return { mended: true, report: draft.finished(reached, reached.tasks), advice: [] };
}

/** What a person may do where something is really lost, with the options that name this store. */
function lossAdvice({ dir, backups, mirrorDir }: DamageMeans): readonly string[] {
  const options = storeOptions(dir, backups.dir, mirrorDir);
  return [
    'Keep a copy of the data directory before anything else.',
    `Go back to a backup: holdfast restore ${storeOptions(dir, backups.dir)} --backup ID --dry-run`,
    `Or begin a new history with what every source still has: holdfast recover ${options}`,
  ];
}

function undone(draft: ReportDraft, advice: readonly string[]): DamageOutcome {
  return { mended: false, report: draft.finished(undefined, 0), advice };
}

/** It was put right without a new history. */
function outcome(draft: ReportDraft, survey: Survey): DamageOutcome {
  const sequence = survey.runs.at(-1)?.head.sequence ?? 0;
  return { mended: true, report: draft.finished({ history: survey.history, sequence }, 0), advice: [] };
}

/** The journal, held against what the state and backups know of how far it reached. */
async function look({ files, dir, backups, mirrorDir, notice }: DamageMeans): Promise<Survey> {
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch(() => undefined);
  const witnesses = [
    ...(checkpoint ? [{ sequence: reachedBy(checkpoint), source: 'the state' }] : []),
    ...(await backupWitnesses(files, journalDir(dir), backups.dir)),
    ...(await mirrorWitness(files, journalDir(dir), mirrorDir, (message) => notice({ level: 'warn', message }))),
  ].sort((a, b) => b.sequence - a.sequence);
  const survey = await surveyJournal(files, journalDir(dir), witnesses[0]);
  // Of a journal that is gone as a whole only the state says which history it was.
  return survey.history === '' && checkpoint ? { ...survey, history: checkpoint.history } : survey;
}
