// Goal: backups come by themselves when they are due, and only then. Method: a real server whose clock the test holds; each look is asked for.

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupKind } from '../../../src/gen/holdfast/v1/backup';
import { call } from '../../support/boot';
import { backupSettings, backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { tempDir } from '../../support/temp-dir';

const HOUR_MS = 3_600_000;

interface Held extends BackupWorld {
  pass(ms: number): void;
  notices: string[];
  /** Looks once, and waits for what it began. Gives how many backups there are. */
  look(): Promise<number>;
}

async function world(more: Parameters<typeof backupSettings>[1] = {}, dir = tempDir()): Promise<Held> {
  let passedMs = 0;
  const clock = { wallMs: () => Date.now() + passedMs, monotonicMs: () => performance.now() + passedMs };
  const notices: string[] = [];
  // The interval of its own looks is a tenth of an hour: none comes by itself.
  const settings = backupSettings(dir, { auto: true, ...more });
  const onNotice = ({ message }: { message: string }): void => void notices.push(message);
  const booted = await backupWorld({ dir, engine: { settings, clock, onNotice } });
  const { automatic, backups } = booted.maintenance.backups;
  return {
    ...booted,
    notices,
    pass: (ms) => (passedMs += ms),
    look: async () => {
      await automatic.tick();
      for (const { name } of (
        await call(booted.operations, 'listOperations', { pageSize: 0, pageToken: '', atLeast: undefined })
      ).operations) {
        await call(booted.operations, 'waitOperation', { name, timeout: { seconds: 30, nanos: 0 } });
      }
      return (await backups.list()).length;
    },
  };
}

it('a store without a backup gets one a minute after its start', async () => {
  const held = await world();
  expect(await held.look()).toBe(0);
  held.pass(60_000);
  expect(await held.look()).toBe(1);
  const { backups } = await call(held.backups, 'listBackups', { pageSize: 0, pageToken: '' });
  expect(backups[0]).toMatchObject({ kind: BackupKind.AUTOMATIC });
  expect(backups[0]!.name).toMatch(/^backups\/auto-\d{8}-\d{6}$/);
  const { operations } = await call(held.operations, 'listOperations', {
    pageSize: 0,
    pageToken: '',
    atLeast: undefined,
  });
  expect(operations).toMatchObject([{ creator: 'system' }]);
});

it('after the interval another one is made if something has changed, and none for the server’s own tellings', async () => {
  const held = await world();
  held.pass(60_000);
  await held.look();
  held.pass(HOUR_MS);
  expect(await held.look()).toBe(1);
  await held.createTasks(1);
  expect(await held.look()).toBe(2);
  await held.createTasks(1);
  expect(await held.look()).toBe(2);
  held.pass(HOUR_MS - 60_000);
  expect(await held.look()).toBe(2);
  const next = (await held.maintenance.backups.automatic.nextAt())!;
  held.pass(60_000);
  expect(await held.look()).toBe(3);
  expect(next).toBeGreaterThan(Date.now());
});

it('recovery debt makes one due before its time', async () => {
  const held = await world({ debtRecords: 40 });
  for (let made = 0; made < 40; made++) await held.createTasks(1);
  expect(await held.look()).toBe(1);
  for (let made = 0; made < 30; made++) await held.createTasks(1);
  expect(await held.look()).toBe(1);
  for (let made = 0; made < 10; made++) await held.createTasks(1);
  expect(await held.look()).toBe(2);
});

it('retention follows a backup that succeeded, and what was asked for stays', async () => {
  const held = await world({ retentionCount: 2 });
  await held.make('mine');
  for (let round = 0; round < 4; round++) {
    held.pass(HOUR_MS);
    await held.createTasks(1);
    await held.look();
  }
  await held.look();
  const names = readdirSync(held.backupsAt).filter((name) => name !== 'blobs');
  expect(names.filter((name) => name.startsWith('auto-'))).toHaveLength(2);
  expect(names).toContain('mine');
  expect(held.notices.filter((notice) => notice.includes('has outlived its retention'))).toHaveLength(2);
});

it('a failure is told, remembered, and tried again later and later', async () => {
  const held = await world();
  const { automatic } = held.maintenance.backups;
  // A file where the directory ought to be: nothing can be made there.
  await held.maintenance.backups.backups.pool();
  rmSync(held.backupsAt, { recursive: true });
  writeFileSync(held.backupsAt, 'in the way');
  held.pass(60_000);
  await automatic.tick();
  expect(automatic.lastFailure).toContain('ENOTDIR');
  expect(held.notices.at(-1)).toMatch(/^the automatic backup failed: .* it is tried again in 30 s$/);
  await automatic.tick();
  expect(held.notices.filter((notice) => notice.includes('automatic'))).toHaveLength(1);
  held.pass(30_000);
  await automatic.tick();
  expect(held.notices.at(-1)).toMatch(/tried again in 60 s$/);
  rmSync(held.backupsAt);
  held.pass(60_000);
  expect(await held.look()).toBe(1);
  expect(automatic.lastFailure).toBe('');
});

it('a server whose settings turn them off makes none', async () => {
  const held = await world({ auto: false });
  held.pass(10 * HOUR_MS);
  expect(await held.maintenance.backups.automatic.nextAt()).toBeUndefined();
  expect(readdirSync(join(held.dir)).includes('backups')).toBe(false);
});
