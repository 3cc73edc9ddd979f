// Goal: a disk that is really full costs nothing: growth is refused, reads, completions and deletes go on, and growth resumes by itself when there is
// space again. Method: the server on a small ext4 in a loop device; a filler takes its space away, and gives it back.

import { rmSync, statSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CompleteTaskRequest, CreateTaskRequest, DeleteTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { describeIf } from '../support/skips';
import { chosenSeed, randomFrom, say } from '../support/seed';
import { digestOf, PARENT } from './load';
import { LoopDisk, loopDiskMissing } from './loop-disk';
import { startServer } from './server-process';
import type { ServerProcess } from './server-process';
import type { CallFailed } from './service-client';
import { ServiceClient } from './service-client';

/** Above the floor of 64 MiB below which growth is refused, with room for a journal and a state. */
const DISK_BYTES = 160 * 1024 * 1024;
const BLOCK = Buffer.alloc(1024 * 1024, 1);
const TASKS = 100;
/** What is left on a nearly full disk. */
const LEFT_BYTES = 16 * 1024 * 1024;
/** A server that halts drains for a second or so. */
const HALTS_WITHIN_MS = 5000;
/** The server looks at the disk once a second. */
const RESUMES_WITHIN_MS = 120_000;

const missing = loopDiskMissing('ext4');

/** Writes until nothing goes: not a byte is left for anybody. */
function fillUp(file: string): void {
  for (let bytes = BLOCK.length; bytes >= 512; bytes >>= 1) {
    try {
      for (;;) {
        writeFileSync(file, BLOCK.subarray(0, bytes), { flag: 'a' });
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

/** What a test does on one disk: the server, a client of it, and what was acknowledged. */
class OnSmallDisk {
  readonly disk = LoopDisk.create('ext4', DISK_BYTES);
  readonly filler = join(this.disk.path, 'filler');
  server!: ServerProcess;
  client!: ServiceClient;
  acknowledged = 0;
  private readonly random = randomFrom(chosenSeed());

  async start(): Promise<void> {
    this.client?.close();
    this.server = await startServer(join(this.disk.path, 'data'));
    this.client = new ServiceClient(this.server.address);
  }

  async create(): Promise<void> {
    const request = CreateTaskRequest.fromPartial({
      parent: PARENT,
      task: { title: 'a task' },
      requestId: this.random.uuid(),
    });
    await this.client.mutate({ method: 'createTask', request });
    this.acknowledged++;
  }

  /** Creates until it is refused, or the server is gone. */
  async untilRefused(): Promise<CallFailed> {
    for (;;) {
      try {
        await this.create();
      } catch (error) {
        return error as CallFailed;
      }
    }
  }

  async complete(name: string): Promise<void> {
    const request = CompleteTaskRequest.fromPartial({ name, reason: 'done', requestId: this.random.uuid() });
    await this.client.mutate({ method: 'completeTask', request });
  }

  async delete(name: string): Promise<void> {
    await this.client.mutate({
      method: 'deleteTask',
      request: DeleteTaskRequest.fromPartial({ name, requestId: this.random.uuid() }),
    });
  }

  async end(): Promise<void> {
    this.client?.close();
    await this.server?.kill();
    this.disk.destroy();
  }
}

describeIf(missing === undefined, missing ?? '', 'a small ext4 in a loop device', () => {
  let small: OnSmallDisk;
  beforeEach(() => {
    small = new OnSmallDisk();
  });
  afterEach(() => small.end());

  it('refuses growth when it is nearly full, while reads, completions and deletes go on; growth resumes by itself', async () => {
    await small.start();
    for (let task = 0; task < TASKS; task++) await small.create();
    fillUp(small.filler);
    // What others leave: less than the floor, enough for what only ends or removes.
    truncateSync(small.filler, statSync(small.filler).size - LEFT_BYTES);
    const refused = await small.untilRefused();
    expect(refused).toMatchObject({ reason: 'DISK_FULL', code: 8 });
    const held = await small.client.listTasks();
    expect(held).toHaveLength(small.acknowledged);
    for (const { name } of held.slice(0, 40)) await small.complete(name);
    for (const { name } of held.slice(40, 60)) await small.delete(name);
    await expect(small.create()).rejects.toMatchObject({ reason: 'DISK_FULL' });
    const before = digestOf(await small.client.listTasks());
    await small.server.kill();
    await small.start();
    expect(digestOf(await small.client.listTasks())).toBe(before);
    await expect(small.create()).rejects.toMatchObject({ reason: 'DISK_FULL' });
    rmSync(small.filler);
    const freed = Date.now();
    for (;;) {
      const again = await small.create().catch((error: CallFailed) => error);
      if (!again) break;
      expect(again.reason).toBe('DISK_FULL');
      expect(Date.now() - freed).toBeLessThan(RESUMES_WITHIN_MS);
      await delay(100);
    }
    say(`${small.acknowledged} created; growth resumed ${Date.now() - freed} ms after there was space`);
    await small.server.stop();
  }, 300_000);

  it('loses nothing when not a byte is left: whether it goes on or ends with code 70, a start with space has everything', async () => {
    await small.start();
    for (let task = 0; task < TASKS; task++) await small.create();
    fillUp(small.filler);
    expect(statfsSync(small.disk.path).bavail).toBeLessThan(100);
    const refused = await small.untilRefused();
    const end = await Promise.race([small.server.ended, delay(HALTS_WITHIN_MS, undefined, { ref: false })]);
    say(`not a byte left: ${refused.message}; the server ${end ? `ended with code ${end.code}` : 'goes on'}`);
    if (end) expect(end.code).toBe(70);
    await small.server.kill();
    rmSync(small.filler);
    await small.start();
    const listed = (await small.client.listTasks()).length;
    // The last one may have been applied although nobody heard of it.
    expect([small.acknowledged, small.acknowledged + 1]).toContain(listed);
    await small.create();
    await small.server.stop();
  }, 300_000);
});
