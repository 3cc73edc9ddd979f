import type { Server, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { OperationServiceService } from '../gen/holdfast/v1/operation_service';
import type {
  GetOperationRequest,
  ListOperationsRequest,
  WaitOperationRequest,
  WatchOperationRequest,
} from '../gen/holdfast/v1/operation_service';
import { serve, unary } from './method';
import type { UnreadRequest } from './method';
import { findOperation } from './operation-row';
import type { OperationContext } from './operation-row';
import { waitOperation } from './operation-wait';
import { watchOperation } from './operation-watch';
import { decodePageToken, encodePageToken } from './page-token';
import { pageSizeOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** Unary methods that may wait longer than the operation timeout. */
export const waitingOperationMethods: readonly string[] = [OperationServiceService.waitOperation.path];

/** Serves holdfast.v1.OperationService. */
export function addOperationService(server: Server, context: OperationContext): void {
  server.addService(serve(OperationServiceService), {
    getOperation: unary(context, (request: GetOperationRequest) => getOperation(context, request)),
    listOperations: unary(context, (request: ListOperationsRequest, caller) =>
      listOperations(context, request, caller),
    ),
    cancelOperation: mutation(context, 'cancelOperation'),
    waitOperation: unary(context, (request: WaitOperationRequest, _caller, call: ServerUnaryCall<unknown, Buffer>) =>
      waitOperation(context, request, call),
    ),
    watchOperation: (stream: ServerWritableStream<WatchOperationRequest | UnreadRequest, Buffer>) =>
      watchOperation(context, stream),
  });
}

async function getOperation({ engine, positions }: ServiceContext, request: GetOperationRequest): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const { image } = await findOperation(engine, request.name);
  return positions.entityReply(image, sequence);
}

/** Newest first. */
async function listOperations(
  { engine, positions }: ServiceContext,
  request: ListOperationsRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const after = decodePageToken(request.pageToken, 'listOperations', principal);
  return engine.withSnapshot(async (snapshot) => {
    const rows = snapshot.scan({ by: 'operations' }, { after, reverse: true });
    const { parts, next } = await readRowPage(rows, pageSize);
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, 'listOperations', principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}
