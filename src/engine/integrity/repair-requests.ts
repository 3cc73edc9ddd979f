/**
 * Puts the request ids of a day of journal time right, from the journal: a lost one would let a retry apply twice. Those of records that were trimmed
 * away come from a backup.
 *
 * I1. Every entry is worked out from its record, and put only where it is missing or differs: it may run beside the work, and offline.
 *     Nothing is taken out before everything was put: whoever asks for a damaged entry meanwhile is told, never answered that there is none.
 * I2. The sums of the day decide whether it is right. A damaged entry is taken out only of a day that is right without it: else it may be the one
 *     that could not be put back, and whoever asks for it must go on being told.
 */
import { setImmediate } from 'node:timers/promises';
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Journal } from '../../storage/journal/journal';
import * as keys from '../../storage/state/keys';
import type { LevelState } from '../../storage/state/level-state';
import { RequestSums } from '../../storage/state/request-sums';
import { parseRequest, requestCrc, requestValue } from '../../storage/state/values';
import { noBases } from './right-rows';
import type { OpenBases, RowBase } from './right-rows';

export interface RequestRepair {
  readonly state: LevelState;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Backups; without them only what the journal holds is put right. */
  readonly bases?: OpenBases | undefined;
}

export interface RequestsOutcome {
  /** Request ids that were put back, or taken out. */
  readonly entries: number;
  /** Days that still differ. Rebuild the state. */
  readonly unresolved: readonly number[];
}

/** Records of one turn. */
const RECORDS = 500;
/** Entries read at a time at first. */
const CHUNK = 256;
const DAY_MS = 86_400_000;

/** `generations` are days since 1970, as a scrub names them. Rejects with the signal's reason. */
export async function repairRequests(
  { state, journal, signal, bases = noBases }: RequestRepair,
  generations: readonly number[],
): Promise<RequestsOutcome> {
  if (generations.length === 0) return { entries: 0, unresolved: [] };
  const days = new Set(generations);
  const from = await journal.sequenceAtTime(Math.min(...days) * DAY_MS - 1);
  let entries = 0;
  let batch: JournalRecord[] = [];
  const put = async (): Promise<void> => {
    signal.throwIfAborted();
    entries += await putBack(state, batch);
    batch = [];
  };
  for await (const { records } of journal.read(Math.max(from, journal.floor()))) {
    for (const record of records) {
      if (record.requestId.length > 0 && days.has(RequestSums.of(record.timeMs))) batch.push(record);
    }
    if (batch.length >= RECORDS) await put();
  }
  await put();
  if (journal.floor() > 0) entries += await putTrimmed(state, days, journal.floor(), await bases());
  const { unresolved, surplus } = await judge(state, days, signal);
  entries += await drop(state, surplus);
  return { entries, unresolved };
}

/** I1. What is not applied yet is left to be applied. */
function putBack(state: LevelState, records: readonly JournalRecord[]): Promise<number> {
  return state.mend(async ({ store, sequence: applied }) => {
    const batch = store.array();
    let count = 0;
    for (const { sequence, timeMs, principal, requestId, requestHash } of records) {
      if (sequence > applied) break;
      const key = Buffer.from(keys.requestKey(RequestSums.of(timeMs), principal, requestId));
      const value = Buffer.from(requestValue(key, sequence, requestHash));
      if (store.get(key)?.equals(value)) continue;
      batch.put(key, value);
      count++;
    }
    if (count > 0) await batch.write();
    return count;
  });
}

/** What the journal's floor has left behind, as the newest backup that reaches it has it. */
async function putTrimmed(
  state: LevelState,
  days: ReadonlySet<number>,
  floor: number,
  bases: readonly RowBase[],
): Promise<number> {
  let count = 0;
  await bases
    .find(({ sequence }) => sequence >= floor)
    ?.requests(days, (entries) =>
      state.mend(async ({ store }) => {
        const batch = store.array();
        const before = count;
        for (const [key, value] of entries) {
          const fact = parseRequest(key, value);
          if (!fact || fact.sequence > floor || store.get(key)?.equals(value)) continue;
          batch.put(key, value);
          count++;
        }
        if (count > before) await batch.write();
      }),
    );
  return count;
}

interface Judged {
  readonly unresolved: readonly number[];
  /** The keys of damaged entries that no record is about: their days are right without them. */
  readonly surplus: readonly Buffer[];
}

/** I2. Both of one moment: a day that is right has all its entries then. */
function judge(state: LevelState, days: ReadonlySet<number>, signal: AbortSignal): Promise<Judged> {
  return state.atMoment(async ({ store, snapshot, requests }) => {
    const found = new RequestSums(requests.generation);
    const damaged: Buffer[] = [];
    for await (const [key, value] of requestsOf(store, snapshot, days, signal)) {
      if (parseRequest(key, value)) found.add(keys.parseGeneration(key), requestCrc(value));
      else damaged.push(Buffer.from(key));
    }
    const unresolved = requests.differences(found).filter((day) => days.has(day));
    return { unresolved, surplus: damaged.filter((key) => !unresolved.includes(keys.parseGeneration(key))) };
  });
}

async function drop(state: LevelState, surplus: readonly Buffer[]): Promise<number> {
  if (surplus.length === 0) return 0;
  return state.mend(async ({ store }) => {
    const batch = store.array();
    let count = 0;
    for (const key of surplus) {
      const value = store.get(key);
      // The id may have been used since.
      if (value === undefined || parseRequest(key, value)) continue;
      batch.del(key);
      count++;
    }
    if (count > 0) await batch.write();
    return count;
  });
}

type Moment = Parameters<Parameters<LevelState['atMoment']>[0]>[0];

/** The entries of request ids of these days. Rejects with the signal's reason. */
export async function* requestsOf(
  store: Moment['store'],
  snapshot: Moment['snapshot'],
  days: ReadonlySet<number>,
  signal: AbortSignal,
): AsyncGenerator<readonly [Buffer, Buffer]> {
  for (const day of days) {
    const range = { gte: keys.requestBound(day), lt: keys.requestBound(day + 1) };
    for await (const chunk of store.chunks(snapshot, range, CHUNK)) {
      signal.throwIfAborted();
      yield* chunk;
      await setImmediate();
    }
  }
}
