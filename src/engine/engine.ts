import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Position } from '../gen/holdfast/v1/common';
import { PRINCIPAL_SYSTEM } from '../domain/command';
import type { Command } from '../domain/command';
import type { LocksView } from '../domain/locks/held-locks';
import { DEFAULT_PROJECT } from '../domain/names';
import { Refusal } from '../domain/refusal';
import type { Row } from '../domain/view';
import type { State, StateSnapshot } from '../storage/state/state';
import type { BlobStore } from './blobs/blob-store';
import type { Claims } from './claims/claims';
import { engineParts } from './engine-parts';
import type { EngineParts, PartsOptions } from './engine-parts';
import type { Emergency } from './emergency/emergency';
import type { Executed } from './executed';
import type { Feed } from './feed';
import { HostRequests } from './host-requests';
import type { HandedOver, OfflineWork } from './host-requests';
import type { Notice } from './notice';
import { openStore } from './startup';
import type { OpenedStore, StoreFound } from './startup';
import { StateHold } from './state-hold';
import type { StoreSettings } from './store-settings';

export type { OfflineWork } from './host-requests';

export interface EngineOptions extends PartsOptions {
  /** The server's version, for the record of the start. */
  readonly version: string;
  /** How the store is kept; without it nothing is done by itself. */
  readonly settings?: StoreSettings | undefined;
  /** Told what the engine has to say for a log. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
  /** The swap that this start follows; undefined for the first start of a process. */
  readonly handedOver?: HandedOver | undefined;
}

export interface EngineStatus {
  readonly durable: number;
  readonly applied: number;
  readonly found: StoreFound;
  /** Why the engine halted, or undefined. */
  readonly halted: string | undefined;
  readonly draining: boolean;
  /** It serves what a capsule holds while the state is built anew: reads, possibly stale; undefined: it serves all. */
  readonly emergency: Emergency | undefined;
  /** Growth is refused because the disk is nearly full. */
  readonly diskFull: boolean;
}

/**
 * Order and time over the store: takes commands, makes them durable, serves reads and the feed.
 *
 * The parts and their invariants: inbox (I), committer (C), decider (D), overlay (O), marks (M), applier (A), feed (E),
 * reader (R), disk guard (G), halt (H), clock (K), upkeep (U), timers (X).
 */
export class Engine {
  readonly parts: EngineParts;
  private closing: Refusal | undefined;
  private readonly host = new HostRequests();
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

  /** Serves reads of a store that stands in for the real one. Nothing changes in it, and no time passes. */
  static async standIn(options: EngineOptions, store: OpenedStore, emergency: Emergency): Promise<Engine> {
    const engine = new Engine(options, store, options.onNotice ?? ((): void => undefined), emergency);
    engine.drain(emergency.refusal());
    await engine.parts.liveLocks.load(engine.parts.reader, engine.feed);
    return engine;
  }

  private constructor(
    readonly options: EngineOptions,
    /** The store, and what the engine is made of: for those who keep the store (see maintenance.ts), who know its invariants. */
    readonly store: OpenedStore,
    readonly notice: (notice: Notice) => void,
    private readonly emergency?: Emergency,
  ) {
    this.parts = engineParts(options, store, notice, (command) => this.execute(command));
    const { disk, marks, applier, upkeep } = this.parts;
    applier.hold = upkeep.hold = new StateHold({ disk, marks, host: this.host, notice });
    this.feed = this.parts.feed;
    this.claims = this.parts.claims;
    this.blobs = this.parts.blobs;
  }

  /** The history's id: 16 lower-case hex digits. */
  get history(): string {
    return this.parts.journal.history;
  }

  /** Journal time in milliseconds since 1970. */
  get nowMs(): number {
    return this.parts.clock.nowMs();
  }

  get status(): EngineStatus {
    return {
      durable: this.parts.marks.durable,
      applied: this.parts.marks.applied,
      found: this.store.found,
      halted: this.parts.halt.halted,
      draining: this.closing !== undefined && !this.emergency,
      emergency: this.emergency,
      diskFull: this.parts.disk.full,
    };
  }

  /**
   * Decides a command and makes it durable. Calls may overlap; they are decided in order of arrival.
   * Rejects with a Refusal, or with what the rules throw; either rests on durable records only. A command that waits (a claim, a lock) leaves
   * when `signal` aborts.
   */
  execute(command: Command, signal?: AbortSignal): Promise<Executed> {
    return new Promise((resolve, reject) => {
      if (this.parts.halt.halted !== undefined) throw this.parts.halt.refusal();
      if (this.closing) throw this.closing;
      const enqueued = this.options.observer.wants(command.caller.trace) ? performance.now() : 0;
      this.parts.inbox.add({ command, resolve, reject, enqueued, signal });
      this.parts.committer.wake();
    });
  }

