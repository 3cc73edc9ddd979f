// Readiness in replies: worked out when a task is read, and put beside its stored bytes.

import { readinessOf } from '../domain/readiness';
import type { Look } from '../domain/standing';
import type { Engine } from '../engine/engine';
import { Readiness, Task } from '../gen/holdfast/v1/task';
import { DamagedRow } from '../storage/state/state';
import type { StateSnapshot } from '../storage/state/state';
import { splice } from './splice';

/** Task.readiness. */
const READINESS_FIELD = 38;

/** Looks at rows of the durable mark. Throws DamagedRow. */
export function lookNow(engine: Engine): Look {
  return (kind, project, id) => engine.readNow(kind, project, id)?.image;
}

/** Bytes of rows that a look keeps at hand. */
const KEPT_BYTES_MAX = 8 * 1024 * 1024;

/** Looks at rows of a snapshot and keeps them at hand: of many tasks that wait for one, it reads that one once. Throws
 *  DamagedRow. */
export class SnapshotLook {
  private readonly kept = new Map<string, Uint8Array | undefined>();
  private keptBytes = 0;
  /** Rows that were read so far, and their bytes: 5 to 15 µs each, and more for large ones. */
  reads = 0;
  bytes = 0;

  constructor(private readonly snapshot: StateSnapshot) {}

  readonly look: Look = (kind, project, id) => {
    const key = `${kind}/${project}/${id}`;
    const known = this.kept.get(key);
    if (known !== undefined || this.kept.has(key)) return known;
    const image = this.snapshot.rowNow(kind, project, id)?.image;
    const size = image?.length ?? 0;
    this.reads++;
    this.bytes += size;
    this.keptBytes += size;
    if (this.keptBytes > KEPT_BYTES_MAX) {
      this.kept.clear();
      this.keptBytes = size;
    }
    this.kept.set(key, image);
    return image;
  };
}

/** A task's bytes, of whatever view, with its readiness at `nowMs`: that of the state that `look` sees. */
export function withReadiness(look: Look, project: string, id: string, image: Uint8Array, nowMs: number): Buffer {
  const readiness = readinessOf(look, project, id, Task.decode(image), nowMs);
  return splice([{ field: READINESS_FIELD, bytes: Readiness.encode(readiness).finish() }], image);
}

/** The same at the durable mark, healing what is damaged on the way. */
export function readyNow(engine: Engine, project: string, id: string, image: Uint8Array): Promise<Buffer> {
  return lookingNow(engine, (look) => withReadiness(look, project, id, image, engine.nowMs));
}

/** What is read from rows of the durable mark, all in one turn, healing what is damaged on the way: `read` may run more than once. */
export async function lookingNow<Result>(engine: Engine, read: (look: Look) => Result): Promise<Result> {
  for (;;) {
    try {
      return read(lookNow(engine));
    } catch (fault) {
      if (!(fault instanceof DamagedRow)) throw fault;
      await engine.read(fault.kind, fault.project, fault.id);
    }
  }
}
