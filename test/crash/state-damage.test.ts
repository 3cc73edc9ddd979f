// Goal: the state is disposable: whatever happens to its files while the server is down, every task reads right afterwards.
// Method: each file beside the journal is deleted, cut, and given a flipped bit, in turn, after a clean stop and after a kill;
// then the server starts on the damaged copy, and listing and point reads must give what they gave before.

import { cpSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chosenSeed, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { digestOf, Load } from './load';
import { startServer } from './server-process';
import { ServiceClient } from './service-client';

/** Enough for tables of LevelDB, and for a journal that takes a moment to apply again. */
const MUTATIONS = 600;
/** Damaged copies that are started at a time. */
const LANES = 2;
/** Point reads at a time. */
const READS = 16;
/** A copy takes a second or two here. */
const TIMEOUT_MS = 15 * 60_000;

/** The files that are derived from the journal. */
function derivedFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('journal'))
    .sort();
}

const damages: Readonly<Record<string, (file: string, random: Random) => void>> = {
  deleted: (file) => rmSync(file),
  cut: (file, random) => truncateSync(file, random.below(statSync(file).size)),
  'flipped in one bit': (file, random) => {
    const bytes = readFileSync(file);
    bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
    writeFileSync(file, bytes);
  },
};

/** What all reads give, as one hash; throws if a point read differs from the listing. */
async function readAll(dir: string, how: 'stop' | 'kill', seed?: number): Promise<string> {
  const server = await startServer(dir);
  const client = new ServiceClient(server.address);
  try {
    if (seed !== undefined) await fill(client, seed);
    const listed = await client.listTasks();
    await inLanes(READS, listed, async (task) => {
      const read = await client.getTask(task.name);
      if (digestOf([read]) !== digestOf([task])) throw new Error(`${task.name} reads and lists differently`);
    });
    if (how === 'stop') await server.stop();
    return digestOf(listed);
  } finally {
    client.close();
    await server.kill();
  }
}

/** Does it for each, so many at a time. */
async function inLanes<T>(lanes: number, all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  const lane = async (): Promise<void> => {
    for (const one of queue) await act(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function fill(client: ServiceClient, seed: number): Promise<void> {
  const load = new Load(seed, 16);
  await load.prepare(client);
  const running = load.run(client);
  await load.progress(MUTATIONS);
  load.stop();
  await running;
}

it.each(['stop', 'kill'] as const)(
  'every task reads right after damage to any file of the state, after a %s',
  async (how) => {
    const seed = chosenSeed();
    const random = randomFrom(seed);
    const intact = join(tempDir(), 'data');
    const before = await readAll(intact, how, seed);
    const files = derivedFiles(intact).filter((file) => statSync(join(intact, file)).size > 0);
    expect(files.length).toBeGreaterThanOrEqual(4);
    const wrong: string[] = [];
    const struck = files.flatMap((file) =>
      // Each draws from a seed of its own: which comes first is not given.
      Object.entries(damages).map(([damage, strike]) => ({ file, damage, strike, own: random.below(2 ** 32) })),
    );
    await inLanes(LANES, struck, async ({ file, damage, strike, own }) => {
      const copy = join(tempDir(), 'data');
      cpSync(intact, copy, { recursive: true });
      strike(join(copy, file), randomFrom(own));
      const after = await readAll(copy, 'stop').catch((error: Error) => error.message);
      if (after !== before) wrong.push(`${file}, ${damage}: ${after}`);
      rmSync(copy, { recursive: true });
    });
    say(`${files.length} files, ${files.length * 3} damages after a ${how}: ${files.join(', ')}`);
    expect(wrong).toEqual([]);
  },
  TIMEOUT_MS,
);
