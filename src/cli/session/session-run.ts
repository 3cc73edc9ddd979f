// Commands that act for a session: which one, and its start where the environment asks for it.

import { setTimeout as delay } from 'node:timers/promises';
import type { Duration } from '../../gen/google/protobuf/duration';
import { SessionServiceService, StartSessionRequest } from '../../gen/holdfast/v1/session_service';
import type { StartSessionResponse } from '../../gen/holdfast/v1/session_service';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { Answer } from '../connection';
import type { CliContext } from '../context';
import { CallFailure, Failure, usage } from '../failure';
import { exitCode } from '../exit-code';
import { projectName, shortId } from '../resource-name';
import { uuidV7 } from '../uuid';
import { keepToken, readToken } from './token-file';

export interface SessionRun extends Run {
  /** The session that the calls carry: `projects/{project}/sessions/{session}`. */
  readonly session: string;
}

/** Another command that starts the same session at this moment has written its token by then. */
const startedElsewhereMs = 1000;
const lookAgainMs = 50;

/** As `action`, for a command that acts for a session. */
export function sessionAction<Flags extends object>(
  context: CliContext,
  act: (run: SessionRun, args: readonly string[], flags: Flags) => Promise<void>,
): (...given: unknown[]) => Promise<void> {
  return action<Flags>(context, async (run, args, flags) => act(await actingRun(run), args, flags));
}

/**
 * The run with its session. If AGENT_ID and AGENT_SESSION_ID name one that was not started yet, it is started. Throws a Failure
 * that says what to do if it is not clear who acts.
 */
export async function actingRun(run: Run): Promise<SessionRun> {
  const { actor, agent, validateOnly } = run.settings;
  if (!actor) throw nobody(run);
  if (actor.token !== undefined) return { ...run, session: actor.name };
  if (agent === undefined || actor.keptFor === undefined) throw tokenUnknown(actor.name);
  if (validateOnly) {
    throw usage(`session ${shortId(actor.name)} was not started yet`, 'Start it: holdfast session start');
  }
  return { ...run, session: await startNamed(run, actor.keptFor, agent) };
}

interface Beginning {
  /** Empty: the service gives one. */
  readonly id: string;
  readonly agent: string;
  readonly ttl?: Duration | undefined;
  readonly labels?: Map<string, string>;
  readonly requestId?: string;
  /** Whether its token is kept for later commands; yes if that is not said. */
  readonly keep?: boolean;
}

/** Starts a session; from now on calls carry it. */
export async function startSession(run: Run, given: Beginning): Promise<Answer<StartSessionResponse>> {
  const { settings, connection } = run;
  const request = StartSessionRequest.fromPartial({
    parent: projectName(settings.project),
    sessionId: given.id,
    agent: given.agent,
    ttl: given.ttl,
    labels: given.labels ?? new Map(),
    // The command's own request id is for what it was called for.
    requestId: given.requestId ?? uuidV7(),
    validateOnly: settings.validateOnly,
  });
  const answer = await connection.call(SessionServiceService.startSession, request);
  const { session, token } = answer.message;
  if (!session || settings.validateOnly) return answer;
  if (given.keep ?? true) enter(run, session.name, { name: session.name, token });
  else connection.actAs(`${session.name};${token}`);
  return answer;
}

/** Acts as a session from now on, and keeps its token for commands that act as `keptFor`. */
export function enter({ context, settings, connection }: Run, keptFor: string, as: { name: string; token: string }) {
  keepToken(context.env, settings.server, keptFor, as);
  connection.actAs(`${as.name};${as.token}`);
}

async function startNamed(run: Run, name: string, agent: string): Promise<string> {
  const { settings, context, connection, output } = run;
  try {
    await startSession(run, { id: shortId(name), agent });
    output.remark(`holdfast: session ${shortId(name)} of ${agent} began`);
    return name;
  } catch (error) {
    if (!(error instanceof CallFailure) || error.reason !== 'ALREADY_EXISTS') throw error;
  }
  for (let waitedMs = 0; waitedMs < startedElsewhereMs; waitedMs += lookAgainMs) {
    const kept = readToken(context.env, settings.server, name);
    if (kept) {
      connection.actAs(`${kept.name};${kept.token}`);
      return kept.name;
    }
    await delay(lookAgainMs);
  }
  throw tokenUnknown(name);
}

function tokenUnknown(name: string): Failure {
  const id = shortId(name);
  return new Failure(exitCode.precondition, `the token of session ${id} is not known here`, [
    'It was not started with this command line and user, or it has ended.',
    `Take its work up: holdfast session resume ${id} (--take-over if it is still active)`,
    'Or begin another: holdfast session start --agent NAME',
  ]);
}

function nobody({ settings, context }: Run): Failure {
  const given = context.env['AGENT_SESSION_ID'];
  if (settings.agent === undefined) {
    return usage(
      'this acts for a session, and there is none',
      'Start one: holdfast session start --agent NAME, and set what it says.',
      'Or set AGENT_ID and AGENT_SESSION_ID: then it starts by itself.',
      'Or run a program in one: holdfast run --agent NAME -- CMD',
    );
  }
  const why = given ? `AGENT_SESSION_ID is "${given.slice(0, 40)}", which is no id` : 'AGENT_SESSION_ID is not set';
  return usage(
    `this acts for a session, and ${why}`,
    'Each command is a process of its own: an id that it made up would be lost with it.',
    'Set AGENT_SESSION_ID to an id of your own, the same for all commands of this',
    'life of the agent; the session starts by itself. Or: holdfast session start',
  );
}
