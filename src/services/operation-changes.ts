import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Engine } from '../engine/engine';
import type { FeedCursor } from '../engine/feed';

/**
 * Tells whoever waits for an operation that its row has changed. All of them share one cursor over the journal, which is there
 * only while somebody waits: nothing is polled, and a record is looked at once however many wait.
 */
export class OperationChanges {
  private readonly listeners = new Map<string, Set<() => void>>();
  private cursor: FeedCursor | undefined;

  constructor(private readonly engine: Engine) {}

  /** Calls back after each change of the operation that is durable from now on; gives the way to take that back. */
  listen(id: string, listener: () => void): () => void {
    let listeners = this.listeners.get(id);
    if (!listeners) this.listeners.set(id, (listeners = new Set()));
    listeners.add(listener);
    if (!this.cursor) this.open();
    return () => this.leave(id, listener);
  }

  private leave(id: string, listener: () => void): void {
    const listeners = this.listeners.get(id);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.listeners.delete(id);
    if (this.listeners.size > 0) return;
    this.cursor?.close();
    this.cursor = undefined;
  }

  private open(): void {
    const { feed } = this.engine;
    this.cursor = feed.open(feed.head);
    void this.follow(this.cursor);
  }

  private async follow(cursor: FeedCursor): Promise<void> {
    try {
      while (this.cursor === cursor) {
        const { records } = await cursor.next();
        for (const { changes } of records) {
          for (const { kind, id } of changes) if (kind === EntityKind.OPERATION) this.tell(id);
        }
        if (records.length === 0) await cursor.changed();
      }
    } catch {
      // Part of the journal could not be read. The rows say all that it would have said: each listener looks at its own.
      cursor.close();
      if (this.cursor !== cursor) return;
      this.open();
      for (const id of [...this.listeners.keys()]) this.tell(id);
    }
  }

  private tell(id: string): void {
    for (const listener of [...(this.listeners.get(id) ?? [])]) listener();
  }
}
