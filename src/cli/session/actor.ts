// Which session a command acts as: by --session first, by the environment next.

import type { CliContext } from '../context';
import { usage } from '../failure';
import { sessionName } from '../resource-name';
import { readToken } from './token-file';

export interface Actor {
  /** The session: `projects/{project}/sessions/{session}`. */
  readonly name: string;
  /** What proves it; undefined if that is not known here: then it was not started yet, or somewhere else. */
  readonly token: string | undefined;
  /** The session whose kept token this is: another one if it was resumed. Undefined if the environment gave the token. */
  readonly keptFor: string | undefined;
}

const headerShape = /^(projects\/[^/;\s]+\/sessions\/[^/;\s]+);([^;\s]+)$/;
const idShape = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
/** What programs set AGENT_SESSION_ID to when they leave the id to somebody else. */
const noIds: readonly string[] = ['auto', 'auto-generated'];

/**
 * The session that a command acts as, or undefined for none. `project` is the project that was asked for; without one it is
 * that of a whole name, else the default one.
 */
export function actorOf(
  env: CliContext['env'],
  server: string,
  project: string | undefined,
  flag: string | undefined,
): Actor | undefined {
  const named = (typed: string): Actor => {
    const keptFor = sessionName(project ?? 'default', typed);
    const given = headerOf(env['HOLDFAST_SESSION']);
    if (given?.name === keptFor) return given;
    const kept = readToken(env, server, keptFor);
    return { name: kept?.name ?? keptFor, token: kept?.token, keptFor };
  };
  if (flag !== undefined) return named(flag);
  const inherited = headerOf(env['HOLDFAST_SESSION']);
  if (env['HOLDFAST_SESSION'] && !inherited) {
    throw usage('HOLDFAST_SESSION must be NAME;TOKEN', 'Unset it, or take what holdfast session start gives.');
  }
  const whole = headerOf(env['AGENT_SESSION_ID']);
  const id = agentSessionId(env);
  // An agent below another one has the other's HOLDFAST_SESSION and an AGENT_SESSION_ID of its own.
  const other = id !== undefined && inherited?.name.endsWith(`/sessions/${id}`) === false;
  if (inherited && !whole && !other) return inherited;
  if (whole) return whole;
  return id === undefined ? undefined : named(id);
}

/** The id in AGENT_SESSION_ID; undefined if it is unset, `auto`, or a word of another tool that is no id. */
export function agentSessionId(env: CliContext['env']): string | undefined {
  const id = env['AGENT_SESSION_ID'];
  return id !== undefined && idShape.test(id) && !noIds.includes(id) ? id : undefined;
}

/** The project of a session, as its id. */
export function projectOf(session: string): string | undefined {
  return /^projects\/([^/]+)\//.exec(session)?.[1];
}

function headerOf(text: string | undefined): Actor | undefined {
  const [, name, token] = headerShape.exec(text ?? '') ?? [];
  return name === undefined ? undefined : { name, token, keptFor: undefined };
}
