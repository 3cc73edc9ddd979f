// Who holds a task, and whether a token is the holder's.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { TaskWork } from '../../gen/holdfast/journal/v1/journal';
import { Session } from '../../gen/holdfast/v1/session';
import type { Lease } from '../../gen/holdfast/v1/work';
import { TaskState } from '../../gen/holdfast/v1/task';
import { idIn } from '../sessions/agent-names';
import type { Action } from '../command';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { Refusal } from '../refusal';
import { findLiveTask } from '../task-access';
import type { FoundTask } from '../task-access';
import { transition } from '../task-state';
import type { TaskVerb } from '../task-state';
import { millisecondsOf, timeText, timestampOf } from '../timestamp';
import { rpcName } from '../verb';
import { isHeldWork } from './work-rows';

/** A task in the hands of the caller. */
export interface HeldTask extends FoundTask {
  /** To be changed in place. */
  readonly work: TaskWork;
  /** The lease has run out: the token is good all the same, since nobody else has claimed the task. */
  readonly late: boolean;
}

/** What requests of holders have. */
interface HolderRequest {
  readonly name: string;
  readonly fencingToken: number;
  readonly etag?: string;
}

/** The task that the caller holds by its token. Order: existence, etag, state, token. A late holder is one too where `late` is 'taken'. Refuses with
 *  NOT_FOUND, ETAG_MISMATCH, ILLEGAL_TRANSITION and FENCED. */
export function findHeld(
  draft: Draft,
  kind: Action['kind'],
  request: HolderRequest,
  late: 'taken' | 'fenced',
): HeldTask {
  const found = findLiveTask(draft, kind, request.name, request.etag ?? '');
  const work = draft.works.work(found.project, found.id);
  const isLate = isLateHolder(found, work, request.fencingToken);
  if (!isLate || late === 'fenced') transition(rpcName(kind) as TaskVerb, found.task);
  checkHolder(draft, found, work, request.fencingToken, late === 'taken');
  return { ...found, work, late: isLate };
}

/** Refuses with FENCED unless the token is that of the task's lease. A lapsed one is good where `lateToo`. */
export function checkHolder(draft: Draft, found: FoundTask, work: TaskWork, token: number, lateToo: boolean): void {
  const { lease } = work;
  if (lease && lease.fencingToken === token && token !== 0 && (lateToo || !lease.lapsed)) return;
  const { name } = found.task;
  if (!lease || lease.lapsed) {
    const ran = lease?.fencingToken === token ? 'the lease of this token has run out' : 'nobody holds it now';
    throw fenced(name, `${ran}: ClaimTask gives a new token`, {});
  }
  const holder = holderText(draft, found.project, lease, work);
  const whose =
    token === 0 ? 'only its holder may do this, with its fencing token' : `the token ${token} is not the holder's`;
  throw fenced(name, `${holder.text}; ${whose}`, holder.metadata);
}

/** Who holds a task, until when: in words, and as metadata. */
export function holderText(
  draft: Draft,
  project: string,
  lease: Lease,
  work: TaskWork,
): { readonly text: string; readonly metadata: Readonly<Record<string, string>> } {
  const expires = timeText(leaseExpireTime(draft, project, lease, work.renewedMs));
  const until = expires === '' ? 'until its session ends' : `until ${expires} unless it is renewed`;
  return {
    text: `it is held by ${lease.session} (${idIn(lease.agent)}) ${until}`,
    metadata: { holder: lease.session, agent: lease.agent, ...(expires === '' ? {} : { expire_time: expires }) },
  };
}

/** Where rows are read: a draft, for one. */
interface Rows {
  image(kind: EntityKind, project: string, id: string): Uint8Array | undefined;
  readonly sessions: { work(project: string, id: string): { readonly renewedMs: number } };
}

function leaseExpireTime(rows: Rows, project: string, lease: Lease, renewedMs: number) {
  const session = idIn(lease.session);
  return expireTimeOf(lease, renewedMs, rows.sessions.work(project, session).renewedMs, () => {
    const row = rows.image(EntityKind.SESSION, project, session);
    return row && Session.decode(row);
  });
}

/** When a lease ends unless it is renewed, as its holder may count on it: undefined if it lasts until its session is ended. A lease
 *  without a ttl of its own lives as long as its session, and the grace. */
export function expireTimeOf(
  lease: Lease,
  renewedMs: number,
  sessionRenewedMs: number,
  session: () => Session | undefined,
): ReturnType<typeof timestampOf> | undefined {
  if (lease.ttl) return timestampOf(Math.max(renewedMs, sessionRenewedMs) + millisecondsIn(lease.ttl));
  const ttlMs = millisecondsIn(session()?.ttl);
  return ttlMs === 0
    ? undefined
    : timestampOf(Math.max(sessionRenewedMs, millisecondsOf(lease.acquireTime)) + 2 * ttlMs);
}

function isLateHolder({ task }: FoundTask, { lease }: TaskWork, token: number): boolean {
  return task.state === TaskState.PENDING && lease?.lapsed === true && lease.fencingToken === token && token !== 0;
}

/** Whether somebody holds the task now: RUNNING, or INPUT_REQUIRED with its lease kept. */
export function isHeldTask(draft: Draft, { project, id }: FoundTask): boolean {
  return isHeldWork(draft.works.work(project, id));
}

function fenced(name: string, text: string, metadata: Readonly<Record<string, string>>): Refusal {
  return new Refusal('FENCED', `${name}: ${text}`, {
    metadata: { name, ...metadata },
    resource: { type: 'task', name },
  });
}
