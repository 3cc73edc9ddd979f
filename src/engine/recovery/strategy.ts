// Which strategies could bring the state back, what each would cost, and in which order AUTO tries them. Pure.

import { RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';

/** What the choice follows from. */
export interface RecoveryFacts {
  /** Records that the journal holds. */
  readonly journalRecords: number;
  /** The oldest sequence that it holds; the lowest that a state can begin at is the one before. */
  readonly oldest: number;
  /** The newest backup of these histories of which no damage is known; undefined for none. */
  readonly backup: BaseFacts | undefined;
  /** The present state, if LevelDB opens it; undefined if not. */
  readonly state: BaseFacts | undefined;
  readonly hasCapsule: boolean;
}

/** A state that a recovery can begin with. */
export interface BaseFacts {
  /** Which: `backups/b1`; empty for the present state. */
  readonly name: string;
  /** Records after it. */
  readonly recordsSince: number;
  readonly bytes: number;
  readonly tasks: number;
}

/** Microseconds to apply a record. This and the next two: measured on two cores with Node 20, three records and three rows a task (docs/performance.md). */
const APPLY_MICROS = 33;
/** Microseconds to take a record newest first, rows included. */
export const COLD_MICROS = 13;
/** Microseconds to hold the rows of one task, its index entries and request ids against the digest. */
const CHECK_MICROS = 18;
/** Bytes a millisecond that a backup is copied and checked at: 150 MB/s. */
const COPY_BYTES_PER_MS = 150_000;
/** What opening takes at least, in milliseconds. */
const OPEN_MS = 300;

/** As people know them. */
export const STRATEGY_NAMES: { readonly [strategy in RecoveryStrategy]: string } = {
  [RecoveryStrategy.UNSPECIFIED]: 'AUTO',
  [RecoveryStrategy.HOT]: 'HOT',
  [RecoveryStrategy.WARM]: 'WARM',
  [RecoveryStrategy.COLD]: 'COLD',
  [RecoveryStrategy.EMERGENCY]: 'EMERGENCY',
  [RecoveryStrategy.AUTO]: 'AUTO',
  [RecoveryStrategy.UNRECOGNIZED]: '?',
};

const { HOT, WARM, COLD, EMERGENCY, AUTO, UNSPECIFIED } = RecoveryStrategy;
const NONE = 'there is no backup of these histories that verified';

/** One entry a strategy, in the order of the manual. */
export function recoveryOutlook(facts: RecoveryFacts): RecoveryOutlook[] {
  return [hot(facts), warm(facts), cold(facts), emergency(facts)];
}

/** The strategies to try for what was asked, in order. AUTO, and nothing in particular, means every one that can succeed, cheapest first; WARM
 *  only if `warm`: it mends a state that opens. EMERGENCY brings nothing back by itself: it is COLD while reads are served. */
export function ladder(
  asked: RecoveryStrategy,
  outlook: readonly RecoveryOutlook[],
  warm: boolean,
): RecoveryStrategy[] {
  if (asked === EMERGENCY) return [COLD];
  if (asked !== AUTO && asked !== UNSPECIFIED) return [asked];
  return outlook
    .filter(({ strategy, possible }) => possible && strategy !== EMERGENCY && (warm || strategy !== WARM))
    .sort((a, b) => a.estimatedMs - b.estimatedMs)
    .map(({ strategy }) => strategy);
}

/** What a start does with a state that was given up, in words. */
export function nextStart(outlook: readonly RecoveryOutlook[]): string {
  const [first] = ladder(AUTO, outlook, false);
  const chosen = outlook.find(({ strategy }) => strategy === first);
  if (chosen) {
    const seconds = Math.ceil(chosen.estimatedMs / 1000);
    return `the next start brings the state back by ${STRATEGY_NAMES[chosen.strategy]}, which ${chosen.detail}, in some ${seconds} s`;
  }
  const why = outlook.filter(({ strategy }) => strategy === HOT || strategy === COLD).map(({ detail }) => detail);
  return `the next start cannot bring the state back (${why.join('; ')}): copy the data directory, then see docs/recovery.md`;
}

function hot({ backup }: RecoveryFacts): RecoveryOutlook {
  if (!backup) return impossible(HOT, NONE);
  const ms = copyMs(backup) + micros(backup.recordsSince, APPLY_MICROS);
  return possible(HOT, `rests on ${backup.name}`, backup.recordsSince, ms);
}

function warm({ state }: RecoveryFacts): RecoveryOutlook {
  if (!state) return impossible(WARM, 'LevelDB does not open the present state');
  const checkMs = micros(state.tasks, CHECK_MICROS);
  const ms = checkMs + micros(state.recordsSince, APPLY_MICROS);
  return possible(WARM, 'rests on the present state', state.recordsSince, ms);
}

function cold({ journalRecords, oldest, backup }: RecoveryFacts): RecoveryOutlook {
  if (oldest <= 1)
    return possible(COLD, 'rests on the whole journal', journalRecords, micros(journalRecords, COLD_MICROS));
  if (!backup) return impossible(COLD, `the journal begins at ${oldest}, and ${NONE}`);
  // Each row of the base is taken like a record.
  const ms = copyMs(backup) + micros(backup.recordsSince + 3 * backup.tasks, COLD_MICROS);
  return possible(COLD, `rests on ${backup.name}, as the journal begins at ${oldest}`, backup.recordsSince, ms);
}

function emergency({ hasCapsule }: RecoveryFacts): RecoveryOutlook {
  if (!hasCapsule) return impossible(EMERGENCY, 'there is no capsule');
  return possible(EMERGENCY, 'serves reads from the capsule while COLD runs', 0, 0);
}

const micros = (count: number, each: number): number => (count * each) / 1000;
const copyMs = ({ bytes }: BaseFacts): number => bytes / COPY_BYTES_PER_MS;

function possible(strategy: RecoveryStrategy, detail: string, records: number, ms: number): RecoveryOutlook {
  return { strategy, possible: true, detail, records, estimatedMs: Math.round(OPEN_MS + ms) };
}

function impossible(strategy: RecoveryStrategy, detail: string): RecoveryOutlook {
  return { strategy, possible: false, detail, records: 0, estimatedMs: 0 };
}
