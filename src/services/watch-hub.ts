import type { Engine } from '../engine/engine';
import { Refusal } from '../domain/refusal';
import { SharedView } from './event-encoding';
import type { EventView } from './event-encoding';
import type { CallContext } from './method';
import type { PositionEncoding } from './splice';

/** What the hub asks of a watch. */
interface Watching {
  tick(nowMs: number): void;
  end(fault: unknown): void;
}

/** How often watches are looked at, in milliseconds: the shortest progress interval. */
const TICK_MS = 100;

/** What all watches share: one timer, and the encoded events of each view in use. */
export class WatchHub {
  private readonly watches = new Set<Watching>();
  private readonly views = new Map<string, SharedView>();
  private timer: NodeJS.Timeout | undefined;
  private closing = false;
  private readonly closers = new Set<() => void>();

  constructor(
    readonly engine: Engine,
    readonly positions: PositionEncoding,
    readonly calls: CallContext,
    /** How long a reader may leave a full stream unread, in milliseconds. */
    readonly stallTimeoutMs: number,
  ) {}

  /** Whether the server is shutting down. */
  get draining(): boolean {
    return this.closing;
  }

  get count(): number {
    return this.watches.size;
  }

  /** Takes a watch in. Refuses DRAINING. */
  join(watch: Watching): void {
    if (this.closing) throw draining();
    this.watches.add(watch);
    this.timer ??= setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  leave(watch: Watching): void {
    if (!this.watches.delete(watch) || this.watches.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** The shared form of a view. Give it back by `release`. */
  share(view: EventView): SharedView {
    const types = view.types ? [...view.types].sort((a, b) => a - b).join(',') : '*';
    const key = `${view.project ?? '*'} ${types} ${view.includePrevious}`;
    let shared = this.views.get(key);
    if (!shared) this.views.set(key, (shared = new SharedView(this.engine, this.positions, view, key)));
    shared.users++;
    return shared;
  }

  release(shared: SharedView): void {
    if (--shared.users === 0) this.views.delete(shared.key);
  }

  /** Calls back once when the server begins to shut down; gives the way to take that back. */
  onDrain(listener: () => void): () => void {
    this.closers.add(listener);
    return () => void this.closers.delete(listener);
  }

  /** Ends all watches with DRAINING, and all waits. */
  drain(): void {
    this.closing = true;
    for (const watch of [...this.watches]) watch.end(draining());
    for (const close of [...this.closers]) close();
  }

  private tick(nowMs: number): void {
    for (const watch of this.watches) watch.tick(nowMs);
  }
}

/** What ends long calls when the server shuts down. */
export function draining(): Refusal {
  return new Refusal('DRAINING', 'the server is shutting down; reconnect and resume from the last position', {
    retryAfterMs: 500,
  });
}
