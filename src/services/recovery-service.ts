import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { parseTask } from '../domain/names';
import { Refusal } from '../domain/refusal';
import { RECOVER_TYPE } from '../engine/recovery/recoveries';
import { recoverTask } from '../engine/recovery/recover-task';
import { Task } from '../gen/holdfast/v1/task';
import { RecoveryOutlook, RecoveryReport, RecoverySource, RecoveryStrategy } from '../gen/holdfast/v1/recovery';
import { RecoverRequest, RecoverTaskResponse, RecoveryServiceService } from '../gen/holdfast/v1/recovery_service';
import type { GetRecoveryReportRequest, RecoverTaskRequest } from '../gen/holdfast/v1/recovery_service';
import { serve, unary } from './method';
import type { ServiceContext } from './replies';
import { parseRequestId } from './request-id';
import { splice } from './splice';
import type { Part } from './splice';
import { startedWork } from './work-command';

/** Serves holdfast.v1.RecoveryService. */
export function addRecoveryService(server: Server, context: ServiceContext): void {
  server.addService(serve(RecoveryServiceService), {
    recover: unary(context, (request: RecoverRequest, caller) => recover(context, request, caller)),
    recoverTask: unary(context, (request: RecoverTaskRequest) => task(context, request)),
    getRecoveryReport: unary(context, (_: GetRecoveryReportRequest) => report(context)),
  });
}

/** What cannot succeed is refused at once, unless it is a retry: then its operation is what counts. */
async function recover(context: ServiceContext, request: RecoverRequest, caller: Caller): Promise<Buffer> {
  const { recoveries } = context.maintenance;
  const strategy = strategyOf(request.strategy);
  const kept = RecoverRequest.encode({ ...RecoverRequest.create(), strategy }).finish();
  const admit = (): Promise<void> => recoveries.admit(strategy);
  const started = await startedWork(context, RECOVER_TYPE, kept, 'records', request, caller, admit);
  const parts: Part[] = started.image ? [{ field: 1, bytes: started.image }] : [];
  for (const each of await recoveries.outlook()) {
    parts.push({ field: 2, bytes: RecoveryOutlook.encode(each).finish() });
  }
  parts.push({ field: 3, bytes: context.positions.bytes(started.sequence) });
  return splice(parts);
}

function strategyOf(strategy: RecoveryStrategy): RecoveryStrategy {
  if (strategy === RecoveryStrategy.UNSPECIFIED) return RecoveryStrategy.AUTO;
  if (strategy > RecoveryStrategy.UNSPECIFIED && strategy <= RecoveryStrategy.AUTO) return strategy;
  throw new Refusal('FIELD_INVALID', 'strategy must be HOT, WARM, COLD, EMERGENCY or AUTO', {
    fields: [{ field: 'strategy', description: 'must be HOT, WARM, COLD, EMERGENCY or AUTO' }],
  });
}

async function task(
  { engine }: ServiceContext,
  { name, requestId, validateOnly }: RecoverTaskRequest,
): Promise<Buffer> {
  const { project, id } = parseTask(name, 'name');
  parseRequestId(requestId);
  if (id === undefined) {
    throw new Refusal('FIELD_INVALID', 'name must have the id of the task: what has gone has no external id', {
      fields: [{ field: 'name', description: 'must have the id of the task' }],
    });
  }
  const { image, sources, present, recoveredFrom, detail } = await recoverTask(engine, project, id, validateOnly);
  const found = RecoverTaskResponse.create({
    task: image && Task.decode(image),
    ...{ present, recoveredFrom: recoveredFrom ?? RecoverySource.UNSPECIFIED, detail },
    sources: [...sources],
    position: { history: engine.history, sequence: engine.reach(undefined) },
  });
  return Buffer.from(RecoverTaskResponse.encode(found).finish());
}

async function report({ maintenance, engine, positions }: ServiceContext): Promise<Buffer> {
  const found = await maintenance.recoveries.report();
  if (!found) throw new Refusal('NOT_FOUND', 'no recovery of this store is known: it never needed one');
  return positions.entityReply(RecoveryReport.encode(found).finish(), engine.reach(undefined));
}
