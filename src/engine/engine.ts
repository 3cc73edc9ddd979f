import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Position } from '../gen/holdfast/v1/common';
import { PRINCIPAL_SYSTEM } from '../domain/command';
import type { Command } from '../domain/command';
import type { LocksView } from '../domain/held-locks';
import { DEFAULT_PROJECT } from '../domain/names';
import { Refusal } from '../domain/refusal';
import type { Row } from '../domain/view';
import type { State, StateSnapshot } from '../storage/state/state';
import { Applier } from './applier';
import type { BlobStore } from './blobs/blob-store';
import { engineBlobs } from './blobs/engine-blobs';
import type { Claims } from './claims/claims';
import { JournalClock } from './clock';
import type { Clock } from './clock';
import { Committer } from './committer';
import { Decider } from './decider';
import { DiskGuard } from './disk-guard';
import type { Executed } from './executed';
import { Feed } from './feed';
import { Halt } from './halt';
import { Healer } from './healer';
import { Inbox } from './inbox';
import { LiveLocks } from './locks/live-locks';
import { Marks } from './marks';
import type { Notice } from './notice';
import type { Observer } from './observer';
import { Overlay } from './overlay';
import type { Parking } from './parking';
import { claimParking, lockParking } from './parkings';
import type { ParkingParts } from './parkings';
import { Reader } from './reader';
import { openStore } from './startup';
import { StateGuard } from './state-guard';
import type { OpenedStore, StoreFound, StoreOptions } from './startup';
import { engineTimers } from './timers/engine-timers';
import type { Timers } from './timers/timers';
import { Upkeep } from './upkeep';
import { UuidSource } from './uuid';

export interface EngineOptions extends StoreOptions {
  readonly clock: Clock;
  readonly observer: Observer;
  /** The server's version, for the record of the start. */
  readonly version: string;
  /** Free bytes on the disk below which growth is refused. Default 64 MiB. */
  readonly diskFreeBytesMin?: number | undefined;
  /** Told what the engine has to say for a log. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

export interface EngineStatus {
  readonly durable: number;
  readonly applied: number;
  readonly found: StoreFound;
  /** Why the engine halted, or undefined. */
  readonly halted: string | undefined;
  readonly draining: boolean;
  /** Growth is refused because the disk is nearly full. */
  readonly diskFull: boolean;
}

const DISK_FREE_BYTES_MIN = 64 * 1024 * 1024;

/**
 * Order and time over the store: takes commands, makes them durable, serves reads and the feed.
 *
 * The parts and their invariants: inbox (I), committer (C), decider (D), overlay (O), marks (M), applier (A), feed (E),
 * reader (R), disk guard (G), halt (H), clock (K), upkeep (U), timers (X).
 */
export class Engine {
  private readonly inbox = new Inbox();
  private readonly committer: Committer;
  private readonly reader: Reader;
  private readonly upkeep: Upkeep;
  private readonly timers: Timers;
  private readonly disk: DiskGuard;
  private readonly guard: StateGuard;
  private readonly liveLocks = new LiveLocks();
  private readonly parkings: Parking[] = [];
  private draining = false;
  readonly feed: Feed;
  /** Claims of the next ready task. */
  readonly claims: Claims;
  /** Large bytes. */
  readonly blobs: BlobStore;

  /** Opens or creates the store, recovers what an unclean stop left, and serves. Throws JournalCorruption, or the
   *  store's own error when another process has it. */
  static async start(options: EngineOptions): Promise<Engine> {
    const notice = options.onNotice ?? ((): void => undefined);
    const store = await openStore(options, notice);
    const engine = new Engine(options, store, notice);
    try {
      await engine.begin();
    } catch (error) {
      // Whoever starts again in this process must find the directory free; the first error says why it was not served.
      await engine.stop().catch(() => undefined);
      throw error;
    }
    return engine;
  }

