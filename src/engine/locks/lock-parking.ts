/**
 * Where requests for locks wait: the `Parking` of AcquireLock.
 *
 * Q1 to Q3 are the port's. And:
 *
 * LP1. A request gets its place when it is first decided and cannot be granted, and keeps it until it is decided for good: a later request that
 *      overlaps sees it ahead, also while it is on its way back through the inbox.
 * LP2. It goes back to the inbox when nothing is in its way any more, when its time is up, and when its session or its project is over:
 *      the decision says what comes of it.
 * LP3. It leaves once, however it is answered: whoever waited behind it is looked at then.
 */
import { idIn } from '../../domain/sessions/agent-names';
import { wantedOf } from '../../domain/locks/acquire-lock';
import type { Action, Caller, Command } from '../../domain/command';
import { millisecondsIn } from '../../domain/duration';
import type { HeldLocks } from '../../domain/locks/held-locks';
import { indexedOf } from '../../domain/indexed';
import type { LockWaits } from '../../domain/locks/lock-cycle';
import { LOCKS_WAITING_MAX } from '../../domain/limits';
import { parseProject } from '../../domain/names';
import { Refusal } from '../../domain/refusal';
import { EntityKind, Verb } from '../../gen/holdfast/journal/v1/journal';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import type { Waiting } from '../inbox';
import type { DecidedEffects } from '../overlay';
import type { Parking } from '../parking';
import { LockWaiters } from './lock-waiters';
import { WaitSearch } from './wait-search';
import type { Waiter } from './lock-waiters';

export interface LockParkingParts {
  /** At the decided mark. */
  readonly locks: HeldLocks;
  readonly nowMs: () => number;
  /** Gives a command back to the inbox, to be decided soon. */
  readonly giveBack: (waiting: Waiting) => void;
  /** Told whose requests wait: such a session is kept alive. */
  readonly sessions: { join(caller: Caller): void; leave(caller: Caller): void };
  /** Calls back once, after so many milliseconds. Gives what calls it off. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  /** How many requests wait at most. Default LOCKS_WAITING_MAX. */
  readonly waitingMax?: number;
}

type AcquireCommand = Extract<Command, { kind: 'acquireLock' }>;

export class LockParking implements Parking {
  readonly kinds: ReadonlySet<Action['kind']> = new Set<Action['kind']>(['acquireLock']);
  private readonly waiters: LockWaiters;
  /** Those on their way back through the inbox, by what the inbox has. */
  private readonly returned = new Map<Waiting, Waiter>();
  /** The one that is being decided. */
  private admitted: Waiter | undefined;
  private closed: Error | undefined;
  private timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(private readonly parts: LockParkingParts) {
    this.waiters = new LockWaiters(parts.locks);
  }

  /** How many requests wait. */
  get waiting(): number {
    return this.waiters.size;
  }

  admit(waiting: Waiting): Command {
    const command = waiting.command as AcquireCommand;
    this.admitted = undefined;
    if (waiting.signal?.aborted) throw callerGone();
    const waiter = this.returned.get(waiting) ?? newcomer(waiting, command, this.parts.nowMs());
    if (!waiter) return command;
    if (this.closed && waiter.untilMs > 0) throw this.closed;
    this.admitted = waiter;
    const ahead = this.waiters.ahead(waiter);
    if (!this.mayWait(waiter)) return { ...command, queue: { ahead } };
    const isNew = !this.waiters.has(waiter);
    const full = isNew && this.waiters.size >= (this.parts.waitingMax ?? LOCKS_WAITING_MAX);
    const own = isNew ? this.waiters.ofSession(waiter.project, waiter.session).size : 0;
    const waits = (): LockWaits => new WaitSearch(this.parts.locks, this.waiters, waiter);
    return { ...command, queue: { ahead, wait: { waits, own, full } } };
  }

  keeps(waiting: Waiting, fault: unknown): boolean {
    const known = this.returned.get(waiting);
    const waiter = known ?? this.admitted;
    this.admitted = undefined;
    if (!waiter) return false;
    const held = fault instanceof Refusal && fault.reason === 'LOCK_HELD';
    if (held && this.mayWait(waiter) && this.park(waiter)) {
      this.returned.delete(waiting);
      return true;
    }
    this.leave(waiter);
    return false;
  }

  decided({ record }: DecidedEffects): void {
    if (record.verb === Verb.ACQUIRE_LOCK && this.admitted) {
      const waiter = this.admitted;
      this.admitted = undefined;
      this.returnTwins(waiter);
      this.leave(waiter);
    }
    if (this.waiters.size === 0) return;
    for (const change of record.changes) this.follow(change);
  }

  close(why: Error): void {
    this.closed = why;
    this.timer?.cancel();
    this.timer = undefined;
    for (const waiter of [...this.waiters]) {
      if (waiter.returned) continue;
      this.drop(waiter);
      waiter.waiting.reject(why);
    }
  }

