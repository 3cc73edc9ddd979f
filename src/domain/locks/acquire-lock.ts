// AcquireLock: all targets or none, in the order of asking.

import { EventType } from '../../gen/holdfast/journal/v1/journal';
import { LockMode } from '../../gen/holdfast/v1/lock';
import type { AcquireLockRequest } from '../../gen/holdfast/v1/lock_service';
import { formatAgent, formatSession } from '../sessions/agent-names';
import type { Draft } from '../draft';
import { checkDuration } from '../duration';
import { checkBytes } from '../field-checks';
import type { HeldLock } from './held-locks';
import {
  LOCKS_OF_PROJECT_MAX,
  LOCKS_OF_SESSION_MAX,
  LOCK_PURPOSE_BYTES_MAX,
  LOCK_TARGETS_MAX,
  LOCK_TTL_MAX_MS,
  LOCK_TTL_MIN_MS,
  LOCK_WAIT_MAX_MS,
} from '../limits';
import { findLockCycle } from './lock-cycle';
import { formatLock, lockIdOf } from './lock-names';
import type { LockQueue } from './lock-queue';
import { heldUntilMs, lockAt, putLock, renewNow } from './lock-row';
import type { Cover } from './lock-target';
import { coverOf, describeCover, formatPath, overlap, targetOf } from './lock-target';
import type { Hold } from './lock-trie';
import { formatProject, parseProject } from '../names';
import { quote } from '../quote';
import { Refusal } from '../refusal';
import { mustAct } from '../sessions/session-access';
import { enterProject } from '../task-access';
import { timeText, timestampOf } from '../timestamp';
import { Violations } from '../violations';

const MODES: ReadonlySet<number> = new Set([LockMode.UNSPECIFIED, LockMode.EXCLUSIVE, LockMode.SHARED]);

/** What a well-formed request wants. Refuses with FIELD_INVALID. */
export function wantedOf(request: AcquireLockRequest): {
  readonly exclusive: boolean;
  readonly covers: readonly Cover[];
} {
  const { targets, mode, wait, ttl, purpose } = request;
  const violations = new Violations();
  const { report } = violations;
  if (targets.length === 0 || targets.length > LOCK_TARGETS_MAX) {
    report('targets', `has ${targets.length} entries, 1 to ${LOCK_TARGETS_MAX} are allowed`);
  }
  const covers = new Map<string, Cover>();
  targets.slice(0, LOCK_TARGETS_MAX).forEach((target, i) => {
    const cover = coverOf(target, `targets[${i}]`, report);
    if (cover) covers.set(cover.kind === 'key' ? `k${cover.key}` : `p${formatPath(cover)}`, cover);
  });
  if (!MODES.has(mode)) report('mode', `${mode} is no mode: EXCLUSIVE and SHARED are`);
  checkDuration(wait, 0, LOCK_WAIT_MAX_MS, 'wait', report);
  checkDuration(ttl, LOCK_TTL_MIN_MS, LOCK_TTL_MAX_MS, 'ttl', report);
  checkBytes(purpose, LOCK_PURPOSE_BYTES_MAX, 'purpose', report);
  violations.throwIfAny();
  return { exclusive: mode !== LockMode.SHARED, covers: [...covers.values()] };
}

/**
 * Grants a lock. Refuses with LOCK_HELD while others hold what overlaps, or asked for it earlier; where the request would wait, with DEADLOCK if
 * that could never end, and with OVERLOADED if as many wait as may. Refuses with QUOTA above 256 locks of a session and 10,000 of a project.
 */
