// Resource names: `projects/{project}`, `projects/{project}/tasks/{task}`, `projects/{project}/tasks/external:{external_id}`.

import { EXTERNAL_ID_LENGTH_MAX, ID_LENGTH_MAX } from './limits';
import { quote } from './quote';
import { fieldInvalid } from './refusal';

/** The project that exists from the start and cannot be deleted. */
export const DEFAULT_PROJECT = 'default';
/** The queue of a task that names none. */
export const DEFAULT_QUEUE = 'default';

const PROJECTS = 'projects/';
const OPERATIONS = 'operations/';
const EXTERNAL = 'external:';
const ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const GIVEN_TASK_ID = /^t[0-9]+$/;
// Not: control, format (they hide what is there), unpaired surrogates, line and paragraph separators.
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u;
const ID_RULE = `an id has 1 to ${ID_LENGTH_MAX} of a-z, 0-9 and "-", begins with a letter and does not end in "-"`;

/** What a task's name says: its id, or its id elsewhere. */
export type TaskName =
  | { readonly project: string; readonly id: string; readonly externalId?: undefined }
  | { readonly project: string; readonly externalId: string; readonly id?: undefined };

export function isId(text: string): boolean {
  return ID.test(text);
}

/** Whether it has the form t{number}, which only the service gives. */
export function isGivenTaskId(id: string): boolean {
  return GIVEN_TASK_ID.test(id);
}

/** At least one character, and none that hides what is there. */
export function isPrintable(text: string): boolean {
  return PRINTABLE.test(text);
}

/** 1 to 256 printable characters. */
export function isExternalId(text: string): boolean {
  return (
    text.length <= 2 * EXTERNAL_ID_LENGTH_MAX && PRINTABLE.test(text) && characters(text) <= EXTERNAL_ID_LENGTH_MAX
  );
}

/** Unicode characters, not UTF-16 units. */
export function characters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const pair = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (pair) count--;
  }
  return count;
}

/** What is wrong with an id, or undefined. */
export function idProblem(text: string): string | undefined {
  return isId(text) ? undefined : `${quote(text)} is not an id: ${ID_RULE}`;
}

/** What is wrong with an id that a client chose for a task, or undefined. */
export function chosenTaskIdProblem(text: string): string | undefined {
  if (!isGivenTaskId(text)) return idProblem(text);
  return `${quote(text)} has the form t{number}, which only the service gives; choose another or leave it empty`;
}

export function formatProject(project: string): string {
  return PROJECTS + project;
}

export function formatTask(project: string, id: string): string {
  return `${PROJECTS}${project}/tasks/${id}`;
}

/** Notes of a task are n1, n2, … */
export function formatNote(project: string, task: string, number: number): string {
  return `${formatTask(project, task)}/notes/n${number}`;
}

export function formatOperation(id: string): string {
  return OPERATIONS + id;
}

/** The id of the operation that a name names. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseOperation(name: string, field: string): string {
  const id = name.startsWith(OPERATIONS) ? name.slice(OPERATIONS.length) : '';
  if (isId(id)) return id;
  throw fieldInvalid(field, `${quote(name)} is not the name of an operation: operations/{operation}; ${ID_RULE}`);
}

/** The id of the project that a name names. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseProject(name: string, field: string): string {
  const id = name.startsWith(PROJECTS) ? name.slice(PROJECTS.length) : '';
  if (isId(id)) return id;
  throw fieldInvalid(field, `${quote(name)} is not the name of a project: projects/{project}; ${ID_RULE}`);
}

/** What a task's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseTask(name: string, field: string): TaskName {
  const parsed = taskNameOf(name);
  if (parsed) return parsed;
  const form = 'projects/{project}/tasks/{task} or projects/{project}/tasks/external:{external_id}';
  throw fieldInvalid(field, `${quote(name)} is not the name of a task: ${form}; ${ID_RULE}`);
}

/** What a task's name says, or undefined if it is not one. */
export function taskNameOf(name: string): TaskName | undefined {
  if (!name.startsWith(PROJECTS)) return undefined;
  const slash = name.indexOf('/', PROJECTS.length);
  if (slash < 0 || !name.startsWith('/tasks/', slash)) return undefined;
  const project = name.slice(PROJECTS.length, slash);
  const id = name.slice(slash + '/tasks/'.length);
  if (!isId(project)) return undefined;
  if (isId(id)) return { project, id };
  const externalId = id.startsWith(EXTERNAL) ? id.slice(EXTERNAL.length) : '';
  return isExternalId(externalId) ? { project, externalId } : undefined;
}

/** The id in the name of a task: what follows the last slash. Only for names that the service formatted. */
export function taskIdIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
