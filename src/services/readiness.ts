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

/** Looks at rows of a snapshot, each once: a page of tasks that wait for one task reads it once. Throws DamagedRow. */
export class SnapshotLook {
  private readonly seen = new Map<string, Uint8Array | undefined>();

  constructor(private readonly snapshot: StateSnapshot) {}

  /** Rows that were read so far: some 10 µs each. */
  get reads(): number {
    return this.seen.size;
  }

  readonly look: Look = (kind, project, id) => {
    const key = `${kind}/${project}/${id}`;
    const known = this.seen.get(key);
    if (known !== undefined || this.seen.has(key)) return known;
    const image = this.snapshot.rowNow(kind, project, id)?.image;
    this.seen.set(key, image);
    return image;
  };
}

/** A task's bytes, of whatever view, with its readiness at `nowMs`: that of the state that `look` sees. */
export function withReadiness(look: Look, project: string, id: string, image: Uint8Array, nowMs: number): Buffer {
  const readiness = readinessOf(look, project, id, Task.decode(image), nowMs);
  return splice([{ field: READINESS_FIELD, bytes: Readiness.encode(readiness).finish() }], image);
}

/** The same at the durable mark, healing what is damaged on the way. */
export async function readyNow(engine: Engine, project: string, id: string, image: Uint8Array): Promise<Buffer> {
  for (;;) {
    try {
      return withReadiness(lookNow(engine), project, id, image, engine.nowMs);
    } catch (fault) {
      if (!(fault instanceof DamagedRow)) throw fault;
      await engine.read(fault.kind, fault.project, fault.id);
    }
  }
}
