// Unary traffic beside the echo, in turn: creates, creates with request ids, batches, reads, and one call at a time.

import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import type { ChildServer } from './child-server';
import { batchRequest, createRequest, getRequest, referenceTaskBytes } from './reference';
import { figure } from './results';
import type { Reach, Row } from './results';
import { firstTask, manyInFlight } from './stage';
import type { MeasuredLoad, Stage, WantedLoad } from './stage';
import { median } from './statistics';

const least = (value: number): Reach => ({ bound: 'least', value });
const most = (value: number): Reach => ({ bound: 'most', value });

const anId = '01936f5e-8a1c-7c4e-b1d2-3f4a5b6c7d8e';
/** How many tasks one batch makes. */
const batchTasks = 100;

interface Round {
  readonly echo: MeasuredLoad;
  readonly holdfast: MeasuredLoad;
}

/** Both servers in turn, `rounds` times, the order swapped each time, after half a round that does not count: V8 compiles in it. */
async function inTurn(stage: Stage, wanted: (server: ChildServer) => Promise<WantedLoad>): Promise<Round[]> {
  const { echo, holdfast } = await stage.servers();
  const rounds: Round[] = [];
  for (let round = -1; round < stage.options.rounds; round++) {
    const load = async (server: ChildServer) => {
      const order = await wanted(server);
      const count = round < 0 ? Math.ceil(order.count / 2) : order.count;
      return stage.load(server, { ...order, count });
    };
    const measured =
      round % 2 === 0
        ? { echo: await load(echo), holdfast: await load(holdfast) }
        : { holdfast: await load(holdfast), echo: await load(echo) };
    if (round >= 0) rounds.push(measured);
  }
  return rounds;
}

const middle = (rounds: readonly Round[], of: (round: Round) => number) => median(rounds.map(of));

function rateRow(what: string, rounds: readonly Round[], reach?: Reach): Row {
  const ours = middle(rounds, ({ holdfast }) => holdfast.perSecond);
  const theirs = middle(rounds, ({ echo }) => echo.perSecond);
  const score = middle(rounds, ({ echo, holdfast }) => holdfast.perSecond / echo.perSecond);
  const bound = reach ? { reach } : {};
  return { what, measured: figure(ours, '/s'), against: figure(theirs, '/s'), score, ...bound, raw: rounds };
}

function processorRow(what: string, rounds: readonly Round[], of: 'mainUs' | 'allUs', reach?: Reach): Row {
  const ours = middle(rounds, ({ holdfast }) => holdfast[of]);
  const theirs = middle(rounds, ({ echo }) => echo[of]);
  const score = middle(rounds, ({ echo, holdfast }) => holdfast[of] - echo[of]);
  const bound = reach ? { reach } : {};
  return { what, measured: figure(ours, 'µs'), against: figure(theirs, 'µs'), score, ...bound, raw: undefined };
}

const unaryCreate = (count: number): WantedLoad => ({
  method: 'TaskService/CreateTask',
  message: createRequest(),
  count,
  ...manyInFlight,
  writes: true,
  replyBytes: referenceTaskBytes,
});

/** CreateTask with 128 in flight: rate and processor time. */
export async function measureCreate(stage: Stage): Promise<Row[]> {
  const rounds = await inTurn(stage, () => Promise.resolve(unaryCreate(stage.options.calls)));
  const ours = middle(rounds, ({ holdfast }) => holdfast.p99Us) / 1000;
  const theirs = middle(rounds, ({ echo }) => echo.p99Us) / 1000;
  return [
    rateRow('create, 128 in flight / echo', rounds, least(0.75)),
    processorRow('  main thread a create, over echo', rounds, 'mainUs', most(20)),
    processorRow('  all threads a create, over echo', rounds, 'allUs', most(40)),
    { what: '  latency p99 at full load', measured: figure(ours, 'ms'), against: figure(theirs, 'ms'), raw: undefined },
  ];
}

/** CreateTask with a fresh request id each; the load is always our own, because h2load cannot vary a body. */
export async function measureRequestIds(stage: Stage): Promise<Row[]> {
  const order = { ...unaryCreate(stage.options.calls), message: createRequest(anId), requestId: anId };
  const rounds = await inTurn(stage, () => Promise.resolve(order));
  return [rateRow('create with request id / echo', rounds), processorRow('  main thread, over echo', rounds, 'mainUs')];
}

