// Names of agents and sessions: `projects/{project}/agents/{agent}`, `projects/{project}/sessions/{session}`. Their ids are looser than others:
// harnesses bring ids of their own, UUIDs and words in capitals (docs/adr/0009).

import { formatProject, isId } from '../names';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';

const LOOSE_ID = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const LOOSE_ID_RULE = 'an id has 1 to 63 of A-Z, a-z, 0-9, ".", "_" and "-", begins and ends with a letter or a digit';

/** An entity of a project, by its ids. */
export interface NamedIn {
  readonly project: string;
  readonly id: string;
}

/** What is wrong with the id of a session or an agent, or undefined. */
export function looseIdProblem(text: string): string | undefined {
  return LOOSE_ID.test(text) ? undefined : `${quote(text)} is not an id: ${LOOSE_ID_RULE}`;
}

export function formatSession(project: string, id: string): string {
  return `${formatProject(project)}/sessions/${id}`;
}

export function formatAgent(project: string, id: string): string {
  return `${formatProject(project)}/agents/${id}`;
}

/** What a session's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseSession(name: string, field: string): NamedIn {
  const parsed = namedIn(name, 'sessions');
  if (parsed) return parsed;
  const form = 'projects/{project}/sessions/{session}';
  throw fieldInvalid(field, `${quote(name)} is not the name of a session: ${form}; ${LOOSE_ID_RULE}`);
}

/** What an agent's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseAgent(name: string, field: string): NamedIn {
  const parsed = namedIn(name, 'agents');
  if (parsed) return parsed;
  const form = 'projects/{project}/agents/{agent}';
  throw fieldInvalid(field, `${quote(name)} is not the name of an agent: ${form}; ${LOOSE_ID_RULE}`);
}

/** The id of an agent of this project, given by its name or by its id. Refuses with FIELD_INVALID. */
export function agentIdOf(project: string, given: string, field: string): string {
  if (!given.includes('/')) {
    const problem = looseIdProblem(given);
    if (problem) throw fieldInvalid(field, problem);
    return given;
  }
  const agent = parseAgent(given, field);
  if (agent.project === project) return agent.id;
  throw fieldInvalid(field, `${quote(given)} is of another project than ${formatProject(project)}`);
}

/** What the name of a session or an agent says, or undefined if it is neither. */
export function recipientOf(name: string): (NamedIn & { readonly kind: 'sessions' | 'agents' }) | undefined {
  const session = namedIn(name, 'sessions');
  if (session) return { ...session, kind: 'sessions' };
  const agent = namedIn(name, 'agents');
  return agent && { ...agent, kind: 'agents' };
}

/** The id in a name: what follows its last slash. Only for names that the service formatted. */
export function idIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function namedIn(name: string, kind: 'sessions' | 'agents'): NamedIn | undefined {
  const [projects, project = '', collection, id = '', ...rest] = name.split('/');
  if (projects !== 'projects' || collection !== kind || rest.length > 0) return undefined;
  return isId(project) && LOOSE_ID.test(id) ? { project, id } : undefined;
}
