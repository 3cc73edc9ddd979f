/**
 * The windows that are in use.
 *
 * P1. Each window sees each decided change of its queue, in order.
 * P2. A window with waiters stays. Of the others the least recently used goes: at 64 that a queue's tasks for everybody have, and at 1,024
 *     in all.
 */
import { Refusal } from '../../domain/refusal';
import { CLAIM_WINDOWS_MAX } from '../../domain/limits';
import type { Indexed } from '../../gen/holdfast/journal/v1/journal';
import { claimKeyOf } from '../query/order';
import type { Demand } from './demand';
import type { QueueLine, Slot, Waiter } from './waiter';
import { ClaimWindow } from './window';

/** Windows without waiters, of all queues: some tens of megabytes if all are full. */
const IDLE_WINDOWS_MAX = 1024;

/** A task as a decided record left it. */
export interface ChangedTask {
  readonly project: string;
  readonly id: string;
  /** Undefined: there was none. */
  readonly before: Indexed | undefined;
  /** Undefined: there is none any more. */
  readonly after: Indexed | undefined;
  readonly image: Uint8Array;
}

export class Shelf {
  private readonly lines = new Map<string, QueueLine>();
  /** Slots without waiters, least recently used first. */
  private readonly idle = new Set<Slot>();

  /** No window is in use. */
  get isEmpty(): boolean {
    return this.lines.size === 0;
  }

  line(project: string, queue: string): QueueLine | undefined {
    return this.lines.get(`${project}/${queue}`);
  }

  /** All slots there are. */
  *all(): Iterable<Slot> {
    for (const line of this.lines.values()) yield* this.slotsOf(line);
  }

  /** All slots of a line. */
  *slotsOf({ shared, personal }: QueueLine): Iterable<Slot> {
    yield* shared.values();
    for (const slots of personal.values()) yield* slots.values();
  }

  /** The window of a demand, if there is one. */
  find(demand: Demand): Slot | undefined {
    const line = this.line(demand.project, demand.queue);
    const slots = demand.assignee === '' ? line?.shared : line?.personal.get(demand.assignee);
    return slots?.get(demand.key);
  }

  /** The window of a demand, made where there is none. Refuses with QUOTA where too many windows of the queue have waiters. */
  slot(demand: Demand): Slot {
    const line = this.lineOf(demand);
    const slots = demand.assignee === '' ? line.shared : this.personalOf(line, demand.assignee);
    const known = slots.get(demand.key);
    if (known) {
      if (this.idle.delete(known)) this.idle.add(known);
      return known;
    }
    if (demand.assignee === '' && slots.size >= CLAIM_WINDOWS_MAX) this.makeRoom(line);
    const window = new ClaimWindow();
    const slot: Slot = { demand, line, window, waiters: new Set(), armedMs: undefined, gone: false };
    slots.set(demand.key, slot);
    this.idle.add(slot);
    if (this.idle.size > IDLE_WINDOWS_MAX) this.drop(this.idle.values().next().value!);
    return slot;
  }

  join(slot: Slot, waiter: Waiter): void {
    slot.waiters.add(waiter);
    this.idle.delete(slot);
  }

  leave(slot: Slot, waiter: Waiter): void {
    if (!slot.waiters.delete(waiter) || slot.waiters.size > 0 || slot.gone) return;
    this.idle.add(slot);
    if (this.idle.size > IDLE_WINDOWS_MAX) this.drop(this.idle.values().next().value!);
  }

  /** Tells the windows of a task that changed (P1). Gives those into which it came. */
  change({ project, id, before, after, image }: ChangedTask): Slot[] {
    const entered: Slot[] = [];
    const left = before && this.line(project, before.queue);
    const reached = after && this.line(project, after.queue);
    const keyBefore = before && claimKeyOf(before, id);
    if (left && left !== reached) for (const slot of this.slotsOf(left)) slot.window.change(id, keyBefore, undefined);
    if (!reached) return entered;
    for (const slot of this.concerned(reached, before, after)) {
      const key = slot.demand.keyOf(id, image, after.held, after);
      if (slot.window.change(id, left === reached ? keyBefore : undefined, key)) entered.push(slot);
    }
    return entered;
  }

  /** Takes a window off, whose contents nobody trusts; its waiters wait for a fresh one in the same place. */
  renew(slot: Slot): void {
    slot.window = new ClaimWindow();
  }

  private concerned(line: QueueLine, before: Indexed | undefined, after: Indexed): Iterable<Slot> {
    if (line.personal.size === 0) return line.shared.values();
    return this.withPersonal(line, new Set([before?.assignee ?? '', after.assignee]));
  }

  private *withPersonal(line: QueueLine, assignees: ReadonlySet<string>): Iterable<Slot> {
    yield* line.shared.values();
    for (const assignee of assignees) {
      const slots = line.personal.get(assignee);
      if (slots) yield* slots.values();
    }
  }

  private lineOf({ project, queue }: Demand): QueueLine {
    const name = `${project}/${queue}`;
    const known = this.lines.get(name);
    if (known) return known;
    const line: QueueLine = { project, queue, shared: new Map(), personal: new Map() };
    this.lines.set(name, line);
    return line;
  }

  private personalOf({ personal }: QueueLine, agent: string): Map<string, Slot> {
    const known = personal.get(agent);
    if (known) return known;
    const slots = new Map<string, Slot>();
    personal.set(agent, slots);
    return slots;
  }

  private makeRoom({ project, queue, shared }: QueueLine): void {
    for (const slot of this.idle) if (shared.get(slot.demand.key) === slot) return this.drop(slot);
    const message =
      `claims of queue ${queue} in projects/${project} wait for ${CLAIM_WINDOWS_MAX} different sets of capabilities and filters, which is the ` +
      'most: use one of these, or wait until one of them is free';
    throw new Refusal('QUOTA', message, { metadata: { limit: String(CLAIM_WINDOWS_MAX) } });
  }

  private drop(slot: Slot): void {
    const { demand, line } = slot;
    slot.gone = true;
    this.idle.delete(slot);
    if (demand.assignee === '') line.shared.delete(demand.key);
    else {
      const slots = line.personal.get(demand.assignee);
      slots?.delete(demand.key);
      if (slots?.size === 0) line.personal.delete(demand.assignee);
    }
    if (line.shared.size === 0 && line.personal.size === 0) this.lines.delete(`${demand.project}/${demand.queue}`);
  }
}
