// Goal: a disk on which nobody gets a byte, LevelDB included, costs neither an acknowledgement nor a person's help: reads of single tasks and completions
// go on, all else is refused, and the server serves everything again by itself once there is space. Method: the server on a small ext4 in a loop device;
// a filler takes its last byte, completions go on until LevelDB fails, and the filler goes, or the server is stopped or killed before it does.

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchCreateTasksRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import { describeIf } from '../support/skips';
import { chosenSeed, randomFrom, say } from '../support/seed';
import { digestOf, PARENT } from './load';
import { LoopDisk, loopDiskMissing } from './loop-disk';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';
import type { CallFailed, Reply } from './service-client';
import { ServiceClient } from './service-client';

/** Above the 64 MiB below which growth is refused, with room for a journal and a state. */
const DISK_BYTES = 160 * 1024 * 1024;
const BLOCK = Buffer.alloc(1024 * 1024, 1);
/** Many more than completions fit into what LevelDB's log has left of its last block. */
const TASKS = 200;
/** A hundred times what it takes to see that there is space, and to start in place. */
const RESUMES_WITHIN_MS = 120_000;
const TIMEOUT_MS = 300_000;
/** What the server says when LevelDB got no space. */
const HELD = 'the state is opened anew when there is space';
/** What callers may be told until everything is served again. */
const MEANWHILE = ['DISK_FULL', 'RECOVERING', 'DRAINING', ''];

/** Writes until nothing goes: not a byte is left for anybody. */
function fillUp(file: string): void {
  for (let bytes = BLOCK.length; bytes >= 512; bytes >>= 1) {
    try {
      for (;;) writeFileSync(file, BLOCK.subarray(0, bytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

const missing = loopDiskMissing('ext4');

describeIf(missing === undefined, missing ?? '', 'a small ext4 without a byte', () => {
  const random = randomFrom(chosenSeed());
  let disk: LoopDisk;
  let filler: string;
  let server: ServerProcess;
  let client: ServiceClient;
  let open: string[];
  /** The etags of what was acknowledged as completed, by name. */
  let completed: Map<string, string>;

  beforeEach(async () => {
    disk = LoopDisk.create('ext4', DISK_BYTES);
    filler = join(disk.path, 'filler');
    open = [];
    completed = new Map();
    await start();
    const requests = Array.from({ length: TASKS }, () => CreateTaskRequest.fromPartial({ task: { title: 'a task' } }));
    const request = BatchCreateTasksRequest.fromPartial({ parent: PARENT, requests, requestId: random.uuid() });
    open.push(...(await client.mutate({ method: 'batchCreateTasks', request })).tasks.map(({ name }) => name));
  }, TIMEOUT_MS);
  afterEach(async () => {
    client.close();
    await server.kill();
    disk.destroy();
  });

  async function start(): Promise<void> {
    server = await startServer(join(disk.path, 'data'));
    client = new ServiceClient(server.address);
  }

  function create(): Promise<Reply> {
    const task = { title: 'a task' };
    const request = CreateTaskRequest.fromPartial({ parent: PARENT, task, requestId: random.uuid() });
    return client.mutate({ method: 'createTask', request });
  }

  async function complete(): Promise<void> {
    const name = open.pop()!;
    const request = CompleteTaskRequest.fromPartial({ name, reason: 'done', requestId: random.uuid() });
    completed.set(name, (await client.mutate({ method: 'completeTask', request })).tasks[0]!.etag);
  }

  /** Takes the last byte, and completes until LevelDB could not write. */
  async function fillUntilHeld(): Promise<void> {
    fillUp(filler);
    while (!server.printed.includes(HELD)) {
      if (open.length < TASKS / 4) throw new Error(`LevelDB still writes:\n${server.printed}`);
      await complete();
    }
    say(`LevelDB got no space after ${completed.size} completions`);
  }

  /** Whatever was acknowledged is listed, and nothing else. */
  async function expectAll(): Promise<void> {
    const listed = await client.listTasks();
    expect(listed).toHaveLength(TASKS);
    const done = listed.filter(({ state }) => state === TaskState.SUCCEEDED);
    expect(new Map(done.map(({ name, etag }) => [name, etag]))).toEqual(completed);
  }

  it(
    'reads and completes on, refuses the rest, and serves everything again by itself when there is space',
    async () => {
      await fillUntilHeld();
      for (let more = 0; more < 10; more++) await complete();
      for (const [name, etag] of completed) expect(await client.getTask(name)).toMatchObject({ etag });
      await expect(create()).rejects.toMatchObject({ reason: 'DISK_FULL', code: 8 });
      await expect(client.listTasks()).rejects.toMatchObject({ reason: 'DISK_FULL', code: 8 });
      rmSync(filler);
      const freedMs = performance.now();
      for (;;) {
        const listed = await client.listTasks().catch((error: CallFailed) => error);
        if (Array.isArray(listed)) break;
        expect(MEANWHILE).toContain(listed.reason);
        expect(performance.now() - freedMs).toBeLessThan(RESUMES_WITHIN_MS);
        await delay(100);
      }
      say(`served again ${Math.round(performance.now() - freedMs)} ms after there was space`);
      await expectAll();
      await create();
      await complete();
      const before = digestOf(await client.listTasks());
      await server.stop();
      client.close();
      await start();
      expect(digestOf(await client.listTasks())).toBe(before);
      await server.stop();
    },
    TIMEOUT_MS,
  );

  it.each(['stopped', 'killed'] as const)(
    'has everything at the next start with space when it was %s while it had none',
    async (how) => {
      await fillUntilHeld();
      await complete();
      if (how === 'killed') await server.kill();
      else {
        server.terminate();
        await server.ended;
      }
      client.close();
      rmSync(filler);
      await start();
      await expectAll();
      await create();
      await server.stop();
    },
    TIMEOUT_MS,
  );
});
