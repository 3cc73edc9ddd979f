// What a check found wrong, gathered for its report.

import { rowLabel } from '../../domain/integrity/row-label';
import { INTEGRITY_PROBLEMS_MAX } from '../../domain/limits';
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import type { IntegrityProblem } from '../../gen/holdfast/v1/system';
import type { RepairedRow } from './repaired-row';

/** What was read. */
export interface ReadCounts {
  rows: number;
  entries: number;
  groups: number;
  records: number;
  blobs: number;
  backups: number;
}

export class Problems {
  readonly read: ReadCounts = { rows: 0, entries: 0, groups: 0, records: 0, blobs: 0, backups: 0 };
  /** The first thousand. */
  readonly named: IntegrityProblem[] = [];
  count = 0;
  repaired = 0;

  /** `remedy`: from where it was put right, or what to do. */
  add(kind: string, name: string, problem: string, remedy: string, repaired = false): void {
    this.count++;
    if (repaired) this.repaired++;
    if (this.named.length < INTEGRITY_PROBLEMS_MAX) this.named.push({ kind, name, problem, repaired, remedy });
  }

  /** A row that was put right, or that no source has. */
  addRow({ name, problem, source, from, sequence }: RepairedRow): void {
    const repaired = source !== RecoverySource.UNSPECIFIED;
    const where = source === RecoverySource.JOURNAL ? `the journal, sequence ${sequence}` : from;
    const remedy = repaired ? `put right from ${where}` : LOST_REMEDY;
    this.add('row', rowLabel(name), problem, remedy, repaired);
  }

  get sound(): boolean {
    return this.count === this.repaired;
  }
}

const LOST_REMEDY =
  'no source has it: reads of it give DATA_LOSS; a backup or a mirror that holds it, put back in its place, brings it back at the next read';
