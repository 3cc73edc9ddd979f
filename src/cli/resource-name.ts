// How an entity is named on the command line, and shown there.

import { usage } from './failure';

const idShape = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const givenShape = /^t[0-9]+$/;

/** Whether a client may choose this id for a task: well formed, and not of the form that the service gives. */
export function canChooseTaskId(id: string): boolean {
  return idShape.test(id) && !givenShape.test(id);
}

/** `projects/{project}` of an id or of such a name. `-` means all projects where a method takes it. */
export function projectName(project: string): string {
  const id = project.startsWith('projects/') ? project.slice('projects/'.length) : project;
  if (id !== '-' && !idShape.test(id)) {
    throw usage(
      `"${project.slice(0, 80)}" is no project id`,
      'An id is lower case: a letter, then letters, digits and -.',
    );
  }
  return `projects/${id}`;
}

/** The full name of what was typed: a short id (`t1`), a full name, or an id from elsewhere (`bd-1.2`, `external:x`). */
export function taskName(project: string, typed: string): string {
  if (typed === '') throw usage('a task id is empty');
  if (/^projects\/[^/]+\/tasks\/./.test(typed)) return typed;
  const id = idShape.test(typed) || typed.startsWith('external:') ? typed : `external:${typed}`;
  return `${projectName(project)}/tasks/${id}`;
}

/** The last part of a name: what one types for it within its project. */
export function shortId(name: string): string {
  // An external id may hold slashes of its own.
  const external = name.indexOf('/tasks/external:');
  if (external >= 0) return name.slice(external + '/tasks/'.length);
  return name.slice(name.lastIndexOf('/') + 1);
}
