/**
 * Looks at each row when its time has come: leases that run out, sessions that are lost, purges.
 *
 * X1. Time comes in as data: what is due becomes a command like any other, and its decision looks at the row once more.
 * X2. The window of the earliest times is at the decided mark (W1). What it lacks is read from a snapshot of the state, with what was
 *     decided since put over it.
 * X3. Rows are taken in the order of their times, at most IN_FLIGHT_MAX at once. A row stays in the window until a decided
 *     change moves it or takes it away; one that stays is looked at again later, ever more seldom.
 * X4. Nothing is lost in a stop: the index is in the state, and a start reads it again.
 * X5. Entries that a repair of the index put back, or took out, were never decided: the window is read anew then.
 */
import type { DecidedListener } from '../decided-listener';
import type { DecidedEffects } from '../overlay';
import type { StateSnapshot } from '../../storage/state/state';
import { Refusal } from '../../domain/refusal';
import { foldTimers, movesTimers, readTimers } from './timer-refill';
import type { TimerEntry } from './timer-window';
import { TimerWindow } from './timer-window';

/** Commands under way at once: enough to fill a commit group, few enough not to crowd out callers. */
const IN_FLIGHT_MAX = 64;
/** Entries in memory, some 300 bytes each. */
const ENTRIES_MAX = 4096;
/** Entries that a refill reads: room is left for times that come in between. */
const ENTRIES_READ = 2048;
/** Below so many entries more are read. */
const ENTRIES_LOW = 512;
/** The longest sleep in milliseconds: as long as a step of journal time. */
const SLEEP_MAX_MS = 200;
/** The first wait before a row that stayed is looked at again, in milliseconds, … */
const AGAIN_MIN_MS = 1000;
/** … and the longest: each is twice the one before. */
const AGAIN_MAX_MS = 60_000;

export interface TimersParts {
  /** Journal time in milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Reads from a snapshot that holds everything that was decided before the call. */
  readonly withSnapshot: <Result>(read: (snapshot: StateSnapshot) => Promise<Result>) => Promise<Result>;
  /** Does what is due. Resolves or rejects when it is durable, or refused. */
  readonly act: (entry: TimerEntry) => Promise<unknown>;
  /** Told of faults; what is refused is none. */
  readonly onProblem: (what: string, error: Error) => void;
  /** The bound of the window; default 4096. Tests take less. */
  readonly entriesMax?: number | undefined;
}

interface Again {
  readonly atMs: number;
  readonly waitMs: number;
}

export class Timers implements DecidedListener {
  private window: TimerWindow;
  /** By order: what was asked and has not come back. */
  private readonly inFlight = new Set<string>();
  /** By order: what came back and left its row as it was. */
  private readonly again = new Map<string, Again>();
  /** What was decided while a refill reads; undefined while none does. */
  private since: DecidedEffects[] | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** The index is not what the window was read from. */
  private stale = false;
  /** When the sleep ends, in journal time. */
  private wakeAtMs = 0;
  private running = false;
  private readonly work = new Set<Promise<void>>();

  constructor(private readonly parts: TimersParts) {
    this.window = this.emptyWindow();
  }

  /** Begins to look. */
  start(): void {
    this.running = true;
    this.look();
  }

  /** Looks no more. Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all(this.work);
  }

  decided(record: DecidedEffects): void {
    if (!movesTimers(record)) return;
    this.since?.push(record);
    foldTimers(this.window, record);
    const first = this.window.all()[0];
    if (first && first.timeMs < this.wakeAtMs) this.sleep();
  }

  /** X5. The index was put right past what is decided. */
  reread(): void {
    this.stale = true;
    this.refillIfLow();
  }

  /** Asks for what is due, refills the window, and sleeps until there is more. */
  look(): void {
    if (!this.running) return;
    const now = this.parts.nowMs();
    for (const [order, { atMs }] of this.again) if (atMs <= now && !this.window.has(order)) this.again.delete(order);
    for (const entry of this.window.all()) {
      if (entry.timeMs > now || this.inFlight.size >= IN_FLIGHT_MAX) break;
      if (!this.inFlight.has(entry.order) && (this.again.get(entry.order)?.atMs ?? 0) <= now) this.ask(entry);
    }
    this.refillIfLow();
    this.sleep();
  }

  private ask(entry: TimerEntry): void {
    this.inFlight.add(entry.order);
    this.track(
      this.parts
        .act(entry)
        .catch((error: Error) => {
          if (!(error instanceof Refusal)) this.parts.onProblem(`the timer of ${entry.project}/${entry.id}`, error);
        })
        .then(() => this.back(entry)),
    );
  }

  /** X3. */
  private back(entry: TimerEntry): void {
    this.inFlight.delete(entry.order);
    if (this.window.has(entry.order)) {
      const waitMs = Math.min((this.again.get(entry.order)?.waitMs ?? AGAIN_MIN_MS / 2) * 2, AGAIN_MAX_MS);
      this.again.set(entry.order, { atMs: this.parts.nowMs() + waitMs, waitMs });
    } else this.again.delete(entry.order);
    // One that waited for room goes on at once.
    if (this.inFlight.size === IN_FLIGHT_MAX - 1) this.look();
    else this.refillIfLow();
  }

  private sleep(): void {
    clearTimeout(this.timer);
    if (!this.running) return;
    const now = this.parts.nowMs();
    const sleepMs = this.sleepMs(now);
    this.wakeAtMs = now + sleepMs;
    this.timer = setTimeout(() => this.look(), sleepMs).unref();
  }

  /** Rows that are due and are not asked for at present wait for an answer, or for their next turn: the next look finds them. */
  private sleepMs(now: number): number {
    for (const { timeMs, order } of this.window.all()) {
      if (timeMs >= now + SLEEP_MAX_MS) break;
      if (timeMs > now) return timeMs - now;
      if (!this.inFlight.has(order) && !this.again.has(order) && this.inFlight.size < IN_FLIGHT_MAX) return 0;
    }
    return SLEEP_MAX_MS;
  }

  private refillIfLow(): void {
    if (!this.running || this.since) return;
    const isLow = !this.window.complete && this.window.size < this.part(ENTRIES_LOW);
    if (!isLow && !this.stale) return;
    this.since = [];
    // A repair that ends while this one reads wants another.
    this.stale = false;
    const done = this.refill().then(
      () => true,
      (error: Error) => {
        this.stale = true;
        if (!(error instanceof Refusal)) this.parts.onProblem('the reading of timers', error);
        return false;
      },
    );
    this.track(
      done.then((read) => {
        this.since = undefined;
        // After a fault the next look tries again.
        if (read) this.look();
      }),
    );
  }

  /** X2. */
  private async refill(): Promise<void> {
    const fresh = this.emptyWindow();
    const sequence = await this.parts.withSnapshot(async (snapshot) => {
      const { entries, complete } = await readTimers(snapshot, this.part(ENTRIES_READ));
      fresh.load(entries, complete);
      return snapshot.sequence;
    });
    for (const each of this.since ?? []) if (each.record.sequence > sequence) foldTimers(fresh, each);
    this.window = fresh;
  }

  private emptyWindow(): TimerWindow {
    return new TimerWindow(this.parts.entriesMax ?? ENTRIES_MAX);
  }

  /** A count of entries, in proportion to the bound. */
  private part(entries: number): number {
    return Math.max(1, Math.floor((entries * (this.parts.entriesMax ?? ENTRIES_MAX)) / ENTRIES_MAX));
  }

  private track(work: Promise<void>): void {
    this.work.add(work);
    void work.then(() => this.work.delete(work));
  }
}
