import { recordsBetween } from '../storage/journal/lineage';
import { RecoveryStrategy } from '../gen/holdfast/v1/recovery';
import type { RecoveryReport } from '../gen/holdfast/v1/recovery';
import { JournalCorruption } from '../storage/journal/journal';
import type { Journal, JournalFound } from '../storage/journal/journal';
import { writeCheckpoint } from '../storage/state/checkpoint-file';
import type { StateCheckpoint } from '../storage/state/checkpoint-file';
import type { LevelState } from '../storage/state/level-state';
import { createState, openState } from '../storage/state/open-state';
import type { StateOptions } from '../storage/state/open-state';
import { StateUnusable } from '../storage/state/state';
import { directorySize } from '../storage/directory-size';
import type { Files } from '../storage/files';
import { stateDir } from '../storage/layout';
import { dropStateAside, setStateAside, takeStateBack } from '../storage/state-aside';
import type { Notice } from './notice';
import { bringBack } from './recovery/bring-back';
import { meansOf } from './recovery/start-recovery';
import type { StartRecovery } from './recovery/start-recovery';
import { COLD_MICROS } from './recovery/strategy';
import { replay } from './replay';

/** Tasks up to which a state is read whole before it is served after an unclean stop. Reading takes some 100 us a task (rows,
 *  index entries, and each read by key): half a second of the two that an unclean start may take. */
const SCRUB_FIRST_TASKS = 5_000;

/** Free bytes that a rebuild beside the present state takes at least. */
const ROOM_BYTES_MIN = 64 * 1024 * 1024;

/** A state is about to be built anew. */
export interface RebuildAhead {
  readonly because: string;
  readonly history: string;
  /** Where it will stand: the journal's head. */
  readonly sequence: number;
  /** Records that will be applied. */
  readonly records: number;
  /** How long that takes, roughly, in milliseconds. */
  readonly estimatedMs: number;
}

export interface RebuildOptions {
  /** Why the state is not to be believed, whatever it says of itself; undefined: it is. */
  readonly rebuild?: string | undefined;
  /** Called before a state is built anew, which goes on when this resolves: somebody may serve what can be served meanwhile. */
  readonly beforeRebuild?: ((ahead: RebuildAhead) => Promise<void>) | undefined;
}

/** A state at the journal's head, and how it came there. */
export interface BroughtUp {
  readonly state: LevelState;
  /** `created`: there was nothing; `opened`: it was as its checkpoint says; `rebuilt`: from backups and journal. */
  readonly how: 'created' | 'opened' | 'rebuilt';
  /** Why it was rebuilt. */
  readonly because?: string | undefined;
  /** What was done to bring it back, if it was. */
  readonly report?: RecoveryReport | undefined;
  /** Records that were applied again; for a rebuilt state, all that were taken. */
  readonly redone: number;
  /** Everything in it was checked against the checkpoint or the journal; if not, that goes on in the background. */
  readonly verified: boolean;
}

/**
 * Brings the state to the journal's head: redo from its checkpoint if it can be trusted, else by the cheapest recovery that succeeds.
 *
 * V2. A state that is not exactly what its checkpoint and the journal say is built anew, from a backup and the journal or from the journal alone.
 * V3. What is served was applied up to the journal's head, and its digest is the one that the last group commits to.
 * V5. A state that may be sound, and is built anew because somebody asked for it, stays until the new one is whole: the journal may turn out to be
 *     damaged on the way, and then it is all there is.
 * V6. Only what is durable is applied: a state that has applied more than the journal holds proves that the journal lost its end. It is not served.
 */
export async function bringUp(
  options: StateOptions,
  journal: Journal,
  found: JournalFound,
  notice: (notice: Notice) => void,
  recovery: StartRecovery,
  { rebuild: because, beforeRebuild }: RebuildOptions = {},
): Promise<BroughtUp> {
  try {
    if (because !== undefined) throw new StateUnusable(because);
    return await redo(options, journal, found, notice);
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error;
    const { message } = error;
    await beforeRebuild?.(aheadOf(journal, message));
    const work = (): Promise<BroughtUp> => rebuild(options, journal, message, notice, recovery);
    // WARM works on the state that stands there.
    if (because === undefined || recovery.strategy === RecoveryStrategy.WARM) return work();
    return besidePresent(options.files, recovery.dir, notice, work);
  }
}