  /** The durable sequence that reads see. Throws OUT_OF_RANGE `POSITION_UNKNOWN` for a position that is not served. */
  reach(atLeast: Position | undefined): number {
    return this.parts.reader.reach(atLeast);
  }

  /** A point read at the durable mark. Synchronous; throws DamagedRow where `read` would heal. */
  readNow(kind: EntityKind, project: string, id: string): Row | undefined {
    return this.parts.reader.rowNow(kind, project, id);
  }

  /** A point read at the durable mark, healing what is damaged. Throws DATA_LOSS `CORRUPTION`. */
  read(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    return this.parts.reader.row(kind, project, id);
  }

  /** The live locks of a project at the durable mark, for this turn. */
  locks(project: string): LocksView {
    return this.parts.liveLocks.durable.of(project);
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.parts.reader.taskIdByExternalId(project, externalId);
  }

  /** A consistent view of what was durable when the call came. Close it. */
  snapshot(): Promise<StateSnapshot> {
    return this.parts.reader.snapshot();
  }

  /** Reads from a snapshot of its own, healing what is damaged: `read` may run more than once. */
  withSnapshot<Result>(read: (snapshot: StateSnapshot) => Promise<Result>): Promise<Result> {
    return this.parts.reader.withSnapshot(read);
  }

  /** Reads rows and counts of one moment, of everything that was durable when the call came. `read` may run more than once. */
  withApplied<Result>(read: (state: State) => Result): Promise<Result> {
    return this.parts.reader.applied(read);
  }

  /** One durable record. Throws PositionTooOld. */
  record(sequence: number): Promise<JournalRecord> {
    return this.parts.reader.record(sequence);
  }

  onHalt(listener: (why: string) => void): void {
    this.parts.halt.onHalt(listener);
  }

  /** Asks whoever serves this engine to stop it, do the work, and start again. Throws when nobody does; Refusal `DRAINING` or `RECOVERING` when it
   *  is about to stop or to swap already. */
  handOver(work: OfflineWork): void {
    this.host.handOver(work);
  }

  onHandOver(listener: (work: OfflineWork) => void): void {
    this.host.onHandOver(listener);
  }

  /** Asks whoever serves this engine to stop it for good, as a signal does. `timeoutMs`: how long open calls may take; the server's own bound if absent. */
  requestStop(reason: string, timeoutMs?: number): void {
    this.host.requestStop(reason, timeoutMs);
  }

  onStopRequest(listener: (reason: string, timeoutMs: number | undefined) => void): void {
    this.host.onStopRequest(listener);
  }

  /** Takes no more commands: they are refused with `why`, and so are those that wait. Reads and the feed go on. The first reason stays. */
  drain(why: Refusal = draining()): void {
    this.closing ??= why;
    for (const parking of this.parts.parkings) parking.close(this.closing);
  }

  /** Finishes what was accepted, flushes the state, seals the journal and lets the store go. After a halt it only lets go. */
  async stop(): Promise<void> {
    this.drain();
    const timersDone = this.parts.timers.stop();
    await this.parts.committer.whenIdle();
    this.parts.clock.stop();
    this.parts.guard.stop();
    await this.parts.upkeep.stop();
    this.feed.close();
    const healthy = this.parts.halt.halted === undefined;
    try {
      // What a state without space lacks is applied by the next start.
      if (healthy && !this.parts.disk.held) {
        await this.parts.marks.whenApplied(this.parts.marks.durable);
        await this.parts.state.checkpoint(this.parts.journal.head().chain);
      }
    } finally {
      // Whoever waits for the state waits no more: only then are the timers done.
      this.parts.marks.fail(this.parts.halt.refusal());
      await timersDone;
      await this.blobs.stop();
      await this.letGo(healthy);
    }
  }

  /** Closes everything, whichever of it fails: a directory that stays locked could not be opened again by this process. */
  private async letGo(healthy: boolean): Promise<void> {
    try {
      await this.parts.state.close();
    } finally {
      try {
        await this.parts.journal.close(healthy);
      } finally {
        await this.store.release();
      }
    }
  }

  /** In the background: whether the state is sound, and then, after an unclean stop, whether files are left that nothing names. */
  private async lookAtStore(): Promise<void> {
    const { journal, state } = this.store.found;
    const sound = await this.parts.guard.watch(!state.verified);
    if (sound && journal.how === 'unclean') this.blobs.sweep();
  }

  /** The record of this start, and the default project of a new store. */
  private async begin(): Promise<void> {
    this.parts.clock.start();
    await this.parts.liveLocks.load(this.parts.reader, this.feed);
    await this.parts.disk.look();
    await this.parts.disk.makeRoom(0);
    await this.parts.committer.boot({ version: this.options.version, found: this.store.found.journal.how });
    this.parts.upkeep.start();
    this.parts.timers.start();
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
