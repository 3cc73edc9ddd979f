// Names of locks: `projects/{project}/locks/{lock}`. Their ids are l and the number of the record that granted them.

import type { NamedIn } from '../sessions/agent-names';
import { formatProject, isId } from '../names';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';

// 2^53 has 16 digits; a longer number was never given.
const LOCK_NAME = /^projects\/([a-z0-9-]{1,63})\/locks\/(l[1-9][0-9]{0,15})$/;

export function lockIdOf(sequence: number): string {
  return `l${sequence}`;
}

export function formatLock(project: string, id: string): string {
  return `${formatProject(project)}/locks/${id}`;
}

/** What a lock's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseLock(name: string, field: string): NamedIn {
  const [, project = '', id = ''] = LOCK_NAME.exec(name) ?? [];
  if (isId(project) && Number.isSafeInteger(Number(id.slice(1)))) return { project, id };
  throw fieldInvalid(field, `${quote(name)} is not the name of a lock: projects/{project}/locks/l{number}`);
}
