/**
 * What was put right and what is lost: journalled, counted, told once.
 *
 * T1. Whoever repairs never waits for the telling: a repair may stand in the way of the command that tells of it.
 */
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { rowLabel } from '../../domain/integrity/row-label';
import { NO_PROJECT } from '../../domain/operation';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { RecoverySource, Repair } from '../../gen/holdfast/v1/recovery';
import type { Engine } from '../engine';
import type { RepairedRow } from './repaired-row';

export class ToldRepairs {
  /** Rows that were put right since the start. */
  repairs = 0;
  private lost = new Set<string>();
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly engine: Engine) {}

  /** Rows that no source has. */
  get quarantined(): number {
    return this.lost.size;
  }

  /** Tells of a row that was put right, or that no source has. */
  readonly tell = (repaired: RepairedRow): void => {
    const { problem, source, from, sequence } = repaired;
    const name = rowLabel(repaired.name);
    if (source === RecoverySource.UNSPECIFIED) {
      if (this.lost.has(name)) return;
      this.lost.add(name);
    } else {
      this.repairs++;
      this.lost.delete(name);
    }
    const what = from === '' ? problem : `${problem}; from ${from}`;
    this.telling = this.telling.then(() => this.journal({ name, problem: what, source, sequence, time: undefined }));
  };

  /** Tells of something beside the rows that was put right: counts, request ids. */
  readonly tellOf = (name: string, problem: string): void => {
    this.repairs++;
    const source = RecoverySource.JOURNAL;
    this.telling = this.telling.then(() => this.journal({ name, problem, source, sequence: 0, time: undefined }));
  };

  /** What was lost when the server stopped is lost until somebody finds it whole. */
  async load(): Promise<void> {
    const newest = new Map<string, Repair>();
    await this.engine.withSnapshot(async (snapshot) => {
      for await (const { row } of snapshot.scan({ by: 'rows', kind: EntityKind.REPAIR, project: NO_PROJECT })) {
        const repair = Repair.decode(row.image);
        const known = newest.get(repair.name);
        if (!known || (known.time?.seconds ?? 0) <= (repair.time?.seconds ?? 0)) newest.set(repair.name, repair);
      }
    });
    for (const { name, source } of newest.values()) if (source === RecoverySource.UNSPECIFIED) this.lost.add(name);
  }

  /** A whole scrub has named every row that fails its checksum: what is not among them is whole. */
  keepOnly(damaged: readonly RepairedRow['name'][]): void {
    const names = new Set(damaged.map(rowLabel));
    this.lost = new Set([...this.lost].filter((name) => names.has(name)));
  }

  /** Resolves when all is told. */
  idle(): Promise<void> {
    return this.telling;
  }

  private async journal(request: Repair): Promise<void> {
    try {
      await this.engine.execute({
        kind: 'repairRow',
        request,
        caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
        validateOnly: false,
      });
    } catch (error) {
      // The repair stands; a server that stops or halts tells nothing more.
      const message = `the repair of ${request.name} was not journalled: ${(error as Error).message}`;
      this.engine.notice({ level: 'warn', message });
    }
  }
}
