// The rules of projects. Each gives the index of the project's change.

import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { Project } from '../gen/holdfast/v1/project';
import type {
  CreateProjectRequest,
  DeleteProjectRequest,
  UndeleteProjectRequest,
  UpdateProjectRequest,
} from '../gen/holdfast/v1/project_service';
import type { Action } from './command';
import type { Draft } from './draft';
import { PROJECTS_MAX, PURGE_DELAY_MS } from './limits';
import { DEFAULT_PROJECT, formatProject, idProblem, parseProject } from './names';
import { authorize } from './permission';
import { checkProject, copyProjectField, projectFields } from './project-content';
import { Refusal, fieldInvalid, notFound } from './refusal';
import { checkEtag } from './task-access';
import { illegalTransition } from './task-state';
import { millisecondsOf, timestampOf } from './timestamp';
import { readMask } from './update-mask';
import { Violations } from './violations';

interface FoundProject {
  readonly id: string;
  readonly project: Project;
}

/** CreateProject. Refuses with ALREADY_EXISTS, and with QUOTA above 10,000 projects. */
export function createProject(draft: Draft, { projectId: id, project: given }: CreateProjectRequest): number {
  authorize(draft.caller, 'createProject', id);
  const violations = new Violations();
  const problem = idProblem(id);
  if (problem) violations.report('project_id', problem);
  const project = newProject(draft, id);
  for (const { path } of given ? projectFields.settable : []) {
    copyProjectField({ path }, given!, project);
    checkProject(path, project, violations);
  }
  violations.throwIfAny();
  if (draft.image(EntityKind.PROJECT, id, '')) throw alreadyExists(draft, id);
  if (draft.projectCount() >= PROJECTS_MAX) throw tooMany();
  return draft.putProject(id, undefined, project, EventType.PROJECT_CREATED);
}

/** UpdateProject: always makes a revision. */
export function updateProject(draft: Draft, { project: given, updateMask, etag }: UpdateProjectRequest): number {
  if (!given) throw fieldInvalid('project', 'is required');
  const { id, project } = findLiveProject(draft, 'updateProject', given.name, etag, 'project.name');
  const after = { ...project };
  const { list } = readMask(projectFields, given, updateMask);
  for (const edit of list) copyProjectField(edit, given, after);
  const violations = new Violations();
  for (const path of new Set(list.map((edit) => edit.path))) checkProject(path, after, violations);
  violations.throwIfAny();
  return draft.putProject(id, project, after, EventType.PROJECT_UPDATED);
}

/** DeleteProject: it can be undeleted for 30 days. Refuses with HAS_CHILDREN while it has live tasks, and for `default`. */
export function deleteProject(draft: Draft, { name, etag }: DeleteProjectRequest): number {
  const { id, project } = findLiveProject(draft, 'deleteProject', name, etag);
  const { liveTasks } = draft.tally(id);
  if (id === DEFAULT_PROJECT) throw hasTasks(name, liveTasks, `${name} always exists and cannot be deleted`);
  if (liveTasks > 0) {
    const tasks = liveTasks === 1 ? '1 live task' : `${liveTasks} live tasks`;
    throw hasTasks(name, liveTasks, `${name} has ${tasks}: DeleteProject is refused until they have ended`);
  }
  const purgeTime = timestampOf(draft.context.nowMs + PURGE_DELAY_MS);
  return draft.putProject(id, project, { ...project, deleteTime: draft.now, purgeTime }, EventType.PROJECT_DELETED);
}

/** UndeleteProject. Refuses with ILLEGAL_TRANSITION if it is not deleted. */
export function undeleteProject(draft: Draft, { name, etag }: UndeleteProjectRequest): number {
  const { id, project } = findProject(draft, 'undeleteProject', name, etag);
  if (!project.deleteTime) {
    const legal = ['UpdateProject', 'DeleteProject'];
    throw illegalTransition(name, 'ACTIVE', 'UndeleteProject', legal, `${name} is not deleted`);
  }
  const after = { ...project, deleteTime: undefined, purgeTime: undefined };
  return draft.putProject(id, project, after, EventType.PROJECT_UNDELETED);
}

/** Removes a deleted project whose purge time has come, for good. Refuses while it holds tasks. For the server's own use. */
export function purgeProject(draft: Draft, { name }: { readonly name: string }): number {
  const { id, project } = findProject(draft, 'purgeProject', name, '');
  if (!project.deleteTime || millisecondsOf(project.purgeTime) > draft.context.nowMs) {
    const state = project.deleteTime ? 'DELETED' : 'ACTIVE';
    throw illegalTransition(name, state, 'PurgeProject', [], `the purge of ${name} is not due`);
  }
  const { tasks, liveTasks } = draft.tally(id);
  if (tasks > 0) throw hasTasks(name, liveTasks, `${name} still holds ${tasks} tasks`);
  return draft.removeProject(id);
}

function findProject(draft: Draft, kind: Action['kind'], name: string, etag: string): FoundProject {
  const found = lookUp(draft, kind, name, 'name');
  checkEtag(name, found.project.etag, etag);
  return found;
}

function findLiveProject(draft: Draft, kind: Action['kind'], name: string, etag: string, field = 'name'): FoundProject {
  const found = lookUp(draft, kind, name, field);
  const { project } = found;
  if (project.deleteTime) throw notFound('project', name, 'is deleted; UndeleteProject brings it back');
  checkEtag(name, project.etag, etag);
  return found;
}

function lookUp(draft: Draft, kind: Action['kind'], name: string, field: string): FoundProject {
  const id = parseProject(name, field);
  authorize(draft.caller, kind, id);
  const project = draft.project(id);
  if (!project) throw notFound('project', name);
  return { id, project };
}

function newProject(draft: Draft, id: string): Project {
  return {
    name: formatProject(id),
    uid: draft.context.uid(),
    etag: '',
    revision: 0,
    displayName: '',
    description: '',
    createTime: draft.now,
    updateTime: draft.now,
    deleteTime: undefined,
    purgeTime: undefined,
    labels: new Map(),
    annotations: new Map(),
    creator: draft.caller.principal,
  };
}

function alreadyExists(draft: Draft, id: string): Refusal {
  const name = formatProject(id);
  const why = draft.project(id)?.deleteTime
    ? 'is deleted and keeps its id; UndeleteProject brings it back'
    : 'exists already';
  return new Refusal('ALREADY_EXISTS', `${name} ${why}`, { metadata: { name }, resource: { type: 'project', name } });
}

function tooMany(): Refusal {
  return new Refusal('QUOTA', `there are ${PROJECTS_MAX} projects, deleted ones included, and no more are allowed`, {
    metadata: { limit: String(PROJECTS_MAX) },
  });
}

function hasTasks(name: string, liveTasks: number, message: string): Refusal {
  return new Refusal('HAS_CHILDREN', message, {
    metadata: { name, live_children: String(liveTasks) },
    resource: { type: 'project', name },
  });
}
