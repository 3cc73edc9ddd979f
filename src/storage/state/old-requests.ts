/** Deletes the request ids of generations that are dead. */
import * as keys from './keys';
import type { LevelStore } from './level-store';

/** Request ids deleted at a time: a few milliseconds of LevelDB's writer. */
const CHUNK = 1024;

/** Deletes what is older than the generation `oldest`. Nobody looks there, so it may happen at any time, and end early. */
export async function dropRequestsBefore(store: LevelStore, oldest: number, stopped: () => boolean): Promise<void> {
  const snapshot = store.snapshot();
  try {
    const range = { gte: keys.requestBound(0), lt: keys.requestBound(oldest) };
    for await (const chunk of store.chunks(snapshot, range, CHUNK, false)) {
      if (stopped() || store.failure) return;
      const batch = store.array();
      for (const [key] of chunk) batch.del(key);
      await batch.write();
    }
  } catch {
    // A failed write is sticky and surfaces with the next one. Anything else leaves the ids for the next start.
  } finally {
    await snapshot.close();
  }
}
