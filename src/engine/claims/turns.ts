/**
 * Whose turn it is among the claims that wait.
 *
 * U1. When a task comes, the oldest claim that it can be given to is decided next, before whatever is in the inbox. One claim is on its way
 *     at a time, and its decision brings the next turn: nobody is woken for nothing.
 * U2. A claim whose time is up is answered when it is known that there is nothing for it, not before.
 * U3. While a claim's windows are read, nobody behind it in the same window is served: what comes may be its own.
 */
import type { Caller, Command } from '../../domain/command';
import { Refusal } from '../../domain/refusal';
import type { View } from '../../domain/view';
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { Waiting } from '../inbox';
import { Alarm } from './alarm';
import { Filling } from './filling';
import type { ReadDecided } from './filling';
import { firstOf } from './first';
import { hasRoom } from './room';
import type { Shelf } from './shelf';
import type { QueueLine, Slot, Waiter } from './waiter';
import { Waiters } from './waiters';

export interface TurnParts {
  /** The view that decisions see. */
  readonly view: View;
  /** Journal time in milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly read: ReadDecided;
  /** Puts a claim before everything else that waits for a decision. */
  readonly returnFirst: (waiting: Waiting) => void;
  /** Told whose claims wait: such a session is kept alive. */
  readonly sessions: { join(caller: Caller): void; leave(caller: Caller): void; look(): void };
}

export class Turns {
  private readonly line: Waiters;
  private readonly alarm: Alarm<Waiter | Slot>;
  private readonly filling: Filling;
  /** Slots with waiters into which something may have come. */
  private readonly fresh = new Set<Slot>();
  /** Claims whose time is up. */
  private readonly ripe = new Set<Waiter>();
  /** The claim that was woken and is decided next. */
  private next: Waiter | undefined;
  private scheduled = false;
  private stopped = false;

  constructor(
    private readonly parts: TurnParts,
    private readonly shelf: Shelf,
  ) {
    this.line = new Waiters(shelf);
    this.alarm = new Alarm(parts.nowMs, (due) => this.ring(due));
    this.filling = new Filling(parts.read, (slot, fault) => this.filled(slot, fault));
  }

  /** How many claims wait. */
  get waiting(): number {
    return this.line.size;
  }

  /** Looks for claims and tasks whose time has come; the timer does it by itself. */
  look(): void {
    this.alarm.look();
  }

  /** Reads on where a window is about to run out. */
  fill(waiter: Waiter): void {
    const nowMs = this.parts.nowMs();
    for (const slot of waiter.slots) this.filling.fill(slot, nowMs, waiter.tasksMax);
  }

  /** Puts a claim in line. One that stands there keeps its place. */
  enter(waiter: Waiter): void {
    for (const slot of waiter.slots) this.fresh.add(slot);
    this.takeLater();
    const late = waiter.deadlineMs <= this.parts.nowMs();
    if (late) this.ripe.add(waiter);
    if (waiter.inLine) return;
    this.line.add(waiter);
    this.parts.sessions.join(waiter.waiting.command.caller);
    if (!late) this.alarm.set(waiter.deadlineMs, waiter);
    this.alarm.tidy(this.line.size, (thing) => ('waiting' in thing ? thing.inLine : !thing.gone));
    waiter.waiting.signal?.addEventListener('abort', () => this.abandon(waiter), { once: true });
  }

  /** Takes a claim out of the line. Those behind it may be served now (U3). */
  leave(waiter: Waiter): void {
    if (this.next === waiter) this.next = undefined;
    this.ripe.delete(waiter);
    if (!waiter.inLine) return;
    this.line.remove(waiter);
    this.parts.sessions.leave(waiter.waiting.command.caller);
    for (const slot of waiter.slots) this.came(slot);
    this.takeLater();
  }

  /** A claim has come to its decision: after it, it is the next one's turn, even if it leaves no record. */
  begin(waiter: Waiter): void {
    if (this.next === waiter) this.next = undefined;
    waiter.woken = false;
    if (this.line.size > 0) this.takeLater();
  }

  /** Whether an older claim that waits can be given something that this one would take. */
  isBehind(waiter: Waiter): boolean {
    const nowMs = this.parts.nowMs();
    for (const { waiters } of waiter.slots) {
      for (const other of waiters) {
        if (other.order >= waiter.order) break;
        if (!other.woken && this.mayGet(other, nowMs)) return true;
      }
    }
    return false;
  }

  /** Something may have come into a window. */
  came(slot: Slot): void {
    if (slot.waiters.size > 0) this.fresh.add(slot);
  }

  /** A queue may give more than before. `wrong`: what its windows hold is not sure any more. */
  opened(line: QueueLine | undefined, wrong: boolean): void {
    if (!line) return;
    for (const slot of this.shelf.slotsOf(line)) {
      if (wrong) this.shelf.renew(slot);
      this.came(slot);
    }
  }

