/**
 * Claims of the next ready task: which tasks each gets, and where it waits while there is none.
 *
 * L1. A claim is decided on the first tasks that it could be given at the decided mark, in the order of claiming; it is answered with nothing
 *     only when it is known that there is nothing.
 * L2. Claims that wait for the same are served in the order of their arrival. One that waits for something else is served when it can be.
 * L3. Whoever waits costs nothing while nothing happens: no reads, and one timer for all. Its session alone is renewed (V1).
 */
import { ClaimsChanged } from '../../domain/work/claim-task';
import type { Action, Command } from '../../domain/command';
import { CLAIMS_WAITING_MAX } from '../../domain/limits';
import { Refusal } from '../../domain/refusal';
import type { Waiting } from '../inbox';
import type { Notice } from '../notice';
import type { DecidedEffects } from '../overlay';
import type { Parking } from '../parking';
import { askedOf } from './asked';
import type { ClaimCommand } from './asked';
import { changesOf } from './changes';
import { firstOf } from './first';
import { roomIn } from './room';
import { Shelf } from './shelf';
import { gone, Turns } from './turns';
import type { TurnParts } from './turns';
import type { Waiter } from './waiter';
import { whyEmpty } from './why-empty';
import type { WhyEmpty } from './why-empty';

/** What claims need of the engine. */
export interface ClaimParts extends TurnParts {
  readonly onNotice: (notice: Notice) => void;
}

/** How often a claim tries again when a window was wrong. */
const BROKEN_MAX = 3;
/** When a refused claim should come back, in milliseconds. */
const RETRY_AFTER_MS = 1000;

export class Claims implements Parking {
  readonly kinds: ReadonlySet<Action['kind']> = new Set(['claimTask'] as const);
  private readonly shelf = new Shelf();
  private readonly turns: Turns;
  private readonly known = new WeakMap<Waiting, Waiter>();
  private readonly empty = new WeakMap<Command, WhyEmpty>();
  /** The claim that is being decided. */
  private deciding: Waiter | undefined;
  private arrivals = 0;
  private closed: Error | undefined;

  constructor(private readonly parts: ClaimParts) {
    this.turns = new Turns(parts, this.shelf);
  }

  /** How many claims wait. */
  get waiting(): number {
    return this.turns.waiting;
  }

  /** Looks for claims and tasks whose time has come, and for sessions of claims that are to be renewed; timers do it by themselves. */
  look(): void {
    this.parts.sessions.look();
    this.turns.look();
  }

  /** The index was put right past what is decided: what the windows hold is not sure any more, and is read anew. */
  reread(): void {
    for (const slot of this.shelf.all()) {
      this.shelf.renew(slot);
      this.turns.came(slot);
    }
    this.turns.take();
  }

  /** Why a claim was answered with nothing, as it was decided; undefined of any other command. */
  whyEmpty(command: Command): WhyEmpty | undefined {
    return this.empty.get(command);
  }

  admit(waiting: Waiting): Command | undefined {
    const command = waiting.command as ClaimCommand;
    if (command.request.name !== '') return command;
    if (this.closed) throw this.closed;
    const nowMs = this.parts.nowMs();
    const waiter = this.known.get(waiting) ?? this.arrive(waiting, command, nowMs);
    this.begin(waiter);
    if (waiting.signal?.aborted) throw gone();
    if (!waiter.inLine) waiter.slots = waiter.demands.map((demand) => this.shelf.slot(demand));
    const { project, queue } = waiter.demands[0]!;
    const count = Math.min(waiter.tasksMax, roomIn(this.parts.view, project, queue));
    const { ids, complete } = count > 0 ? firstOf(waiter.slots, nowMs, count) : { ids: [], complete: true };
    this.turns.fill(waiter);
    const late = waiter.deadlineMs <= nowMs;
    const waits = ids.length === 0 ? !waiter.over && !(complete && late) : !late && this.turns.isBehind(waiter);
    if (waits) {
      this.checkRoomInLine(waiter);
      this.turns.enter(waiter);
      return undefined;
    }
    // Neither an empty answer nor a dry run makes a record that would say that it is over.
    if (ids.length === 0 || command.validateOnly) this.turns.leave(waiter);
    else this.deciding = waiter;
    if (ids.length === 0) this.empty.set(command, whyEmpty(this.parts.view, waiter.slots, nowMs));
    return { ...command, candidates: ids };
  }

  keeps(waiting: Waiting, fault: unknown): boolean {
    this.deciding = undefined;
    const waiter = this.known.get(waiting);
    if (!waiter) return false;
    if (!(fault instanceof ClaimsChanged) || ++waiter.broken > BROKEN_MAX || this.closed) {
      this.turns.leave(waiter);
      return false;
    }
    const message = `a window of claims had ${fault.task}, which cannot be claimed; it is read anew`;
    this.parts.onNotice({ level: 'error', message });
    for (const slot of waiter.slots) this.shelf.renew(slot);
    this.turns.fill(waiter);
    this.turns.enter(waiter);
    return true;
  }

  decided({ record, effects }: DecidedEffects): void {
    if (this.deciding) this.turns.leave(this.deciding);
    this.deciding = undefined;
    if (this.shelf.isEmpty) return;
    for (const change of changesOf(this.parts.view, effects)) {
      if (change.of === 'task') for (const slot of this.shelf.change(change.task)) this.turns.came(slot);
      else if (change.of === 'over') this.turns.end(change.concerns);
      else this.turns.opened(this.shelf.line(change.project, change.queue), change.of === 'unreadable');
    }
    this.turns.answered(record);
    this.turns.take();
  }

  close(why: Error): void {
    this.closed ??= why;
    this.turns.stop(why);
  }

  private arrive(waiting: Waiting, command: ClaimCommand, nowMs: number): Waiter {
    const { demands, tasksMax, waitMs } = askedOf(this.parts.view, command, nowMs);
    const state = { slots: [], inLine: false, woken: false, over: false, broken: 0 };
    const order = ++this.arrivals;
    const waiter: Waiter = { waiting, order, demands, tasksMax, deadlineMs: nowMs + waitMs, ...state };
    this.known.set(waiting, waiter);
    return waiter;
  }

  /** A claim has come to its decision. */
  private begin(waiter: Waiter): void {
    // One that was being decided and has no end was refused past us: its row could not be healed.
    if (this.deciding && this.deciding !== waiter) this.turns.leave(this.deciding);
    this.deciding = undefined;
    this.turns.begin(waiter);
  }

  private checkRoomInLine({ inLine }: Waiter): void {
    if (inLine || this.waiting < CLAIMS_WAITING_MAX) return;
    const message = `${this.waiting} claims wait already; come back in ${RETRY_AFTER_MS} ms`;
    throw new Refusal('OVERLOADED', message, { retryAfterMs: RETRY_AFTER_MS });
  }
}
