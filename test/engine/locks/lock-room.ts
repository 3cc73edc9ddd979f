import type { Action, Command } from '../../../src/domain/command';
import { decide } from '../../../src/domain/decide';
import { formatSession } from '../../../src/domain/sessions/agent-names';
import { durationOf } from '../../../src/domain/duration';
import { Refusal } from '../../../src/domain/refusal';
import { replyChanges } from '../../../src/domain/reply';
import { Inbox } from '../../../src/engine/inbox';
import type { Waiting } from '../../../src/engine/inbox';
import { LockParking } from '../../../src/engine/locks/lock-parking';
import type { DecidedEffects } from '../../../src/engine/overlay';
import { Verb } from '../../../src/gen/holdfast/journal/v1/journal';
import { Lock } from '../../../src/gen/holdfast/v1/lock';
import type { AcquireLockRequest } from '../../../src/gen/holdfast/v1/lock_service';
import { EndSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { acquireRequest, LockWorld } from '../../support/lock-world';

/** What became of a request. */
export interface Request {
  readonly session: string;
  /** Set when it was granted. */
  lock?: Lock;
  /** Set when it was refused. */
  refusal?: Error;
  readonly leave: () => void;
}

/** A parking of locks with an inbox and rules, and journal time that the test holds. Commands are decided as the committer does it. */
export class LockRoom extends LockWorld {
  readonly inbox = new Inbox();
  readonly parking: LockParking;
  /** How many requests wait, as those are told who keep their sessions alive. */
  told = 0;
  /** Requests in the order in which they were granted. */
  readonly granted: Request[] = [];
  /** Called once, after the next command was decided and before the one after it. */
  beforeNext: (() => void) | undefined;
  private timers: { atMs: number; run: () => void }[] = [];

  constructor(sessions: readonly string[], waitingMax?: number) {
    super(sessions);
    this.parking = new LockParking({
      sessions: { join: () => this.told++, leave: () => this.told-- },
      locks: this.view.held,
      ...(waitingMax !== undefined && { waitingMax }),
      nowMs: () => this.nowMs,
      giveBack: (waiting) => this.inbox.return(waiting),
      later: (delayMs, run) => {
        const timer = { atMs: this.nowMs + delayMs, run };
        this.timers.push(timer);
        return () => (this.timers = this.timers.filter((each) => each !== timer));
      },
    });
  }

  /** Asks for a lock, and decides what can be decided. */
  ask(session: string, targets: readonly string[], waitMs: number, more: Partial<AcquireLockRequest> = {}): Request {
    const request = this.enqueue(session, targets, waitMs, more);
    this.drain();
    return request;
  }

  /** Asks for a lock, and leaves the request in the inbox. */
  enqueue(
    session: string,
    targets: readonly string[],
    waitMs: number,
    more: Partial<AcquireLockRequest> = {},
    requestId?: Buffer,
  ): Request {
    const caller = new AbortController();
    const asked: Request = { session, leave: () => caller.abort() };
    const command = {
      kind: 'acquireLock',
      request: acquireRequest(targets, { wait: durationOf(waitMs), ...more }),
      caller: this.callerOf(session),
      validateOnly: more.validateOnly ?? false,
      ...(requestId && { requestId }),
    } as Command;
    this.inbox.add({
      command,
      enqueued: 0,
      signal: caller.signal,
      resolve: ({ replies }) => {
        asked.lock = Lock.decode(replies[0]!.image);
        this.granted.push(asked);
      },
      reject: (error) => (asked.refusal = error),
    });
    return asked;
  }

  /** Gives a lock back, as its holder. */
  giveBack({ session, lock }: Request): void {
    const request = { name: lock!.name, fencingToken: lock!.fencingToken, requestId: '', validateOnly: false };
    this.act({ kind: 'releaseLock', request }, session);
  }

  /** Any other command, decided at once. */
  act(action: Action, session = '', principal = 'local'): void {
    const caller = session === '' ? { principal, session: '', sessionToken: '' } : this.callerOf(session);
    const failed = (error: Error): void => {
      throw error;
    };
    this.inbox.add({
      command: { ...action, caller, validateOnly: false },
      enqueued: 0,
      resolve: () => undefined,
      reject: failed,
    });
    this.drain();
  }

  end(session: string): void {
    this.act(
      { kind: 'endSession', request: EndSessionRequest.fromPartial({ name: formatSession('p', session) }) },
      session,
    );
  }

  /** Lets journal time pass. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const next = this.timers.sort((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > untilMs) break;
      this.timers.shift();
      this.nowMs = next.atMs;
      next.run();
      this.drain();
    }
    this.nowMs = untilMs;
  }

  /** How many timers are set. */
  get timersSet(): number {
    return this.timers.length;
  }

  /** Decides what is in the inbox, one after another. */
  drain(): void {
    for (let waiting = this.inbox.peek(); waiting; waiting = this.inbox.peek()) {
      this.inbox.take();
      this.decideOne(waiting);
      const { beforeNext } = this;
      this.beforeNext = undefined;
      beforeNext?.();
    }
  }

  private decideOne(waiting: Waiting): void {
    const parked = this.parking.kinds.has(waiting.command.kind);
    try {
      const command = parked ? this.parking.admit(waiting) : waiting.command;
      const decision = decide(this.view, command, this.context());
      const replies = replyChanges(decision);
      if (!command.validateOnly && decision.changes.length > 0) {
        this.sequence++;
        this.view.apply(decision, this.sequence);
        const verb = command.kind === 'acquireLock' ? Verb.ACQUIRE_LOCK : Verb.UNSPECIFIED;
        const record = { sequence: this.sequence, verb, changes: decision.changes };
        this.parking.decided({ record, effects: [], bytes: 0 } as unknown as DecidedEffects);
      }
      waiting.resolve({ sequence: this.sequence, replies, replayed: false });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!(parked && this.parking.keeps(waiting, error))) waiting.reject(error);
    }
  }

  private callerOf(session: string) {
    return { principal: 'local', session: formatSession('p', session), sessionToken: this.tokenOf(session) };
  }
}
