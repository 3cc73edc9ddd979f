// Names of memories: `projects/{project}/memories/{namespace}/{key}`. A namespace is a path, so a name has no fixed number of parts.

import type { NamedIn } from '../sessions/agent-names';
import { MEMORY_KEY_LENGTH_MAX, NAMESPACE_PARTS_MAX, NAMESPACE_PART_LENGTH_MAX } from '../limits';
import { formatProject, isId } from '../names';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';

const PART = new RegExp(`^[A-Za-z0-9._@:-]{1,${NAMESPACE_PART_LENGTH_MAX}}$`);
const KEY = new RegExp(`^[A-Za-z0-9._@:-]{1,${MEMORY_KEY_LENGTH_MAX}}$`);
const CHARACTERS = 'A-Z, a-z, 0-9, ".", "_", "@", ":" and "-"';

/** What is wrong with a namespace, or undefined. */
export function namespaceProblem(text: string): string | undefined {
  const parts = text.split('/');
  if (parts.length <= NAMESPACE_PARTS_MAX && parts.every((part) => PART.test(part))) return undefined;
  const rule = `1 to ${NAMESPACE_PARTS_MAX} parts with "/" between them, each 1 to ${NAMESPACE_PART_LENGTH_MAX} of ${CHARACTERS}`;
  return `${quote(text)} is not a namespace: ${rule}`;
}

/** What is wrong with a key in a namespace, or undefined. */
export function memoryKeyProblem(text: string): string | undefined {
  if (KEY.test(text)) return undefined;
  return `${quote(text)} is not a key: 1 to ${MEMORY_KEY_LENGTH_MAX} of ${CHARACTERS}`;
}

/** `id` is {namespace}/{key}. */
export function formatMemory(project: string, id: string): string {
  return `${formatProject(project)}/memories/${id}`;
}

/** What a memory's name says: its id is {namespace}/{key}. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseMemory(name: string, field: string): NamedIn {
  const [projects, project = '', collection, ...path] = name.split('/');
  const key = path.pop() ?? '';
  const named = projects === 'projects' && isId(project) && collection === 'memories';
  if (named && namespaceProblem(path.join('/')) === undefined && KEY.test(key)) {
    return { project, id: `${path.join('/')}/${key}` };
  }
  throw fieldInvalid(
    field,
    `${quote(name)} is not the name of a memory: projects/{project}/memories/{namespace}/{key}`,
  );
}
