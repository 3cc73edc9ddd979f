/**
 * Keeps the journal behind its last damage, over a state that has what the lost records did.
 *
 * Boundary: a stopped store. The history goes on: no number that was given changes its meaning.
 *
 * B1. The state is held against the chain where that can be done, and against the digest of the journal's head.
 * B2. A backup of it is made and marked as the base before the journal is cut: without it the state could not be rebuilt any more.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import { isGood, listBackups } from '../../storage/backup/catalogue';
import type { GoodBackup } from '../../storage/backup/catalogue';
import { clearIncoming, declareReady, settleIncoming } from '../../storage/incoming';
import { readStoppedJournal } from '../../storage/journal/read-journal';
import { keepBehind } from '../../storage/journal/keep-behind';
import type { Survey } from '../../storage/journal/survey';
import { incomingDir, journalDir, stateDir } from '../../storage/layout';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import { openState } from '../../storage/state/open-state';
import { StateUnusable } from '../../storage/state/state';
import { replay } from '../replay';
import { copyBase } from './bases';
import { stamp } from './damage-means';
import type { DamageMeans } from './damage-means';
import { makeBase } from './make-base';
import type { ReportDraft } from './report';

/** A state at or behind the last lost sequence. */
export interface Cover {
  /** In words: `the state`, `backups/b1`. */
  readonly what: string;
  /** Undefined: the present state. */
  readonly backup: GoodBackup | undefined;
  readonly sequence: number;
}

/** The state or backup that covers what is lost, and why others do not. */
export async function coverOf(
  { files, dir, backups }: DamageMeans,
  { lost, runs, history }: Survey,
): Promise<{ cover: Cover | undefined; refusals: string[] }> {
  const last = lost.at(-1)?.last ?? 0;
  const head = runs.at(-1)?.head.sequence ?? 0;
  const refusals: string[] = [];
  // What is missing at the end nobody can go on from in this history: later numbers may have been given.
  if (head <= last) return { cover: undefined, refusals: ['the end of the journal is lost'] };
  const chainAt = (sequence: number): string | undefined => {
    const ends = runs.find((run) => run.head.sequence === sequence)?.head.chain;
    const begins = runs.find((run) => run.first === sequence + 1)?.chainBefore;
    const known = ends ?? begins;
    return known && Buffer.from(known).toString('hex');
  };
  const misfit = (sequence: number, chain: string): string | undefined => {
    if (sequence < last) return `stands at ${sequence}, before the end of what is lost (${last})`;
    if (sequence > head) return `stands at ${sequence}, behind the journal's end (${head})`;
    const known = chainAt(sequence);
    return known !== undefined && chain !== '' && known !== chain ? `has another chain at ${sequence}` : undefined;
  };
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch((error: Error) => {
    refusals.push(`the state: ${error.message}`);
    return undefined;
  });
  if (checkpoint?.distrusted !== undefined) refusals.push(`the state: ${checkpoint.distrusted}`);
  else if (checkpoint) {
    const problem =
      checkpoint.history === history ? misfit(checkpoint.sequence, checkpoint.chain) : 'is of another history';
    if (problem === undefined) {
      return { cover: { what: 'the state', backup: undefined, sequence: checkpoint.sequence }, refusals };
    }
    refusals.push(`the state ${problem}`);
  }
  for (const backup of await listBackups(files, backups.dir)) {
    const what = `backups/${backup.id}`;
    if (!isGood(backup)) {
      refusals.push(`${what}: ${backup.problems.join('; ')}`);
      continue;
    }
    const { sequence, chain, history: of } = backup.manifest;
    const problem = of === history ? misfit(sequence, chain) : 'is of another history';
    if (problem === undefined) return { cover: { what, backup, sequence }, refusals };
    refusals.push(`${what} ${problem}`);
  }
  return { cover: undefined, refusals };
}

/** Puts the journal and, if it came from a backup, the state in place. Throws StateUnusable if what was taken for a cover is none. */
export async function cutBehind(means: DamageMeans, survey: Survey, cover: Cover, draft: ReportDraft): Promise<void> {
  const { files, dir } = means;
  await clearIncoming(files, dir);
  const to = join(incomingDir(dir), 'journal');
  await files.makeDirectory(to);
  const last = survey.lost.at(-1)!.last;
  await keepBehind(
    files,
    journalDir(dir),
    to,
    survey.runs.filter((run) => run.first > last),
    randomBytes,
  );
  const at = cover.backup ? join(incomingDir(dir), 'state') : stateDir(dir);
  if (cover.backup) await copyBase(files, cover.backup, survey.history, at);
  const left = await readStoppedJournal(files, to);
  if (!left) throw new StateUnusable('nothing of the journal is left behind the damage');
  try {
    const journal = { head: () => left.set.last.head, read: (after: number) => left.reader.read(after) };
    const { state } = await openState({ dir: at, files, history: survey.history });
    try {
      const records = await replay(journal, state, () => undefined);
      await state.checkpoint(left.set.last.head.chain);
      const because = `the journal begins behind damage: sequences ${survey.lost[0]!.first} to ${last} are lost, and it has what they did`;
      const id = await makeBase(means, state, left.set.last.head, left.set.lineage, because);
      const source = cover.backup ? RecoverySource.BACKUP : RecoverySource.STATE;
      draft.part(source, cover.backup ? cover.what : '', {});
      draft.part(RecoverySource.JOURNAL, '', { records });
      draft.checks.push(
        `backups/${id} is the base of the journal now; the state's digest is the journal's at ${state.applied}`,
      );
    } finally {
      await state.close();
    }
  } finally {
    left.close();
  }
  const archive = `damaged-${stamp(means.wallMs())}-journal`;
  await declareReady(files, dir, { archive, kept: ['journal'] });
  await settleIncoming(files, dir);
  draft.keptAside.push(`archive/${archive}/journal`);
}
