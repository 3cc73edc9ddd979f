/**
 * Counts the tasks, queues and sessions of the state anew where the counts are not those of the rows, while the server goes on.
 *
 * L1. The rows are counted at one sequence, beside the work; what was decided after it is counted on top, to the applied mark for the state and to the
 *     decided one for decisions. Both take their place in one turn of the event loop, in which nothing is applied.
 * L2. A number that a task had is not given to another, even one that is gone: the greater of what was kept and what the rows say, and if the rows
 *     show that what was kept is wrong, of what the journal says.
 */
import type { Derived } from '../../domain/derive';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import type { ProjectTallies, TallyDifference } from '../../storage/state/tallies';
import type { Engine } from '../engine';
import type { DecidedEffects } from '../overlay';
import { checkTallies } from './check-tallies';
import type { WalkOptions } from './check-relations';

export interface TalliesOutcome {
  /** What was wrong. */
  readonly wrong: readonly TallyDifference[];
  /** Why only a rebuild of the state puts it right; undefined: it is right now. */
  readonly hopeless: string | undefined;
}

/** What a change that counts leaves of itself. */
interface Counted {
  readonly sequence: number;
  readonly change: Change;
  readonly derived: Derived;
}

const NO_IMAGE = Buffer.alloc(0);
const ALWAYS: ReadonlySet<EntityKind> = new Set([EntityKind.PROJECT, EntityKind.QUEUE, EntityKind.SESSION]);
const NUMBERS_GONE = 'which numbers tasks had is not known, as the journal was trimmed';

/** In the state when it resolves; it survives power loss with the next state checkpoint. Rejects with the signal's reason. */
export async function repairTallies(engine: Engine, options: WalkOptions): Promise<TalliesOutcome> {
  const { marks, decisions, decidedTallies } = engine.parts;
  const { state, journal } = engine.store;
  const since: Counted[] = [];
  const unfollow = decisions.follow({ decided: (record) => void since.push(...countedOf(record)) });
  try {
    await marks.whenApplied(marks.decided);
    const { at, counted, wrong } = await state.atMoment(async (moment) => {
      return { at: moment.sequence, ...(await checkTallies(moment, options)) };
    });
    if (wrong.length === 0) return { wrong, hopeless: undefined };
    if (wrong.some(({ givenAgain }) => givenAgain)) {
      if (journal.floor() > 0) return { wrong, hopeless: NUMBERS_GONE };
      await raiseFromJournal(engine, counted, options.signal);
    }
    await state.mend(({ tallies, sequence: applied }) => {
      // L1: nothing in here waits.
      const later = since.filter(({ sequence }) => sequence > at);
      for (const { sequence, change, derived } of later) if (sequence <= applied) counted.add(change, derived);
      tallies.become(counted);
      for (const { sequence, change, derived } of later) if (sequence > applied) counted.add(change, derived);
      decidedTallies.become(counted);
      return Promise.resolve();
    });
    return { wrong, hopeless: undefined };
  } finally {
    unfollow();
  }
}

function* countedOf({ record: { sequence }, effects }: DecidedEffects): Iterable<Counted> {
  for (const { change, derived } of effects) {
    const { tally, remove, put } = derived;
    const counts =
      ALWAYS.has(change.kind) ||
      tally.tasks !== 0 ||
      tally.liveTasks !== 0 ||
      [...remove, ...put].some(({ index }) => index === 'state');
    // The image is the most of it, and nothing counts by it.
    if (counts) yield { sequence, change: { ...change, image: NO_IMAGE }, derived };
  }
}

/** L2. */
async function raiseFromJournal({ store }: Engine, counted: ProjectTallies, signal: AbortSignal): Promise<void> {
  for await (const { records } of store.journal.read(0)) {
    signal.throwIfAborted();
    for (const { changes } of records) {
      for (const { kind, project, id } of changes) if (counted.hasProject(project)) counted.wasThere(kind, project, id);
    }
  }
}