  private constructor(
    private readonly options: EngineOptions,
    private readonly store: OpenedStore,
    notice: (notice: Notice) => void,
    private readonly journal = store.journal,
    private readonly state = store.state,
    private readonly halt = new Halt(),
    private readonly marks = new Marks(journal.head().sequence),
    private readonly clock = new JournalClock(options.clock, journal.head().timeMs),
  ) {
    const { files, dir, observer } = options;
    const overlay = new Overlay();
    const digest = state.digest.clone();
    const uuids = new UuidSource();
    const decider = new Decider({
      state,
      overlay,
      clock,
      uuids,
      tallies: state.tallies.clone(),
      digest,
      locks: this.liveLocks.decided,
    });
    const parking: ParkingParts = {
      inbox: this.inbox,
      wake: () => this.committer.wake(),
      clock,
      marks,
      reader: () => this.reader,
      view: decider.view,
      locks: this.liveLocks.decided,
      onNotice: notice,
    };
    this.claims = claimParking(parking);
    this.parkings.push(lockParking(parking), this.claims);
    this.guard = new StateGuard(state, halt, notice);
    const healer = new Healer(
      journal,
      state,
      ({ message }, sequence) => notice({ level: 'warn', message: `${message}; healed from sequence ${sequence}` }),
      (why) => this.guard.giveUp(why),
    );
    this.feed = new Feed(journal, journal.head().sequence);
    this.disk = new DiskGuard(journal, files, dir, options.diskFreeBytesMin ?? DISK_FREE_BYTES_MIN);
    const onApplied = (): void => this.committer.wake();
    const applier = new Applier({ state, overlay, marks, halt, observer, onApplied });
    marks.onWait = () => applier.hurry();
    this.reader = new Reader(journal, overlay, state, marks, healer);
    const onProblem = (what: string, error: Error): void =>
      notice({ level: 'error', message: `${what} failed: ${error.message}; it is tried again` });
    const row = this.reader.rowNow.bind(this.reader);
    this.blobs = engineBlobs({ blobs: store.blobs, disk: this.disk, halt, row, onProblem });
    const execute = (command: Command): Promise<Executed> => this.execute(command);
    this.timers = engineTimers({ clock, marks, reader: this.reader, blobs: this.blobs, execute, onProblem });
    const { inbox, disk, feed } = this;
    this.committer = new Committer({
      inbox,
      decider,
      digest,
      journal,
      overlay,
      marks,
      applier,
      feed,
      healer,
      disk,
      halt,
      observer,
      parkings: this.parkings,
      listeners: [this.timers],
    });
    this.upkeep = new Upkeep({ journal, state, applier, disk, halt, onProblem });
  }

  /** The history's id: 16 lower-case hex digits. */
  get history(): string {
    return this.journal.history;
  }

  /** Journal time in milliseconds since 1970. */
  get nowMs(): number {
    return this.clock.nowMs();
  }

  get status(): EngineStatus {
    return {
      durable: this.marks.durable,
      applied: this.marks.applied,
      found: this.store.found,
      halted: this.halt.halted,
      draining: this.draining,
      diskFull: this.disk.full,
    };
  }

  /**
   * Decides a command and makes it durable. Calls may overlap; they are decided in order of arrival.
   * Rejects with a Refusal, or with what the rules throw; either rests on durable records only. A command that waits (a claim, a lock) leaves
   * when `signal` aborts.
   */
  execute(command: Command, signal?: AbortSignal): Promise<Executed> {
    return new Promise((resolve, reject) => {
      if (this.halt.halted !== undefined) throw this.halt.refusal();
      if (this.draining) throw draining();
      const enqueued = this.options.observer.wants(command.caller.trace) ? performance.now() : 0;
      this.inbox.add({ command, resolve, reject, enqueued, signal });
      this.committer.wake();
    });
  }

  /** The durable sequence that reads see. Throws OUT_OF_RANGE `POSITION_UNKNOWN` for a position that is not served. */
  reach(atLeast: Position | undefined): number {
    return this.reader.reach(atLeast);
  }

