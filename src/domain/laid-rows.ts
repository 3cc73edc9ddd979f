import type { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Change, EventType } from '../gen/holdfast/journal/v1/journal';
import { hasIndexes, indexedOf } from './indexed';
import type { Row, View } from './view';

/** A row by its place. */
interface RowName {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
}

/** What a reply names: indices in `rows`, which are the changes, or, where nothing changes, rows as they stand. */
export interface Named {
  readonly rows: readonly Change[];
  readonly reply: readonly number[];
}

const NO_BYTES = Buffer.alloc(0);
const NO_CHANGE = Change.fromPartial({});

/**
 * The rows that one command sees and changes: the view with its changes laid over.
 *
 * L1. Each row gets one change, whatever happened to it on the way, and that change remembers the row as the view has it.
 * L2. A record holds all that its reply names, so that the reply can be rebuilt from it.
 */
export class LaidRows {
  readonly changes: Change[] = [];
  private readonly places = new Map<string, number>();
  private readonly rows = new Map<string, Row | undefined>();
  private readonly names: RowName[] = [];

  constructor(private readonly view: View) {}

  /** The bytes of a row as the command has it, or undefined. Never write to them. */
  image(kind: EntityKind, project: string, id: string): Uint8Array | undefined {
    const key = rowKey(kind, project, id);
    const place = this.places.get(key);
    if (place === undefined) return this.read(key, kind, project, id)?.image;
    const change = this.changes[place]!;
    return change.removed ? undefined : change.image;
  }

  /** The bytes of a row as it was before the command, or undefined. */
  stored(kind: EntityKind, project: string, id: string): Uint8Array | undefined {
    return this.read(rowKey(kind, project, id), kind, project, id)?.image;
  }

  /** The change of a row; undefined if it does not change. */
  changeOf(kind: EntityKind, project: string, id: string): Change | undefined {
    const place = this.places.get(rowKey(kind, project, id));
    return place === undefined ? undefined : this.changes[place];
  }

  /** A row is known not to exist: nobody has to look. */
  knowAbsent(kind: EntityKind, project: string, id: string): void {
    this.rows.set(rowKey(kind, project, id), undefined);
  }

  /** Lays a row's new bytes over the view, or takes the row away. Gives the change's index. */
  put({ kind, project, id }: RowName, image: Buffer | undefined, event: EventType, paths: string[]): number {
    const key = rowKey(kind, project, id);
    const place = this.places.get(key);
    if (place !== undefined) {
      this.changes[place] = merged(this.changes[place]!, image, event, paths);
      return place;
    }
    const before = this.read(key, kind, project, id);
    const indexed = before && hasIndexes(kind);
    this.places.set(key, this.changes.length);
    return (
      this.changes.push({
        kind,
        project,
        id,
        image: image ?? NO_BYTES,
        removed: image === undefined,
        previousSequence: before?.sequence ?? 0,
        previousCrc: before?.crc ?? 0,
        event,
        changedPaths: paths,
        previousIndexed: indexed ? indexedOf(before.image, kind) : undefined,
        held: false,
      }) - 1
    );
  }

  /** The number by which a reply names a row, wherever it comes to stand: below zero. */
  named(kind: EntityKind, project: string, id: string): number {
    return -this.names.push({ kind, project, id });
  }

  /** What a reply of indices and of such numbers names at the end. A row that does not exist then is left out; one that stays is written once more (L2). */
  resolve(reply: readonly number[]): Named {
    if (this.names.length === 0) return { rows: this.changes, reply };
    const unchanged: Change[] = [];
    const indices = reply.flatMap((index) =>
      index < 0 ? (this.indexOf(this.names[-index - 1]!, unchanged) ?? []) : index,
    );
    return { rows: this.changes.length > 0 ? this.changes : unchanged, reply: indices };
  }

  private indexOf(name: RowName, unchanged: Change[]): number | undefined {
    const { kind, project, id } = name;
    const place = this.places.get(rowKey(kind, project, id));
    if (place !== undefined) return this.changes[place]!.removed ? undefined : place;
    const image = this.image(kind, project, id) as Buffer | undefined;
    if (!image) return undefined;
    if (this.changes.length > 0) return this.put(name, image, EventType.UNSPECIFIED, []);
    return unchanged.push({ ...NO_CHANGE, kind, project, id, image }) - 1;
  }

  private read(key: string, kind: EntityKind, project: string, id: string): Row | undefined {
    const known = this.rows.get(key);
    if (known !== undefined || this.rows.has(key)) return known;
    const row = this.view.row(kind, project, id);
    this.rows.set(key, row);
    return row;
  }
}

function rowKey(kind: EntityKind, project: string, id: string): string {
  return `${kind}/${project}/${id}`;
}

/** One change for two of the same row: a created row stays created, else the last event tells most. */
function merged(first: Change, image: Buffer | undefined, event: EventType, paths: string[]): Change {
  const created = first.previousSequence === 0 && image !== undefined;
  return {
    ...first,
    image: image ?? NO_BYTES,
    removed: image === undefined,
    event: created ? first.event : event,
    changedPaths: created || image === undefined ? [] : [...new Set([...first.changedPaths, ...paths])],
  };
}