/** GetTask of one task again and again. */
export async function measureGet(stage: Stage): Promise<Row[]> {
  const rounds = await inTurn(stage, async (server) => ({
    method: 'TaskService/GetTask',
    message: getRequest(await firstTask(server)),
    count: stage.options.calls,
    ...manyInFlight,
    writes: false,
    replyBytes: referenceTaskBytes,
  }));
  return [
    rateRow('get, cached, 128 in flight / echo', rounds, least(0.85)),
    processorRow('  main thread a get, over echo', rounds, 'mainUs'),
  ];
}

/** BatchCreateTasks of 100: tasks a second over those of unary creates, measured in turn. */
export async function measureBatch(stage: Stage): Promise<Row[]> {
  const { holdfast } = await stage.servers();
  const batch: WantedLoad = {
    method: 'TaskService/BatchCreateTasks',
    message: batchRequest(batchTasks),
    count: Math.ceil(stage.options.calls / 40),
    connections: 8,
    inFlight: 2,
    writes: true,
    replyBytes: batchTasks * referenceTaskBytes,
  };
  const rounds: { readonly batch: MeasuredLoad; readonly unary: MeasuredLoad }[] = [];
  for (let round = 0; round < stage.options.rounds; round++) {
    const unary = await stage.load(holdfast, unaryCreate(Math.ceil(stage.options.calls / 2)));
    rounds.push({ batch: await stage.load(holdfast, batch), unary });
  }
  const tasks = (load: MeasuredLoad) => load.perSecond * batchTasks;
  return [
    {
      what: 'batch create, 100 a call / unary',
      measured: figure(median(rounds.map((round) => tasks(round.batch))), '/s'),
      against: figure(median(rounds.map((round) => round.unary.perSecond)), '/s'),
      score: median(rounds.map((round) => tasks(round.batch) / round.unary.perSecond)),
      reach: least(4),
      raw: rounds,
    },
    {
      what: '  main thread a task',
      measured: figure(median(rounds.map((round) => round.batch.mainUs / batchTasks)), 'µs'),
      against: figure(median(rounds.map((round) => round.unary.mainUs)), 'µs'),
      raw: undefined,
    },
  ];
}

/** One create at a time: group commit must cost a lone caller nothing beyond the flush itself. */
export async function measureOne(stage: Stage): Promise<Row[]> {
  const order = { ...unaryCreate(Math.ceil(stage.options.calls / 10)), connections: 1, inFlight: 1 };
  const path = `${stage.folder()}-flush`;
  const flushes: number[] = [];
  const rounds = await inTurn(stage, () => {
    flushes.push(flushUs(path));
    return Promise.resolve(order);
  });
  unlinkSync(path);
  const flush = median(flushes);
  const ours = middle(rounds, ({ holdfast }) => holdfast.p50Us);
  const theirs = middle(rounds, ({ echo }) => echo.p50Us) + flush;
  return [
    {
      what: 'create, one by one / echo + flush',
      measured: figure(ours, 'µs'),
      against: figure(theirs, 'µs'),
      score: middle(rounds, ({ echo, holdfast }) => holdfast.p50Us / (echo.p50Us + flush)),
      raw: { rounds, flushUs: flushes },
    },
    { what: '  of that one fdatasync', measured: figure(flush, 'µs'), against: '', raw: undefined },
  ];
}

/** The median of write and fdatasync of 500 bytes into a file that is written already, in microseconds. */
function flushUs(path: string): number {
  const file = openSync(path, 'w+');
  try {
    const block = Buffer.alloc(500, 1);
    writeSync(file, Buffer.alloc(1 << 20), 0, 1 << 20, 0);
    fdatasyncSync(file);
    const times: number[] = [];
    for (let i = 0; i < 300; i++) {
      const began = performance.now();
      writeSync(file, block, 0, block.length, i * block.length);
      fdatasyncSync(file);
      times.push((performance.now() - began) * 1000);
    }
    return median(times);
  } finally {
    closeSync(file);
  }
}
