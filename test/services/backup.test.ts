// Goal: what callers are promised of backups. Method: a real server, its gRPC face, and a look at the files that it leaves.

import { status as Code } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupKind, BackupState } from '../../src/gen/holdfast/v1/backup';
import { nodeFiles } from '../../src/storage/node-files';
import { call } from '../support/boot';
import { backupWorld, newBackup, backupSettings } from '../support/backup-world';
import { reasonOf } from '../support/refusals';
import { tempDir } from '../support/temp-dir';

const list = { pageSize: 0, pageToken: '' };

it('a backup is made while the server serves, verified, and listed', async () => {
  const world = await backupWorld();
  await world.createTasks(20);
  const made = await world.make('b1');
  expect(made).toMatchObject({
    ...{ name: 'backups/b1', kind: BackupKind.NAMED, state: BackupState.VERIFIED, tasks: 20, problems: [] },
    keptBecause: 'it is the last good backup',
    serverVersion: 'test',
  });
  expect(made.position!.history).toBe(world.engine.history);
  expect(made.chain).toHaveLength(32);
  expect((await call(world.backups, 'listBackups', list)).backups).toEqual([made]);
  expect((await call(world.backups, 'getBackup', { name: 'backups/b1' })).backup).toEqual(made);
  expect(readdirSync(world.backupsAt)).toEqual(['b1', 'blobs']);
  expect(readdirSync(join(world.dir, 'state')).some((name) => name.startsWith('links'))).toBe(false);
});

it('an id is taken once, and a retry with the same request id finds the first call’s operation', async () => {
  const world = await backupWorld();
  const request = newBackup({ backupId: 'b1', requestId: randomUUID() });
  const first = await call(world.backups, 'createBackup', request);
  const whileItRuns = await call(world.backups, 'createBackup', request);
  expect(whileItRuns.operation!.name).toBe(first.operation!.name);
  await world.ended(first.operation);
  const afterwards = await call(world.backups, 'createBackup', request);
  expect(afterwards.operation!.name).toBe(first.operation!.name);
  expect((await call(world.backups, 'listBackups', list)).backups).toHaveLength(1);
  await expect(call(world.backups, 'createBackup', newBackup({ backupId: 'b1' }))).rejects.toMatchObject({
    code: Code.ALREADY_EXISTS,
  });
});

it('while one is being made another is refused', async () => {
  const dir = tempDir();
  const world = await backupWorld({ dir, engine: { settings: backupSettings(dir, { bytesPerSecond: 20_000 }) } });
  await world.createTasks(50, 1000);
  const { operation } = await call(world.backups, 'createBackup', newBackup());
  const fault = await call(world.backups, 'createBackup', newBackup()).catch((error: unknown) => error);
  expect(reasonOf(fault)).toMatchObject({ reason: 'QUOTA' });
  await call(world.operations, 'cancelOperation', { name: operation!.name, requestId: '', validateOnly: false });
  await expect(world.ended(operation)).rejects.toThrow('ended as 4');
  expect(readdirSync(world.backupsAt)).toEqual(['blobs']);
});

it('ids, names and descriptions that cannot be are refused by field', async () => {
  const world = await backupWorld();
  const fields = async (request: ReturnType<typeof newBackup>) => {
    const fault: unknown = await call(world.backups, 'createBackup', request).catch((error: unknown) => error);
    return [reasonOf(fault)?.reason, (fault as Error).message];
  };
  expect(await fields(newBackup({ backupId: 'No' }))).toEqual(['FIELD_INVALID', expect.stringContaining('backup_id')]);
  expect(await fields(newBackup({ backupId: 'blobs' }))).toEqual(['FIELD_INVALID', expect.stringContaining('blobs')]);
  const long = newBackup({ description: 'x'.repeat(1001) });
  expect(await fields(long)).toEqual(['FIELD_INVALID', expect.stringContaining('1000')]);
  await expect(call(world.backups, 'getBackup', { name: 'b1' })).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
  await expect(call(world.backups, 'getBackup', { name: 'backups/b1' })).rejects.toMatchObject({
    code: Code.NOT_FOUND,
  });
  const verify = { name: 'backups/b1', deep: false, requestId: '', validateOnly: false };
  await expect(call(world.backups, 'verifyBackup', verify)).rejects.toMatchObject({ code: Code.NOT_FOUND });
});

