// Goal: a trim leaves the mirror no gap and takes no base from it, and a mirror that is gone for good fills no disk. Method: real servers on stores
// with a past of days, whose mirror is in the way, behind, or dead.

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Backups } from '../../../src/engine/backups/backups';
import { Mirror } from '../../../src/engine/backups/mirror';
import { SystemServiceClient, TrimJournalRequest } from '../../../src/gen/holdfast/v1/system_service';
import { listBackups } from '../../../src/storage/backup/catalogue';
import { unpaced } from '../../../src/storage/backup/pace';
import { isSegmentName } from '../../../src/storage/journal/format';
import type { Files } from '../../../src/storage/files';
import { nodeFiles } from '../../../src/storage/node-files';
import { call } from '../../support/boot';
import { backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { storeSettings } from '../../support/store-settings';
import { SEGMENT_BYTES, agedStore, fromHead, trimWorld } from '../../support/trim-world';
import { tempDir } from '../../support/temp-dir';

/** Each test starts several servers, and a busy machine takes its time. In milliseconds. */
jest.setTimeout(300_000);

const HOUR_MS = 3_600_000;
const segmentsOf = (dir: string): string[] => readdirSync(join(dir, 'journal')).filter(isSegmentName);

/** Resolves when the condition holds; a minute is far more than it takes. */
async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A mirror's directory that is in the way: the mirror cannot follow. */
function blocked(): string {
  const mirrorDir = join(tempDir(), 'mirror');
  writeFileSync(mirrorDir, 'in the way');
  return mirrorDir;
}

it('a trim waits for what the mirror does not have yet, and takes it once it has', async () => {
  const mirrorDir = blocked();
  const world = await trimWorld({ dir: await agedStore(), settings: { mirrorDir } });
  const before = segmentsOf(world.dir);
  expect(await world.trim(fromHead(world))).toMatchObject({
    segments: 0,
    limitedBy: 'the mirror does not have what is above 0 yet',
  });
  expect(segmentsOf(world.dir)).toEqual(expect.arrayContaining(before));
  rmSync(mirrorDir);
  const { mirror } = world.maintenance.backups;
  await until(() => mirror!.lag === 0);
  const { segments, backup } = await world.trim(fromHead(world));
  expect(segments).toBeGreaterThan(0);
  await until(() => segmentsOf(mirrorDir)[0] === segmentsOf(world.dir)[0]);
  expect(readdirSync(join(mirrorDir, 'backups'))).toContain(backup.slice('backups/'.length));
  await until(() => mirror!.lag === 0);
  await world.stop();
  const dir = tempDir();
  cpSync(mirrorDir, dir, { recursive: true });
  const second = await trimWorld({ dir });
  expect(second.engine.parts.state.tallies.taskCount()).toBe(300);
});

it('segments go from the mirror only when the base that holds them is there', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const mirrorDir = join(tempDir(), 'mirror');
  const mirror = new Mirror(world.engine, world.maintenance.backups.backups, mirrorDir);
  await mirror.round();
  const before = segmentsOf(mirrorDir);
  const { backup } = await world.trim(fromHead(world));
  // The base cannot be copied: it has rotted since.
  const state = join(world.backupsAt, backup.slice('backups/'.length), 'state');
  const name = readdirSync(state, { recursive: true, encoding: 'utf8' }).find((each) => each.endsWith('.ldb'))!;
  const whole = readFileSync(join(state, name));
  const flipped = Buffer.from(whole);
  flipped[flipped.length >> 1]! ^= 1;
  writeFileSync(join(state, name), flipped);
  await expect(mirror.round()).rejects.toThrow('fails its checksum');
  expect(segmentsOf(mirrorDir)).toEqual(expect.arrayContaining(before));
  writeFileSync(join(state, name), whole);
  await mirror.round();
  expect(segmentsOf(mirrorDir)[0]).toBe(segmentsOf(world.dir)[0]);
});

function spoil({ backupsAt }: BackupWorld, id: string): void {
  const state = join(backupsAt, id, 'state');
  const name = readdirSync(state, { recursive: true, encoding: 'utf8' }).find((each) => each.endsWith('.ldb'))!;
  const flipped = readFileSync(join(state, name));
  flipped[flipped.length >> 1]! ^= 1;
  writeFileSync(join(state, name), flipped);
}

it('a base that is known to be damaged keeps the segments that it held in the mirror, until another takes its place', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const { backups } = world.maintenance.backups;
  const mirrorDir = join(tempDir(), 'mirror');
  const mirror = new Mirror(world.engine, backups, mirrorDir);
  await mirror.round();
  const before = segmentsOf(mirrorDir);
  const id = (await world.trim(fromHead(world))).backup.slice('backups/'.length);
  spoil(world, id);
  await backups.verify(id, { pace: unpaced, deep: false });
  await mirror.round();
  expect(segmentsOf(mirrorDir)).toEqual(expect.arrayContaining(before));
  await world.make('next');
  await backups.replaceBase(id, 'next');
  await mirror.round();
  expect(segmentsOf(mirrorDir)[0]).toBe(segmentsOf(world.dir)[0]);
});

