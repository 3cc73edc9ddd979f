/** The name of a project: from its id, or as it is. */
export function projectName(idOrName: string): string {
  return idOrName.startsWith('projects/') ? idOrName : `projects/${idOrName}`;
}

/**
 * The name of a task: from its id or `external:ID`, or as it is. `tasks/$REF`, a task of the same commit, stays as it is too.
 */
export function taskName(project: string, idOrName: string): string {
  const whole = idOrName.startsWith('projects/') || idOrName.startsWith('tasks/$');
  return whole ? idOrName : `${projectName(project)}/tasks/${idOrName}`;
}

/** The name of an operation: from its id, or as it is. */
export function operationName(idOrName: string): string {
  return idOrName.startsWith('operations/') ? idOrName : `operations/${idOrName}`;
}
