// Goal: what callers are promised of backups. Method: a real server, its gRPC face, and a look at the files that it leaves.

import { status as Code } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { BackupKind, BackupState } from '../../src/gen/holdfast/v1/backup';
import { call } from '../support/boot';
import { backupWorld, newBackup } from '../support/backup-world';
import { reasonOf } from '../support/refusals';

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
  const { backups } = await call(world.backups, 'listBackups', { pageSize: 0, pageToken: '' });
  expect(backups).toEqual([made]);
  const got = await call(world.backups, 'getBackup', { name: 'backups/b1' });
  expect(got.backup).toEqual(made);
  expect(readdirSync(world.backupsAt)).toEqual(['b1', 'blobs']);
  expect(readdirSync(`${world.dir}/state`).some((name) => name.startsWith('links'))).toBe(false);
});
