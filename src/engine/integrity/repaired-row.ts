// A row that was put right, wherever that was found out.

import type { RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { RowName } from '../../storage/state/keys';

/** A row that was put right, or that no source has. */
export interface RepairedRow {
  readonly name: RowName;
  /** What was wrong. */
  readonly problem: string;
  /** Unspecified: no source has it. */
  readonly source: RecoverySource;
  /** Which: a backup's name; empty for the journal. */
  readonly from: string;
  /** The sequence of the change that was put back; 0 for none. */
  readonly sequence: number;
}
