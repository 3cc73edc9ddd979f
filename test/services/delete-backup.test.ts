// Goal: the audit trail has who deleted which backup, and when; a retry finds what its first call did. Method: a real server; its operations and its
// journal are read.

import { readdirSync } from 'node:fs';
import { deleteBackupWork } from '../../src/engine/backups/backup-works';
import { Verb } from '../../src/gen/holdfast/journal/v1/journal';
import { DeleteBackupRequest } from '../../src/gen/holdfast/v1/backup_service';
import { OperationState } from '../../src/gen/holdfast/v1/operation';
import type { Operation } from '../../src/gen/holdfast/v1/operation';
import { call } from '../support/boot';
import { backupWorld } from '../support/backup-world';
import type { BackupWorld } from '../support/backup-world';
import { reasonOf } from '../support/refusals';

const REQUEST_ID = '6f1d2c3b-4a59-4e68-9777-86a5b4c3d2e1';

async function deletions({ operations }: BackupWorld): Promise<Operation[]> {
  const all = { pageSize: 0, pageToken: '', atLeast: undefined };
  const found = (await call(operations, 'listOperations', all)).operations;
  return found.filter(({ metadata }) => metadata?.typeUrl.endsWith('DeleteBackupRequest'));
}

const drop = (world: BackupWorld, id: string, requestId = '', validateOnly = false) =>
  call(world.backups, 'deleteBackup', { name: `backups/${id}`, requestId, validateOnly });

it('a deletion is an operation that names the backup and whoever asked, and is in the journal', async () => {
  const world = await backupWorld();
  for (const id of ['a', 'b']) await world.make(id);
  const before = world.engine.status.durable;
  const { position } = await drop(world, 'a');
  expect(readdirSync(world.backupsAt)).not.toContain('a');
  const [told, ...more] = await deletions(world);
  expect(more).toEqual([]);
  expect(told).toMatchObject({ state: OperationState.SUCCEEDED, creator: 'local' });
  expect(told!.endTime).toBeDefined();
  expect(DeleteBackupRequest.decode(told!.metadata!.value).name).toBe('backups/a');
  const verbs: [Verb, string][] = [];
  for await (const { records } of world.engine.parts.journal.read(before)) {
    for (const { sequence, verb, principal } of records) if (sequence > before) verbs.push([verb, principal]);
  }
  expect(verbs[0]).toEqual([Verb.START_OPERATION, 'local']);
  expect(position!.sequence).toBeGreaterThan(before + 1);
});

it('a retry finds its deletion; another call finds nothing; what is refused and what is only asked leave no operation', async () => {
  const world = await backupWorld();
  for (const id of ['a', 'b']) await world.make(id);
  await drop(world, 'a', '', true);
  expect(await deletions(world)).toEqual([]);
  await drop(world, 'a', REQUEST_ID);
  await drop(world, 'a', REQUEST_ID);
  const reason = (fault: unknown): unknown => reasonOf(fault)?.reason;
  expect(reason(await drop(world, 'a').catch((fault: unknown) => fault))).toBe('NOT_FOUND');
  expect(reason(await drop(world, 'b').catch((fault: unknown) => fault))).toBe('BACKUP_NEEDED');
  expect(await deletions(world)).toHaveLength(1);
});

it('several at once are all deleted, but for the last', async () => {
  const world = await backupWorld();
  for (const id of ['a', 'b', 'c']) await world.make(id);
  const ends = await Promise.allSettled(['a', 'b', 'c'].map((id) => drop(world, id)));
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [reasonOf(end.reason)?.reason] : []));
  expect(refused).toEqual(['BACKUP_NEEDED']);
  expect(readdirSync(world.backupsAt)).toHaveLength(2);
});

it('a deletion that a stop kept from telling its end has succeeded', async () => {
  const world = await backupWorld();
  await world.make('a');
  const { backups } = world.maintenance.backups;
  const request = DeleteBackupRequest.encode(DeleteBackupRequest.fromPartial({ name: 'backups/gone' })).finish();
  const { signal } = new AbortController();
  const life = { name: 'operations/o1', request, signal, report: () => undefined, keep: () => Promise.resolve() };
  const work = deleteBackupWork(backups);
  await expect(work.run({ ...life, cursor: 'deleting' })).resolves.toBeDefined();
  await expect(work.run({ ...life, cursor: '' })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});
