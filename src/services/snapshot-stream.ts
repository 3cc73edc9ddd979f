// The snapshot that a watch may begin with: every live task and project as it was at one sequence.
// Notes and operations come as events alone: ListNotes and ListOperations have the earlier ones.

import { Refusal } from '../domain/refusal';
import { eventName } from '../domain/event';
import { indexedOf } from '../domain/indexed';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { ScanRange, StateSnapshot } from '../storage/state/state';
import { DamagedRow } from '../storage/state/state';
import type { EventView } from './event-encoding';
import { fieldBytes, splice } from './splice';
import type { Part } from './splice';
import type { WatchHub } from './watch-hub';

/** Bytes of entities in one chunk: few messages, each still small beside the 4 MiB that clients take. */
const CHUNK_BYTES_MAX = 256 * 1024;
/** Resource.task and Resource.project. */
const TASK_FIELD = 1;
const PROJECT_FIELD = 2;
/** SnapshotChunk.last, true. */
const LAST = Uint8Array.of(2 << 3, 1);

/** Where chunks go. */
interface Sink {
  readonly ended: boolean;
  send(message: Buffer): Promise<void>;
}

/**
 * Sends the live entities that the view shows and gives the snapshot's sequence. Until the last chunk the position stays
 * before the oldest event that the journal holds: a reader that resumes there gets everything as events.
 */
export async function sendSnapshot({ engine, positions }: WatchHub, view: EventView, sink: Sink): Promise<number> {
  const resumable = engine.feed.floor();
  const snapshot = await engine.snapshot();
  let chunk: Part[] = [];
  let bytes = 0;
  const flush = async (last: boolean): Promise<void> => {
    const body = splice(chunk, last ? LAST : undefined);
    const position = positions.bytes(last ? snapshot.sequence : resumable);
    chunk = [];
    bytes = 0;
    await sink.send(
      splice([
        { field: 1, bytes: position },
        { field: 2, bytes: body },
      ]),
    );
  };
  try {
    for await (const { field, image } of liveRows(snapshot, view)) {
      if (sink.ended) return snapshot.sequence;
      const resource = splice([{ field, bytes: image }]);
      const size = fieldBytes(1, resource.length);
      if (bytes > 0 && bytes + size > CHUNK_BYTES_MAX) await flush(false);
      chunk.push({ field: 1, bytes: resource });
      bytes += size;
    }
    await flush(true);
    return snapshot.sequence;
  } catch (fault) {
    if (!(fault instanceof DamagedRow)) throw fault;
    // A part may be sent already, and a healed row is in no older snapshot: the reader begins again.
    await engine.read(fault.kind, fault.project, fault.id);
    throw new Refusal('RECOVERING', 'a damaged value was healed meanwhile; watch again', { retryAfterMs: 100 });
  } finally {
    await snapshot.close();
  }
}

async function* liveRows(
  snapshot: StateSnapshot,
  { project, types }: EventView,
): AsyncGenerator<{ field: number; image: Uint8Array }> {
  const names = types && [...types].map((type) => eventName(type) ?? '');
  const wants = (prefix: string): boolean => !names || names.some((name) => name.startsWith(prefix));
  if (wants('project.')) {
    for await (const row of snapshot.scan({ by: 'projects' })) {
      if (project !== undefined && row.project !== project) continue;
      if (!indexedOf(row.row.image, EntityKind.PROJECT).deleted) yield { field: PROJECT_FIELD, image: row.row.image };
    }
  }
  if (!wants('task.')) return;
  const range: ScanRange = { by: 'tasks', project };
  for await (const { row } of snapshot.scan(range)) {
    if (!indexedOf(row.image).deleted) yield { field: TASK_FIELD, image: row.image };
  }
}
