import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { indexedOf } from '../domain/indexed';
import { parseProject } from '../domain/names';
import { notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { ProjectServiceService } from '../gen/holdfast/v1/project_service';
import type { GetProjectRequest, ListProjectsRequest } from '../gen/holdfast/v1/project_service';
import type { ScannedRow } from '../storage/state/state';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { pageSizeOf, rowOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** Serves holdfast.v1.ProjectService. */
export function addProjectService(server: Server, context: ServiceContext): void {
  server.addService(serve(ProjectServiceService), {
    createProject: mutation(context, 'createProject'),
    getProject: unary(context, (request: GetProjectRequest) => getProject(context, request)),
    updateProject: mutation(context, 'updateProject'),
    listProjects: unary(context, (request: ListProjectsRequest, caller) => listProjects(context, request, caller)),
    deleteProject: mutation(context, 'deleteProject'),
    undeleteProject: mutation(context, 'undeleteProject'),
  });
}

async function getProject({ engine, positions }: ServiceContext, request: GetProjectRequest): Promise<Buffer> {
  const project = parseProject(request.name, 'name');
  const sequence = engine.reach(request.atLeast);
  const row = await rowOf(engine, EntityKind.PROJECT, project, '');
  if (!row) throw notFound('project', request.name);
  return positions.entityReply(row.image, sequence);
}

async function listProjects(context: ServiceContext, request: ListProjectsRequest, caller: Caller): Promise<Buffer> {
  const { engine, positions } = context;
  const pageSize = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const query = `listProjects ${request.showDeleted}`;
  const after = decodePageToken(request.pageToken, query, caller.principal);
  return engine.withSnapshot(async (snapshot) => {
    const shows = ({ row }: ScannedRow): boolean =>
      request.showDeleted || !indexedOf(row.image, EntityKind.PROJECT).deleted;
    const { parts, next } = await readRowPage(snapshot.scan({ by: 'projects' }, { after }), pageSize, shows);
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, caller.principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}
