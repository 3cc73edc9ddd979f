import { indexedOf } from '../../domain/indexed';
import type { DecidedEffects } from '../overlay';
import type { StateSnapshot } from '../../storage/state/state';
import type { TimerEntry, TimerWindow } from './timer-window';
import { timerEntry } from './timer-window';

/** Later than any time that an index key holds. */
const TIME_MAX_MS = 0xffff_ffff_fffe;

/** Folds a decided record into a window. */
export function foldTimers(window: TimerWindow, { effects }: DecidedEffects): void {
  for (const { change, derived } of effects) {
    const { kind, project, id } = change;
    for (const entry of derived.remove) {
      if (entry.index === 'timer') window.remove(timerEntry(entry.timeMs, kind, project, id).order);
    }
    for (const entry of derived.put) {
      if (entry.index === 'timer') window.put(timerEntry(entry.timeMs, kind, project, id));
    }
  }
}

/** Whether a record moves any timer. */
export function movesTimers({ effects }: DecidedEffects): boolean {
  for (const { derived } of effects) {
    for (const { index } of derived.remove) if (index === 'timer') return true;
    for (const { index } of derived.put) if (index === 'timer') return true;
  }
  return false;
}

/** The first entries of the index as the snapshot has it, at most `max`, and whether these are all. */
export async function readTimers(
  snapshot: StateSnapshot,
  max: number,
): Promise<{ readonly entries: readonly TimerEntry[]; readonly complete: boolean }> {
  const entries: TimerEntry[] = [];
  for await (const { kind, project, id, row } of snapshot.scan({ by: 'timer', dueMs: TIME_MAX_MS })) {
    if (entries.length === max) return { entries, complete: false };
    entries.push(timerEntry(indexedOf(row.image, kind).dueMs, kind, project, id));
  }
  return { entries, complete: true };
}
