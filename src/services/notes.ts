// ListNotes: the notes of one task, or of all tasks of a project.

import type { Caller } from '../domain/command';
import { formatTask, parseProject } from '../domain/names';
import { notFound } from '../domain/refusal';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { ListNotesRequest } from '../gen/holdfast/v1/task_service';
import type { Engine } from '../engine/engine';
import type { ScanRange } from '../storage/state/state';
import { decodePageToken, encodePageToken } from './page-token';
import { findTask, pageSizeOf, rowOf } from './reading';
import type { ServiceContext } from './replies';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** What follows the project's name in the parent of listings over all its tasks. */
const ALL_TASKS = '/tasks/-';

/** ListNotes: oldest first; of a project, task by task. Notes of deleted tasks are listed until these are purged. */
export function listNotes(context: ServiceContext): (request: ListNotesRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, { principal }) => {
    const pageSize = pageSizeOf(request.pageSize);
    engine.reach(request.atLeast);
    const range = await rangeOf(engine, request.parent);
    const query = `listNotes ${range.task === undefined ? range.project : formatTask(range.project, range.task)}`;
    const after = decodePageToken(request.pageToken, query, principal);
    return engine.withSnapshot(async (snapshot) => {
      const { parts, next } = await readRowPage(snapshot.scan(range, { after }), pageSize);
      if (next) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
      parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
      return splice(parts);
    });
  };
}

async function rangeOf(engine: Engine, parent: string): Promise<Extract<ScanRange, { by: 'notes' }>> {
  if (parent.endsWith(ALL_TASKS)) {
    const name = parent.slice(0, -ALL_TASKS.length);
    const project = parseProject(name, 'parent');
    if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', name);
    return { by: 'notes', project };
  }
  const { project, id } = await findTask(engine, parent, 'parent');
  return { by: 'notes', project, task: id };
}
