// Goal: whatever happens while a backup is made, what is listed afterwards is whole. Method: backups onto a disk in memory whose power goes, whose
// calls fail and which fills up, at each call in turn.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGood, listBackups } from '../../../src/storage/backup/catalogue';
import { copyBackupState } from '../../../src/storage/backup/copy-state';
import { Pace, unpaced } from '../../../src/storage/backup/pace';
import { takeBackup } from '../../../src/storage/backup/take-backup';
import { verifyBackup } from '../../../src/storage/backup/verify-backup';
import { Blobs } from '../../../src/storage/blobs/blobs';
import { poolDir } from '../../../src/storage/backup/catalogue';
import { stateDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import type { Files } from '../../../src/storage/files';
import { openState } from '../../../src/storage/state/open-state';
import { order, routed, sourceWorld } from '../../support/backup-source';
import type { SourceWorld } from '../../support/backup-source';
import { FaultyFiles } from '../../support/faulty-files';
import { HISTORY, readsRight } from '../../support/state-store';
import { tempDir } from '../../support/temp-dir';

const BACKUPS = '/backups';
const quick = { pace: unpaced, deep: false };

/** What is listed on a disk, and whether all of it verifies. */
async function listed(files: Files): Promise<{ ids: string[]; problems: string[] }> {
  const pool = await Blobs.open(files, poolDir(BACKUPS));
  const backups = await listBackups(files, BACKUPS);
  const problems = await Promise.all(backups.map((backup) => verifyBackup(files, pool, backup, quick)));
  return { ids: backups.map(({ id }) => id), problems: problems.flat() };
}

async function attempt(world: SourceWorld, disk: FaultyFiles, wrap: (files: Files) => Files = (files) => files) {
  try {
    const files = wrap(routed(BACKUPS, disk));
    await disk.makeDirectory(BACKUPS);
    await disk.syncDirectory('/');
    await takeBackup(await world.source(files, BACKUPS), order('b1'));
    return 'made';
  } catch {
    return 'failed';
  } finally {
    expect(readdirSync(stateDir(world.dir)).filter((name) => name.startsWith('links'))).toEqual([]);
  }
}

it('the state in a backup is the one that was applied, and the backup opens', async () => {
  const world = await sourceWorld();
  const backups = tempDir();
  const manifest = await takeBackup(await world.source(nodeFiles, backups), order('b1'));
  await world.state.apply([world.history.task('t99')]);
  world.history.records.pop();
  expect(manifest).toMatchObject({ id: 'b1', sequence: 40, tasks: 30, history: HISTORY, missingBlobs: [] });
  const [backup] = (await listBackups(nodeFiles, backups)).filter(isGood);
  const to = join(tempDir(), 'state');
  await copyBackupState(nodeFiles, backup!, to);
  const { state, checkpoint } = await openState({ dir: to, files: nodeFiles, history: HISTORY });
  expect(checkpoint).toMatchObject({ sequence: 40, clean: true });
  world.history.rows.delete([...world.history.rows.keys()].find((key) => key.includes('t99'))!);
  await readsRight(state, world.history);
  await state.close();
  const pool = await Blobs.open(nodeFiles, poolDir(backups));
  expect(await verifyBackup(nodeFiles, pool, backup!, { pace: unpaced, deep: true })).toEqual([]);
  await world.state.close();
});

describe('a power cut at any change of the disk', () => {
  it('leaves no backup, or a whole one', async () => {
    const world = await sourceWorld();
    await world.addBlob(Buffer.alloc(5000, 1));
    const whole = new FaultyFiles();
    expect(await attempt(world, whole)).toBe('made');
    const seen = { made: 0, failed: 0, listed: 0 };
    for (let nth = 1; nth <= whole.changes + 1; nth++) {
      for (const seed of [1, 2, 3]) {
        const disk = new FaultyFiles();
        disk.crashAtChange(nth);
        const outcome = await attempt(world, disk);
        disk.powerCut(nth * 10 + seed);
        await disk.makeDirectory(BACKUPS);
        const { ids, problems } = await listed(disk);
        expect({ nth, seed, problems }).toEqual({ nth, seed, problems: [] });
        if (outcome === 'made') expect({ nth, seed, ids }).toEqual({ nth, seed, ids: ['b1'] });
        seen[outcome] += 1;
        seen.listed += ids.length;
      }
    }
    expect(seen.failed).toBeGreaterThan(60);
    expect(seen.made).toBeGreaterThan(0);
    await world.state.close();
  }, 600_000);

  it.each<[string, (files: Files) => Files]>([
    ['a directory that is not flushed', (files) => ({ ...files, syncDirectory: () => Promise.resolve() })],
    [
      'files that are not flushed',
      (files) => ({
        ...files,
        open: async (path, mode) => {
          const file = await files.open(path, mode);
          return Object.assign(Object.create(file) as typeof file, { sync: () => Promise.resolve() });
        },
      }),
    ],
  ])('is seen to lose a backup by %s', async (_, wrap) => {
    const world = await sourceWorld();
    let lost = 0;
    for (let seed = 1; seed <= 20 && lost === 0; seed++) {
      const disk = new FaultyFiles();
      expect(await attempt(world, disk, wrap)).toBe('made');
      disk.powerCut(seed);
      await disk.makeDirectory(BACKUPS);
      const { ids, problems } = await listed(disk);
      if (ids.length === 0 || problems.length > 0) lost += 1;
    }
    expect(lost).toBe(1);
    await world.state.close();
  });
});

it('each failing call ends it with nothing left but what the next start removes', async () => {
  const world = await sourceWorld();
  await world.addBlob(Buffer.alloc(5000, 1));
  const whole = new FaultyFiles();
  await attempt(world, whole);
  let failures = 0;
  for (const [call, count] of whole.counts) {
    if (call === 'freeBytes') continue;
    for (let nth = 1; nth <= count; nth++) {
      for (const code of ['EIO', 'ENOSPC'] as const) {
        const disk = new FaultyFiles();
        disk.fail({ call, nth, code });
        const outcome = await attempt(world, disk);
        disk.heal();
        const { ids, problems } = await listed(disk).catch(() => ({ ids: [], problems: [] }));
        expect({ call, nth, code, problems }).toEqual({ call, nth, code, problems: [] });
        if (outcome === 'made') expect({ call, nth, ids }).toEqual({ call, nth, ids: ['b1'] });
        else failures += 1;
      }
    }
  }
  expect(failures).toBeGreaterThan(50);
  await world.state.close();
}, 600_000);

it('a disk that fills up meanwhile has all of its space back', async () => {
  const world = await sourceWorld();
  const disk = new FaultyFiles();
  await attempt(world, disk);
  const full = new FaultyFiles();
  full.capacity = 2000;
  expect(await attempt(world, full)).toBe('failed');
  full.heal();
  expect(full.namesIn(BACKUPS)).toEqual(['blobs']);
  await world.state.close();
});

it('a blob that is damaged in the store is named as missing, and one that is damaged in the pool is copied anew', async () => {
  const world = await sourceWorld();
  const digest = await world.addBlob(Buffer.alloc(100, 1));
  const disk = new FaultyFiles();
  const source = await world.source(routed(BACKUPS, disk), BACKUPS);
  await takeBackup(source, order('b1'));
  const path = join(poolDir(BACKUPS), digest.slice(0, 2), digest.slice(2, 4), `${digest}.blob`);
  const flip = (): void => disk.setBytes(path, Buffer.alloc(100, 2));
  flip();
  expect((await listed(disk)).problems).toEqual([`blob ${digest} fails its checksum`]);
  expect(await takeBackup(source, order('b2'))).toMatchObject({ missingBlobs: [], blobs: [{ digest, size: 100 }] });
  expect((await listed(disk)).problems).toEqual([]);
  flip();
  await world.blobs.remove(digest);
  expect(await takeBackup(source, order('b3'))).toMatchObject({ missingBlobs: [digest], blobs: [] });
  await world.state.close();
});

it('ends at once when it is no longer wanted', async () => {
  const world = await sourceWorld();
  const stop = new AbortController();
  const disk = new FaultyFiles();
  const source = await world.source(routed(BACKUPS, disk), BACKUPS);
  const pace = new Pace(20_000, stop.signal);
  const onProgress = (phase: string): void => void (phase === 'copying' && stop.abort());
  await expect(takeBackup(source, order('b1', { pace, onProgress }))).rejects.toThrow('abort');
  expect(disk.namesIn(BACKUPS)).toEqual(['blobs']);
  await world.state.close();
});

it('ends at the total that it tells, and never tells more', async () => {
  const world = await sourceWorld();
  const source = await world.source(routed(BACKUPS, new FaultyFiles()), BACKUPS);
  const told: (readonly [string, number, number])[] = [];
  await takeBackup(source, order('b1', { onProgress: (...progress) => void told.push(progress) }));
  expect(told.filter(([, done, total]) => done > total)).toEqual([]);
  expect(told.at(-1)).toEqual(['verifying', told.at(-1)![2], told.at(-1)![2]]);
  await world.state.close();
});