  /** What a change means for those that wait. */
  private follow({ kind, project, id, image, removed }: Change): void {
    if (kind === EntityKind.LOCK && removed) this.giveBackAll(this.waiters.lockEnded(project, id));
    else if (kind === EntityKind.SESSION) {
      const own = this.waiters.ofSession(project, id);
      if (own.size > 0 && (removed || Session.decode(image).state !== SessionState.ACTIVE)) this.giveBackAll([...own]);
    } else if (kind === EntityKind.PROJECT && (removed || indexedOf(image, kind).deleted)) {
      this.giveBackAll([...this.waiters].filter((waiter) => waiter.project === project));
    }
  }

  private mayWait({ untilMs, waiting }: Waiter): boolean {
    return !waiting.command.validateOnly && this.parts.nowMs() < untilMs;
  }

  /** False: nothing is in its way. */
  private park(waiter: Waiter): boolean {
    if (!this.waiters.has(waiter)) {
      this.waiters.add(waiter);
      const { signal, command } = waiter.waiting;
      this.parts.sessions.join(command.caller);
      const gone = (): void => this.callerLeft(waiter);
      signal?.addEventListener('abort', gone, { once: true });
      waiter.forget = () => {
        waiter.forget = () => undefined;
        signal?.removeEventListener('abort', gone);
        this.parts.sessions.leave(command.caller);
      };
    }
    waiter.returned = false;
    if (!this.waiters.watch(waiter)) return false;
    this.wakeAt(waiter.untilMs);
    return true;
  }

  private callerLeft(waiter: Waiter): void {
    // One that is in the inbox is refused when its turn comes.
    if (waiter.returned) return;
    this.leave(waiter);
    waiter.waiting.reject(callerGone());
  }

  /** LP3. */
  private leave(waiter: Waiter): void {
    this.giveBackAll(this.drop(waiter));
  }

  /** Gives those that are free now. */
  private drop(waiter: Waiter): Waiter[] {
    waiter.forget();
    return this.waiters.remove(waiter);
  }

  private giveBackAll(waiters: readonly Waiter[]): void {
    for (const waiter of waiters) this.giveBack(waiter);
  }

  private giveBack(waiter: Waiter): void {
    if (waiter.returned) return;
    waiter.returned = true;
    const { waiting } = waiter;
    const over = (): void => {
      this.returned.delete(again);
      this.leave(waiter);
    };
    // It may be answered past this parking: from an earlier use of its request id, or as a row could not be healed.
    const again: Waiting = {
      ...waiting,
      resolve: (executed) => {
        over();
        waiting.resolve(executed);
      },
      reject: (error) => {
        over();
        waiting.reject(error);
      },
    };
    this.returned.set(again, waiter);
    this.parts.giveBack(again);
  }

  /** The same request, sent again while it waited, gets its answer from the record of the first. */
  private returnTwins({ project, session, waiting }: Waiter): void {
    const { requestId } = waiting.command;
    if (!requestId) return;
    const twins = [...this.waiters.ofSession(project, session)].filter(
      (each) => each.waiting !== waiting && each.waiting.command.requestId?.equals(requestId),
    );
    this.giveBackAll(twins);
  }

  /** One timer serves all: it looks at all of them when the first one's time is up. */
  private wakeAt(atMs: number): void {
    if (this.timer && this.timer.atMs <= atMs) return;
    this.timer?.cancel();
    const delayMs = Math.max(atMs - this.parts.nowMs(), 1);
    this.timer = { atMs, cancel: this.parts.later(delayMs, () => this.look()) };
  }

  private look(): void {
    this.timer = undefined;
    const nowMs = this.parts.nowMs();
    const parked = [...this.waiters].filter(({ returned }) => !returned);
    this.giveBackAll(parked.filter(({ untilMs }) => untilMs <= nowMs));
    const next = parked.reduce((least, { untilMs }) => (untilMs > nowMs ? Math.min(least, untilMs) : least), Infinity);
    if (next < Infinity) this.wakeAt(next);
  }
}

/** A request that is here for the first time. Undefined without a session: the decision refuses it. Refuses with FIELD_INVALID. */
function newcomer(waiting: Waiting, { request, caller }: AcquireCommand, nowMs: number): Waiter | undefined {
  if (caller.session === '') return undefined;
  const project = parseProject(request.parent, 'parent');
  const waitMs = millisecondsIn(request.wait);
  return {
    ...wantedOf(request),
    project,
    session: idIn(caller.session),
    order: Infinity,
    waiting,
    untilMs: waitMs > 0 ? nowMs + waitMs : 0,
    returned: false,
    forget: () => undefined,
  };
}

function callerGone(): Refusal {
  return new Refusal('CANCELLED', 'the caller has gone: it waits no more');
}
