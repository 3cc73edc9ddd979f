/**
 * Puts a damaged journal right, or says what it would take.
 *
 * Boundary: a stopped store under its process lock, before anything is opened.
 *
 * J1. In this order: segments that the mirror has whole; a state that covers what is lost, so that only the records are gone and not what they
 *     did; and only if somebody asks for it, a new history of what every source still has.
 * J2. Nothing is skipped silently: each lost sequence is named, and whether what it changed is in the state.
 * J3. Nothing is deleted: what is replaced is in the archive.
 */
import { RecoverySource, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../../gen/holdfast/v1/recovery';
import { settleIncoming } from '../../storage/incoming';
import { journalDir, stateDir } from '../../storage/layout';
import { backupWitnesses } from '../../storage/backup/witnesses';
import { surveyJournal } from '../../storage/journal/survey';
import type { Survey } from '../../storage/journal/survey';
import { reachedBy, readCheckpoint } from '../../storage/state/checkpoint-file';
import { beginAnew } from './begin-anew';
import { cutBehind, coverOf } from './cut-behind';
import { stamp } from './damage-means';
import type { DamageMeans } from './damage-means';
import { takeFromMirror } from './mirror-segments';
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
  if (mirrorDir !== undefined && allowed !== 'nothing') {
    const aside = `damaged-${stamp(means.wallMs())}`;
    const taken = await takeFromMirror(files, dir, mirrorDir, survey, aside);
    for (const name of taken) draft.part(RecoverySource.MIRROR, name, {});
    if (taken.length > 0) {
      draft.keptAside.push(`archive/${aside}`);
      draft.attempt(RecoveryStrategy.AUTO, true, `${taken.join(', ')} came from the mirror`, 0);
      survey = await look(means);
    }
  }
  if (survey.damaged.size === 0 && survey.lost.length === 0) return outcome(draft, survey);
  return decide(means, draft, survey, allowed);
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
  if (allowed !== 'loss') return undone(draft, ADVICE);
  const reached = await beginAnew(means, survey, draft);
  draft.attempt(
    RecoveryStrategy.AUTO,
    true,
    'a new history begins with what every source still has',
    performance.now() - began,
  );
  return { mended: true, report: draft.finished(reached, reached.tasks), advice: [] };
}

const ADVICE: readonly string[] = [
  'Keep a copy of the data directory before anything else.',
  'Look at what is lost with: holdfast recover --dir DIR --dry-run',
  'Go back to a backup with: holdfast restore --dir DIR',
  'Or begin a new history with what every source still has: holdfast recover --dir DIR',
];

function undone(draft: ReportDraft, advice: readonly string[]): DamageOutcome {
  return { mended: false, report: draft.finished(undefined, 0), advice };
}

/** It was put right without a new history. */
function outcome(draft: ReportDraft, survey: Survey): DamageOutcome {
  const sequence = survey.runs.at(-1)?.head.sequence ?? 0;
  return { mended: true, report: draft.finished({ history: survey.history, sequence }, 0), advice: [] };
}

/** The journal, held against what the state and backups know of how far it reached. */
async function look({ files, dir, backups }: DamageMeans): Promise<Survey> {
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch(() => undefined);
  const witnesses = [
    ...(checkpoint ? [{ sequence: reachedBy(checkpoint), source: 'the state' }] : []),
    ...(await backupWitnesses(files, journalDir(dir), backups.dir)),
  ].sort((a, b) => b.sequence - a.sequence);
  return surveyJournal(files, journalDir(dir), witnesses[0]);
}
