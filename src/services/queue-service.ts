import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { defaultQueue } from '../domain/queue';
import { parseQueue } from '../domain/queue-names';
import type { Executed } from '../engine/executed';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Queue } from '../gen/holdfast/v1/queue';
import { QueueServiceService } from '../gen/holdfast/v1/queue_service';
import type { GetQueueRequest, ListQueuesRequest } from '../gen/holdfast/v1/queue_service';
import type { State } from '../storage/state/state';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { findProject, pageSizeOf, rowOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import { formatProject } from '../domain/names';
import { notFound } from '../domain/refusal';

/** Serves holdfast.v1.QueueService. Settings come with counts of the same moment. */
export function addQueueService(server: Server, context: ServiceContext): void {
  server.addService(serve(QueueServiceService), {
    getQueue: unary(context, (request: GetQueueRequest) => getQueue(context, request)),
    listQueues: unary(context, (request: ListQueuesRequest, caller) => listQueues(context, request, caller)),
    updateQueue: mutation(context, 'updateQueue', updated),
  });
}

async function getQueue({ engine, positions }: ServiceContext, request: GetQueueRequest): Promise<Buffer> {
  const { project, id } = parseQueue(request.name, 'name');
  engine.reach(request.atLeast);
  if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', formatProject(project));
  return engine.withApplied((state) => positions.entityReply(counted(state, project, id), state.applied));
}

/** The queue as the command left it, with its counts now. */
function updated({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const { project, id, image } = replies[0]!;
  return engine.withApplied((state) => positions.entityReply(withCounts(state, project, id, image), sequence));
}

async function listQueues(
  { engine, positions }: ServiceContext,
  request: ListQueuesRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const project = await findProject(engine, request.parent, 'parent');
  const query = `listQueues ${project}`;
  const after = decodePageToken(request.pageToken, query, principal);
  return engine.withApplied((state) => {
    const names = [...state.tallies.queueNames(project)].sort();
    const rest = after === undefined ? names : names.filter((name) => name > after);
    const shown = rest.slice(0, pageSize);
    const parts = shown.map((id) => ({ field: 1, bytes: counted(state, project, id) as Buffer }));
    if (rest.length > pageSize) {
      parts.push({ field: 2, bytes: Buffer.from(encodePageToken(shown.at(-1)!, query, principal)) });
    }
    parts.push({ field: 3, bytes: positions.bytes(state.applied) });
    return splice(parts);
  });
}

function counted(state: State, project: string, id: string): Uint8Array {
  const image = state.row(EntityKind.QUEUE, project, id)?.image ?? Queue.encode(defaultQueue(project, id)).finish();
  return withCounts(state, project, id, image);
}

function withCounts(state: State, project: string, id: string, image: Uint8Array): Uint8Array {
  return Queue.encode({ ...Queue.decode(image), counts: state.tallies.queue(project, id) }).finish();
}
