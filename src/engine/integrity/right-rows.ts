/**
 * What a row ought to be: as the newest record that changed it left it, or as a base has it that the journal continues.
 *
 * R1. A row of a base counts only where nothing changed it since: the journal holds everything after the base, and its indexes name no newer change.
 * R2. What cannot be known is said to be unknown, never guessed: a row that is not found is absent only where the journal, or a base that it
 *     continues, would know it.
 */
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { entityHash } from '../../storage/entity-hash';
import { JournalCorruption, PositionTooOld } from '../../storage/journal/journal';
import type { Journal } from '../../storage/journal/journal';
import type { RowName } from '../../storage/state/keys';

/** A row that a base has. */
export interface BaseRow {
  readonly sequence: number;
  readonly image: Uint8Array;
}

/** The key and value of a request id's entry. */
export type RequestEntry = readonly [key: Buffer, value: Buffer];

/** An older copy of the state that verifies row by row: a backup. */
export interface RowBase {
  readonly source: RecoverySource;
  /** Which: a backup's name. */
  readonly name: string;
  /** It is the state at this sequence. */
  readonly sequence: number;
  /** The row; undefined if it has none; `damaged` if it fails its checksum there. */
  row(name: RowName): Promise<BaseRow | 'damaged' | undefined>;
  /** The names of all rows in these buckets of the digest. */
  names(buckets: ReadonlySet<number>): Promise<readonly RowName[]>;
  /** Gives the entries of request ids of these days, some at a time. */
  requests(days: ReadonlySet<number>, take: (entries: readonly RequestEntry[]) => Promise<void>): Promise<void>;
}

/** Opens the bases there are, newest first, when they are needed. Whoever opened them closes them. */
export type OpenBases = () => Promise<readonly RowBase[]>;

/** What a row ought to be. */
export type Right =
  | {
      readonly is: 'row';
      readonly sequence: number;
      readonly image: Uint8Array;
      /** The change that left it so, if the journal has it. */
      readonly change: Change | undefined;
      readonly source: RecoverySource;
      /** Which: a backup's name; empty for the journal. */
      readonly from: string;
    }
  | { readonly is: 'absent'; readonly sequence: number }
  | { readonly is: 'unknown'; readonly why: string };

export class RightRows {
  constructor(
    private readonly journal: Journal,
    private readonly bases: OpenBases,
  ) {}

  /** The row at `atMost`, which is not above the journal's head. */
  async of(name: RowName, atMost: number): Promise<Right> {
    const hash = entityHash(name.kind, name.project, name.id);
    let sequence = atMost + 1;
    while ((sequence = await this.journal.lastChange(hash, sequence - 1)) > 0) {
      const right = await this.at(name, sequence);
      if (right !== undefined) return right;
    }
    return this.before(name);
  }

  /** The names that a record changed whose hash is this one, with what it left of them. */
  async changedAt(sequence: number, hash: number): Promise<readonly { name: RowName; right: Right }[]> {
    const record = await this.journal.record(sequence);
    return record.changes
      .filter(({ kind, project, id }) => entityHash(kind, project, id) === hash)
      .map((change) => ({ name: nameOf(change), right: rightOf(record, change) }));
  }

  /** Undefined: the record changes another row, whose hash is the same. */
  private async at(name: RowName, sequence: number): Promise<Right | undefined> {
    try {
      const record = await this.journal.record(sequence);
      const change = record.changes.find((each) => isOf(each, name));
      return change && rightOf(record, change);
    } catch (error) {
      if (error instanceof PositionTooOld) return undefined;
      if (!(error instanceof JournalCorruption)) throw error;
      // R1: whatever the record says, a row of exactly this sequence is what it left.
      for (const base of await this.bases()) {
        const row = await base.row(name);
        if (row !== undefined && row !== 'damaged' && row.sequence === sequence) return ofBase(base, row);
      }
      return { is: 'unknown', why: error.message };
    }
  }

  /** What it was before all that the journal holds. */
  private async before(name: RowName): Promise<Right> {
    const floor = this.journal.floor();
    if (floor === 0) return { is: 'absent', sequence: 0 };
    for (const base of await this.bases()) {
      if (base.sequence < floor) continue;
      const row = await base.row(name);
      if (row === 'damaged') continue;
      return row === undefined ? { is: 'absent', sequence: 0 } : ofBase(base, row);
    }
    return { is: 'unknown', why: `the journal begins after ${floor}, and no backup that it continues has the row` };
  }
}

function rightOf({ sequence }: JournalRecord, change: Change): Right {
  if (change.removed) return { is: 'absent', sequence };
  return { is: 'row', sequence, image: change.image, change, source: RecoverySource.JOURNAL, from: '' };
}

function ofBase({ source, name }: RowBase, { sequence, image }: BaseRow): Right {
  return { is: 'row', sequence, image, change: undefined, source, from: name };
}

function isOf({ kind, project, id }: Change, name: RowName): boolean {
  return kind === name.kind && project === name.project && id === name.id;
}

function nameOf({ kind, project, id }: Change): RowName {
  return { kind, project, id };
}

/** No bases: the journal alone. */
export const noBases: OpenBases = () => Promise.resolve([]);
