// Goal: whatever sectors a disk has written when the power goes, everything that was acknowledged is there, once, and the store is sound. Method: a real
// server lives on an ext4 whose every block write and flush is logged; the disk is built anew as it could have been at many moments, with a random
// part of the sectors that were not flushed; ext4 replays its journal, an engine starts on it, and all is compared.
//
// HOLDFAST_BLOCK_STATES sets the number of disks.

import { join } from 'node:path';
import { chosenSeed, countFromEnvironment, randomFrom, say } from '../support/seed';
import type { Random } from '../support/seed';
import { describeIf } from '../support/skips';
import { memoryDir } from '../support/temp-dir';
import { BlockDisk, blockDiskMissing, MountedImage, NotMounted } from './block-disk';
import { BlockLife, dataIn } from './block-life';
import type { Told } from './block-life';
import { BLOCK_BYTES, crashPoints, CrashedDisks, readBlockLog } from './block-log';
import type { BlockRecord, CrashPoint } from './block-log';
import { ACKNOWLEDGED_MIN } from './crash-run';
import type { StartOptions } from './server-process';
import { crashViolations, readStore } from './stored-history';
import type { StoredHistory } from './stored-history';

const states = countFromEnvironment('HOLDFAST_BLOCK_STATES', 60);
/** In so many a planted bug must show. */
const PLANTED_STATES = 20;
/** A fifth of a second of work; the machine may be busy with others. */
const MS_A_STATE = 15_000;
const missing = blockDiskMissing();

/** What a server did on a disk, and what became of it. */
interface Logged {
  readonly disk: BlockDisk;
  readonly records: readonly BlockRecord[];
  readonly told: readonly Told[];
  readonly later: StoredHistory;
}

/** A disk of this moment, switched on again. What ext4 itself does not survive is no disk: it counts on whole blocks for its superblocks. */
function switchOn(disks: CrashedDisks, point: CrashPoint, image: string): MountedImage {
  try {
    disks.make(point, image);
    return new MountedImage(image);
  } catch (error) {
    if (!(error instanceof NotMounted)) throw error;
    disks.make(point, image, BLOCK_BYTES);
    return new MountedImage(image);
  }
}

async function readAndUnmount(mounted: MountedImage): Promise<StoredHistory> {
  try {
    return await readStore(dataIn(mounted));
  } finally {
    mounted.destroy();
  }
}

/** What is wrong with the disk of each moment: the first of them that shows something, or nothing. */
async function firstViolations(
  { disk, records, told, later }: Logged,
  points: readonly CrashPoint[],
  random: Random,
): Promise<readonly string[]> {
  const folder = memoryDir();
  const disks = new CrashedDisks(disk.copyOfPristine(join(folder, 'base.img')), records, random);
  let sectors = 0;
  for (const [index, point] of points.entries()) {
    const mounted = switchOn(disks, point, join(folder, `${index}.img`));
    sectors += disks.unflushed(point);
    const must = told.filter(({ at }) => at < point.at);
    const where = `disk ${index}, before record ${point.before} of ${records.length}, ${must.length} acknowledged`;
    try {
      const violations = crashViolations(await readAndUnmount(mounted), later, must);
      if (violations.length > 0) return [where, ...violations];
    } catch (error) {
      return [where, (error as Error).message];
    }
  }
  say(`${points.length} disks, with ${sectors} sectors that were not flushed, of which a part got through`);
  return [];
}

describeIf(missing === undefined, missing ?? '', 'an ext4 that logs its blocks', () => {
  let disk: BlockDisk;
  beforeEach(() => {
    disk = BlockDisk.create();
  });
  afterEach(() => disk.destroy());

  async function logged(life: BlockLife): Promise<Logged> {
    await life.end();
    await disk.unmount();
    const records = readBlockLog(disk.log);
    // All of it was written when the disk was unmounted.
    const mounted = new MountedImage(disk.image);
    return { disk, records, told: life.told, later: await readAndUnmount(mounted) };
  }

  it(
    `holds all that was acknowledged, once, on each of ${states} disks that a crash could have left`,
    async () => {
      const seed = chosenSeed();
      const random = randomFrom(seed);
      const life = new BlockLife(seed, disk);
      // A life that ends in peace, one that is killed, and the start after it: their disks are all looked at.
      await life.live(ACKNOWLEDGED_MIN * 6, 'stop');
      await life.live(ACKNOWLEDGED_MIN * 6, 'kill');
      await life.live(ACKNOWLEDGED_MIN, 'kill');
      expect(life.load.violations).toEqual([]);
      const all = await logged(life);
      say(`${life.told.length} acknowledged, ${all.records.length} block writes and flushes`);
      expect(all.later.unsound).toEqual([]);
      expect(await firstViolations(all, crashPoints(all.records, states, random), random)).toEqual([]);
    },
    120_000 + states * MS_A_STATE,
  );

  it(
    'notices a server that flushes nothing',
    async () => {
      const seed = chosenSeed();
      const random = randomFrom(seed);
      const plant: StartOptions = {
        preload: [join(__dirname, 'fixtures/plant.js')],
        env: { HOLDFAST_PLANT: 'no fdatasync' },
      };
      const life = new BlockLife(seed, disk, plant);
      await life.live(ACKNOWLEDGED_MIN * 6, 'kill');
      const all = await logged(life);
      const noticed = await firstViolations(all, crashPoints(all.records, PLANTED_STATES, random), random);
      say(`noticed: ${noticed.slice(0, 2).join(': ')}`);
      expect(noticed).not.toEqual([]);
    },
    120_000 + PLANTED_STATES * MS_A_STATE,
  );
});
