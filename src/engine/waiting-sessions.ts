/**
 * Renews the sessions whose calls wait: an agent that waits for a task or a lock is alive, though it changes nothing meanwhile.
 *
 * V1. While a call of a session waits, the session is renewed before a third of its ttl has passed since the last renewal, and so is what it
 *     holds under shorter ttls. It is an implicit renewal like that of any other call, decided like one.
 * V2. A renewal costs a record, and one is asked for only when it is due: a session that renews itself by other calls costs none, and one
 *     that lasts until it is ended costs nothing.
 * V3. When its last call has left, nothing renews the session any more.
 */
import { PRINCIPAL_SYSTEM } from '../domain/command';
import type { Caller, Command } from '../domain/command';
import { formatSession, parseSession } from '../domain/sessions/agent-names';
import type { View } from '../domain/view';
import { EntityKind, SessionWork } from '../gen/holdfast/journal/v1/journal';
import { Alarm } from './claims/alarm';
import type { DecidedListener } from './decided-listener';
import type { DecidedEffects } from './overlay';

/** When a renewal is due, in steps in which renewals are written down, of a tenth of the ttl each: far from the end, and seldom. */
const DUE_STEPS = 3;
/** How long until a renewal that failed is tried again, in milliseconds: the inbox was full, or a row is being healed. */
const AGAIN_MS = 100;

export interface WaitingSessionsParts {
  /** The view that decisions see. */
  readonly view: Pick<View, 'row'>;
  /** Journal time in milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly execute: (command: Command) => Promise<unknown>;
}

interface Entry {
  readonly project: string;
  readonly id: string;
  readonly caller: Caller;
  /** How many of its calls wait. */
  calls: number;
  /** The time for which the alarm has it; undefined for none. */
  armedMs: number | undefined;
  /** A renewal is on its way. */
  renewing: boolean;
}

export class WaitingSessions implements DecidedListener {
  private readonly entries = new Map<string, Entry>();
  private readonly alarm: Alarm<Entry>;

  constructor(private readonly parts: WaitingSessionsParts) {
    this.alarm = new Alarm(parts.nowMs, (due) => this.ring(due));
  }

  /** A call of a session begins to wait. The session was there when it came. */
  join({ session, sessionToken }: Caller): void {
    const known = this.entries.get(session);
    if (known) {
      known.calls++;
      return;
    }
    const caller = { principal: PRINCIPAL_SYSTEM, session, sessionToken };
    const entry = { ...parseSession(session, 'session'), caller, calls: 1, armedMs: undefined, renewing: false };
    this.entries.set(session, entry);
    this.alarm.tidy(this.entries.size, (each) => this.waits(each));
    this.arm(entry, 0);
    // One that is due already is renewed before whatever comes next.
    this.alarm.look();
  }

  /** A call that waited has been answered, or its caller has gone. */
  leave({ session }: Caller): void {
    const entry = this.entries.get(session);
    if (entry && --entry.calls === 0) this.entries.delete(session);
  }

  /** Looks for renewals that are due; a timer does it by itself. */
  look(): void {
    this.alarm.look();
  }

  /** What a session holds may have a shorter ttl from now on. */
  decided({ record }: DecidedEffects): void {
    if (this.entries.size === 0) return;
    for (const { kind, project, id } of record.changes) {
      if (kind !== EntityKind.SESSION_WORK) continue;
      const entry = this.entries.get(formatSession(project, id));
      if (entry) this.arm(entry, 0);
    }
  }

  /** Sets the alarm for the next renewal, but for nothing before `earliestMs`. */
  private arm(entry: Entry, earliestMs: number): void {
    const dueMs = this.dueMs(entry);
    if (dueMs === undefined) return;
    const atMs = Math.max(dueMs, earliestMs);
    if (entry.armedMs !== undefined && entry.armedMs <= atMs) return;
    entry.armedMs = atMs;
    this.alarm.set(atMs, entry);
  }

  /** When a session is to be renewed, in milliseconds since 1970; undefined: never. */
  private dueMs({ project, id }: Entry): number | undefined {
    const image = this.rowOf(project, id);
    if (!image) return undefined;
    const { renewedMs, renewEveryMs, endedMs } = SessionWork.decode(image);
    return renewEveryMs === 0 || endedMs > 0 ? undefined : renewedMs + DUE_STEPS * renewEveryMs;
  }

  private ring(due: readonly Entry[]): void {
    const nowMs = this.parts.nowMs();
    for (const entry of due) {
      entry.armedMs = undefined;
      if (!this.waits(entry) || entry.renewing) continue;
      const dueMs = this.dueMs(entry);
      if (dueMs !== undefined && dueMs <= nowMs) this.renew(entry);
      else this.arm(entry, 0);
    }
  }

  private renew(entry: Entry): void {
    const { project, id, caller } = entry;
    entry.renewing = true;
    const again = (): void => {
      entry.renewing = false;
      if (this.waits(entry)) this.arm(entry, this.parts.nowMs() + AGAIN_MS);
    };
    // A session that is over is refused, and its calls are told so themselves.
    this.parts
      .execute({ kind: 'renewSession', request: { project, id }, caller, validateOnly: false })
      .then(again, again);
  }

  private waits(entry: Entry): boolean {
    return this.entries.get(entry.caller.session) === entry;
  }

  /** A row that is damaged is healed by whoever reads it next: the session's end is decided on it, at the latest. */
  private rowOf(project: string, id: string): Uint8Array | undefined {
    try {
      return this.parts.view.row(EntityKind.SESSION_WORK, project, id)?.image;
    } catch {
      return undefined;
    }
  }
}
