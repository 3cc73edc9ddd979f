// How an entity is named on the command line, and shown there.

import { usage } from './failure';

const idShape = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Ids of sessions and agents, and of what the service names itself. */
const looseShape = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
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

/** What `{collection}/{id}` is called in a project: `projects/{project}/{collection}/{id}`. Such a name is left as it is. */
function nameIn(collection: string, what: string, project: string, typed: string): string {
  if (typed.startsWith('projects/') && typed.split('/').at(-2) === collection) return typed;
  const id = typed.startsWith(`${collection}/`) ? typed.slice(collection.length + 1) : typed;
  if (!looseShape.test(id)) {
    throw usage(
      `"${typed.slice(0, 80)}" is no ${what} id`,
      'An id has letters, digits, and . _ - between them: at most 63 characters.',
    );
  }
  return `${projectName(project)}/${collection}/${id}`;
}

/** The full name of a session that was typed by its id or its name. */
export function sessionName(project: string, typed: string): string {
  return nameIn('sessions', 'session', project, typed);
}

/** The full name of an agent that was typed by its id or its name. */
export function agentName(project: string, typed: string): string {
  return nameIn('agents', 'agent', project, typed);
}

/** The full name of a queue that was typed by its id or its name. */
export function queueName(project: string, typed: string): string {
  return nameIn('queues', 'queue', project, typed);
}

/** The full name of a lock that was typed by its id or its name. */
export function lockName(project: string, typed: string): string {
  return nameIn('locks', 'lock', project, typed);
}

/** The full name of a message that was typed by its id or its name. */
export function messageName(project: string, typed: string): string {
  return nameIn('messages', 'message', project, typed);
}

/** Somebody who can be given something: `sessions/ID` is a session, an id alone or `agents/ID` is an agent. */
export function partyName(project: string, typed: string): string {
  return /(^|\/)sessions\//.test(typed) ? sessionName(project, typed) : agentName(project, typed);
}

/** The last part of a name: what one types for it within its project. */
export function shortId(name: string): string {
  // An external id may hold slashes of its own.
  const external = name.indexOf('/tasks/external:');
  if (external >= 0) return name.slice(external + '/tasks/'.length);
  return name.slice(name.lastIndexOf('/') + 1);
}
