import type { EntityKind, Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import type { IndexEntry } from '../domain/derive';
import type { Row } from '../domain/view';
import type { Effect } from '../storage/state/effect';
import type { RequestFact } from '../storage/state/state';
import { Layers } from './layers';
import type { Layer } from './layers';

const rowKey = (kind: EntityKind, project: string, id: string): string => `${kind}/${project}/${id}`;
const externalKey = (project: string, externalId: string): string => `${project}/${externalId}`;

/** A request id as a map key. */
export const requestKey = (principal: string, requestId: Uint8Array): string =>
  `${principal}\0${Buffer.from(requestId.buffer, requestId.byteOffset, requestId.byteLength).toString('latin1')}`;

/** A decided record and what it does. */
export interface DecidedEffects {
  readonly record: JournalRecord;
  readonly effects: readonly Effect[];
  /** Bytes of the encoded record, for the bound. */
  readonly bytes: number;
}

/** The same, laid over the state. */
export interface LaidRecord extends DecidedEffects {
  readonly rows: readonly Layer<Row>[];
  readonly externalIds: readonly Layer<string>[];
  readonly request: Layer<RequestFact> | undefined;
}

/**
 * What was decided and is not in the state yet (O1, O2: layers.ts).
 *
 * O3. `durableBytes` counts what is durable and not applied; the committer waits above its bound.
 */
export class Overlay {
  private readonly rows = new Layers<Row>();
  private readonly externalIds = new Layers<string>();
  private readonly requests = new Layers<RequestFact>();
  durableBytes = 0;

  /** Lays a decided record on top. */
  lay(decided: DecidedEffects): LaidRecord {
    const { record, effects, bytes } = decided;
    const externalIds: Layer<string>[] = [];
    const rows = effects.map(({ change, row, derived }) => {
      for (const { externalId } of derived.remove.filter(isExternal)) {
        externalIds.push(this.externalIds.lay(externalKey(change.project, externalId), undefined));
      }
      for (const { externalId } of derived.put.filter(isExternal)) {
        externalIds.push(this.externalIds.lay(externalKey(change.project, externalId), change.id));
      }
      return this.rows.lay(rowKey(change.kind, change.project, change.id), row);
    });
    return { record, effects, bytes, rows, externalIds, request: this.layRequest(record) };
  }

  /** The record is durable: readers may see it. */
  settle(laid: LaidRecord): void {
    this.durableBytes += laid.bytes;
    for (const layer of laid.rows) this.rows.settle(layer);
    for (const layer of laid.externalIds) this.externalIds.settle(layer);
    if (laid.request !== undefined) this.requests.settle(laid.request);
  }

  /** The record is applied: the state has it. */
  release(laid: LaidRecord): void {
    this.durableBytes -= laid.bytes;
    for (const layer of laid.rows) this.rows.release(layer);
    for (const layer of laid.externalIds) this.externalIds.release(layer);
    if (laid.request !== undefined) this.requests.release(laid.request);
  }

  /** For decisions: undefined if nothing decided has the row. */
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

  /** Keys that the overlay holds. */
  get size(): number {
    return this.rows.size + this.externalIds.size + this.requests.size;
  }

  private layRequest(record: JournalRecord): Layer<RequestFact> | undefined {
    if (record.requestId.length === 0) return undefined;
    const fact = { sequence: record.sequence, hash: record.requestHash };
    return this.requests.lay(requestKey(record.principal, record.requestId), fact);
  }
}

function isExternal(entry: IndexEntry): entry is Extract<IndexEntry, { index: 'external' }> {
  return entry.index === 'external';
}
