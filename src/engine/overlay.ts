import type { Change, EntityKind, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { Row } from '../domain/view';
import type { RequestFact } from '../storage/state/state';

/** What the overlay says of one key: its value at a sequence, or that it is gone. */
interface Layer<Value> {
  readonly sequence: number;
  readonly value: Value | undefined;
}

/** A change that was decided, as the overlay lays it over the state. */
export interface LaidRow {
  readonly change: Change;
  /** The row after it; undefined when removed. */
  readonly row: Row | undefined;
  /** The row's entity hash, for the journal's index. */
  readonly hash: number;
  /** The external id that it takes (created) or gives back (removed); empty for none. No other change moves one. */
  readonly externalId: string;
}

export const rowKey = (kind: EntityKind, project: string, id: string): string => `${kind}/${project}/${id}`;
const externalKey = (project: string, externalId: string): string => `${project}/${externalId}`;

/** A request id as a map key. */
export const requestKey = (principal: string, requestId: Uint8Array): string =>
  `${principal}\0${Buffer.from(requestId.buffer, requestId.byteOffset, requestId.byteLength).toString('latin1')}`;

/** One map per kind of point read. */
class Layers<Value> {
  private readonly decided = new Map<string, Layer<Value>>();
  private readonly durable = new Map<string, Layer<Value>>();

  lay(key: string, sequence: number, value: Value | undefined): void {
    this.decided.set(key, { sequence, value });
  }

  /** Moves a key's value up to `sequence` from decided to durable. The value is given, as a newer one may be on top. */
  settle(key: string, sequence: number, value: Value | undefined): void {
    this.durable.set(key, { sequence, value });
    const top = this.decided.get(key);
    if (top !== undefined && top.sequence <= sequence) this.decided.delete(key);
  }

  release(key: string, sequence: number): void {
    const layer = this.durable.get(key);
    if (layer !== undefined && layer.sequence <= sequence) this.durable.delete(key);
  }

  top(key: string): Layer<Value> | undefined {
    return this.decided.get(key) ?? this.durable.get(key);
  }

  settled(key: string): Layer<Value> | undefined {
    return this.durable.get(key);
  }

  get size(): number {
    return this.decided.size + this.durable.size;
  }
}

/** What one record lays over the state. */
export interface LaidRecord {
  readonly record: JournalRecord;
  readonly rows: readonly LaidRow[];
  /** Bytes of the encoded record, for the bound. */
  readonly bytes: number;
}

/**
 * What was decided and is not in the state yet, in two layers: decided above durable above the state.
 *
 * O1. A decision sees the top of both layers; a reader sees the durable layer alone: nothing unsynced leaks.
 * O2. A key leaves a layer only when a value at least as new is in the layer below.
 * O3. `durableBytes` counts what is durable and not applied; the committer waits above its bound.
 */
export class Overlay {
  private readonly rows = new Layers<Row>();
  private readonly externalIds = new Layers<string>();
  private readonly requests = new Layers<RequestFact>();
  durableBytes = 0;

  /** Lays a decided record on top. */
  lay(laid: LaidRecord): void {
    const { record } = laid;
    this.each(laid, (layers, key, value) => layers.lay(key, record.sequence, value));
  }

  /** The record is durable: readers may see it. */
  settle(laid: LaidRecord): void {
    this.durableBytes += laid.bytes;
    this.each(laid, (layers, key, value) => layers.settle(key, laid.record.sequence, value));
  }

  /** The record is applied: the state has it. */
  release(laid: LaidRecord): void {
    this.durableBytes -= laid.bytes;
    this.each(laid, (layers, key) => layers.release(key, laid.record.sequence));
  }

  /** For decisions: undefined if neither layer has the row. */
  topRow(kind: EntityKind, project: string, id: string): Layer<Row> | undefined {
    return this.rows.top(rowKey(kind, project, id));
  }

  topExternalId(project: string, externalId: string): Layer<string> | undefined {
    return this.externalIds.top(externalKey(project, externalId));
  }

  topRequest(key: string): RequestFact | undefined {
    return this.requests.top(key)?.value;
  }

  /** For readers. */
  durableRow(kind: EntityKind, project: string, id: string): Layer<Row> | undefined {
    return this.rows.settled(rowKey(kind, project, id));
  }

  durableExternalId(project: string, externalId: string): Layer<string> | undefined {
    return this.externalIds.settled(externalKey(project, externalId));
  }

  get size(): number {
    return this.rows.size + this.externalIds.size + this.requests.size;
  }

  private each(
    laid: LaidRecord,
    visit: <Value>(layers: Layers<Value>, key: string, value: Value | undefined) => void,
  ): void {
    const { record } = laid;
    for (const { change, row, externalId } of laid.rows) {
      visit(this.rows, rowKey(change.kind, change.project, change.id), row);
      if (externalId !== '') {
        const taskId = change.removed ? undefined : change.id;
        visit(this.externalIds, externalKey(change.project, externalId), taskId);
      }
    }
    if (record.requestId.length > 0) {
      const fact: RequestFact = { sequence: record.sequence, hash: record.requestHash };
      visit(this.requests, requestKey(record.principal, record.requestId), fact);
    }
  }
}
