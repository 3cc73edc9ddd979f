// What an engine is made of, put together.

import type { Command } from '../domain/command';
import type { Journal } from '../storage/journal/journal';
import type { LevelState } from '../storage/state/level-state';
import type { ProjectTallies } from '../storage/state/tallies';
import { Applier } from './applier';
import type { BlobStore } from './blobs/blob-store';
import { engineBlobs } from './blobs/engine-blobs';
import type { Claims } from './claims/claims';
import { JournalClock } from './clock';
import type { Clock } from './clock';
import { Committer } from './committer';
import { Decider } from './decider';
import { Decisions } from './decisions';
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
import { Reader } from './reader';
import type { OpenedStore, StoreOptions } from './startup';
import { StateGuard } from './state-guard';
import type { StoreSettings } from './store-settings';
import { engineTimers } from './timers/engine-timers';
import type { Timers } from './timers/timers';
import { Upkeep } from './upkeep';
import { UuidSource } from './uuid';
import { WaitingSessions } from './waiting-sessions';

export interface EngineParts {
  readonly journal: Journal;
  readonly state: LevelState;
  readonly halt: Halt;
  readonly marks: Marks;
  readonly clock: JournalClock;
  readonly inbox: Inbox;
  readonly committer: Committer;
  readonly applier: Applier;
  readonly reader: Reader;
  readonly healer: Healer;
  readonly upkeep: Upkeep;
  readonly timers: Timers;
  readonly disk: DiskGuard;
  readonly guard: StateGuard;
  readonly liveLocks: LiveLocks;
  readonly parkings: readonly Parking[];
  readonly feed: Feed;
  readonly claims: Claims;
  readonly blobs: BlobStore;
  /** What is decided, for those who follow it for a while. */
  readonly decisions: Decisions;
  /** The counts at the decided mark. Whoever puts them right does so in the turn in which it puts the state's right. */
  readonly decidedTallies: ProjectTallies;
}

/** What the parts are told. */
export interface PartsOptions extends StoreOptions {
  readonly clock: Clock;
  readonly observer: Observer;
  /** Free bytes on the disk below which growth is refused. Default 64 MiB. */
  readonly diskFreeBytesMin?: number | undefined;
  /** How the store is kept. */
  readonly settings?: StoreSettings | undefined;
}

const DISK_FREE_BYTES_MIN = 64 * 1024 * 1024;

/** The parts of an engine over a store that was opened; nothing runs yet. `execute` decides the server's own commands. */
export function engineParts(
  options: PartsOptions,
  store: OpenedStore,
  notice: (notice: Notice) => void,
  execute: (command: Command) => Promise<Executed>,
): EngineParts {
  const { files, dir, observer } = options;
  const { journal, state } = store;
  const [halt, inbox, overlay, liveLocks] = [new Halt(), new Inbox(), new Overlay(), new LiveLocks()];
  const marks = new Marks(journal.head().sequence);
  const clock = new JournalClock(options.clock, journal.head().timeMs);
  const digest = state.digest.clone();
  const tallies = state.tallies.clone();
  const locks = liveLocks.decided;
  const auditTrail = options.settings?.auditTrail;
  const decider = new Decider({ state, overlay, clock, uuids: new UuidSource(), tallies, digest, locks, auditTrail });
  const guard = new StateGuard(state, halt, notice);
  const healer = new Healer(
    journal,
    state,
    ({ message }, sequence) => notice({ level: 'warn', message: `${message}; healed from sequence ${sequence}` }),
    (why) => guard.giveUp(why),
  );
  const feed = new Feed(journal, journal.head().sequence);
  const disk = new DiskGuard(journal, files, dir, options.diskFreeBytesMin ?? DISK_FREE_BYTES_MIN);
  const wake = (): void => committer.wake();
  const applier = new Applier({ state, overlay, marks, halt, observer, onApplied: wake });
  marks.onWait = () => applier.hurry();
  const reader = new Reader(journal, overlay, state, marks, healer);
  const onProblem = (what: string, error: Error): void =>
    notice({ level: 'error', message: `${what} failed: ${error.message}; it is tried again` });
  const blobs = engineBlobs({ blobs: store.blobs, disk, halt, row: reader.rowNow.bind(reader), onProblem });
  const timers = engineTimers({ clock, marks, reader, blobs, execute, onProblem });
  const { view } = decider;
  const sessions = new WaitingSessions({ view, nowMs: () => clock.nowMs(), execute });
  const parking = { inbox, wake, clock, marks, reader, view, locks, sessions, onNotice: notice };
  const claims = claimParking(parking);
  const parkings = [lockParking(parking), claims];
  const decisions = new Decisions();
  const committer = new Committer({
    ...{ inbox, decider, digest, journal, overlay, marks, applier, feed, healer, disk, halt, observer, parkings },
    listeners: [timers, sessions, decisions],
  });
  const upkeep = new Upkeep({ journal, state, applier, disk, halt, onProblem });
  return {
    ...{
      journal,
      state,
      halt,
      marks,
      clock,
      inbox,
      committer,
      applier,
      reader,
      healer,
      upkeep,
      timers,
      disk,
      guard,
      liveLocks,
      parkings,
    },
    ...{ feed, claims, blobs, decisions, decidedTallies: tallies },
  };
}
