// Where the tokens of sessions are kept between commands: one file a session, for its owner alone.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CliContext } from '../context';
import { usage } from '../failure';

/** Who a command acts as: a session and what proves it. */
export interface SessionToken {
  /** `projects/{project}/sessions/{session}`. */
  readonly name: string;
  readonly token: string;
}

interface Kept extends SessionToken {
  /** The session that the file is for. After a resume it holds the successor, so that `name` is another. */
  readonly session: string;
}

/** File systems take names of 255 bytes; a longer server address is told apart by its hash. */
const folderNameMax = 200;

/** The token kept for a session at a server, or undefined. Of a session that was resumed here it is its successor's. */
export function readToken(env: CliContext['env'], server: string, session: string): SessionToken | undefined {
  const path = tokenPath(env, server, session);
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Not there, or not ours to read: then the token is not known here.
    return undefined;
  }
  const kept = parse(text);
  // On a file system that ignores case the file may be that of another session.
  return kept?.session === session ? { name: kept.name, token: kept.token } : undefined;
}

/** Keeps a token for later commands that act as `session`. Throws a Failure if there is no place for it. */
export function keepToken(env: CliContext['env'], server: string, session: string, token: SessionToken): void {
  const path = tokenPath(env, server, session);
  if (path === undefined) {
    throw usage('there is no place to keep the token of a session', 'Set XDG_STATE_HOME or HOME.');
  }
  const kept: Kept = { session, name: token.name, token: token.token };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Renamed into place: a command that reads it at this moment sees all of it or nothing.
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(fresh, `${JSON.stringify(kept)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, path);
}

/** Forgets the token kept for a session, if there is one. */
export function dropToken(env: CliContext['env'], server: string, session: string): void {
  const path = tokenPath(env, server, session);
  if (path !== undefined) rmSync(path, { force: true });
}

function tokenPath(env: CliContext['env'], server: string, session: string): string | undefined {
  const state = env['XDG_STATE_HOME'] || (env['HOME'] ? join(env['HOME'], '.local/state') : undefined);
  const [, project, id] = /^projects\/([^/]+)\/sessions\/([^/]+)$/.exec(session) ?? [];
  if (state === undefined || project === undefined || id === undefined) return undefined;
  const encoded = encodeURIComponent(server);
  const folder =
    encoded.length <= folderNameMax ? encoded : createHash('sha256').update(server).digest('hex').slice(0, 32);
  // No id holds a `+`.
  return join(state, 'holdfast', 'sessions', folder, `${encodeURIComponent(project)}+${encodeURIComponent(id)}.json`);
}

function parse(text: string): Kept | undefined {
  try {
    const { session, name, token } = JSON.parse(text) as Partial<Kept>;
    return session && name && token ? { session, name, token } : undefined;
  } catch {
    // A file that somebody edited: the session has to be resumed then, as if the file were gone.
    return undefined;
  }
}