  /** Claims that cannot be served any more are decided, so that they are refused in words. */
  end(concerns: (command: Command) => boolean): void {
    for (const waiter of this.line) {
      if (!concerns(waiter.waiting.command)) continue;
      waiter.over = true;
      this.wake(waiter);
    }
  }

  /** A record has answered a request: whoever waits with the same one finds the answer at the head of the inbox. */
  answered(record: JournalRecord): void {
    for (const twin of this.line.answeredBy(record)) {
      const onItsWay = twin.woken;
      this.leave(twin);
      if (!onItsWay) this.parts.returnFirst(twin.waiting);
    }
  }

  /** Wakes the oldest claim that can be served, unless one is on its way. If there is none, those whose time is up are answered. */
  take(): void {
    if (this.next || this.stopped || (this.fresh.size === 0 && this.ripe.size === 0)) return;
    const nowMs = this.parts.nowMs();
    let oldest: Waiter | undefined;
    for (const slot of this.fresh) {
      const first = this.servable(slot, nowMs);
      if (!first) this.fresh.delete(slot);
      // One that is on its way already is decided before whoever stands behind it.
      else if (!first.woken && (!oldest || first.order < oldest.order)) oldest = first;
    }
    this.next = oldest;
    if (oldest) this.wake(oldest);
    else for (const waiter of [...this.ripe].reverse()) if (this.hasNothing(waiter, nowMs)) this.wake(waiter);
  }

  /** Ends all waits. */
  stop(why: Error): void {
    this.stopped = true;
    this.alarm.stop();
    this.filling.stop();
    // One that is on its way is told when it comes there.
    for (const waiter of [...this.line]) if (!waiter.woken) this.refuse(waiter, why);
  }

  private takeLater(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.take();
    });
  }

  private wake(waiter: Waiter): void {
    if (waiter.woken) return;
    waiter.woken = true;
    this.parts.returnFirst(waiter.waiting);
  }

  private refuse(waiter: Waiter, why: Error): void {
    this.leave(waiter);
    waiter.waiting.reject(why);
  }

  /** The caller has gone. One that is on its way to a decision is told there. */
  private abandon(waiter: Waiter): void {
    if (waiter.inLine && !waiter.woken) this.refuse(waiter, gone());
  }

  /** The oldest claim of a line that can be given something of this window, or that is on its way to be decided. */
  private servable(slot: Slot, nowMs: number): Waiter | undefined {
    if (slot.waiters.size === 0) return undefined;
    const { project, queue } = slot.demand;
    if (slot.window.first(nowMs, 1).keys.length > 0 && hasRoom(this.parts.view, project, queue)) {
      for (const waiter of slot.waiters) {
        if (waiter.woken || firstOf(waiter.slots, nowMs, 1).ids.length > 0) return waiter;
        for (const each of waiter.slots) this.filling.fill(each, nowMs, 1);
        if (this.mayGet(waiter, nowMs)) return undefined;
      }
    }
    this.filling.fill(slot, nowMs, 1);
    this.arm(slot, nowMs);
    return undefined;
  }

  /** Whether there is a task for a claim, or it is not known yet that there is none (U3). */
  private mayGet({ slots }: Waiter, nowMs: number): boolean {
    const { ids, complete } = firstOf(slots, nowMs, 1);
    return ids.length > 0 || !complete;
  }

  /** Whether it is known that a claim gets nothing now. */
  private hasNothing({ demands, slots }: Waiter, nowMs: number): boolean {
    const { project, queue } = demands[0]!;
    return !hasRoom(this.parts.view, project, queue) || firstOf(slots, nowMs, 1).complete;
  }

  /** A window knows more, which may have been all that somebody lacked. */
  private filled(slot: Slot, fault: Error | undefined): void {
    if (this.stopped) return;
    for (const waiter of [...slot.waiters]) {
      if (!fault) for (const each of waiter.slots) this.fresh.add(each);
      else if (!waiter.woken) this.refuse(waiter, fault);
    }
    this.take();
  }

  /** Asks to be called when a task of the window becomes due. */
  private arm(slot: Slot, nowMs: number): void {
    const next = slot.window.nextTimeMs(nowMs);
    if (next === undefined || (slot.armedMs !== undefined && slot.armedMs <= next)) return;
    slot.armedMs = next;
    this.alarm.set(next, slot);
  }

  private ring(due: readonly (Waiter | Slot)[]): void {
    for (const thing of due) {
      if ('waiting' in thing) {
        if (thing.inLine) this.ripe.add(thing);
        continue;
      }
      thing.armedMs = undefined;
      this.came(thing);
    }
    this.take();
  }
}

/** The refusal of a claim whose caller has gone. */
export function gone(): Refusal {
  return new Refusal('CANCELLED', 'the caller has gone');
}
