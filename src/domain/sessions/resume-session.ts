// ResumeSession: a successor takes up what a session left, in one commit.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { SessionState } from '../../gen/holdfast/v1/session';
import type { ResumeSessionRequest } from '../../gen/holdfast/v1/session_service';
import { sessionsOf } from './agent';
import { agentIdOf, formatSession, parseSession } from './agent-names';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { close } from './end-session';
import { BRIEFING_BYTES_MAX, BRIEFING_BYTES_MIN } from '../limits';
import { formatProject, parseProject } from '../names';
import { Refusal, fieldInvalid } from '../refusal';
import { beginSession, checkSessionId, checkTtl, namedSession, ttlMsOf } from './session';
import { findSession, refuseOver } from './session-access';
import type { ActingSession } from './acting-session';
import { sessionDueMs } from './session-rows';
import { takeUp } from './take-up';
import { enterProject } from '../task-access';
import { timeText, timestampOf } from '../timestamp';
import { isUnfinished, standpointOf } from './unfinished';
import { Violations } from '../violations';

/** ResumeSession. The reply names the successor and what it has, then the session that was resumed and what that has, if there was one. Refuses with
 *  NOT_FOUND, SESSION_ENDED (it has a successor) and SESSION_ACTIVE. */
export function resumeSession(draft: Draft, request: ResumeSessionRequest): readonly number[] {
  const project = parseProject(request.parent, 'parent');
  enterProject(draft, 'resumeSession', project);
  check(request);
  const { from, ttl } = request;
  if (!from) throw fieldInvalid('from', 'is required: a session or an agent');
  const ofAgent = from.$case === 'agent' ? agentIdOf(project, from.value, 'agent') : '';
  const old =
    from.$case === 'session'
      ? sessionNamed(draft, project, from.value)
      : newestUnfinished(draft, project, ofAgent, request.takeOver);
  if (old) refuseUnlessFree(draft, old, request.takeOver);
  const successor = beginSession(draft, {
    project,
    id: request.sessionId,
    agent: successorAgent(project, request.successorAgent, old?.agent ?? ofAgent),
    ttlMs: ttl || !old ? ttlMsOf(ttl) : millisecondsIn(old.session.ttl),
    labels: old?.session.labels ?? new Map(),
    resumedFrom: old?.name ?? '',
  });
  if (!old) return namedSession(draft, successor);
  takeUp(draft, old, successor);
  close(draft, old, { ...old.session, successor: successor.name });
  return [...namedSession(draft, successor), ...namedSession(draft, old)];
}

/** Refuses with FIELD_INVALID a bound that no briefing may have; 0 is fine. */
export function checkBriefingBytes(maxBytes: number, report: (field: string, description: string) => void): void {
  if (maxBytes === 0 || (maxBytes >= BRIEFING_BYTES_MIN && maxBytes <= BRIEFING_BYTES_MAX)) return;
  report('max_bytes', `is ${maxBytes}; ${BRIEFING_BYTES_MIN} to ${BRIEFING_BYTES_MAX} are allowed`);
}

function check({ sessionId, ttl, maxBytes }: ResumeSessionRequest): void {
  const violations = new Violations();
  checkSessionId(sessionId, violations.report);
  checkTtl(ttl, violations.report);
  checkBriefingBytes(maxBytes, violations.report);
  violations.throwIfAny();
}

function successorAgent(project: string, given: string, fallback: string): string {
  return given === '' ? fallback : agentIdOf(project, given, 'successor_agent');
}

function sessionNamed(draft: Draft, project: string, name: string): ActingSession {
  const named = parseSession(name, 'session');
  if (named.project !== project) throw fieldInvalid('session', `is of another project than ${formatProject(project)}`);
  return findSession(draft, name, 'session');
}

/** The agent's newest session that left work: one that is over, or, to be taken over, an ACTIVE one. Without `takeOver` an ACTIVE one
 *  is given only if there is no other, to be refused. Undefined if there is none. */
function newestUnfinished(draft: Draft, project: string, agent: string, takeOver: boolean): ActingSession | undefined {
  let active: ActingSession | undefined;
  for (const id of [...sessionsOf(draft, project, agent)].reverse()) {
    if (!draft.image(EntityKind.SESSION, project, id)) continue;
    const found = findSession(draft, formatSession(project, id), 'agent');
    if (found.session.successor !== '' || !hasWork(draft, found)) continue;
    if (takeOver || found.session.state !== SessionState.ACTIVE) return found;
    active ??= found;
  }
  return active;
}

function hasWork(draft: Draft, { project, id, work }: ActingSession): boolean {
  if (work.locks.length > 0) return true;
  const look = (kind: EntityKind, at: string, row: string): Uint8Array | undefined => draft.image(kind, at, row);
  return draft.sessions.tasks(project, id).some((task) => isUnfinished(standpointOf(look, project, task)));
}

/** Refuses a session that has a successor, and an ACTIVE one that is not to be taken over. */
function refuseUnlessFree(draft: Draft, old: ActingSession, takeOver: boolean): void {
  const { session, work, name } = old;
  if (session.successor !== '') refuseOver(old);
  if (session.state !== SessionState.ACTIVE || takeOver) return;
  const dueMs = sessionDueMs(session, work, draft.context.bootMs);
  const until = dueMs === 0 ? '' : timeText(timestampOf(dueMs));
  const when = until === '' ? 'it lasts until it is ended' : `it lasts until ${until} at least`;
  const advice = 'take_over takes its work all the same, and fences it';
  throw new Refusal('SESSION_ACTIVE', `${name} is ACTIVE: ${when}; ${advice}`, {
    metadata: { name, ...(until === '' ? {} : { expire_time: until }) },
    resource: { type: 'session', name },
  });
}
