// What reads have in common: rows by name, and pages.

import { formatProject, parseProject, parseTask } from '../domain/names';
import { fieldInvalid, notFound } from '../domain/refusal';
import type { Row } from '../domain/view';
import type { Engine } from '../engine/engine';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { DamagedRow } from '../storage/state/state';

/** The parent of listings over all projects. */
export const ALL_PROJECTS = 'projects/-';

/** Entities on a page when the caller does not say, and at most. */
const PAGE_SIZE_DEFAULT = 50;
const PAGE_SIZE_MAX = 1000;
/** Bytes of entities on a page: below the 4 MiB that clients take by default. A page that reaches it is short. */
export const PAGE_BYTES_MAX = 3 * 1024 * 1024;

/** A task's row and where it is. */
export interface FoundTask {
  readonly project: string;
  readonly id: string;
  readonly row: Row;
}

/** The row, healed if it was damaged. Without damage there is no wait: the row is of the turn of the call. */
export function rowOf(
  engine: Engine,
  kind: EntityKind,
  project: string,
  id: string,
): Row | undefined | Promise<Row | undefined> {
  try {
    return engine.readNow(kind, project, id);
  } catch (fault) {
    if (fault instanceof DamagedRow) return engine.read(kind, project, id);
    throw fault;
  }
}

/** The task that a name names, deleted or not. Refuses FIELD_INVALID and NOT_FOUND. */
export async function findTask(engine: Engine, name: string, field: string): Promise<FoundTask> {
  const { project, id: given, externalId } = parseTask(name, field);
  const id = given ?? engine.taskIdByExternalId(project, externalId);
  const found = id === undefined ? undefined : rowOf(engine, EntityKind.TASK, project, id);
  const row = found instanceof Promise ? await found : found;
  if (id === undefined || row === undefined) throw notFound('task', name);
  return { project, id, row };
}

/** The id of an existing project, or undefined for all projects. Refuses FIELD_INVALID and NOT_FOUND. */
export async function findParent(engine: Engine, parent: string): Promise<string | undefined> {
  if (parent === ALL_PROJECTS) return undefined;
  const project = parseProject(parent, 'parent');
  if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', formatProject(project));
  return project;
}

/** The id of an existing project. Refuses FIELD_INVALID and NOT_FOUND. */
export async function findProject(engine: Engine, name: string, field: string): Promise<string> {
  const project = parseProject(name, field);
  if (!(await rowOf(engine, EntityKind.PROJECT, project, ''))) throw notFound('project', name);
  return project;
}

/** How many entities a page holds. Refuses a negative number; more than the most means the most. */
export function pageSizeOf(asked: number, field = 'page_size'): number {
  if (asked < 0) throw fieldInvalid(field, 'must not be negative');
  return asked === 0 ? PAGE_SIZE_DEFAULT : Math.min(asked, PAGE_SIZE_MAX);
}
