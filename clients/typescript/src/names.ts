/** The name of a project: from its id, or as it is. */
export function projectName(idOrName: string): string {
  return idOrName.startsWith('projects/') ? idOrName : `projects/${idOrName}`;
}

/**
 * The name of a task: from its id or `external:ID`, or as it is. `tasks/$REF`, a task of the same commit, stays as it is too.
 */
export function taskName(project: string, idOrName: string): string {
  return idOrName.startsWith('tasks/$') ? idOrName : nameIn(project, 'tasks', idOrName);
}

/** What lies in a project, by the collection that it lies in. */
type Collection = 'tasks' | 'queues' | 'agents' | 'sessions' | 'locks' | 'memories' | 'messages';

/** The name of something in a project: from its id, or as it is. */
export function nameIn(project: string, collection: Collection, idOrName: string): string {
  return idOrName.startsWith('projects/') ? idOrName : `${projectName(project)}/${collection}/${idOrName}`;
}

/** The last part of a name. */
export function idOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** The name of an operation: from its id, or as it is. */
export function operationName(idOrName: string): string {
  return idOrName.startsWith('operations/') ? idOrName : `operations/${idOrName}`;
}
