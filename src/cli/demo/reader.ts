import type { Position } from '../../gen/holdfast/v1/common';
import type { Connection } from '../connection';
import type { Start } from '../event-stream';
import { eventStream } from '../event-stream';
import type { Seen } from './checks';

/** A reader of all events that remembers what it saw, in the order in which it came. */
export class Reader {
  readonly seen: Seen[] = [];
  position: Position = { history: '', sequence: 0 };
  reconnects = 0;
  private readonly stop = new AbortController();
  private readonly waiting: { readonly sequence: number; readonly resolve: () => void }[] = [];

  constructor(private readonly connection: Connection) {}

  /** Reads until it is ended. Rejects if the stream cannot go on. */
  async read(start: Start): Promise<void> {
    const options = {
      parent: 'projects/-',
      types: [],
      start,
      includePrevious: false,
      onReconnect: () => void this.reconnects++,
      signal: this.stop.signal,
    };
    for await (const entry of eventStream(this.connection, options)) {
      if (entry.kind === 'snapshot') continue;
      if (entry.kind === 'events') {
        for (const { position, index } of entry.events) this.seen.push([position?.sequence ?? 0, index]);
      }
      this.position = entry.position;
      for (const { sequence, resolve } of this.waiting) if (sequence <= this.position.sequence) resolve();
    }
  }

  /** Resolves when all up to this sequence was read. */
  async reach(sequence: number): Promise<void> {
    if (this.position.sequence >= sequence) return;
    await new Promise<void>((resolve) => this.waiting.push({ sequence, resolve }));
  }

  end(): void {
    this.stop.abort();
  }
}
