// Goal: an import that is cut off anywhere ends as if nothing had happened, and nobody sees half a backlog meanwhile. Method: kill -9
// of the server, or of the command line, in the middle of an import, again and again; the same command finishes it. What
// is there then is compared with an import that nobody disturbed.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { normalised } from '../cli/import/normalised';
import { chosenSeed, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { tempDir } from '../support/temp-dir';
import { builtProgram, ServerProcess, startServer } from './server-process';
import { ServiceClient } from './service-client';

/** A dozen chunks: long enough to be hit in the middle. */
const TASKS = 3000;
const KILLS = 4;
/** A killed server may come back within this time, in milliseconds. */
const TIMEOUT_MS = 600_000;

test(
  'an import ends the same though its server is killed again and again',
  async () => {
    const seed = chosenSeed();
    const { source, wanted } = await undisturbed(seed);
    const random = randomFrom(seed);
    const dir = tempDir();
    let server = await startServer(dir);
    const port = server.address.slice(server.address.lastIndexOf(':') + 1);
    const client = importInto(server.address, source);
    let kills = 0;
    try {
      for (; kills < KILLS; kills++) {
        if (!(await underWay(server, client, random))) break;
        await server.kill();
        server = await startServer(dir, { args: ['--port', port] });
      }
      expect((await client.ended).code).toBe(0);
      say(`killed the server ${kills} times`);
      expect(kills).toBeGreaterThan(0);
      expect(exportOf(server.address)).toEqual(wanted);
    } finally {
      await client.kill();
      await server.stop();
    }
  },
  TIMEOUT_MS,
);

test(
  'an import ends the same though the command is killed again and again, and until then nothing of it can be worked on',
  async () => {
    const seed = chosenSeed();
    const { source, wanted } = await undisturbed(seed);
    const random = randomFrom(seed);
    const server = await startServer(tempDir());
    let cutOff = 0;
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        const client = importInto(server.address, source);
        const hit = await underWay(server, client, random);
        await client.kill();
        if (hit) cutOff++;
        await nothingCanBeWorkedOn(server);
      }
      say(`killed the command ${cutOff} times in the middle`);
      expect(cutOff).toBeGreaterThan(0);
      const last = importInto(server.address, source);
      expect((await last.ended).code).toBe(0);
      expect(exportOf(server.address)).toEqual(wanted);
    } finally {
      await server.stop();
    }
  },
  TIMEOUT_MS,
);

/** A source of this seed, and the export of its import. */
async function undisturbed(seed: number): Promise<{ source: string; wanted: unknown }> {
  const source = join(tempDir(), 'issues.jsonl');
  writeFileSync(source, issuesOf(randomFrom(seed)).join('\n'));
  const server = await startServer(tempDir());
  try {
    const client = importInto(server.address, source);
    expect((await client.ended).code).toBe(0);
    return { source, wanted: exportOf(server.address) };
  } finally {
    await server.stop();
  }
}

/** Issues with all that an import brings: parents, edges forward and back, cycles, states, notes. All times are given. */
function issuesOf(random: Random): string[] {
  const idOf = (n: number): string => (n % 5 === 0 ? `x-${n}.1` : `x-${n}`);
  const time = (n: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString();
  const types = ['blocks', 'blocks', 'related', 'tracks', 'discovered-from', 'conditional-blocks'];
  return Array.from({ length: TASKS }, (_, n) => {
    const status = random.pick(['open', 'open', 'closed', 'hooked']);
    const edges = Array.from({ length: random.below(4) }, () => ({
      depends_on_id: idOf(random.below(TASKS + 50)),
      type: random.pick(types),
    }));
    const parent = n < 50 || random.chance(0.5) ? [] : [{ depends_on_id: idOf(random.below(n)), type: 'parent-child' }];
    return JSON.stringify({
      ...{ id: idOf(n), title: `Issue ${n}`, status, priority: n % 5, issue_type: 'task' },
      ...{ created_at: time(n), updated_at: time(n + 1), dependencies: [...parent, ...edges] },
      ...(status === 'closed' ? { closed_at: time(n + 2), close_reason: 'done' } : {}),
      ...(random.chance(0.1) ? { notes: `About ${n}` } : {}),
      description: 'x'.repeat(random.below(1000)),
    });
  });
}

function importInto(address: string, source: string): ServerProcess {
  const args = ['import', source, '--server', address, '--retry-for', '300s'];
  return new ServerProcess(builtProgram(), args);
}

/** Waits until the import has written something more, and then a moment; false if it ended before. */
async function underWay(server: ServerProcess, client: ServerProcess, random: Random): Promise<boolean> {
  const service = new ServiceClient(server.address);
  try {
    const read = (after?: { history: string; sequence: number }) =>
      service.readEvents({
        ...{ parent: 'projects/default', types: [], after, pageSize: 1, includePrevious: false },
        wait: { seconds: 1, nanos: 0 },
      });
    let position = await head(service);
    const before = position.sequence;
    let over = false;
    void client.ended.then(() => (over = true));
    while (!over && position.sequence === before) position = (await read(position)).position!;
    await delay(random.below(300));
    return !over;
  } finally {
    service.close();
  }
}

async function head(service: ServiceClient): Promise<{ history: string; sequence: number }> {
  const { position } = await service.readEvents({
    ...{ parent: 'projects/default', types: ['task.purged'], after: undefined, pageSize: 1, includePrevious: false },
    wait: undefined,
  });
  return position!;
}

/** Until the release, all tasks of the import are PAUSED. After it began, those that are not are released for good. */
async function nothingCanBeWorkedOn(server: ServerProcess): Promise<void> {
  const service = new ServiceClient(server.address);
  try {
    const tasks = await service.listTasks();
    if (tasks.length < TASKS) expect(tasks.filter(({ state }) => state !== TaskState.PAUSED)).toEqual([]);
    for (const { state, importId } of tasks) if (importId !== '') expect(state).toBe(TaskState.PAUSED);
  } finally {
    service.close();
  }
}

function exportOf(address: string): unknown {
  const args = [builtProgram(), 'export', '--server', address];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the export failed:\n${stderr}`);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(TASKS);
  return normalised(lines.map((line) => JSON.parse(line) as Record<string, unknown>));
}
