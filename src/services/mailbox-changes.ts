import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Engine } from '../engine/engine';
import type { Published } from '../engine/feed';

/**
 * Tells whoever waits for messages that a mailbox has changed. One listener on the feed serves all, and is there only while somebody
 * waits: a record costs a look at its changes, however many wait, and wakes only those whom it concerns.
 */
export class MailboxChanges {
  private readonly listeners = new Map<string, Set<() => void>>();
  private unlisten: (() => void) | undefined;

  constructor(private readonly engine: Engine) {}

  /** Calls back after each durable change of one of the mailboxes; gives the way to take that back. */
  listen(project: string, mailboxes: readonly string[], listener: () => void): () => void {
    for (const mailbox of mailboxes) {
      const key = keyOf(project, mailbox);
      const listeners = this.listeners.get(key) ?? new Set();
      this.listeners.set(key, listeners.add(listener));
    }
    this.unlisten ??= this.engine.feed.listen((published) => this.look(published));
    return () => this.leave(project, mailboxes, listener);
  }

  private leave(project: string, mailboxes: readonly string[], listener: () => void): void {
    for (const mailbox of mailboxes) {
      const key = keyOf(project, mailbox);
      const listeners = this.listeners.get(key);
      if (listeners?.delete(listener) && listeners.size === 0) this.listeners.delete(key);
    }
    if (this.listeners.size > 0) return;
    this.unlisten?.();
    this.unlisten = undefined;
  }

  private look(published: readonly Published[]): void {
    for (const { record } of published) {
      for (const { kind, project, id, removed } of record.changes) {
        if (kind !== EntityKind.MAILBOX || removed) continue;
        for (const listener of this.listeners.get(keyOf(project, id)) ?? []) listener();
      }
    }
  }
}

function keyOf(project: string, mailbox: string): string {
  return `${project}/${mailbox}`;
}
