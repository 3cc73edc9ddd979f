import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { parseMemory } from '../domain/messages/memory-name';
import { notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { MemoryServiceService } from '../gen/holdfast/v1/memory_service';
import type { DeleteMemoryRequest, GetMemoryRequest } from '../gen/holdfast/v1/memory_service';
import { commandOf } from './command-of';
import { previousImage } from './event-encoding';
import { listMemories } from './memory-list';
import { serve, unary } from './method';
import { rowOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';

/** Serves holdfast.v1.MemoryService. */
export function addMemoryService(server: Server, context: ServiceContext): void {
  server.addService(serve(MemoryServiceService), {
    putMemory: mutation(context, 'putMemory'),
    getMemory: unary(context, (request: GetMemoryRequest) => getMemory(context, request)),
    listMemories: unary(context, listMemories(context)),
    deleteMemory: unary(context, (request: DeleteMemoryRequest, caller) => deleteMemory(context, request, caller)),
  });
}

async function getMemory({ engine, positions }: ServiceContext, request: GetMemoryRequest): Promise<Buffer> {
  const { project, id } = parseMemory(request.name, 'name');
  const sequence = engine.reach(request.atLeast);
  const row = await rowOf(engine, EntityKind.MEMORY, project, id);
  if (!row) throw notFound('memory', request.name);
  return positions.entityReply(row.image, sequence);
}

/** The reply has the memory as it was. The record says where that stands, for a retry too. */
async function deleteMemory(
  { engine, positions }: ServiceContext,
  request: DeleteMemoryRequest,
  caller: Caller,
): Promise<Buffer> {
  const { replies, sequence } = await engine.execute(commandOf('deleteMemory', request, caller));
  const before = await previousImage(engine, replies[0]!);
  return positions.entityReply(before ?? Buffer.alloc(0), sequence);
}
