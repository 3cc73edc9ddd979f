// Goal: rot in a backup is found before the backup is needed, and what rests on it is put right. Method: a real server whose clock the test holds;
// each look is asked for; bytes of kept backups are flipped.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupKind, BackupState } from '../../../src/gen/holdfast/v1/backup';
import type { Backup } from '../../../src/gen/holdfast/v1/backup';
import { OperationState } from '../../../src/gen/holdfast/v1/operation';
import { HealthStatus } from '../../../src/gen/holdfast/v1/system';
import { readVerification } from '../../../src/storage/backup/marks';
import { unpaced } from '../../../src/storage/backup/pace';
import { nodeFiles } from '../../../src/storage/node-files';
import { call } from '../../support/boot';
import { backupSettings, backupWorld } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { reasonOf } from '../../support/refusals';
import { tempDir } from '../../support/temp-dir';

const DAY_MS = 24 * 3_600_000;

interface Held extends BackupWorld {
  pass(ms: number): void;
  readonly notices: string[];
  /** Looks for what is due to be verified, and waits for it. Gives the names of the backups that were verified in this look. */
  recheck(): Promise<string[]>;
  /** Looks for a backup that is due to be made, and waits for it. */
  look(): Promise<void>;
  listed(): Promise<Backup[]>;
}

async function world(more: Parameters<typeof backupSettings>[1] = {}, dir = tempDir()): Promise<Held> {
  let passedMs = 0;
  const clock = { wallMs: () => Date.now() + passedMs, monotonicMs: () => performance.now() + passedMs };
  const notices: string[] = [];
  const settings = backupSettings(dir, { verifyIntervalMs: 7 * DAY_MS, ...more });
  const onNotice = ({ message }: { message: string }): void => void notices.push(message);
  const booted = await backupWorld({ dir, engine: { settings, clock, onNotice } });
  const { automatic, rechecks } = booted.maintenance.backups;
  const listed = async (): Promise<Backup[]> =>
    (await call(booted.backups, 'listBackups', { pageSize: 0, pageToken: '' })).backups;
  const ended = async (): Promise<void> => {
    const all = { pageSize: 0, pageToken: '', atLeast: undefined };
    for (const { name } of (await call(booted.operations, 'listOperations', all)).operations) {
      await call(booted.operations, 'waitOperation', { name, timeout: { seconds: 60, nanos: 0 } });
    }
  };
  const times = async (): Promise<Map<string, number>> =>
    new Map((await listed()).map(({ name, verifyTime }) => [name, verifyTime?.seconds ?? 0]));
  return {
    ...booted,
    notices,
    listed,
    pass: (ms) => (passedMs += ms),
    look: async () => {
      await automatic.tick();
      await ended();
    },
    recheck: async () => {
      const before = await times();
      await rechecks.tick();
      await ended();
      return [...(await times())].filter(([name, at]) => at !== before.get(name)).map(([name]) => name);
    },
  };
}

function table(held: Held, id: string): string {
  const state = join(held.backupsAt, id, 'state');
  const names = readdirSync(state, { recursive: true, encoding: 'utf8' });
  return join(
    state,
    names.find((name) => name.endsWith('.ldb'))!,
  );
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
}

it('each backup is read again when its verification is old, the oldest first, as work of the server’s own', async () => {
  const held = await world();
  await held.make('a');
  held.pass(DAY_MS);
  await held.make('b');
  expect(await held.recheck()).toEqual([]);
  held.pass(6 * DAY_MS);
  expect(await held.recheck()).toEqual(['backups/a']);
  expect(await held.recheck()).toEqual([]);
  held.pass(DAY_MS);
  expect(await held.recheck()).toEqual(['backups/b']);
  expect(await held.recheck()).toEqual([]);
  held.pass(6 * DAY_MS);
  await call(held.backups, 'verifyBackup', { name: 'backups/a', deep: false, requestId: '', validateOnly: false });
  const all = { pageSize: 0, pageToken: '', atLeast: undefined };
  const { operations } = await call(held.operations, 'listOperations', all);
  expect(operations.filter(({ creator }) => creator === 'system')).toHaveLength(2);
});

it('rot is found, written down, told, and answered with a new backup at once; the damaged one never counts as good', async () => {
  const held = await world({ auto: true, intervalMs: 31 * DAY_MS });
  await held.createTasks(5);
  await held.make('old');
  held.pass(DAY_MS);
  await held.make('new');
  held.pass(8 * DAY_MS);
  await held.look();
  expect(await held.listed()).toHaveLength(2);
  flip(table(held, 'new'));
  expect(await held.recheck()).toEqual(['backups/old']);
  expect(await held.recheck()).toEqual(['backups/new']);
  expect((await readVerification(nodeFiles, join(held.backupsAt, 'new')))?.problems).toHaveLength(1);
  expect(held.notices.some((notice) => notice.startsWith('backups/new is damaged: '))).toBe(true);
  const health = await held.maintenance.health.check();
  expect(health.status).toBe(HealthStatus.DEGRADED);
  expect(health.issues.find(({ code }) => code === 'backup_damaged')?.message).toContain('(backups/new)');
  // Nothing has changed since, and the interval has not passed: the damage alone makes it due, and once.
  held.pass(1000);
  await held.look();
  const made = (await held.listed()).filter(({ kind }) => kind === BackupKind.AUTOMATIC);
  expect(made).toMatchObject([{ state: BackupState.VERIFIED }]);
  held.pass(1000);
  await held.look();
  expect(await held.listed()).toHaveLength(3);
});

