// Goal: a mirror is all that a store needs, and never in its way. Method: a real server with a mirror; rounds are asked for; a data directory is put
// together from the mirror and served.

import { listBackups } from '../../../src/storage/backup/catalogue';
import { nodeFiles } from '../../../src/storage/node-files';
import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mirror } from '../../../src/engine/backups/mirror';
import { ListTasksRequest } from '../../../src/gen/holdfast/v1/task_service';
import { verifyJournal } from '../../../src/storage/journal/verify';
import { unpaced } from '../../../src/storage/backup/pace';
import { call } from '../../support/boot';
import { backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { storeSettings } from '../../support/store-settings';
import { tempDir } from '../../support/temp-dir';

interface Mirrored extends BackupWorld {
  readonly mirror: Mirror;
  readonly mirrorDir: string;
  readonly notices: string[];
}

/** A server whose mirror follows when it is told to. */
async function world(options: { dir?: string; mirrorDir?: string; segmentBytesMax?: number } = {}): Promise<Mirrored> {
  const { dir = tempDir(), mirrorDir = join(tempDir(), 'mirror'), segmentBytesMax } = options;
  const notices: string[] = [];
  const onNotice = ({ message }: { message: string }): void => void notices.push(message);
  const engine = { settings: storeSettings(dir), onNotice, segmentBytesMax };
  const booted = await backupWorld({ dir, engine });
  const mirror = new Mirror(booted.engine, booted.maintenance.backups.backups, mirrorDir);
  return { ...booted, mirror, mirrorDir, notices };
}

async function titles({ tasks }: BackupWorld): Promise<number> {
  const request = ListTasksRequest.fromPartial({ parent: 'projects/default', pageSize: 1000 });
  return (await call(tasks, 'listTasks', request)).tasks.length;
}

it('a data directory put together from the mirror serves all that was mirrored', async () => {
  const first = await world({ segmentBytesMax: 40_000 });
  for (let round = 0; round < 5; round++) {
    await first.createTasks(40, 300);
    await first.mirror.round();
    expect(first.mirror.lag).toBe(0);
  }
  await first.make('b1');
  await first.mirror.round();
  const segments = readdirSync(join(first.dir, 'journal')).filter((name) => name.endsWith('.seg'));
  expect(segments.length).toBeGreaterThan(2);
  const { problems } = await verifyJournal({ files: nodeFiles, dir: join(first.mirrorDir, 'journal') });
  expect(problems).toEqual([]);
  const dir = tempDir();
  cpSync(first.mirrorDir, dir, { recursive: true });
  await first.createTasks(10);
  expect(first.mirror.lag).toBeGreaterThan(0);
  const second = await world({ dir, segmentBytesMax: 40_000 });
  expect(second.engine.history).toBe(first.engine.history);
  expect(await titles(second)).toBe(200);
  expect((await second.maintenance.backups.backups.verify('b1', { pace: unpaced, deep: true })).problems).toEqual([]);
});

it('it goes on after a restart, after an unclean stop too', async () => {
  const first = await world();
  await first.createTasks(10);
  await first.mirror.round();
  const copy = tempDir();
  cpSync(first.dir, copy, { recursive: true });
  await first.createTasks(5);
  const { mirrorDir } = first;
  await first.stop();
  const clean = await world({ dir: first.dir, mirrorDir });
  await clean.createTasks(5);
  await clean.mirror.round();
  expect(clean.mirror.lag).toBe(0);
  await clean.stop();
  const { problems } = await verifyJournal({ files: nodeFiles, dir: join(mirrorDir, 'journal') });
  expect(problems).toEqual([]);
  // The copy is what a crash left long ago: the mirror reaches further, and is not cut.
  const behind = await world({ dir: copy, mirrorDir });
  await expect(behind.mirror.round()).rejects.toThrow(/the mirror reaches sequence \d+, the journal \d+/);
});

it('a mirror of another store is left alone', async () => {
  const first = await world();
  await first.mirror.round();
  const other = await world({ mirrorDir: first.mirrorDir });
  await expect(other.mirror.round()).rejects.toThrow('is the mirror of another store');
});

it('a faulty mirror is told once, stops nothing, and follows again when it can', async () => {
  const held = await world();
  writeFileSync(held.mirrorDir, 'in the way');
  held.mirror.start();
  await until(() => held.mirror.lastFailure !== '');
  await held.createTasks(3);
  expect(held.notices.filter((notice) => notice.startsWith('the mirror does not follow'))).toHaveLength(1);
  expect(held.mirror.lag).toBeGreaterThan(0);
  rmSync(held.mirrorDir);
  await until(() => held.mirror.lastFailure === '');
  expect(held.notices).toContain('the mirror follows again');
  expect(held.mirror.lag).toBe(0);
  await held.mirror.stop();
});

it('a backup that was deleted goes, one that vanished stays', async () => {
  const held = await world();
  for (const id of ['a', 'b', 'c']) await held.make(id);
  await held.mirror.round();
  const kept = (): string[] => readdirSync(join(held.mirrorDir, 'backups')).filter((name) => name !== 'blobs');
  expect(kept()).toEqual(['a', 'b', 'c']);
  await call(held.backups, 'deleteBackup', { name: 'backups/a', requestId: '', validateOnly: false });
  renameSync(join(held.backupsAt, 'b'), join(tempDir(), 'b'));
  await held.mirror.round();
  expect(kept()).toEqual(['b', 'c']);
});

it('a backup that became a base since it was mirrored is one in the mirror, too; what is needed or gone is not removed', async () => {
  const held = await world();
  for (const id of ['a', 'b']) await held.make(id);
  await held.mirror.round();
  const { backups } = held.maintenance.backups;
  await backups.markBase('a', 'a test needs it');
  await held.mirror.round();
  const mirrored = await listBackups(nodeFiles, join(held.mirrorDir, 'backups'));
  expect(mirrored.map(({ id, base }) => [id, base])).toEqual([
    ['b', undefined],
    ['a', 'a test needs it'],
  ]);
  expect(await backups.removeIfFree('a')).toBe(false);
  expect(await backups.removeIfFree('gone')).toBe(false);
  await expect(backups.markBase('gone', 'a test needs it')).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});

async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
