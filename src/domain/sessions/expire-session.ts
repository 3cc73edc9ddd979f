// What time does to a session: it is lost, then what it holds goes back to everybody, then it is forgotten.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { SessionState, Session } from '../../gen/holdfast/v1/session';
import { forgetAgent, settleAt } from './agent';
import { formatSession, idIn } from './agent-names';
import { removeOfSession } from '../checkpoints/checkpoint-removal';
import type { SessionRemains } from '../own-requests';
import type { Draft } from '../draft';
import { giveBack, giveBackSome, holdsAny } from './give-back';
import { SESSION_KEPT_MS } from '../limits';
import { endLocksOf } from '../locks/lock-row';
import type { OwnRow } from '../own-requests';
import { authorize } from '../permission';
import { lapseTask } from '../work/release-task';
import { putSession } from './session';
import type { ActingSession } from './acting-session';
import { graceEndMs, sessionDueMs } from './session-rows';
import { timestampOf } from '../timestamp';

const NOTHING: SessionRemains = { checkpoints: [], namespaces: [], transcripts: [], more: false };

/** A session's time has come: it does what is due, or is looked at again later. `remains` is what it has saved, as a listing saw it right before: its
 *  purge takes that away first. Gives nothing to reply. For the server's own use. */
export function expireSession(draft: Draft, { project, id }: OwnRow, remains = NOTHING): readonly number[] {
  authorize(draft.caller, 'expireSession', project);
  const image = draft.image(EntityKind.SESSION, project, id);
  if (!image) return [];
  const session = Session.decode(image);
  const work = draft.sessions.work(project, id);
  const found = { project, id, name: formatSession(project, id), session, work, agent: idIn(session.agent) };
  if (session.state === SessionState.ACTIVE) loseIfDue(draft, found);
  else if (!work.letGo) letGoIfDue(draft, found);
  else purgeIfDue(draft, found, remains);
  return [];
}

/** When a timer must look at it next, at the earliest; that is at once for one that still has to give something back. */
function rearm({ work }: ActingSession, dueMs: number): void {
  work.dueMs = dueMs;
}

function loseIfDue(draft: Draft, found: ActingSession): void {
  const { project, id, session, work } = found;
  const { nowMs, bootMs } = draft.context;
  const endMs = sessionDueMs(session, work, bootMs);
  if (endMs === 0 || nowMs < endMs) return rearm(found, endMs);
  const times = { endTime: draft.now, purgeTime: timestampOf(nowMs + SESSION_KEPT_MS) };
  putSession(
    draft,
    { project, id },
    session,
    { ...session, ...times, state: SessionState.LOST },
    EventType.SESSION_LOST,
  );
  work.endedMs = nowMs;
  const holds = holdsAny(draft, found) || work.locks.length > 0;
  if (!holds) return settle(draft, found);
  rearm(found, graceEndMs(session.ttl, work, bootMs));
}

function letGoIfDue(draft: Draft, found: ActingSession): void {
  const { project, id, session, work } = found;
  const { nowMs, bootMs } = draft.context;
  const lost = session.state === SessionState.LOST;
  const dueMs = lost ? graceEndMs(session.ttl, work, bootMs) : 0;
  if (nowMs < dueMs) return rearm(found, dueMs);
  endLocksOf(draft, project, id);
  giveBackSome(draft, found, (task) => (lost ? lapseTask(draft, task) : giveBack(draft, task)));
  if (!holdsAny(draft, found)) return settle(draft, found);
  // The rest follows in commands of its own, with others between them.
  rearm(found, nowMs);
}

/** Nothing is held any more: what is left is the memory of it. */
function settle(draft: Draft, { project, id, work, agent }: ActingSession): void {
  work.letGo = true;
  work.dueMs = work.endedMs + SESSION_KEPT_MS;
  if (draft.sessions.count(project, id) === 0) settleAt(draft, project, agent, id);
}

function purgeIfDue(draft: Draft, found: ActingSession, remains: SessionRemains): void {
  const { project, id, work, agent } = found;
  const dueMs = work.endedMs + SESSION_KEPT_MS;
  const { nowMs } = draft.context;
  if (nowMs < dueMs) return rearm(found, dueMs);
  if (removeOfSession(draft, project, id, remains)) return rearm(found, nowMs);
  settleAt(draft, project, agent, id);
  draft.sessions.remove(project, id);
  draft.put(EntityKind.SESSION, project, id, undefined, EventType.SESSION_PURGED, []);
  forgetAgent(draft, project, agent);
}