it('a base that is damaged holds nothing up if the mirror has a good copy of it; that is a base there as well', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const { backups } = world.maintenance.backups;
  const mirrorDir = join(tempDir(), 'mirror');
  const mirror = new Mirror(world.engine, backups, mirrorDir);
  await world.make('good');
  await mirror.round();
  expect((await world.trim(fromHead(world))).backup).toBe('backups/good');
  spoil(world, 'good');
  await backups.verify('good', { pace: unpaced, deep: false });
  await mirror.round();
  expect(segmentsOf(mirrorDir)[0]).toBe(segmentsOf(world.dir)[0]);
  const [copy] = await listBackups(nodeFiles, join(mirrorDir, 'backups'));
  expect(copy!.base).toContain('the journal was trimmed up to');
});

it('backups that are out of sight let nothing go from the mirror', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const mirrorDir = join(tempDir(), 'mirror');
  const mirror = new Mirror(world.engine, world.maintenance.backups.backups, mirrorDir);
  await mirror.round();
  const before = segmentsOf(mirrorDir);
  await world.trim(fromHead(world));
  renameSync(world.backupsAt, `${world.backupsAt}-away`);
  await mirror.round();
  expect(segmentsOf(mirrorDir)).toEqual(expect.arrayContaining(before));
  rmSync(world.backupsAt, { recursive: true, force: true });
  renameSync(`${world.backupsAt}-away`, world.backupsAt);
  // Looked at again soon: here, because a backup is made.
  await world.make('more');
  await mirror.round();
  expect(segmentsOf(mirrorDir)[0]).toBe(segmentsOf(world.dir)[0]);
});

it('a trim that chooses another base while the mirror copies takes nothing from the mirror before that base is there', async () => {
  const aged = await trimWorld({ daysAgo: 3 });
  for (let made = 0; made < 150; made += 10) await aged.createTasks(10, 200);
  await aged.make('early');
  const early = { history: aged.engine.history, sequence: aged.engine.status.durable };
  for (let made = 0; made < 150; made += 10) await aged.createTasks(10, 200);
  await aged.stop();
  const world = await trimWorld({ dir: aged.dir });
  const { backups } = world.maintenance.backups;
  const mirrorDir = join(tempDir(), 'mirror');
  let onListed = async (): Promise<void> => {};
  const watched = Object.assign(Object.create(backups) as Backups, {
    list: async () => {
      const listed = await backups.list();
      const act = onListed;
      onListed = async () => {};
      await act();
      return listed;
    },
  });
  const mirror = new Mirror(world.engine, watched, mirrorDir);
  await mirror.round();
  const before = segmentsOf(mirrorDir);
  expect((await world.trim({ $case: 'from', value: early })).backup).toBe('backups/early');
  let second = '';
  onListed = async () => {
    second = (await world.trim(fromHead(world))).backup;
  };
  await mirror.round();
  expect(second).not.toBe('backups/early');
  expect(segmentsOf(mirrorDir)).toEqual(expect.arrayContaining(before));
  await mirror.round();
  expect(segmentsOf(mirrorDir)[0]).toBe(segmentsOf(world.dir)[0]);
  expect(readdirSync(join(mirrorDir, 'backups'))).toContain(second.slice('backups/'.length));
});

interface Dead extends BackupWorld {
  readonly notices: string[];
  pass(ms: number): void;
  trim(): Promise<void>;
}

/** A server whose mirror is in the way. */
async function dead(freeBytes: () => Promise<number>): Promise<Dead> {
  const dir = await agedStore();
  let passedMs = 0;
  const notices: string[] = [];
  const world = await backupWorld({
    dir,
    engine: {
      clock: { wallMs: () => Date.now() + passedMs, monotonicMs: () => performance.now() + passedMs },
      files: Object.assign(Object.create(nodeFiles) as Files, { freeBytes }),
      onNotice: ({ message }) => void notices.push(message),
      segmentBytesMax: SEGMENT_BYTES,
      settings: storeSettings(dir, { mirrorDir: blocked() }),
    },
  });
  const system = world.client(SystemServiceClient);
  return {
    ...world,
    notices,
    pass: (ms) => (passedMs += ms),
    trim: async () => {
      const { operation } = await call(
        system,
        'trimJournal',
        TrimJournalRequest.fromPartial({ keep: fromHead(world) }),
      );
      const wait = { name: operation!.name, timeout: { seconds: 60, nanos: 0 } };
      await call(world.operations, 'waitOperation', wait);
    },
  };
}

const PLENTY = 1e12;
const GAP = /^the journal is trimmed up to \d+, and the mirror ends at 0: it has a gap until it follows again$/;

it('a mirror that has not followed for a day is not waited for any more, and that is told', async () => {
  const world = await dead(() => Promise.resolve(PLENTY));
  const before = segmentsOf(world.dir);
  world.pass(23 * HOUR_MS);
  await world.trim();
  expect(segmentsOf(world.dir)).toEqual(expect.arrayContaining(before));
  world.pass(2 * HOUR_MS);
  await world.trim();
  expect(segmentsOf(world.dir)).not.toContain(before[0]);
  expect(world.notices.filter((notice) => GAP.test(notice))).toHaveLength(1);
});

it('a disk that is nearly full does not wait for the mirror', async () => {
  let freeBytes = PLENTY;
  const world = await dead(() => Promise.resolve(freeBytes));
  const before = segmentsOf(world.dir);
  await world.trim();
  expect(segmentsOf(world.dir)).toEqual(expect.arrayContaining(before));
  freeBytes = 3 * world.engine.parts.disk.freeBytesMin;
  await world.trim();
  expect(segmentsOf(world.dir)).not.toContain(before[0]);
});
