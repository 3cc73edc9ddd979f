import type { Server } from '@grpc/grpc-js';
import { parseAgent } from '../domain/sessions/agent-names';
import type { Caller } from '../domain/command';
import { notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { AgentServiceService } from '../gen/holdfast/v1/agent_service';
import type { GetAgentRequest, ListAgentsRequest } from '../gen/holdfast/v1/agent_service';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { findProject, pageSizeOf, rowOf } from './reading';
import type { ServiceContext } from './replies';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** Serves holdfast.v1.AgentService. */
export function addAgentService(server: Server, context: ServiceContext): void {
  server.addService(serve(AgentServiceService), {
    getAgent: unary(context, (request: GetAgentRequest) => getAgent(context, request)),
    listAgents: unary(context, (request: ListAgentsRequest, caller) => listAgents(context, request, caller)),
  });
}

async function getAgent({ engine, positions }: ServiceContext, request: GetAgentRequest): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const { project, id } = parseAgent(request.name, 'name');
  const row = await rowOf(engine, EntityKind.AGENT, project, id);
  if (!row) throw notFound('agent', request.name, 'does not exist: it appears with its first session');
  return positions.entityReply(row.image, sequence);
}

/** By name. */
async function listAgents(
  { engine, positions }: ServiceContext,
  request: ListAgentsRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const project = await findProject(engine, request.parent, 'parent');
  const query = `listAgents ${project}`;
  const after = decodePageToken(request.pageToken, query, principal);
  return engine.withSnapshot(async (snapshot) => {
    const { parts, next } = await readRowPage(snapshot.scan({ by: 'agents', project }, { after }), pageSize);
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}
