import type { EntityKind, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Position } from '../gen/holdfast/v1/common';
import { Refusal } from '../domain/refusal';
import type { Row } from '../domain/view';
import type { Journal } from '../storage/journal/journal';
import { forkOf } from '../storage/journal/lineage';
import { DamagedRow } from '../storage/state/state';
import type { State, StateSnapshot } from '../storage/state/state';
import type { Healer } from './healer';
import type { Marks } from './marks';
import type { Overlay } from './overlay';

/**
 * Reads at the durable mark. They never pass through the inbox.
 *
 * R1. A point read sees every record up to the durable mark, and none above it.
 * R2. A listing waits until the state has reached the durable mark of its arrival, then reads one snapshot.
 * R3. A damaged row is healed and read again, never served.
 */
export class Reader {
  constructor(
    private readonly journal: Journal,
    private readonly overlay: Overlay,
    private readonly state: State,
    private readonly marks: Marks,
    private readonly healer: Healer,
  ) {}

  /** The sequence that reads see, if `atLeast` is served: of this history, or of one that it comes from up to the fork. Throws OUT_OF_RANGE
   *  `POSITION_UNKNOWN`. */
  reach(atLeast: Position | undefined): number {
    const { durable } = this.marks;
    if (atLeast === undefined || (atLeast.history === '' && atLeast.sequence === 0)) return durable;
    const { history } = this.journal;
    const isPresent = atLeast.history === history;
    if (isPresent && atLeast.sequence <= durable) return durable;
    const fork = isPresent ? undefined : forkOf(this.journal.lineage(), atLeast.history);
    if (fork !== undefined && atLeast.sequence <= fork) return durable;
    throw positionUnknown(isPresent, { history, sequence: durable, fork });
  }

  /** The row at the durable mark. May throw DamagedRow. */
  rowNow(kind: EntityKind, project: string, id: string): Row | undefined {
    const layer = this.overlay.durableRow(kind, project, id);
    return layer === undefined ? this.state.row(kind, project, id) : layer.value;
  }

  /** The same, healing what is damaged. Throws DATA_LOSS `CORRUPTION` when there is no intact copy. */
  async row(kind: EntityKind, project: string, id: string): Promise<Row | undefined> {
    return this.healing(() => this.rowNow(kind, project, id));
  }

  /** The id of the task with an external id, at the durable mark. */
  taskIdByExternalId(project: string, externalId: string): string | undefined {
    const layer = this.overlay.durableExternalId(project, externalId);
    return layer === undefined ? this.state.taskIdByExternalId(project, externalId) : layer.value;
  }

  /** A consistent view of everything that was durable when the call came (R2). Close it. */
  async snapshot(): Promise<StateSnapshot> {
    await this.marks.whenApplied(this.marks.durable);
    return this.state.snapshot();
  }

  /** Reads from a snapshot of its own, and closes it. A damaged row is healed and everything is read again, from a fresh
   *  one: the old one still has the damage. */
  withSnapshot<Result>(read: (snapshot: StateSnapshot) => Promise<Result>): Promise<Result> {
    return this.healing(async () => {
      const snapshot = await this.snapshot();
      return read(snapshot).finally(() => snapshot.close());
    });
  }

  /** Reads rows and counts of one moment: within one turn, of a state that has everything that was durable when the call came. */
  async applied<Result>(read: (state: State) => Result): Promise<Result> {
    await this.marks.whenApplied(this.marks.durable);
    return this.healing(() => read(this.state));
  }

  /** One durable record. Throws PositionTooOld. */
  record(sequence: number): Promise<JournalRecord> {
    return this.journal.record(sequence);
  }

  /** Runs `read` until it meets no damaged row; each is healed first. */
  private async healing<Result>(read: () => Result | Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof DamagedRow)) throw error;
        await this.healer.heal(error);
      }
    }
  }
}

function positionUnknown(
  isPresent: boolean,
  { history, sequence, fork }: { history: string; sequence: number; fork: number | undefined },
): Refusal {
  const what =
    fork === undefined
      ? `${isPresent ? 'lies ahead of this history' : 'belongs to another history'}; the present one is in the metadata`
      : `lies behind sequence ${fork}, at which a restore left its history; the present one is in the metadata`;
  const metadata = { history, sequence: String(sequence), ...(fork === undefined ? {} : { fork: String(fork) }) };
  return new Refusal('POSITION_UNKNOWN', `the position ${what}`, { metadata });
}
