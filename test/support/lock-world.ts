import { formatSession, idIn } from '../../src/domain/sessions/agent-names';
import type { Decision } from '../../src/domain/command';
import { durationOf } from '../../src/domain/duration';
import type { LockQueue } from '../../src/domain/locks/lock-queue';
import type { Refusal } from '../../src/domain/refusal';
import { EntityKind, SessionWork } from '../../src/gen/holdfast/journal/v1/journal';
import { Lock } from '../../src/gen/holdfast/v1/lock';
import type { LockTarget } from '../../src/gen/holdfast/v1/lock';
import { AcquireLockRequest } from '../../src/gen/holdfast/v1/lock_service';
import type { SessionState } from '../../src/gen/holdfast/v1/session';
import { Session } from '../../src/gen/holdfast/v1/session';
import {
  EndSessionRequest,
  ResumeSessionRequest,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import { World } from './world';
import type { Outcome } from './world';

const TTL_MS = 15 * 60 * 1000;

/** A world with sessions of project p, each of an agent of its own, and what they do with locks. */
export class LockWorld extends World {
  last!: Outcome;
  private readonly tokens = new Map<string, string>();

  constructor(sessions: readonly string[]) {
    super();
    for (const id of sessions) this.startSession(id);
  }

  startSession(id: string, ttlMs = TTL_MS): void {
    const asked = { parent: 'projects/p', agent: `agent-${id}`, sessionId: id, ttl: durationOf(ttlMs) };
    this.run({ kind: 'startSession', request: StartSessionRequest.fromPartial(asked) });
    this.tokens.set(id, this.work(id).token);
  }

  endSession(id: string): void {
    const request = EndSessionRequest.fromPartial({ name: formatSession('p', id) });
    this.last = this.as(id, () => this.run({ kind: 'endSession', request }));
  }

  /** Starts the session's successor, and gives its id. */
  resume(id: string): string {
    const asked = {
      parent: 'projects/p',
      from: { $case: 'session' as const, value: formatSession('p', id) },
      takeOver: true,
    };
    this.last = this.run({ kind: 'resumeSession', request: ResumeSessionRequest.fromPartial(asked) });
    const successor = idIn(Session.decode(this.view.row(EntityKind.SESSION, 'p', id)!.image).successor);
    this.tokens.set(successor, this.work(successor).token);
    return successor;
  }

  /** Changes a session's state past all rules. */
  setState(id: string, state: SessionState): void {
    const session = Session.decode(this.view.row(EntityKind.SESSION, 'p', id)!.image);
    const image = Session.encode({ ...session, state, endTime: { seconds: this.nowMs / 1000, nanos: 0 } }).finish();
    this.view.plant(EntityKind.SESSION, 'p', id, image, ++this.sequence);
  }

  /** When a session was last renewed, as far as that was written down. */
  renewedMs(id: string): number {
    return this.work(id).renewedMs;
  }

  acquire(session: string, targets: readonly string[], more: Partial<AcquireLockRequest> = {}): Lock {
    const request = acquireRequest(targets, more);
    this.last = this.as(session, () => this.run({ kind: 'acquireLock', request }));
    return Lock.decode(this.last.replies[0]!.image);
  }

  refusedAcquire(
    session: string,
    targets: readonly string[],
    more: Partial<AcquireLockRequest> = {},
    queue?: LockQueue,
  ): Refusal {
    const action = { kind: 'acquireLock', request: acquireRequest(targets, more), ...(queue && { queue }) } as const;
    return this.as(session, () => this.refusal(action));
  }

  release(session: string, lock: Lock): void {
    this.last = this.as(session, () => this.run({ kind: 'releaseLock', request: onLock(lock) }));
  }

  refusedRelease(session: string, lock: Lock): Refusal {
    return this.as(session, () => this.refusal({ kind: 'releaseLock', request: onLock(lock) }));
  }

  renew(session: string, lock: Lock): Lock {
    this.last = this.as(session, () => this.run({ kind: 'renewLock', request: onLock(lock) }));
    return Lock.decode(this.last.replies[0]!.image);
  }

  refusedRenew(session: string, lock: Lock): Refusal {
    return this.as(session, () => this.refusal({ kind: 'renewLock', request: onLock(lock) }));
  }

  /** Lets the server look at a lock whose time may have come. */
  expire(lock: Lock): Decision {
    const principal = this.principal;
    this.principal = 'system';
    this.last = this.run({ kind: 'expireLock', request: { project: 'p', id: idIn(lock.name) } });
    this.principal = principal;
    return this.last.decision;
  }

  lock({ name }: Lock): Lock | undefined {
    const row = this.view.row(EntityKind.LOCK, 'p', idIn(name));
    return row && Lock.decode(row.image);
  }

  tokenOf(session: string): string {
    return this.tokens.get(session) ?? '';
  }

  private work(id: string): SessionWork {
    return SessionWork.decode(this.view.row(EntityKind.SESSION_WORK, 'p', id)!.image);
  }

  private as<Result>(session: string, act: () => Result): Result {
    this.session = formatSession('p', session);
    this.sessionToken = this.tokenOf(session);
    try {
      return act();
    } finally {
      this.session = '';
      this.sessionToken = '';
    }
  }
}

/** Paths, or `key:` and a key. */
export function targetsOf(targets: readonly string[]): LockTarget[] {
  return targets.map((text) =>
    text.startsWith('key:')
      ? { target: { $case: 'key', value: text.slice('key:'.length) } }
      : { target: { $case: 'path', value: text } },
  );
}

export function acquireRequest(targets: readonly string[], more: Partial<AcquireLockRequest> = {}): AcquireLockRequest {
  return { ...AcquireLockRequest.fromPartial({ parent: 'projects/p' }), targets: targetsOf(targets), ...more };
}

function onLock({ name, fencingToken }: Lock) {
  return { name, fencingToken, requestId: '', validateOnly: false };
}
