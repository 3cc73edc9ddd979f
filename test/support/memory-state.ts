import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import type { Change, Record as JournalRecord } from '../../src/gen/holdfast/journal/v1/journal';
import { derive } from '../../src/domain/derive';
import { indexedOf } from '../../src/domain/indexed';
import type { Row } from '../../src/domain/view';
import { entityHash, rowCrc } from '../../src/storage/entity-hash';
import { BucketDigest } from '../../src/storage/state/digest';
import { DamagedRow } from '../../src/storage/state/state';
import type { RequestFact, State, StateSnapshot } from '../../src/storage/state/state';
import { ProjectTallies } from '../../src/storage/state/tallies';

/** A state of maps, whose applies the test can hold back and whose rows it can damage. */
export class MemoryState implements State {
  applied = 0;
  checkpointed = 0;
  readonly tallies = new ProjectTallies();
  readonly digest = new BucketDigest();
  readonly rows = new Map<string, Row>();
  readonly damaged = new Set<string>();
  healed = 0;
  /** While set, `apply` waits for it. */
  hold: Promise<void> | undefined;
  failure: Error | undefined;
  private readonly externalIds = new Map<string, string>();
  private readonly requests = new Map<string, RequestFact>();

  row(kind: EntityKind, project: string, id: string): Row | undefined {
    const key = `${kind}/${project}/${id}`;
    if (this.damaged.has(key)) throw new DamagedRow(kind, project, id);
    return this.rows.get(key);
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.externalIds.get(`${project}/${externalId}`);
  }

  request(principal: string, requestId: Uint8Array): RequestFact | undefined {
    return this.requests.get(`${principal}/${Buffer.from(requestId).toString('hex')}`);
  }

  async apply(records: readonly JournalRecord[]): Promise<void> {
    await this.hold;
    if (this.failure !== undefined) throw this.failure;
    for (const record of records) {
      for (const change of record.changes) this.applyChange(change, record.sequence);
      if (record.requestId.length > 0) {
        const key = `${record.principal}/${record.requestId.toString('hex')}`;
        this.requests.set(key, { sequence: record.sequence, hash: record.requestHash });
      }
      this.applied = record.sequence;
    }
  }

  snapshot(): StateSnapshot {
    throw new Error('a memory state has no snapshots');
  }

  checkpoint(): Promise<void> {
    this.checkpointed = this.applied;
    return Promise.resolve();
  }

  heal(record: JournalRecord, change: Change): Promise<boolean> {
    this.damaged.delete(`${change.kind}/${change.project}/${change.id}`);
    this.put(change, record.sequence);
    this.healed++;
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private applyChange(change: Change, sequence: number): void {
    this.tallies.add(change, derive(change));
    const crc = change.removed ? 0 : this.put(change, sequence);
    this.digest.replace(entityHash(change.kind, change.project, change.id), change.previousCrc, crc);
    if (change.removed) this.rows.delete(`${change.kind}/${change.project}/${change.id}`);
    if (change.kind !== EntityKind.TASK) return;
    if (change.removed) this.externalIds.delete(`${change.project}/${change.previousIndexed?.externalId ?? ''}`);
    else this.externalIds.set(`${change.project}/${indexedOf(change.image).externalId}`, change.id);
  }

  private put(change: Change, sequence: number): number {
    const { kind, project, id, image } = change;
    const crc = rowCrc(entityHash(kind, project, id), sequence, image);
    this.rows.set(`${kind}/${project}/${id}`, { sequence, image, crc });
    return crc;
  }
}
