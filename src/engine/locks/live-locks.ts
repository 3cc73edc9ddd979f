/**
 * The live locks of all projects, in memory: as decisions see them, and as readers do.
 *
 * LL1. They are read from the state before the first command is decided: it stands at the journal's head then. From there on each record is folded in:
 *      into `decided` by the decider, in the turn of the decision, into `durable` here, in the turn in which readers see it.
 */
import { HeldLocks } from '../../domain/locks/held-locks';
import type { Feed } from '../feed';
import type { Reader } from '../reader';

export class LiveLocks {
  /** At the decided mark. */
  readonly decided = new HeldLocks();
  /** At the durable mark. */
  readonly durable = new HeldLocks();

  /** Reads all rows of locks, and follows what becomes of them. */
  async load(reader: Reader, feed: Feed): Promise<void> {
    feed.listen((published) => {
      for (const { record } of published) for (const change of record.changes) this.durable.fold(change);
    });
    // It may run again after a damaged row was healed: a lock that is known already is taken anew.
    await reader.withSnapshot(async (snapshot) => {
      for await (const { project, id, row } of snapshot.scan({ by: 'locks' })) {
        this.decided.set(project, id, row.image);
        this.durable.set(project, id, row.image);
      }
    });
  }
}