/** V5. */
async function besidePresent(
  files: Files,
  dir: string,
  notice: (notice: Notice) => void,
  work: () => Promise<BroughtUp>,
): Promise<BroughtUp> {
  const needed = 2 * (await directorySize(stateDir(dir))) + ROOM_BYTES_MIN;
  if ((await files.freeBytes(dir)) < needed) {
    notice({ level: 'warn', message: 'there is no room to keep the present state until the new one is whole' });
    return work();
  }
  if (!(await setStateAside(files, dir))) return work();
  let built: BroughtUp;
  try {
    built = await work();
  } catch (error) {
    await takeStateBack(files, dir);
    throw error;
  }
  try {
    await dropStateAside(files, dir);
  } catch (error) {
    await built.state.close();
    throw error;
  }
  return built;
}

function aheadOf(journal: Journal, because: string): RebuildAhead {
  const { sequence } = journal.head();
  const records = recordsBetween(journal.lineage(), journal.floor(), sequence);
  return {
    because,
    history: journal.history,
    sequence,
    records,
    estimatedMs: (records * COLD_MICROS) / 1000,
  };
}

async function redo(
  options: StateOptions,
  journal: Journal,
  found: JournalFound,
  notice: (notice: Notice) => void,
): Promise<BroughtUp> {
  const { state, checkpoint, reached } = await openState(options);
  if (reached > journal.head().sequence) {
    // Closed first: whoever closes a state may write its checkpoint once more.
    await state.close();
    await refuseLostEnd(options, journal, checkpoint, reached);
  }
  try {
    const redone = await replay(journal, state, progressOf(notice, 'applied again'));
    const verified = found.how === 'clean' || (await verifyUnclean(state, notice));
    return { state, how: 'opened', redone, verified };
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** V6. It is written down first: recovery, and the next start, read it before they open anything. */
async function refuseLostEnd(
  { files, dir }: StateOptions,
  journal: Journal,
  checkpoint: StateCheckpoint,
  reached: number,
): Promise<never> {
  const { sequence } = journal.head();
  await writeCheckpoint(files, dir, { ...checkpoint, clean: false, reached });
  throw new JournalCorruption('', 0, `the journal ends at sequence ${sequence}, but the state has applied ${reached}`);
}

/** Tables that LevelDB wrote after the checkpoint were checked against their own checksums alone. A small state is read whole before anything is served;
 *  a large one is read beside the work (StateGuard). Gives whether it was read. */
async function verifyUnclean(state: LevelState, notice: (notice: Notice) => void): Promise<boolean> {
  if (state.tallies.taskCount() > SCRUB_FIRST_TASKS) {
    notice({ level: 'info', message: 'the state is read whole in the background, as the last stop was unclean' });
    return false;
  }
  const { sound } = await state.scrub();
  if (!sound) throw new StateUnusable('its rows and index entries are not those that were applied');
  return true;
}

/** V2. */
async function rebuild(
  options: StateOptions,
  journal: Journal,
  because: string,
  notice: (notice: Notice) => void,
  recovery: StartRecovery,
): Promise<BroughtUp> {
  const { sequence } = journal.head();
  if (sequence === 0) {
    const state = await createState(options);
    await state.checkpoint(journal.head().chain);
    return { state, how: 'created', redone: 0, verified: true };
  }
  notice({ level: 'warn', message: `the state is brought back: ${because}` });
  const means = meansOf(recovery, options, journal, notice);
  const { state, report } = await bringBack(means, recovery.strategy ?? RecoveryStrategy.AUTO, because);
  const redone = report.parts.reduce((sum, { records }) => sum + records, 0);
  return { state, how: 'rebuilt', because, redone, verified: true, report };
}

function progressOf(notice: (notice: Notice) => void, what: string): (done: number, total: number) => void {
  return (done, total) => notice({ level: 'info', message: `${done} of ${total} records ${what}` });
}
