// A lock's row: what it says, when it ends, and how it goes from one session to another.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Lock } from '../../gen/holdfast/v1/lock';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import { formatAgent, formatSession, idIn } from '../sessions/agent-names';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { imageOf } from '../row-image';
import { endMs, graceEndMs, renewEveryMs, sessionDueMs } from '../sessions/session-rows';
import { millisecondsOf, timestampOf } from '../timestamp';

/** A lock, or undefined when it has ended. */
export function lockAt(draft: Draft, project: string, id: string): Lock | undefined {
  const image = draft.image(EntityKind.LOCK, project, id);
  return image && Lock.decode(image);
}

/** Writes a lock's row. Gives the change's index. */
export function putLock(
  draft: Draft,
  project: string,
  id: string,
  lock: Lock,
  event: EventType,
  paths: string[],
): number {
  return draft.put(EntityKind.LOCK, project, id, imageOf(Lock, lock), event, paths);
}

/** Ends a lock for good. Gives the change's index. */
export function removeLock(draft: Draft, project: string, id: string, session: string, event: EventType): number {
  const { locks } = draft.sessions.work(project, session);
  const at = locks.indexOf(id);
  if (at >= 0) locks.splice(at, 1);
  return draft.put(EntityKind.LOCK, project, id, undefined, event, []);
}

/** The lock's ttl counts from now. A session whose lock has a short ttl writes its own renewals down as often. */
export function renewNow(draft: Draft, project: string, lock: Lock): void {
  const ttlMs = millisecondsIn(lock.ttl);
  if (ttlMs === 0) return;
  lock.expireTime = timestampOf(endMs(draft.context.nowMs, ttlMs));
  const work = draft.sessions.work(project, idIn(lock.session));
  const everyMs = renewEveryMs(ttlMs);
  if (work.renewEveryMs === 0 || everyMs < work.renewEveryMs) work.renewEveryMs = everyMs;
}

/** When a lock with a ttl of its own was renewed last, as its row says. */
export function renewedMs({ expireTime, ttl }: Lock): number {
  const ttlMs = millisecondsIn(ttl);
  return millisecondsOf(expireTime) - endMs(0, ttlMs);
}

/** When a lock with a ttl of its own ends: renewals of its session, and starts of the server, count as its own. 0: it has none. */
export function lockEndMs(draft: Draft, project: string, lock: Lock): number {
  const ttlMs = millisecondsIn(lock.ttl);
  if (ttlMs === 0) return 0;
  const session = draft.sessions.work(project, idIn(lock.session)).renewedMs;
  return endMs(Math.max(renewedMs(lock), session, draft.context.bootMs), ttlMs);
}

/** The earliest time at which a lock ends by itself, in milliseconds since 1970; 0: never, as its session lasts until it is ended. */
export function heldUntilMs(draft: Draft, project: string, lock: Lock): number {
  const own = lockEndMs(draft, project, lock);
  const session = sessionEndMs(draft, project, idIn(lock.session));
  if (own === 0 || session === 0) return own + session;
  return Math.min(own, session);
}

/** Ends all locks of a session that is over. At most 256. */
export function endLocksOf(draft: Draft, project: string, session: string): void {
  for (const id of [...draft.sessions.work(project, session).locks]) {
    removeLock(draft, project, id, session, EventType.LOCK_RELEASED);
  }
}

/** Hands all locks of a session to its successor, under the record's number as their token: each is as newly granted, and keeps its name. Gives
 *  their ids. */
export function adoptLocks(draft: Draft, project: string, from: string, to: string, agent: string): string[] {
  const work = draft.sessions.work(project, from);
  const ids = work.locks.filter((id) => {
    const lock = lockAt(draft, project, id);
    if (!lock) return false;
    lock.session = formatSession(project, to);
    lock.agent = formatAgent(project, agent);
    lock.fencingToken = draft.context.sequence;
    renewNow(draft, project, lock);
    putLock(draft, project, id, lock, EventType.LOCK_ACQUIRED, ['session', 'agent', 'fencing_token']);
    return true;
  });
  work.locks = [];
  draft.sessions.work(project, to).locks.push(...ids);
  return ids;
}

/** When what a session holds goes back to everybody, unless it is renewed or resumed; 0 for never. */
function sessionEndMs(draft: Draft, project: string, id: string): number {
  const image = draft.image(EntityKind.SESSION, project, id);
  if (!image) return 0;
  const session = Session.decode(image);
  const work = draft.sessions.work(project, id);
  const { bootMs } = draft.context;
  if (session.state !== SessionState.ACTIVE) return graceEndMs(session.ttl, work, bootMs);
  const lostMs = sessionDueMs(session, work, bootMs);
  return lostMs === 0 ? 0 : lostMs + millisecondsIn(session.ttl);
}
