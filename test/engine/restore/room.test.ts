// Goal: a restore is refused before anything is touched unless the disk has what it takes, and it takes no more than that. Method: real stores of
// different shapes; while a restore runs, what is in `incoming` is added up again and again, as the file system counts it.

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { restoreOffline } from '../../../src/engine/restore/offline';
import { restoreNeeds } from '../../../src/engine/restore/room';
import type { RestoreNeeds } from '../../../src/engine/restore/room';
import { readable, readLeft } from '../../../src/engine/restore/source';
import { findTarget } from '../../../src/engine/restore/target';
import type { RestoreAsked } from '../../../src/engine/restore/target';
import { BatchCreateTasksRequest } from '../../../src/gen/holdfast/v1/task_service';
import type { Files } from '../../../src/storage/files';
import { incomingDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { call } from '../../support/boot';
import { backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { say } from '../../support/seed';

/** Bytes of a directory as the file system counts them. A file with a second name takes none. */
function used(dir: string): number {
  let sum = 0;
  for (const entry of existsSync(dir) ? readdirSync(dir, { recursive: true, withFileTypes: true }) : []) {
    // What LevelDB has let go of in between takes none.
    const found = statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false });
    if (found?.isFile() && found.nlink === 1) sum += found.blocks * 512;
  }
  return sum;
}

interface Used {
  readonly state: number;
  readonly journal: number;
}

/** Restores a stopped store; gives the most that it used at any moment that was looked at, and what it said that it needs. */
async function restored(
  dir: string,
  backups: string,
  asked: RestoreAsked,
): Promise<{ used: Used; needs: RestoreNeeds }> {
  const left = await readLeft(nodeFiles, dir);
  const source = { files: nodeFiles, dir, backups, journal: readable(left.stopped!), wallMs: () => Date.now() };
  const needs = await restoreNeeds(source, await findTarget(source, asked));
  left.stopped!.close();
  let most: Used = { state: 0, journal: 0 };
  const look = (): void => {
    const [state, journal] = ['state', 'journal'].map((part) => used(join(incomingDir(dir), part))) as [number, number];
    most = { state: Math.max(most.state, state), journal: Math.max(most.journal, journal) };
  };
  // At each call of a file, and in between: LevelDB writes by itself.
  const files = Object.assign(Object.create(nodeFiles) as Files, {
    rename: (from: string, to: string) => {
      look();
      return nodeFiles.rename(from, to);
    },
    syncDirectory: (path: string) => {
      look();
      return nodeFiles.syncDirectory(path);
    },
  });
  const timer = setInterval(look, 10);
  try {
    const options = { files, dir, backups, asked, dryRun: false, wallMs: () => Date.now(), warn: () => undefined };
    await restoreOffline(options);
  } finally {
    clearInterval(timer);
  }
  return { used: most, needs };
}

/** Tasks whose descriptions cannot be compressed. */
async function createLarge({ tasks }: BackupWorld, count: number): Promise<void> {
  for (let made = 0; made < count; made += 40) {
    const requests = Array.from({ length: 40 }, () => ({
      task: { title: 'large', description: randomBytes(45_000).toString('base64') },
    }));
    const request = BatchCreateTasksRequest.fromPartial({ parent: 'projects/default', requests });
    await call(tasks, 'batchCreateTasks', request);
  }
}

const shapes: readonly { name: string; before: number; small: number; large: number; withBase: boolean }[] = [
  { name: 'a backup alone', before: 2000, small: 0, large: 0, withBase: true },
  { name: 'many small records after a backup', before: 500, small: 6000, large: 0, withBase: true },
  { name: 'large records after a backup', before: 100, small: 0, large: 640, withBase: true },
  { name: 'a journal without a backup', before: 500, small: 2000, large: 40, withBase: false },
];

it.each(shapes)(
  '$name: never more is used than was said to be needed',
  async ({ before, small, large, withBase }) => {
    const world = await backupWorld();
    await world.createTasks(before, 200);
    if (withBase) await world.make('base');
    await world.createTasks(small, 50);
    await createLarge(world, large);
    const { history } = world.engine;
    const sequence = world.engine.status.durable;
    await world.createTasks(1);
    await world.stop();
    const asked = { backup: withBase ? 'base' : '', position: { history, sequence } };
    const { used: most, needs } = await restored(world.dir, world.backupsAt, asked);
    say(`${JSON.stringify(most)} of ${JSON.stringify(needs)}`);
    expect(most.state).toBeGreaterThan(0);
    expect(most.state).toBeLessThanOrEqual(needs.state);
    expect(most.journal).toBeLessThanOrEqual(needs.journal);
  },
  600_000,
);

it('large bytes that the store has lost are counted', async () => {
  const world = await backupWorld();
  await world.make('base');
  await world.stop();
  const left = await readLeft(nodeFiles, world.dir);
  const source = {
    files: nodeFiles,
    dir: world.dir,
    backups: world.backupsAt,
    journal: readable(left.stopped!),
    wallMs: () => Date.now(),
  };
  const target = await findTarget(source, { backup: 'base' });
  left.stopped!.close();
  const [base] = target.bases;
  const blobs = [{ digest: 'ab'.repeat(32), size: 70_000 }];
  const lacking = { ...target, bases: [{ ...base!, manifest: { ...base!.manifest, blobs } }] };
  expect((await restoreNeeds(source, lacking)).blobs).toBe(70_000);
  expect((await restoreNeeds(source, target)).blobs).toBe(0);
});

it('a disk that lacks a byte of it refuses before anything is touched', async () => {
  const world = await backupWorld();
  await world.createTasks(10);
  await world.make('base');
  await world.stop();
  const { dir, backupsAt: backups } = world;
  // Whoever looks at a stopped store takes its lock, and nothing else.
  const names = (): string[] =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('lock'))
      .sort();
  const before = names();
  const left = await readLeft(nodeFiles, dir);
  const source = { files: nodeFiles, dir, backups, journal: readable(left.stopped!), wallMs: () => Date.now() };
  const { state, journal, blobs } = await restoreNeeds(source, await findTarget(source, { backup: 'base' }));
  left.stopped!.close();
  const full = (lacking: number): Files =>
    Object.assign(Object.create(nodeFiles) as Files, {
      freeBytes: () => Promise.resolve(state + journal + blobs - lacking),
    });
  const options = {
    dir,
    backups,
    asked: { backup: 'base' },
    dryRun: false,
    wallMs: () => Date.now(),
    warn: () => undefined,
  };
  await expect(restoreOffline({ ...options, files: full(1) })).rejects.toMatchObject({ reason: 'DISK_FULL' });
  expect(names()).toEqual(before);
  await expect(restoreOffline({ ...options, files: full(0) })).resolves.toMatchObject({ backup: 'backups/base' });
});
