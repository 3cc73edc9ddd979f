// What must not grow with the store, and what may: starts, memory, disk, and the way back from the journal alone, at three
// sizes of one growing store.

import { execFile } from 'node:child_process';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { builtMain, startEcho, startHoldfast } from './child-server';
import type { ChildServer } from './child-server';
import { anonymousBytes } from './process-figures';
import { batchRequest, createRequest, getRequest, referenceTask, referenceTaskBytes } from './reference';
import type { Row } from './results';
import { firstTask, head, manyInFlight } from './stage';
import type { MeasuredLoad, Stage } from './stage';
import { storeRows } from './store-rows';
import type { SizeFound } from './store-rows';

/** Records that an unclean stop leaves behind the last checkpoint, if the store has as many: about 11 MB of journal, less
 *  than the 16 MB between two checkpoints. */
const tailRecordsMax = 24_000;
/** Longer than what a start leaves to be done, so that memory is looked at in peace. */
const settleMs = 1000;
const sampleMs = 100;
/** Calls of one load while seeding: bounds what the load generator keeps. */
const seedCallsMax = 100_000;

/** Starts, memory, disk and replay at a hundredth, a tenth and the whole of `--tasks`. */
export async function measureStore(stage: Stage): Promise<Row[]> {
  const { tasks } = stage.options;
  const sizes = [...new Set([100, 10, 1].map((part) => Math.ceil(tasks / part)))];
  const dir = stage.folder();
  const echoMs: number[] = [];
  const found: SizeFound[] = [];
  for (const size of sizes) {
    stage.say(`store of ${size.toLocaleString('en-US')} tasks`);
    for (let round = 0; round < stage.options.rounds; round++) echoMs.push(await startOfEcho());
    found.push(await atSize(stage, dir, size));
  }
  return storeRows(found, echoMs);
}

async function atSize(stage: Stage, dir: string, tasks: number): Promise<SizeFound> {
  const { rounds } = stage.options;
  let server = await startHoldfast(dir);
  await seed(stage, server, tasks);
  await server.stop();
  const clean = [];
  let load: LoadFound | undefined;
  for (let round = 0; round < rounds; round++) {
    const started = await served(dir);
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    clean.push({ ms: started.ms, restBytes: anonymousBytes(started.server.pid) });
    load ??= await underLoad(stage, started.server);
    await started.server.stop();
  }
  const uncleanMs = [];
  for (let round = 0; round < rounds; round++) {
    server = await startHoldfast(dir);
    await creates(stage, server, Math.min(tasks, tailRecordsMax));
    await server.kill();
    const started = await served(dir);
    uncleanMs.push(started.ms);
    await started.server.stop();
  }
  const journalBytes = bytesIn(dir, 'journal');
  const stateBytes = bytesIn(dir, 'state');
  const verifyMs = await verified(dir);
  for (const name of readdirSync(dir)) if (name.startsWith('state')) rmSync(join(dir, name), { recursive: true });
  const replayed = await served(dir);
  const records = await head(replayed.server, await firstTask(replayed.server));
  await replayed.server.stop();
  const cleanMs = clean.map(({ ms }) => ms);
  const restBytes = clean.map((start) => start.restBytes);
  const sizes = { tasks, records, journalBytes, stateBytes };
  return { ...sizes, cleanMs, uncleanMs, restBytes, ...load!, verifyMs, replayMs: replayed.ms };
}

/** From the start of the process to the first reply, in milliseconds. */
async function served(dir: string): Promise<{ server: ChildServer; ms: number }> {
  const began = performance.now();
  const server = await startHoldfast(dir);
  await server.client.unary('TaskService/GetTask', getRequest('projects/default/tasks/t1'));
  return { server, ms: performance.now() - began };
}

async function startOfEcho(): Promise<number> {
  const began = performance.now();
  const server = await startEcho();
  await server.client.unary('TaskService/GetTask', getRequest('projects/default/tasks/t1'));
  const ms = performance.now() - began;
  await server.stop();
  return ms;
}

/** Creates tasks until the store has `tasks` records: a record for each task, or with `--batch-seed` one for a thousand. */
async function seed(stage: Stage, server: ChildServer, tasks: number): Promise<void> {
  const missing = tasks - (await head(server, await firstTask(server)));
  if (stage.options.batchSeed) return seedByBatches(server, missing);
  for (let left = missing; left > 0; left -= seedCallsMax) await creates(stage, server, Math.min(left, seedCallsMax));
}

/** Batches of 1000, four in flight: much faster, but a journal of few large records. */
async function seedByBatches(server: ChildServer, tasks: number): Promise<void> {
  const perCall = 1000;
  let left = tasks;
  const message = batchRequest(perCall);
  const work = async () => {
    while (left > 0) {
      const count = Math.min(left, perCall);
      left -= count;
      await server.client.unary('TaskService/BatchCreateTasks', count === perCall ? message : batchRequest(count));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

function creates(stage: Stage, server: ChildServer, count: number): Promise<MeasuredLoad> {
  const order = { message: createRequest(), words: referenceTask().description, count, ...manyInFlight };
  return stage.load(server, {
    method: 'TaskService/CreateTask',
    ...order,
    writes: true,
    replyBytes: referenceTaskBytes,
  });
}

type LoadFound = Pick<SizeFound, 'loadBytes' | 'create' | 'get'>;

/** Creates and then reads with 128 in flight: their rates, and the most RssAnon seen meanwhile. */
async function underLoad(stage: Stage, server: ChildServer): Promise<LoadFound> {
  let loadBytes = 0;
  const sample = () => (loadBytes = Math.max(loadBytes, anonymousBytes(server.pid)));
  const timer = setInterval(sample, sampleMs);
  const count = stage.options.calls;
  const message = getRequest(await firstTask(server));
  const reads = { message, count, ...manyInFlight, writes: false, replyBytes: referenceTaskBytes };
  try {
    const create = await creates(stage, server, count);
    const get = await stage.load(server, { method: 'TaskService/GetTask', ...reads });
    sample();
    return { loadBytes, create, get };
  } finally {
    clearInterval(timer);
  }
}

/** Bytes that the disk gives to what is in the store under names that begin so. */
function bytesIn(dir: string, prefix: string): number {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.startsWith(prefix))
    .map((name) => lstatSync(join(dir, name)))
    .filter((entry) => entry.isFile())
    .reduce((sum, { blocks }) => sum + blocks * 512, 0);
}

/** How long `journal verify` takes, its own start included, in milliseconds. */
function verified(dir: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [builtMain, 'journal', 'verify', dir],
      { maxBuffer: 64 << 20 },
      (error, stdout, stderr) => {
        if (error)
          reject(
            new Error(`journal verify: ${error.message.slice(0, 300)}\n${stdout.slice(-500)}${stderr.slice(-500)}`),
          );
        else resolve(performance.now() - began);
      },
    );
  });
}
