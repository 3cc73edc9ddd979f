// How a session ends: by itself, or, when it is lost, by anyone.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { Session } from '../../gen/holdfast/v1/session';
import { SessionState } from '../../gen/holdfast/v1/session';
import type { EndSessionRequest } from '../../gen/holdfast/v1/session_service';
import { settleAt } from './agent';
import { parseSession } from './agent-names';
import type { Draft } from '../draft';
import { checkBytes } from '../field-checks';
import { giveBack, giveBackSome, heldTasks, holdsAny } from './give-back';
import { handOver } from './hand-over';
import { SESSION_KEPT_MS, SUMMARY_BYTES_MAX } from '../limits';
import { endLocksOf } from '../locks/lock-row';
import { fieldInvalid } from '../refusal';
import { handBack, heirOf } from '../work/release-task';
import type { Heir } from '../work/release-task';
import { namedSession, putSession } from './session';
import { checkToken, findSession, refuseOver } from './session-access';
import type { ActingSession } from './acting-session';
import { enterProject } from '../task-access';
import { timestampOf } from '../timestamp';
import { Violations } from '../violations';

/**
 * EndSession. What it holds is handed over, or given back without a failure; its locks end. Tasks that one commit cannot give back follow at once.
 * The reply names the session and what it has, and the work rows of its tasks. Refuses with SESSION_ENDED, and while it is ACTIVE
 * with FENCED unless the caller is that session.
 */
export function endSession(draft: Draft, request: EndSessionRequest): readonly number[] {
  const { project } = parseSession(request.name, 'name');
  enterProject(draft, 'endSession', project);
  const violations = new Violations();
  checkBytes(request.summary, SUMMARY_BYTES_MAX, 'summary', violations.report);
  violations.throwIfAny();
  const ended = findSession(draft, request.name, 'name');
  checkCaller(draft, ended);
  if (ended.session.state !== SessionState.LOST) refuseOver(ended);
  const heir = heirOf(draft, project, request.handOverTo, 'hand_over_to');
  if (heir.kind === 'session' && heir.session.id === ended.id)
    throw fieldInvalid('hand_over_to', 'is the session that ends');
  const tasks = heldTasks(draft, ended);
  endWork(draft, ended, heir);
  close(draft, ended, { ...ended.session, summary: request.summary });
  const named = tasks.map(({ id }) => draft.named(EntityKind.TASK_WORK, project, id));
  return [...namedSession(draft, ended), ...named];
}

/** Writes a session down as ENDED, with what it left in words or whom it left it to. What it still holds is given back by the timer. */
export function close(
  draft: Draft,
  { project, id, session: before, work, agent }: ActingSession,
  after: Session,
): void {
  const { nowMs } = draft.context;
  if (before.state === SessionState.ACTIVE) work.endedMs = nowMs;
  const endTime = timestampOf(work.endedMs);
  const purgeTime = timestampOf(work.endedMs + SESSION_KEPT_MS);
  const ended = { ...after, state: SessionState.ENDED, endTime, purgeTime };
  putSession(draft, { project, id }, before, ended, EventType.SESSION_ENDED);
  work.letGo = !holdsAny(draft, { project, id });
  work.dueMs = work.letGo ? work.endedMs + SESSION_KEPT_MS : nowMs;
  const nothingLeft = draft.sessions.count(project, id) === 0;
  if (nothingLeft || after.successor !== '') settleAt(draft, project, agent, id);
}

function endWork(draft: Draft, ended: ActingSession, heir: Heir): void {
  if (heir.kind === 'anyone') giveBackSome(draft, ended, (found) => giveBack(draft, found));
  else if (heir.kind === 'agent') for (const found of heldTasks(draft, ended)) handBack(draft, found, heir, '');
  else for (const { id } of heldTasks(draft, ended)) handOver(draft, ended.project, id, heir.session);
  endLocksOf(draft, ended.project, ended.id);
}

/** An ACTIVE session is ended by itself alone; one that is lost by anyone who is who they say. */
function checkCaller(draft: Draft, ended: ActingSession): void {
  const { session, sessionToken } = draft.caller;
  if (session === ended.name) return checkToken(ended, sessionToken);
  if (session !== '') checkToken(findSession(draft, session, 'metadata.holdfast-session'), sessionToken);
  if (ended.session.state !== SessionState.ACTIVE) return;
  const how = 'only itself may end it while it is ACTIVE: send its NAME;TOKEN as the metadata holdfast-session';
  throw fieldInvalid('name', `${ended.name} is not the caller's session; ${how}`);
}
