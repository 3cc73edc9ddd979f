// RestoreBackup: a dry run answers with what would change; else the work begins, and its operation outlives the swap.

import type { Caller } from '../domain/command';
import { RESTORE_TYPE } from '../engine/restore/restores';
import { RestorePlan } from '../gen/holdfast/v1/backup';
import { RestoreBackupRequest } from '../gen/holdfast/v1/backup_service';
import { unary } from './method';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { startedWork } from './work-command';

const OPERATION_FIELD = 1;
const PLAN_FIELD = 2;
const POSITION_FIELD = 3;

/** The handler of RestoreBackup. */
export function restoreBackup(context: ServiceContext) {
  return unary(context, (request: RestoreBackupRequest, caller) => restored(context, request, caller));
}

async function restored(context: ServiceContext, request: RestoreBackupRequest, caller: Caller): Promise<Buffer> {
  const { maintenance, engine, positions } = context;
  const { restores } = maintenance;
  if (request.validateOnly) {
    const plan = await restores.dryRun(request, AbortSignal.timeout(DRY_RUN_MS));
    return reply(undefined, plan, positions.bytes(engine.reach(undefined)));
  }
  const found = await restores.outlook(request).then(
    (plan) => ({ plan }),
    (fault: Error) => ({ fault }),
  );
  // The operation keeps the sequence that was found: a time does not mean another one after a restart.
  const { name } = request;
  const target = 'plan' in found ? { $case: 'position' as const, value: found.plan.target! } : request.target;
  const kept = RestoreBackupRequest.encode({ ...RestoreBackupRequest.create(), name, target }).finish();
  // A retry is answered with what it began, whatever has become of the target since.
  const admit = (): Promise<void> => ('fault' in found ? Promise.reject(found.fault) : Promise.resolve());
  const { image, sequence } = await startedWork(context, RESTORE_TYPE, kept, 'records', request, caller, admit);
  return reply(image, 'plan' in found ? found.plan : undefined, positions.bytes(sequence));
}

/** How long a dry run may take, in milliseconds: nobody waits longer for an answer. */
const DRY_RUN_MS = 600_000;

function reply(operation: Uint8Array | undefined, plan: RestorePlan | undefined, position: Uint8Array): Buffer {
  const parts: Part[] = [];
  if (operation) parts.push({ field: OPERATION_FIELD, bytes: operation });
  if (plan) parts.push({ field: PLAN_FIELD, bytes: RestorePlan.encode(plan).finish() });
  parts.push({ field: POSITION_FIELD, bytes: position });
  return splice(parts);
}
