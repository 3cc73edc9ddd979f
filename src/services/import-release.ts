// Finds the tasks of an import that are still to be released, and gives them in batches of one commit each.

import { IMPORT_RELEASE_TASKS_MAX } from '../domain/limits';
import { formatTask } from '../domain/names';
import { WIRE_BYTES, WIRE_VARINT, WireScan } from '../domain/wire';
import type { Engine } from '../engine/engine';
import { TaskState } from '../gen/holdfast/v1/task';
import type { StateSnapshot } from '../storage/state/state';

/** Field numbers of holdfast.v1.Task. */
const PAUSED_FROM_FIELD = 33;
const IMPORT_ID_FIELD = 37;
/** Rows that one snapshot is read for: it pins data of the store. */
const PAGE_ROWS_MAX = 10_000;
/** Bytes of tasks in one commit: a third of what a record takes, for what follows at their neighbours. */
const BATCH_BYTES_MAX = 1024 * 1024;

/** States that are released first: nobody is told to start on what waits for them. */
const ENDED: ReadonlySet<number> = new Set([TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELED]);

/**
 * Calls `release` with the names of all tasks of the import that are PAUSED, in batches: first those that end in a terminal
 * state, then the others. Tasks that come in meanwhile may be missed; whoever brings them finishes too.
 */
export async function releaseAll(
  engine: Engine,
  project: string,
  importId: string,
  release: (names: readonly string[]) => Promise<void>,
): Promise<void> {
  for (const ended of [true, false]) {
    let after: string | undefined;
    do {
      const page = await engine.withSnapshot((snapshot) => readPage(snapshot, project, importId, ended, after));
      for (const names of page.batches) await release(names);
      after = page.next;
    } while (after !== undefined);
  }
}

interface Page {
  readonly batches: readonly (readonly string[])[];
  /** The cursor to go on from; undefined at the end. */
  readonly next: string | undefined;
}

async function readPage(
  snapshot: StateSnapshot,
  project: string,
  importId: string,
  ended: boolean,
  after: string | undefined,
): Promise<Page> {
  const batches: string[][] = [];
  let bytes = Infinity;
  let rows = 0;
  const range = { by: 'state', project, state: TaskState.PAUSED, held: false } as const;
  for await (const { id, row, cursor } of snapshot.scan(range, { after })) {
    const facts = importFacts(row.image);
    if (facts.importId === importId && ENDED.has(facts.state) === ended) {
      let batch = batches.at(-1);
      if (!batch || batch.length === IMPORT_RELEASE_TASKS_MAX || bytes + row.image.length > BATCH_BYTES_MAX) {
        batches.push((batch = []));
        bytes = 0;
      }
      batch.push(formatTask(project, id));
      bytes += row.image.length;
    }
    if (++rows === PAGE_ROWS_MAX) return { batches, next: cursor };
  }
  return { batches, next: undefined };
}

/** The import that a task is part of, and the state that it ends in, from the bytes of its row. */
function importFacts(image: Uint8Array): { readonly importId: string; readonly state: number } {
  let importId = '';
  let state = 0;
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.field === IMPORT_ID_FIELD && scan.wire === WIRE_BYTES) importId = scan.text();
    else if (scan.field === PAUSED_FROM_FIELD && scan.wire === WIRE_VARINT) state = scan.varint;
  }
  return { importId, state };
}