export function acquireLock(draft: Draft, request: AcquireLockRequest, queue: LockQueue = { ahead: [] }): number {
  const project = parseProject(request.parent, 'parent');
  const { exclusive, covers } = wantedOf(request);
  enterProject(draft, 'acquireLock', project);
  const { id: session, agent, work } = mustAct(draft, 'acquireLock', project);
  // What waits may all be granted: more than this never can.
  if (work.locks.length + (queue.wait?.own ?? 0) >= LOCKS_OF_SESSION_MAX)
    throw quota(formatSession(project, session), LOCKS_OF_SESSION_MAX);
  const locks = draft.locks(project);
  if (locks.size >= LOCKS_OF_PROJECT_MAX) throw quota(formatProject(project), LOCKS_OF_PROJECT_MAX);
  const wanted = { session, exclusive, covers };
  const holders = [...locks.conflicting(wanted)];
  if (holders.length + queue.ahead.length > 0) throw inTheWay(draft, project, wanted, holders, queue);
  const id = lockIdOf(draft.context.sequence);
  const lock = {
    name: formatLock(project, id),
    session: formatSession(project, session),
    agent: formatAgent(project, agent),
    targets: covers.map(targetOf),
    mode: exclusive ? LockMode.EXCLUSIVE : LockMode.SHARED,
    fencingToken: draft.context.sequence,
    acquireTime: draft.now,
    expireTime: undefined,
    ttl: request.ttl,
    purpose: request.purpose,
  };
  renewNow(draft, project, lock);
  work.locks.push(id);
  return putLock(draft, project, id, lock, EventType.LOCK_ACQUIRED, []);
}

/** Why the request is not granted now. */
function inTheWay(
  draft: Draft,
  project: string,
  wanted: Hold,
  holders: readonly HeldLock[],
  queue: LockQueue,
): Refusal {
  const { ahead, wait } = queue;
  if (wait) {
    const blockers = [...holders, ...ahead].map(({ session }) => session);
    const cycle = findLockCycle(wanted.session, blockers, wait.waits());
    if (cycle) return deadlock(project, cycle);
    if (wait.full) return new Refusal('OVERLOADED', 'as many requests wait for locks as may', { retryAfterMs: 1000 });
  }
  const count = holders.length + ahead.length;
  const first = holders[0] ?? ahead[0]!;
  const cover = wanted.covers.find((each) => first.covers.some((other) => overlap(each, other)))!;
  const holder = formatSession(project, first.session);
  const metadata = { holder, target: describe(cover), waiting: String(holders.length === 0), count: String(count) };
  const more = count > 1 ? `; ${count - 1} more stand in the way` : '';
  const advice = 'wait for it with `wait`, or ask its holder';
  const held = holders[0] && lockAt(draft, project, holders[0].id);
  if (!held) {
    return new Refusal('LOCK_HELD', `${holder} waits for ${describeCover(cover)} already${more}: ${advice}`, {
      metadata,
    });
  }
  const untilMs = heldUntilMs(draft, project, held);
  const until = untilMs === 0 ? '' : timeText(timestampOf(untilMs));
  const purpose = held.purpose === '' ? '' : `, for ${quote(held.purpose)}`;
  const message =
    `${holder} (${held.agent}) holds ${describeCover(cover)} by ${held.name}${purpose}, ` +
    `${until ? `until ${until} unless it is renewed` : 'until its session is ended'}${more}: ${advice}`;
  return new Refusal('LOCK_HELD', message, {
    metadata: { ...metadata, lock: held.name, ...(until && { expire_time: until }) },
    resource: { type: 'lock', name: held.name },
  });
}

function deadlock(project: string, cycle: readonly string[]): Refusal {
  const names = cycle.map((session) => formatSession(project, session));
  const words = names.map(
    (name, i) => `${name} ${i === 0 ? 'would wait' : 'waits'} for ${names[(i + 1) % names.length]}`,
  );
  const advice = 'release what you hold, and acquire all that you need in one request';
  return new Refusal('DEADLOCK', `waiting would never end: ${words.join(', ')}; ${advice}`, {
    metadata: { path: names.join(',') },
  });
}

function quota(name: string, limit: number): Refusal {
  const message = `${name} has ${limit} locks, which is the most: release some, or cover more with one`;
  return new Refusal('QUOTA', message, { metadata: { name, limit: String(limit) } });
}

function describe(cover: Cover): string {
  return cover.kind === 'key' ? cover.key : formatPath(cover);
}
