import { setTimeout } from 'node:timers/promises';
import type { LevelState } from '../storage/state/level-state';
import type { ScrubReport } from '../storage/state/scrub';
import type { Halt } from './halt';
import type { Notice } from './notice';

/** Rows a second that the reading in the background takes at most: a hundredth of a core. */
const SCRUB_ROWS_PER_SECOND = 20_000;
/** Bytes a second of the checks that opening left for later. */
const VERIFY_BYTES_PER_SECOND = 200 * 1024 * 1024;
/** How long a halt waits for word of what the next start can do, in milliseconds. */
const OUTLOOK_MS = 1000;

/**
 * Looks in the background for damage of the state that no single read shows: entries that have vanished.
 *
 * Q1. A state in which something has vanished is put right by the keeper of integrity, or not served on: the engine halts, and the next start
 *     rebuilds the state from the journal. A damaged row alone is healed where it is read (R3).
 * Q2. Before that it is asked what the next start can do, and said. It stops all the same: what is wrong must not be served.
 */
export class StateGuard {
  /** Set once there is a keeper of integrity: puts right what a scrub found, or gives up by itself. */
  repair: ((report: ScrubReport) => Promise<void>) | undefined;
  /** Set once there are recoveries: what the next start will do to bring the state back, in words. */
  outlook: (() => Promise<string>) | undefined;
  private stopping = false;

  constructor(
    private readonly state: LevelState,
    private readonly halt: Halt,
    private readonly notice: (notice: Notice) => void,
  ) {}

  /** Checks the files that opening did not, and after an unclean stop of a large state every row. Gives whether all was found sound. */
  async watch(scrub: boolean): Promise<boolean> {
    try {
      const damaged: string[] = [];
      await this.state.verifyRest((file, problem) => damaged.push(`${file} ${problem}`), VERIFY_BYTES_PER_SECOND);
      if (damaged.length > 0) {
        await this.giveUp(`files of the state are damaged: ${damaged.join(', ')}`);
        return false;
      }
      if (!scrub) return true;
      const report = await this.state.scrub(SCRUB_ROWS_PER_SECOND);
      if (!report.sound && this.repair) {
        await this.repair(report);
        return this.halt.halted === undefined;
      }
      if (!report.sound) {
        await this.giveUp('rows or index entries of the state are not those that were applied');
        return false;
      }
      this.notice({ level: 'info', message: 'the state was read whole and is sound' });
      return true;
    } catch (error) {
      if (!this.stopping) {
        this.notice({ level: 'error', message: `the state could not be checked: ${(error as Error).message}` });
      }
      return false;
    }
  }

  /** The state cannot be trusted: stops the engine in such a way that the next start rebuilds it. */
  async giveUp(why: string): Promise<void> {
    let next: string | undefined;
    try {
      await this.state.distrust(why);
      next = await this.outlookSoon();
    } finally {
      this.halt.now(`${why}; ${next ?? 'the next start rebuilds the state from the journal'}`);
    }
  }

  /** Whoever reads it decides whether to start again, or to look after the disk first. No disk of backups may hold the halt up. */
  private async outlookSoon(): Promise<string | undefined> {
    const known = new AbortController();
    const late = setTimeout(OUTLOOK_MS, undefined, { signal: known.signal }).catch(() => undefined);
    try {
      return await Promise.race([this.outlook?.(), late]);
    } catch {
      return undefined;
    } finally {
      known.abort();
    }
  }

  stop(): void {
    this.stopping = true;
  }
}
