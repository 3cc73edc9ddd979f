// The rows about stores of three sizes.

import { figure } from './results';
import type { Reach, Row } from './results';
import type { MeasuredLoad } from './stage';
import { median } from './statistics';

/** What was found at one size. Times are in milliseconds; lists have an entry for each round. */
export interface SizeFound {
  /** How many tasks it was seeded with. */
  readonly tasks: number;
  /** Records in the journal when disk and replay were measured. */
  readonly records: number;
  readonly journalBytes: number;
  readonly stateBytes: number;
  readonly cleanMs: readonly number[];
  readonly uncleanMs: readonly number[];
  /** RssAnon a second after a clean start. */
  readonly restBytes: readonly number[];
  /** The most RssAnon under creates and reads. */
  readonly loadBytes: number;
  readonly create: MeasuredLoad;
  readonly get: MeasuredLoad;
  readonly verifyMs: number;
  readonly replayMs: number;
}

const megabyte = 1e6;
const most = (value: number): Reach => ({ bound: 'most', value });

/** Bounds of design: seconds to serving, RssAnon in MB and its growth, bytes a task and a record. */
const cleanStartSecondsMax = 1;
const uncleanStartSecondsMax = 2;
const memoryMegabytesMax = 250;
const memoryGrowthMax = 1.3;
const taskBytesMax = 1000;
const recordBytesMax = 500;

export function storeRows(found: readonly SizeFound[], echoMs: readonly number[]): Row[] {
  const largest = found.at(-1)!;
  const smallest = found[0]!;
  return [
    ...found.flatMap((size) => startRows(size, median(echoMs))),
    ...found.flatMap(memoryRows),
    growthRow('memory at rest, largest / smallest', found, (size) => median(size.restBytes)),
    growthRow('memory loaded, largest / smallest', found, (size) => size.loadBytes),
    rateRow('create, largest / smallest store', smallest.create, largest.create),
    rateRow('get, largest / smallest store', smallest.get, largest.get),
    ...diskRows(largest),
    ...found.flatMap(replayRows),
    ...slopeRows(smallest, largest),
  ].map((row, i) => (i === 0 ? { ...row, raw: { echoMs, found } } : row));
}

function startRows(size: SizeFound, echoMs: number): Row[] {
  const row = (how: string, ms: number, secondsMax: number): Row => ({
    what: `start ${how}, ${short(size.tasks)} tasks / echo's`,
    measured: figure(ms, 'ms'),
    against: figure(echoMs, 'ms'),
    score: ms / 1000,
    reach: most(secondsMax),
    raw: undefined,
  });
  const clean = row('clean', median(size.cleanMs), cleanStartSecondsMax);
  return [clean, row('unclean', median(size.uncleanMs), uncleanStartSecondsMax)];
}

function memoryRows(size: SizeFound): Row[] {
  const rest = median(size.restBytes) / megabyte;
  const load = size.loadBytes / megabyte;
  return [
    {
      what: `memory loaded / at rest, ${short(size.tasks)}`,
      measured: figure(load, 'MB'),
      against: figure(rest, 'MB'),
      score: load,
      reach: most(memoryMegabytesMax),
      raw: undefined,
    },
  ];
}

function growthRow(what: string, found: readonly SizeFound[], of: (size: SizeFound) => number): Row {
  const values = found.map(of);
  const least = Math.min(...values);
  const last = values.at(-1)!;
  return {
    what,
    measured: figure(last / megabyte, 'MB'),
    against: figure(least / megabyte, 'MB'),
    score: last / least,
    reach: most(memoryGrowthMax),
    raw: undefined,
  };
}

function rateRow(what: string, small: MeasuredLoad, large: MeasuredLoad): Row {
  const score = large.perSecond / small.perSecond;
  return {
    what,
    measured: figure(large.perSecond, '/s'),
    against: figure(small.perSecond, '/s'),
    score,
    raw: undefined,
  };
}

function diskRows({ journalBytes, stateBytes, records }: SizeFound): Row[] {
  const row = (what: string, bytes: number, bytesMax: number): Row => ({
    what,
    measured: figure(bytes / records, 'B'),
    against: figure(bytesMax, 'B'),
    score: bytes / records / bytesMax,
    reach: most(1),
    raw: undefined,
  });
  return [
    row('state on disk, a task', stateBytes, taskBytesMax),
    row('journal, a record', journalBytes, recordBytesMax),
  ];
}

function replayRows(size: SizeFound): Row[] {
  const what = `cold replay, ${short(size.records)} records`;
  const perRecord = (size.replayMs * 1000) / size.records;
  return [{ what, measured: figure(size.replayMs / 1000, 's'), against: figure(perRecord, 'µs each'), raw: undefined }];
}

function slopeRows(small: SizeFound, large: SizeFound): Row[] {
  const slope = ((large.replayMs - small.replayMs) * 1000) / (large.records - small.records);
  const rate = large.journalBytes / megabyte / (large.verifyMs / 1000);
  const seconds = figure(large.verifyMs / 1000, 's');
  return [
    { what: '  slope, smallest to largest', measured: figure(slope, 'µs/record'), against: '', raw: undefined },
    { what: 'journal verify, largest store', measured: figure(rate, 'MB/s'), against: seconds, raw: undefined },
  ];
}

/** 10000 as "10 k", 1000000 as "1 M". */
function short(count: number): string {
  if (count >= 950_000) return `${Number((count / 1e6).toFixed(1))} M`;
  if (count >= 950) return `${Number((count / 1e3).toFixed(1))} k`;
  return String(count);
}
