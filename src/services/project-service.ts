import type { Server } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { indexedOf } from '../domain/indexed';
import { parseProject } from '../domain/names';
import { notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { ProjectServiceService } from '../gen/holdfast/v1/project_service';
import type { GetProjectRequest, ListProjectsRequest } from '../gen/holdfast/v1/project_service';
import type { StateSnapshot } from '../storage/state/state';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { PAGE_BYTES_MAX, pageSizeOf, rowOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

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
    const { parts, next } = await readPage(snapshot, after, pageSize, request.showDeleted);
    if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, caller.principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}

/** Reads until the page is full and one more project is known, or the projects end. */
async function readPage(
  snapshot: StateSnapshot,
  after: string | undefined,
  pageSize: number,
  showDeleted: boolean,
): Promise<{ parts: Part[]; next: string | undefined }> {
  const parts: Part[] = [];
  let last: string | undefined;
  let bytes = 0;
  for await (const { row, cursor } of snapshot.scan({ by: 'projects' }, { after })) {
    if (!showDeleted && indexedOf(row.image, EntityKind.PROJECT).deleted) continue;
    const full = parts.length === pageSize || (parts.length > 0 && bytes + row.image.length > PAGE_BYTES_MAX);
    if (full) return { parts, next: last };
    parts.push({ field: 1, bytes: row.image });
    bytes += row.image.length;
    last = cursor;
  }
  return { parts, next: undefined };
}
