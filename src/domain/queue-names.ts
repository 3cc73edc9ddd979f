// Names of queues: `projects/{project}/queues/{queue}`.

import { formatProject, isId } from './names';
import { quote } from './quote';
import { fieldInvalid } from './refusal';

const PROJECTS = 'projects/';
const QUEUES = '/queues/';

export function formatQueue(project: string, id: string): string {
  return `${formatProject(project)}${QUEUES}${id}`;
}

/** What a queue's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseQueue(name: string, field: string): { readonly project: string; readonly id: string } {
  const at = name.indexOf(QUEUES);
  const project = name.slice(PROJECTS.length, at);
  const id = name.slice(at + QUEUES.length);
  if (at > 0 && name.startsWith(PROJECTS) && isId(project) && isId(id)) return { project, id };
  const rule = 'ids have 1 to 63 of a-z, 0-9 and "-", begin with a letter and do not end in "-"';
  throw fieldInvalid(field, `${quote(name)} is not the name of a queue: projects/{project}/queues/{queue}; ${rule}`);
}
