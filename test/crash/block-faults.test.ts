// Goal: a block that the disk does not take costs nothing that was acknowledged, although a second flush would succeed: the kernel tells of it once and
// forgets it. Method: an ext4 whose blocks are logged fails the one write that holds a marked title; the server must stop, and what is on the disk at
// that moment, without what the kernel still has in memory, must hold all that was acknowledged. A server that tries the flush again is noticed.

import { join } from 'node:path';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { chosenSeed, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { describeIf } from '../support/skips';
import { memoryDir } from '../support/temp-dir';
import { BlockDisk, blockDiskMissing, MountedImage } from './block-disk';
import { BlockLife, dataIn } from './block-life';
import { CrashedDisks, readBlockLog } from './block-log';
import { ACKNOWLEDGED_MIN } from './crash-run';
import { PARENT } from './load';
import type { CallFailed, Mutation, Service } from './service-client';
import { crashViolations, readStore } from './stored-history';
import type { StoredHistory } from './stored-history';

/** A title that lies across two writes of the disk is in neither as a whole; the next one is. */
const MARKS = 5;
const TIMEOUT_MS = 300_000;
const missing = blockDiskMissing();

async function readImage(image: string): Promise<StoredHistory> {
  const mounted = new MountedImage(image);
  try {
    return await readStore(dataIn(mounted));
  } finally {
    mounted.destroy();
  }
}

describeIf(missing === undefined, missing ?? '', 'an ext4 that fails one block write', () => {
  let disk: BlockDisk;
  let seed: number;
  let random: Random;
  let life: BlockLife;
  beforeEach(() => {
    seed = chosenSeed();
    random = randomFrom(seed);
    disk = BlockDisk.create();
    life = new BlockLife(seed, disk);
  });
  afterEach(async () => {
    await life.end();
    disk.destroy();
  });

  /** Asks for tasks whose journal blocks fail, until one of them did. Gives what the caller was told: nothing of an acknowledgement. */
  async function meetFault(service: Service): Promise<{ mutation: Mutation; refused: CallFailed | undefined }> {
    for (let tries = 0; tries < MARKS; tries++) {
      const mark = `this block fails ${random.uuid()}`;
      disk.failWriteOf(mark);
      const request = CreateTaskRequest.fromPartial({
        parent: PARENT,
        task: { title: mark },
        requestId: random.uuid(),
      });
      const mutation = { method: 'createTask', request } as const;
      const refused = await service.mutate(mutation).then(
        () => undefined,
        (error: CallFailed) => error,
      );
      if (readBlockLog(disk.log).some(({ kind }) => kind === 'failed')) return { mutation, refused };
    }
    throw new Error('no block write failed');
  }

  async function loaded(): Promise<Service> {
    const service = await life.start();
    await life.load.prepare(service);
    const running = life.load.run(service);
    await Promise.race([running, life.load.progress(ACKNOWLEDGED_MIN)]);
    life.load.stop();
    await running;
    expect(life.load.violations).toEqual([]);
    return service;
  }

  /** What is wrong with the disk as it was when so many records were in the log, half of what was not flushed included. */
  async function violationsAt(records: number, told: BlockLife['told']): Promise<string[]> {
    await life.end();
    await disk.unmount();
    const log = readBlockLog(disk.log);
    const folder = memoryDir();
    const disks = new CrashedDisks(disk.copyOfPristine(join(folder, 'base.img')), log, random);
    const image = join(folder, 'then.img');
    disks.make({ before: records, at: 0n, share: 0.5 }, image);
    return crashViolations(await readImage(image), await readImage(disk.image), told);
  }

  it(
    'stops the server with code 70; what is on the disk then holds all that was acknowledged, and a start goes on',
    async () => {
      const { mutation, refused } = await meetFault(await loaded());
      expect(refused?.outcomeUnknown).toBe(true);
      expect(await life.process.ended).toMatchObject({ code: 70 });
      expect(life.process.printed).toContain('halted');
      const [records, told] = [readBlockLog(disk.log).length, [...life.told]];
      // The kernel still shows what the disk never took: the start must not take that for durable, and the same request is applied once.
      const again = await life.start();
      const first = await again.mutate(mutation);
      expect((await again.mutate(mutation)).sequence).toBe(first.sequence);
      expect((await again.listTasks()).filter(({ title }) => title === first.tasks[0]?.title)).toHaveLength(1);
      await life.process.stop();
      expect(await violationsAt(records, told)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'notices a server that flushes again instead',
    async () => {
      life = new BlockLife(seed, disk, {
        preload: [join(__dirname, 'fixtures/plant.js')],
        env: { HOLDFAST_PLANT: 'flush again' },
      });
      const { refused } = await meetFault(await loaded());
      expect(refused).toBeUndefined();
      const [records, told] = [readBlockLog(disk.log).length, [...life.told]];
      const noticed = await violationsAt(records, told).catch((error: Error) => [error.message]);
      say(`noticed: ${noticed[0] ?? 'nothing'}`);
      expect(noticed).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});
