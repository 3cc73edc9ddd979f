// Goal: whatever happens to LevelDB's files, while the server stands still or while it runs, every task reads right, and the report of the
// recovery says what was done.
// Method: each file of the state is deleted, or given a flipped bit, in turn; then the server is started on the damaged copy, or goes on serving
// and is started again when it halts. Listing and point reads must give what they gave before.

import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import type { RecoveryReport } from '../../src/gen/holdfast/v1/recovery';
import { RecoveryServiceClient } from '../../src/gen/holdfast/v1/recovery_service';
import { chosenSeed, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { CallFailed, ServiceClient } from './service-client';
import { digestOf, Load } from './load';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';

const MUTATIONS = 600;

const damages: Readonly<Record<string, (file: string, random: Random) => void>> = {
  deleted: (file) => rmSync(file),
  'flipped in one bit': (file, random) => {
    const bytes = readFileSync(file);
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    writeFileSync(file, bytes);
  },
};

/** LevelDB's files that hold something, and the checkpoint beside them. */
function stateFiles(dir: string): string[] {
  return readdirSync(join(dir, 'state'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size > 0 && !/\/(LOG|LOG\.old|LOCK)$/.test(file))
    .map((file) => relative(dir, file))
    .sort();
}

async function filled(dir: string, seed: number): Promise<string> {
  const server = await startServer(dir);
  const client = new ServiceClient(server.address);
  try {
    const load = new Load(seed, 8);
    await load.prepare(client);
    const running = load.run(client);
    await load.progress(MUTATIONS);
    load.stop();
    await running;
    const digest = digestOf(await client.listTasks());
    await server.stop();
    return digest;
  } finally {
    client.close();
    await server.kill();
  }
}

/** What all reads give; throws if a point read differs from the listing. */
async function readAll(server: ServerProcess): Promise<string> {
  const client = new ServiceClient(server.address);
  try {
    const listed = await client.listTasks();
    for (const task of listed) {
      if (digestOf([await client.getTask(task.name)]) !== digestOf([task]))
        throw new Error(`${task.name} reads otherwise`);
    }
    return digestOf(listed);
  } finally {
    client.close();
  }
}

async function reportOf(server: ServerProcess): Promise<RecoveryReport | undefined> {
  const client = new RecoveryServiceClient(server.address, credentials.createInsecure());
  try {
    return await new Promise((resolve) => client.getRecoveryReport({}, (_error, reply) => resolve(reply?.report)));
  } finally {
    client.close();
  }
}

test('each file of a stopped state, deleted or flipped: every task reads right, and the report says what was done', async () => {
  const seed = chosenSeed();
  const random = randomFrom(seed);
  const intact = join(tempDir(), 'data');
  const before = await filled(intact, seed);
  const files = stateFiles(intact);
  expect(files.length).toBeGreaterThanOrEqual(3);
  const wrong: string[] = [];
  for (const file of files) {
    for (const [damage, strike] of Object.entries(damages)) {
      const copy = join(tempDir(), 'data');
      cpSync(intact, copy, { recursive: true });
      strike(join(copy, file), random);
      const server = await startServer(copy);
      const after = await readAll(server).catch((error: Error) => error.message);
      const report = await reportOf(server);
      await server.stop();
      if (after !== before) wrong.push(`${file}, ${damage}: ${after}`);
      if (report?.succeeded !== true || report.reason === '') wrong.push(`${file}, ${damage}: no report`);
      rmSync(copy, { recursive: true });
    }
  }
  say(`${files.length} files: ${files.join(', ')}`);
  expect(wrong).toEqual([]);
}, 900_000);

test('each file of the state of a server that runs: what it answers is right, and so is all after the next start', async () => {
  const seed = chosenSeed();
  const random = randomFrom(seed);
  const intact = join(tempDir(), 'data');
  const before = await filled(intact, seed);
  const wrong: string[] = [];
  let halted = 0;
  for (const [damage, strike] of Object.entries(damages)) {
    const copy = join(tempDir(), 'data');
    cpSync(intact, copy, { recursive: true });
    const server = await startServer(copy);
    for (const file of stateFiles(copy)) strike(join(copy, file), random);
    const served = await readAll(server).catch((error: unknown) => error);
    // A refusal is an answer; a wrong row is not.
    if (served instanceof CallFailed) halted++;
    else if (served !== before) wrong.push(`${damage}, served: ${String(served)}`);
    await server.kill();
    const again = await startServer(copy);
    const after = await readAll(again).catch((error: Error) => error.message);
    if (after !== before) wrong.push(`${damage}, after the next start: ${after}`);
    if ((await reportOf(again))?.succeeded !== true) wrong.push(`${damage}: no report`);
    await again.stop();
  }
  say(`${halted} of ${Object.keys(damages).length} were refused while they ran`);
  expect(wrong).toEqual([]);
}, 600_000);