it('a listing goes on where the page before ended, even if that one is gone', async () => {
  const world = await backupWorld();
  for (const id of ['a', 'b', 'c', 'd']) await world.make(id);
  const first = await call(world.backups, 'listBackups', { pageSize: 2, pageToken: '' });
  expect(first.backups.map(({ name }) => name)).toEqual(['backups/d', 'backups/c']);
  await call(world.backups, 'deleteBackup', { name: 'backups/c', requestId: '', validateOnly: false });
  const second = await call(world.backups, 'listBackups', { pageSize: 2, pageToken: first.nextPageToken });
  expect(second.backups.map(({ name }) => name)).toEqual(['backups/b', 'backups/a']);
  expect(second.nextPageToken).toBe('');
});

it('the last good backup stays; a damaged one is not counted as good', async () => {
  const world = await backupWorld();
  await world.make('a');
  await world.make('b');
  rmSync(join(world.backupsAt, 'b', 'manifest'));
  const { backups } = await call(world.backups, 'listBackups', list);
  expect(backups.map(({ name, state, problems }) => ({ name, state, problems }))).toEqual([
    { name: 'backups/a', state: BackupState.VERIFIED, problems: [] },
    { name: 'backups/b', state: BackupState.DAMAGED, problems: ['the manifest is gone'] },
  ]);
  const drop = (id: string, validateOnly = false) =>
    call(world.backups, 'deleteBackup', { name: `backups/${id}`, requestId: '', validateOnly });
  const fault: unknown = await drop('a').catch((error: unknown) => error);
  expect(reasonOf(fault)).toMatchObject({ reason: 'BACKUP_NEEDED', metadata: { name: 'backups/a' } });
  await drop('b', true);
  expect(readdirSync(world.backupsAt)).toContain('b');
  await drop('b');
  expect(readdirSync(world.backupsAt)).toEqual(['a', 'blobs']);
});

it('a disk without room refuses a backup before anything is copied', async () => {
  const files = Object.assign(Object.create(nodeFiles) as typeof nodeFiles, {
    freeBytes: (path: string) => (path.endsWith('backups') ? Promise.resolve(1000) : nodeFiles.freeBytes(path)),
  });
  const world = await backupWorld({ engine: { files } });
  const fault: unknown = await call(world.backups, 'createBackup', newBackup()).catch((error: unknown) => error);
  expect(reasonOf(fault)?.reason).toBe('DISK_FULL');
  expect((fault as Error).message).toContain('are missing. Make room, or set backupDir to another disk');
  expect(readdirSync(world.backupsAt)).toEqual(['blobs']);
});

it('a stop in the middle of a backup lets the next start finish it, and nothing half is listed', async () => {
  const dir = tempDir();
  const slow = await backupWorld({ dir, engine: { settings: backupSettings(dir, { bytesPerSecond: 20_000 }) } });
  await slow.createTasks(50, 1000);
  const { operation } = await call(slow.backups, 'createBackup', newBackup({ backupId: 'b1' }));
  await slow.stop();
  // What a crash would have left besides.
  await nodeFiles.makeDirectory(join(dir, 'backups', '.new-b1'));
  writeFileSync(join(dir, 'backups', '.new-b1', 'manifest'), 'half');
  const world = await backupWorld({ dir });
  expect((await world.ended(operation)).name).toBe('backups/b1');
  expect(readdirSync(world.backupsAt)).toEqual(['b1', 'blobs']);
});
