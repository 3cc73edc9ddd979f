// Goal: what a restore leaves behind is sound and stays where it is: nothing that was under way goes on, and the base of a trimmed journal is kept.

import { anyOf } from '../../src/engine/operations/long-work';
import { restoreOffline } from '../../src/engine/restore/offline';
import { BackupKind } from '../../src/gen/holdfast/v1/backup';
import { BackupServiceClient, RestoreBackupRequest } from '../../src/gen/holdfast/v1/backup_service';
import { GetOperationRequest } from '../../src/gen/holdfast/v1/operation_service';
import { Operation, OperationState } from '../../src/gen/holdfast/v1/operation';
import { CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import type { Position } from '../../src/gen/holdfast/v1/common';
import { nodeFiles } from '../../src/storage/node-files';
import { call } from '../support/boot';
import { bootHost } from '../support/boot-host';
import type { BootedHost } from '../support/boot-host';
import { agedStore, trimWorld } from '../support/trim-world';

const at = (value: Position) => ({ target: { $case: 'position' as const, value } });

async function create({ tasks }: BootedHost, title: string): Promise<Position> {
  const request = CreateTaskRequest.fromPartial({ parent: 'projects/default', task: { title } });
  return (await call(tasks, 'createTask', request)).position!;
}

it('an operation that was under way at the moment of a restore has failed then, and does not go on', async () => {
  const booted = await bootHost();
  const early = await create(booted, 'early');
  await create(booted, 'later');
  // A restore to an earlier moment, as it stands in the state between its beginning and its swap.
  const first = RestoreBackupRequest.encode(RestoreBackupRequest.fromPartial(at(early))).finish();
  const { replies } = await booted.served.engine.execute({
    kind: 'startWork',
    request: { metadata: anyOf('holdfast.v1.RestoreBackupRequest', first), unit: 'records' },
    caller: { principal: 'system', session: '', sessionToken: '' },
    validateOnly: false,
  });
  const { name } = Operation.decode(replies[0]!.image);
  const middle = await create(booted, 'middle');
  await create(booted, 'gone');
  const backups = booted.client(BackupServiceClient);
  await call(backups, 'restoreBackup', RestoreBackupRequest.fromPartial(at(middle)));
  const { engine } = await booted.whenServing(2);
  const { operation } = await call(booted.operations, 'getOperation', GetOperationRequest.fromPartial({ name }));
  expect(operation).toMatchObject({ state: OperationState.FAILED, cursor: '' });
  expect(operation!.result).toMatchObject({
    $case: 'error',
    value: { message: expect.stringContaining('a restore') as string },
  });
  expect(engine.parts.state.tallies.taskCount()).toBe(3);
  await engine.withApplied(() => undefined);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
});

it('the backup under a trimmed journal that a restore cut stays as its base', async () => {
  const world = await trimWorld({ dir: await agedStore() });
  const early = await world.make('early');
  await world.createTasks(40, 200);
  await world.make('late');
  const trimmed = await world.trim({ $case: 'from', value: early.position! });
  expect(trimmed).toMatchObject({ backup: 'backups/late' });
  expect(trimmed.segments).toBeGreaterThan(0);
  await world.stop();
  const asked = { backup: 'early' };
  const plan = await restoreOffline({
    ...{ files: nodeFiles, dir: world.dir, backups: world.backupsAt, asked, dryRun: false },
    ...{ wallMs: () => Date.now(), warn: () => undefined },
  });
  expect(plan.target!.sequence).toBe(early.position!.sequence);
  const restored = await trimWorld({ dir: world.dir });
  const base = await call(restored.backups, 'getBackup', { name: 'backups/early' });
  expect(base.backup).toMatchObject({ kind: BackupKind.BASE });
});
