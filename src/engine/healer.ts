/**
 * What the engine reads back from the journal: damaged rows, and the replies of commands that came twice.
 *
 * Boundary: one row at a time, where it is read. What no single read shows is found and put right by the keeper of integrity (engine/integrity).
 *
 * Z1. A damaged row is put back as its newest change left it, from the journal, or from a backup if the journal was trimmed since; never by guess.
 * Z2. A row that no source has is told of once, and refused with CORRUPTION for reads and commands alike.
 */
import { Change, EntityKind } from '../gen/holdfast/journal/v1/journal';
import { RecoverySource } from '../gen/holdfast/v1/recovery';
import { replyChanges } from '../domain/reply';
import { Refusal } from '../domain/refusal';
import { rowLabel } from '../domain/integrity/row-label';
import type { Journal } from '../storage/journal/journal';
import type { DamagedRow, State } from '../storage/state/state';
import type { Executed } from './executed';
import type { RepairedRow } from './integrity/repaired-row';
import { noBases, RightRows } from './integrity/right-rows';
import type { OpenBases, Right } from './integrity/right-rows';

/** For how long a row that no source had is not looked for again, in milliseconds: a backup may have come meanwhile. */
const LOST_FOR_MS = 60_000;

/** What the keeper of integrity adds. */
export interface HealerHelp {
  readonly bases: OpenBases;
  /** A row was put right, or no source has it. */
  readonly onRepaired: (repaired: RepairedRow) => void;
  /** Puts the entry of an external id or of a request id right, which no record is found by. False: only a rebuild helps. */
  readonly healEntry: (damaged: DamagedRow) => Promise<boolean>;
}

export class Healer {
  /** Set once there is a keeper. */
  help: HealerHelp | undefined;
  private readonly running = new Map<string, Promise<void>>();
  /** Rows that no source had, and when that was found. */
  private readonly lost = new Map<string, { readonly at: number; readonly refusal: Refusal }>();

  constructor(
    private readonly journal: Journal,
    private readonly state: State,
    private readonly onHealed: (damaged: DamagedRow, sequence: number) => void,
    private readonly onHopeless: (why: string) => Promise<void>,
  ) {}

  /** Puts a damaged row back. Throws DATA_LOSS `CORRUPTION` if no source has it, and HALTED where only a rebuild helps. Calls may overlap. */
  heal(damaged: DamagedRow): Promise<void> {
    const key = `${damaged.kind}/${damaged.project}/${damaged.id}`;
    const found = this.lost.get(key);
    if (found !== undefined && performance.now() - found.at < LOST_FOR_MS) return Promise.reject(found.refusal);
    let work = this.running.get(key);
    if (work === undefined) {
      work = this.healOne(damaged, key).finally(() => this.running.delete(key));
      this.running.set(key, work);
    }
    return work;
  }

  /** The reply of the command that was recorded at `sequence`: the same images, from the journal. */
  async replay(sequence: number): Promise<Executed> {
    const record = await this.journal.record(sequence);
    return { sequence, replies: replyChanges(record), replayed: true };
  }

  private async healOne(damaged: DamagedRow, key: string): Promise<void> {
    if (damaged.kind === EntityKind.UNSPECIFIED) {
      // An external id's or a request id's entry: no record is found by it.
      if (await this.help?.healEntry(damaged)) return;
      await this.onHopeless(damaged.message);
      throw new Refusal('HALTED', `${damaged.message}; the state is brought back when the server starts again`);
    }
    const rights = new RightRows(this.journal, this.help?.bases ?? noBases);
    const right = await rights.of(damaged, this.state.applied);
    const change = changeOf(damaged, right);
    if (change === undefined) throw this.lose(damaged, key, right);
    const { sequence, source, from } = change;
    const wasWrong = await this.state.heal({ sequence }, change.change);
    this.lost.delete(key);
    // A listing on an older snapshot meets damage that somebody else has put right.
    if (!wasWrong) return;
    this.onHealed(damaged, sequence);
    this.help?.onRepaired({ name: nameOf(damaged), problem: PROBLEM, source, from, sequence });
  }

  /** Z2. */
  private lose(damaged: DamagedRow, key: string, right: Right): Refusal {
    const name = rowLabel(damaged);
    const why = right.is === 'unknown' ? right.why : 'the journal has no copy of it';
    const refusal = new Refusal('CORRUPTION', `the stored row of ${name} is damaged, and ${why}`, {
      metadata: { name },
    });
    const problem = `${PROBLEM}; ${why}`;
    this.lost.set(key, { at: performance.now(), refusal });
    const source = RecoverySource.UNSPECIFIED;
    this.help?.onRepaired({ name: nameOf(damaged), problem, source, from: '', sequence: 0 });
    return refusal;
  }
}

const PROBLEM = 'it failed its checksum';

interface Found {
  readonly sequence: number;
  readonly source: RecoverySource;
  readonly from: string;
  readonly change: Change;
}

/** What the state is told; undefined if nobody knows. */
function changeOf({ kind, project, id }: DamagedRow, right: Right): Found | undefined {
  if (right.is === 'unknown') return undefined;
  if (right.is === 'row') {
    const { sequence, image, source, from } = right;
    const change = right.change ?? Change.fromPartial({ kind, project, id, image: Buffer.from(image) });
    return { sequence, source, from, change };
  }
  // A row that nothing ever wrote is nobody's to take away here: the check of its bucket does.
  if (right.sequence === 0) return undefined;
  const change = Change.fromPartial({ kind, project, id, removed: true });
  return { sequence: right.sequence, source: RecoverySource.JOURNAL, from: '', change };
}

function nameOf({ kind, project, id }: DamagedRow): RepairedRow['name'] {
  return { kind, project, id };
}
