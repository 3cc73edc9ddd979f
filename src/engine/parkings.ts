// Where the commands of one engine wait that cannot be decided yet.

import type { HeldLocks } from '../domain/locks/held-locks';
import { Claims } from './claims/claims';
import type { JournalClock } from './clock';
import type { DecidedView } from './decided-view';
import type { Inbox, Waiting } from './inbox';
import { LockParking } from './locks/lock-parking';
import type { Marks } from './marks';
import type { Notice } from './notice';
import type { Reader } from './reader';
import type { WaitingSessions } from './waiting-sessions';

interface ParkingParts {
  readonly inbox: Inbox;
  /** Something is in the inbox. */
  readonly wake: () => void;
  readonly clock: JournalClock;
  readonly marks: Marks;
  readonly reader: Reader;
  readonly view: DecidedView;
  readonly locks: HeldLocks;
  readonly sessions: WaitingSessions;
  readonly onNotice: (notice: Notice) => void;
}

/** Where claims wait until a task is ready. */
export function claimParking(parts: ParkingParts): Claims {
  const { inbox, wake, clock, marks, reader, view, sessions, onNotice } = parts;
  return new Claims({
    view,
    sessions,
    nowMs: () => clock.nowMs(),
    read: async (read) => {
      await marks.whenApplied(marks.decided);
      return reader.withSnapshot(read);
    },
    returnFirst: (waiting) => {
      inbox.returnFirst(waiting);
      wake();
    },
    onNotice,
  });
}

/** Where requests for locks wait until they are free. */
export function lockParking({ inbox, wake, clock, locks, sessions }: ParkingParts): LockParking {
  const giveBack = (waiting: Waiting): void => {
    inbox.return(waiting);
    wake();
  };
  const later = (delayMs: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  };
  return new LockParking({ locks, sessions, nowMs: () => clock.nowMs(), giveBack, later });
}
