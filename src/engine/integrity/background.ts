/**
 * The slow reading of the whole state, round after round.
 *
 * N1. A round reads all rows in slices, each on a snapshot of its own, so that nothing is pinned for long; then once everything of one moment, which
 *     finds what no row shows.
 * N2. A round of a large state takes some twenty hours; of a small one it goes 200 rows a second, a hundredth of a core. One begins at most each hour.
 * N3. While commands wait, nothing is read.
 */
import { setTimeout } from 'node:timers/promises';
import { scrub } from '../../storage/state/scrub';
import type { ScrubReport } from '../../storage/state/scrub';
import { checkSlice } from '../../storage/state/slice-check';
import type { Engine } from '../engine';

/** In what time a round should end, in milliseconds. */
const ROUND_MS = 20 * 3_600_000;
/** Rows a second at least, and at most. */
const ROWS_PER_SECOND_MIN = 200;
const ROWS_PER_SECOND_MAX = 5000;
/** Entries a second of what is read at one moment: a fifth of a core at most. */
const SCRUB_PER_SECOND = 20_000;
/** From one round's end to the next one's start, and from the start of the server to the first, in milliseconds. */
const PAUSE_MS = 3_600_000;
const FIRST_MS = 600_000;
/** Rows of a slice. */
const SLICE_ROWS = 200;
/** For how long it stands back when commands wait, in milliseconds. */
const BUSY_MS = 200;

export interface BackgroundParts {
  readonly engine: Engine;
  /** Puts right what was found. */
  readonly repair: (report: ScrubReport) => Promise<void>;
}

/** How long it waits; tests wait less. */
export interface BackgroundTimes {
  readonly firstMs: number;
  readonly pauseMs: number;
}

export class Background {
  /** Rows that were read of the present round. */
  rows = 0;
  rounds = 0;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly parts: BackgroundParts,
    private readonly times: BackgroundTimes = { firstMs: FIRST_MS, pauseMs: PAUSE_MS },
  ) {}

  start(): void {
    this.running ??= this.run().catch((error: Error) => {
      if (this.stopping.signal.aborted || this.parts.engine.status.halted !== undefined) return;
      const message = `the reading of the state in the background has ended: ${error.message}`;
      this.parts.engine.notice({ level: 'error', message });
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    await this.wait(this.times.firstMs);
    for (;;) {
      await this.round();
      await this.wait(this.times.pauseMs);
    }
  }

  /** One round. Rejects when it is stopped. */
  async round(): Promise<void> {
    this.rows = 0;
    let last: Buffer | undefined;
    do {
      await this.idle();
      last = await this.slice(last);
    } while (last !== undefined);
    const { signal } = this.stopping;
    const { state } = this.parts.engine.store;
    const report = await state.atMoment((moment) =>
      scrub(moment.store, moment.snapshot, moment, SCRUB_PER_SECOND, { signal }),
    );
    await this.parts.repair(report);
    this.rounds++;
  }

  private async slice(after: Buffer | undefined): Promise<Buffer | undefined> {
    const { state } = this.parts.engine.store;
    const start = performance.now();
    const { last, rows, rowBuckets, entryBuckets } = await state.atMoment((moment) =>
      checkSlice(moment, after, SLICE_ROWS),
    );
    this.rows += rows;
    if (rowBuckets.length + entryBuckets.length > 0) {
      const nothing = {
        sequence: 0,
        rows: this.rows,
        entries: 0,
        requests: 0,
        requestGenerations: [],
        damaged: [],
        strays: 0,
      };
      await this.parts.repair({ ...nothing, rowBuckets, entryBuckets, sound: false });
    }
    // A row is some two and a half of a task.
    const all = state.tallies.taskCount() * 2.5;
    const perSecond = Math.min(Math.max((all / ROUND_MS) * 1000, ROWS_PER_SECOND_MIN), ROWS_PER_SECOND_MAX);
    await this.wait(Math.max(0, (rows / perSecond) * 1000 - (performance.now() - start)));
    return last;
  }

  /** N3. */
  private async idle(): Promise<void> {
    while (this.parts.engine.parts.inbox.length > 0) await this.wait(BUSY_MS);
  }

  private async wait(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.stopping.signal, ref: false });
  }
}
