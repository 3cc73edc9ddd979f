// What a holder does with its lock, and how a lock ends by itself.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { Lock } from '../../gen/holdfast/v1/lock';
import type { ReleaseLockRequest, RenewLockRequest } from '../../gen/holdfast/v1/lock_service';
import { idIn } from '../sessions/agent-names';
import type { Action } from '../command';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { parseLock } from './lock-names';
import { heldUntilMs, lockAt, lockEndMs, putLock, removeLock, renewNow, renewedMs } from './lock-row';
import type { OwnRow } from '../own-requests';
import { Refusal, fieldInvalid, notFound } from '../refusal';
import { mustAct } from '../sessions/session-access';
import { renewEveryMs } from '../sessions/session-rows';
import { enterProject } from '../task-access';
import { authorize } from '../permission';
import { millisecondsOf, timeText, timestampOf } from '../timestamp';

interface FoundLock {
  readonly project: string;
  readonly id: string;
  readonly lock: Lock;
}

/** RenewLock. Written down again when the last renewal is a tenth of the ttl old; a lock without a ttl of its own stays as it is. */
export function renewLock(draft: Draft, { name, fencingToken }: RenewLockRequest): number {
  const { project, id, lock } = findOwn(draft, 'renewLock', name, fencingToken);
  const everyMs = renewEveryMs(millisecondsIn(lock.ttl));
  if (everyMs === 0 || draft.context.nowMs - renewedMs(lock) < everyMs) {
    return draft.named(EntityKind.LOCK, project, id);
  }
  renewNow(draft, project, lock);
  return putLock(draft, project, id, lock, EventType.LOCK_RENEWED, ['expire_time']);
}

/** ReleaseLock. The reply names the row that goes. */
export function releaseLock(draft: Draft, { name, fencingToken }: ReleaseLockRequest): number {
  const { project, id, lock } = findOwn(draft, 'releaseLock', name, fencingToken);
  return removeLock(draft, project, id, idIn(lock.session), EventType.LOCK_RELEASED);
}

/** A lock's time has come: it ends, or is looked at again later if its session was renewed, or the server started, meanwhile. For the
 *  server's own use. */
export function expireLock(draft: Draft, { project, id }: OwnRow): readonly number[] {
  authorize(draft.caller, 'expireLock', project);
  const lock = lockAt(draft, project, id);
  if (!lock?.expireTime) return [];
  const atMs = lockEndMs(draft, project, lock);
  if (atMs <= draft.context.nowMs) {
    return [removeLock(draft, project, id, idIn(lock.session), EventType.LOCK_EXPIRED)];
  }
  if (atMs <= millisecondsOf(lock.expireTime)) return [];
  lock.expireTime = timestampOf(atMs);
  return [putLock(draft, project, id, lock, EventType.UNSPECIFIED, ['expire_time'])];
}

/** The lock of a holder that shows its token. A session that is lost may still give its locks back. */
function findOwn(draft: Draft, kind: Action['kind'], name: string, token: number): FoundLock {
  const { project, id } = parseLock(name, 'name');
  if (token === 0) throw fieldInvalid('fencing_token', 'is required: the reply to AcquireLock has it');
  enterProject(draft, kind, project);
  if (draft.acting || draft.caller.session === '') mustAct(draft, kind, project);
  const lock = lockAt(draft, project, id);
  if (!lock) throw notFound('lock', name, 'has ended: it was released, or its time passed');
  if (lock.fencingToken === token && lock.session === draft.caller.session) return { project, id, lock };
  throw fenced(draft, project, lock);
}

function fenced(draft: Draft, project: string, lock: Lock): Refusal {
  const untilMs = heldUntilMs(draft, project, lock);
  const until = untilMs === 0 ? '' : timeText(timestampOf(untilMs));
  const message = `${lock.name} is held by ${lock.session} under another fencing token${until && `, until ${until} unless it is renewed`}`;
  return new Refusal('FENCED', `${message}: stop what you do under it, and acquire anew`, {
    metadata: { name: lock.name, holder: lock.session, ...(until && { expire_time: until }) },
    resource: { type: 'lock', name: lock.name },
  });
}