  /** A point read at the durable mark. Synchronous; throws DamagedRow where `read` would heal. */
  readNow(kind: EntityKind, project: string, id: string): Row | undefined {
    return this.reader.rowNow(kind, project, id);
  }

  /** A point read at the durable mark, healing what is damaged. Throws DATA_LOSS `CORRUPTION`. */
  read(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    return this.reader.row(kind, project, id);
  }

  /** The live locks of a project at the durable mark, for this turn. */
  locks(project: string): LocksView {
    return this.liveLocks.durable.of(project);
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.reader.taskIdByExternalId(project, externalId);
  }

  /** A consistent view of what was durable when the call came. Close it. */
  snapshot(): Promise<StateSnapshot> {
    return this.reader.snapshot();
  }

  /** Reads from a snapshot of its own, healing what is damaged: `read` may run more than once. */
  withSnapshot<Result>(read: (snapshot: StateSnapshot) => Promise<Result>): Promise<Result> {
    return this.reader.withSnapshot(read);
  }

  /** Reads rows and counts of one moment, of everything that was durable when the call came. `read` may run more than once. */
  withApplied<Result>(read: (state: State) => Result): Promise<Result> {
    return this.reader.applied(read);
  }

  /** One durable record. Throws PositionTooOld. */
  record(sequence: number): Promise<JournalRecord> {
    return this.reader.record(sequence);
  }

  onHalt(listener: (why: string) => void): void {
    this.halt.onHalt(listener);
  }

  /** Takes no more commands: they are refused with DRAINING, and so are those that wait. Reads and the feed go on. */
  drain(): void {
    this.draining = true;
    for (const parking of this.parkings) parking.close(draining());
  }

  /** Finishes what was accepted, flushes the state, seals the journal and lets the store go. After a halt it only lets go. */
  async stop(): Promise<void> {
    this.drain();
    const timersDone = this.timers.stop();
    await this.committer.whenIdle();
    this.clock.stop();
    this.guard.stop();
    await this.upkeep.stop();
    this.feed.close();
    const healthy = this.halt.halted === undefined;
    try {
      if (healthy) {
        await this.marks.whenApplied(this.marks.durable);
        await this.state.checkpoint(this.journal.head().chain);
      }
    } finally {
      // Whoever waits for the state waits no more: only then are the timers done.
      this.marks.fail(this.halt.refusal());
      await timersDone;
      await this.blobs.stop();
      await this.letGo(healthy);
    }
  }

  /** Closes everything, whichever of it fails: a directory that stays locked could not be opened again by this process. */
  private async letGo(healthy: boolean): Promise<void> {
    try {
      await this.state.close();
    } finally {
      try {
        await this.journal.close(healthy);
      } finally {
        await this.store.release();
      }
    }
  }

  /** In the background: whether the state is sound, and then, after an unclean stop, whether files are left that nothing names. */
  private async lookAtStore(): Promise<void> {
    const { journal, state } = this.store.found;
    const sound = await this.guard.watch(!state.verified);
    if (sound && journal.how === 'unclean') this.blobs.sweep();
  }

  /** The record of this start, and the default project of a new store. */
  private async begin(): Promise<void> {
    this.clock.start();
    await this.liveLocks.load(this.reader, this.feed);
    await this.disk.look();
    await this.disk.makeRoom(0);
    await this.committer.boot({ version: this.options.version, found: this.store.found.journal.how });
    this.upkeep.start();
    this.timers.start();
    void this.lookAtStore();
    // It is missing in a new store, and in one that was cut off right after its first start.
    if ((await this.read(EntityKind.PROJECT, DEFAULT_PROJECT, '')) === undefined) {
      await this.execute({
        kind: 'createProject',
        request: {
          project: undefined,
          projectId: DEFAULT_PROJECT,
          requestId: '',
          validateOnly: false,
        },
        caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
        validateOnly: false,
      });
    }
  }
}

function draining(): Refusal {
  return new Refusal('DRAINING', 'the server is shutting down; reconnect and retry', { retryAfterMs: 500 });
}