it('the last good backup stays when the newer one has rotted', async () => {
  const held = await world();
  await held.make('good');
  await held.make('rotten');
  flip(table(held, 'rotten'));
  held.pass(8 * DAY_MS);
  await held.recheck();
  await held.recheck();
  const request = { name: 'backups/good', requestId: '', validateOnly: false };
  await expect(call(held.backups, 'deleteBackup', request)).rejects.toThrow('it is the last good backup');
});

it('a base that has rotted gives its place to a good backup as soon as there is one', async () => {
  const held = await world();
  await held.make('base');
  const { backups } = held.maintenance.backups;
  await backups.markBase('base', 'the journal was trimmed up to 7');
  flip(table(held, 'base'));
  held.pass(8 * DAY_MS);
  expect(await held.recheck()).toEqual(['backups/base']);
  const { issues } = await held.maintenance.health.check();
  expect(issues.find(({ code }) => code === 'backup_damaged')?.recommendation).toContain(
    'The trimmed journal stands on backups/base: make a new one',
  );
  await held.recheck();
  expect((await held.listed()).map(({ kind }) => kind)).toEqual([BackupKind.BASE]);
  await held.make('next');
  await held.recheck();
  const kinds = new Map((await held.listed()).map(({ name, kind, keptBecause }) => [name, [kind, keptBecause]]));
  expect(kinds.get('backups/next')).toEqual([BackupKind.BASE, 'the journal was trimmed up to 7']);
  expect(kinds.get('backups/base')).toEqual([BackupKind.NAMED, '']);
  expect(held.notices).toContain('backups/base is damaged: backups/next is the base of the journal in its place');
});

it('a verification that came to no end is begun again later, and does not keep others from theirs', async () => {
  const held = await world();
  await held.make('a');
  await held.make('b');
  held.pass(8 * DAY_MS);
  // Neither readable nor gone: a verification of it fails, and says nothing of the backup.
  const path = join(held.backupsAt, 'a', 'verified.new');
  rmSync(path, { force: true });
  mkdirSync(path);
  expect(await held.recheck()).toEqual([]);
  expect(await held.recheck()).toEqual(['backups/b']);
  expect(await held.recheck()).toEqual([]);
  rmSync(path, { recursive: true });
  expect(await held.recheck()).toEqual([]);
  held.pass(3_600_000);
  expect(await held.recheck()).toEqual(['backups/a']);
});

it('a base whose place cannot be taken keeps no backup from its verification, and is not tried again at each look', async () => {
  const held = await world();
  await held.make('base');
  await held.make('next');
  const { backups } = held.maintenance.backups;
  await backups.markBase('base', 'the journal was trimmed up to 7');
  flip(table(held, 'base'));
  held.pass(1000);
  await backups.verify('base', { pace: unpaced, deep: false });
  held.pass(8 * DAY_MS);
  // What was found of it cannot be written down: each verification of it fails.
  const path = join(held.backupsAt, 'next', 'verified.new');
  mkdirSync(path);
  const verify = jest.spyOn(backups, 'verify');
  expect(await held.recheck()).toEqual([]);
  expect(await held.recheck()).toEqual(['backups/base']);
  expect(await held.recheck()).toEqual([]);
  // Once for the base's place, and once each because it was due.
  expect(verify.mock.calls.map(([id]) => id)).toEqual(['next', 'next', 'base']);
  expect(held.notices.filter((notice) => notice.includes('could not take its place'))).toHaveLength(1);
  rmSync(path, { recursive: true });
  held.pass(3_600_000);
  await held.recheck();
  expect(held.notices).toContain('backups/base is damaged: backups/next is the base of the journal in its place');
});

it('what the server verifies by itself keeps nobody from asking for a verification, after a restart neither', async () => {
  const dir = tempDir();
  const first = await world({}, dir);
  await first.make('a');
  await first.stop();
  const asked = { name: 'backups/a', deep: false, requestId: '', validateOnly: false };
  // So slow that none comes to its end.
  const second = await world({ bytesPerSecond: 10 }, dir);
  second.pass(8 * DAY_MS);
  await second.maintenance.backups.rechecks.tick();
  const { operation } = await call(second.backups, 'verifyBackup', asked);
  const fault: unknown = await call(second.backups, 'verifyBackup', asked).catch((error: unknown) => error);
  expect(reasonOf(fault)).toMatchObject({ reason: 'QUOTA' });
  const name = operation!.name;
  await call(second.operations, 'cancelOperation', { name, requestId: '', validateOnly: false });
  await call(second.operations, 'waitOperation', { name, timeout: { seconds: 60, nanos: 0 } });
  await second.stop();
  const third = await world({ bytesPerSecond: 10 }, dir);
  const again = await call(third.backups, 'verifyBackup', asked);
  const all = { pageSize: 0, pageToken: '', atLeast: undefined };
  const { operations } = await call(third.operations, 'listOperations', all);
  const running = operations.filter(({ state }) => state === OperationState.RUNNING);
  expect(running.map((each) => [each.creator === 'system', each.name === again.operation!.name]).sort()).toEqual([
    [false, true],
    [true, false],
  ]);
});
