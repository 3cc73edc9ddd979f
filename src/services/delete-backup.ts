// DeleteBackup: an operation like other work on backups, so that the audit trail has who deleted which one, and when. The call waits for its end.

import { parseBackup } from '../domain/backup-name';
import type { Caller } from '../domain/command';
import { Refusal } from '../domain/refusal';
import type { ReasonName } from '../domain/refusal';
import { DELETE_TYPE } from '../engine/backups/backup-works';
import { ErrorInfo } from '../gen/google/rpc/error_details';
import { DeleteBackupRequest } from '../gen/holdfast/v1/backup_service';
import { Operation, OperationState } from '../gen/holdfast/v1/operation';
import { findOperation } from './operation-row';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import { startedWork } from './work-command';

/** Deletes a backup for good, and resolves when it is gone and that is durable. Refuses with NOT_FOUND and BACKUP_NEEDED, and a retry as its first call. */
export async function deleteBackup(
  context: ServiceContext,
  request: DeleteBackupRequest,
  caller: Caller,
): Promise<Buffer> {
  const { engine, operations, positions, maintenance } = context;
  const id = parseBackup(request.name, 'name');
  const kept = DeleteBackupRequest.encode({ ...DeleteBackupRequest.create(), name: request.name }).finish();
  const admit = (): Promise<void> => maintenance.backups.backups.delete(id, true);
  const isBusy = (): boolean => false;
  const { name } = await startedWork(context, DELETE_TYPE, kept, 'backups', request, caller, admit, isBusy);
  if (name !== '') {
    await operations.over(name);
    mustHaveSucceeded(Operation.decode((await findOperation(engine, name)).image));
  }
  return splice([{ field: 1, bytes: positions.bytes(engine.reach(undefined)) }]);
}

function mustHaveSucceeded({ name, state, result }: Operation): void {
  if (state === OperationState.SUCCEEDED) return;
  if (result?.$case === 'error') {
    const info = result.value.details.find(({ typeUrl }) => typeUrl.endsWith('/google.rpc.ErrorInfo'));
    const { reason } = ErrorInfo.decode(info?.value ?? Buffer.alloc(0));
    throw new Refusal((reason || 'INTERNAL') as ReasonName, result.value.message);
  }
  throw new Refusal('DRAINING', `the server stops before the backup is deleted: ${name} goes on at its next start`);
}
