// How a session begins, is renewed, and is written down.

import type { Duration } from '../../gen/google/protobuf/duration';
import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import type { StartSessionRequest } from '../../gen/holdfast/v1/session_service';
import { beginAt } from './agent';
import { agentIdOf, formatAgent, formatSession, looseIdProblem } from './agent-names';
import type { NamedIn } from './agent-names';
import { changedPaths } from '../changed-paths';
import type { Draft } from '../draft';
import { checkDuration, durationOf, millisecondsIn } from '../duration';
import { checkLabels } from '../field-checks';
import { LEASE_TTL_MAX_MS, SESSIONS_MAX, SESSION_TTL_DEFAULT_MS, TIMEOUT_MIN_MS } from '../limits';
import { formatProject, parseProject } from '../names';
import { Refusal } from '../refusal';
import { imageOf } from '../row-image';
import type { ActingSession } from './acting-session';
import { renewEveryMs, sessionDueMs } from './session-rows';
import { enterProject } from '../task-access';
import type { Report } from '../violations';
import { Violations } from '../violations';

/** What a new session is. */
export interface Beginning {
  readonly project: string;
  /** A checked id; empty: one is given. */
  readonly id: string;
  /** The id of its agent. */
  readonly agent: string;
  /** 0: until it is ended. */
  readonly ttlMs: number;
  readonly labels: ReadonlyMap<string, string>;
  /** The name of the session whose work it takes over; empty for none. */
  readonly resumedFrom: string;
}

/** StartSession. The reply names the session and what it has. Refuses with ALREADY_EXISTS. */
export function startSession(draft: Draft, request: StartSessionRequest): readonly number[] {
  const project = parseProject(request.parent, 'parent');
  enterProject(draft, 'startSession', project);
  const violations = new Violations();
  checkSessionId(request.sessionId, violations.report);
  checkTtl(request.ttl, violations.report);
  checkLabels(request.labels, violations.report);
  violations.throwIfAny();
  const agent = agentIdOf(project, request.agent, 'agent');
  const { sessionId: id, labels } = request;
  const begun = beginSession(draft, { project, id, agent, ttlMs: ttlMsOf(request.ttl), labels, resumedFrom: '' });
  return namedSession(draft, begun);
}

/** Reports what is wrong with an id that a client chose; empty is fine. */
export function checkSessionId(id: string, report: Report): void {
  const problem = id === '' ? undefined : looseIdProblem(id);
  if (problem) report('session_id', problem);
}

/** Reports a ttl that is neither 0 s nor between 1 s and 24 h; unset is fine. */
export function checkTtl(ttl: Duration | undefined, report: Report): void {
  if (ttl?.seconds === 0 && ttl.nanos === 0) return;
  checkDuration(ttl, TIMEOUT_MIN_MS, LEASE_TTL_MAX_MS, 'ttl', report);
}

/** Milliseconds of a checked ttl; 15 min where it is unset. */
export function ttlMsOf(ttl: Duration | undefined): number {
  return ttl ? millisecondsIn(ttl) : SESSION_TTL_DEFAULT_MS;
}

/** Puts a new ACTIVE session, and what is known of its agent. Refuses with ALREADY_EXISTS, and with QUOTA above 100,000 sessions of the project. */
export function beginSession(draft: Draft, beginning: Beginning): ActingSession {
  const { project, agent, ttlMs, labels, resumedFrom } = beginning;
  const id = takeSessionId(draft, project, beginning.id);
  if (draft.sessionCount(project) >= SESSIONS_MAX) throw tooMany(project);
  const session = Session.fromPartial({
    name: formatSession(project, id),
    uid: draft.context.uid(),
    agent: formatAgent(project, agent),
    state: SessionState.ACTIVE,
    ttl: durationOf(ttlMs),
    createTime: draft.now,
    resumedFrom,
    creator: draft.caller.principal,
  });
  session.labels = new Map(labels);
  putSession(draft, { project, id }, undefined, session, EventType.SESSION_STARTED);
  const work = draft.sessions.work(project, id);
  const { nowMs, bootMs } = draft.context;
  Object.assign(work, { token: draft.context.uid(), renewedMs: nowMs, renewEveryMs: renewEveryMs(ttlMs) });
  work.dueMs = sessionDueMs(session, work, bootMs);
  beginAt(draft, project, agent, id);
  return { project, id, name: session.name, session, work, agent };
}

/** Puts a session with its new etag. Renewals, and what it holds, stand elsewhere. */
export function putSession(
  draft: Draft,
  { project, id }: NamedIn,
  before: Session | undefined,
  after: Session,
  event: EventType,
): void {
  after.etag = String(draft.context.sequence);
  const paths = before ? changedPaths(before, after) : [];
  draft.put(EntityKind.SESSION, project, id, imageOf(Session, after), event, paths);
}

/** What a reply needs to show a session: its row, and what it has. */
export function namedSession(draft: Draft, { project, id }: NamedIn): readonly number[] {
  return [draft.named(EntityKind.SESSION, project, id), draft.named(EntityKind.SESSION_WORK, project, id)];
}

/** The id that was chosen, if it is free, or one that the service gives: short, since agents repeat it. */
function takeSessionId(draft: Draft, project: string, chosen: string): string {
  const taken = (id: string): boolean => draft.image(EntityKind.SESSION, project, id) !== undefined;
  if (chosen !== '') {
    if (taken(chosen)) throw alreadyExists(formatSession(project, chosen));
    return chosen;
  }
  const given = `s${draft.context.sequence}`;
  if (!taken(given)) return given;
  // Somebody chose that form.
  for (let i = 2; ; i++) if (!taken(`${given}.${i}`)) return `${given}.${i}`;
}

function tooMany(project: string): Refusal {
  const message = `${formatProject(project)} has ${SESSIONS_MAX} sessions: each goes 30 days after its end; keep one for longer work`;
  return new Refusal('QUOTA', message, { metadata: { limit: String(SESSIONS_MAX) } });
}

function alreadyExists(name: string): Refusal {
  return new Refusal('ALREADY_EXISTS', `${name} exists already: leave session_id empty for a fresh one`, {
    metadata: { name },
    resource: { type: 'session', name },
  });
}
