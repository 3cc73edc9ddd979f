import type { Engine } from '../engine/engine';
import type { Refusal } from '../domain/refusal';
import type { FeedCursor, Published } from '../engine/feed';
import { selects, SharedView } from './event-encoding';
import type { EventView } from './event-encoding';
import type { CallContext } from './method';
import type { PositionEncoding } from './splice';

/** What the hub asks of a watch. */
interface Watching {
  tick(nowMs: number): void;
  end(fault: unknown): void;
}

/** A view with the watches that have it and wait for something to show. */
class WatchedView extends SharedView {
  /** How each of them is woken. */
  readonly idle = new Set<() => void>();
  /** Nothing up to here was for those that are idle, but for what they have sent. */
  passed = 0;
}

/** How often watches are looked at, in milliseconds: the shortest progress interval. */
const TICK_MS = 100;

/** What all watches share: one timer, and the encoded events of each view in use. */
export class WatchHub {
  private readonly watches = new Set<Watching>();
  private readonly views = new Map<string, WatchedView>();
  private readonly unlisten: () => void;
  private timer: NodeJS.Timeout | undefined;
  private closing: Refusal | undefined;
  private readonly closers = new Set<() => void>();

  constructor(
    readonly engine: Engine,
    readonly positions: PositionEncoding,
    readonly calls: CallContext,
    /** How long a reader may leave a full stream unread, in milliseconds. */
    readonly stallTimeoutMs: number,
  ) {
    this.unlisten = engine.feed.listen((published) => this.wake(published));
  }

  /** Whether the server ends all waits. */
  get draining(): boolean {
    return this.closing !== undefined;
  }

  get count(): number {
    return this.watches.size;
  }

  /** Throws why the server ends, when it does. */
  mustGoOn(): void {
    if (this.closing) throw this.closing;
  }

  /** Takes a watch in. Throws why the server ends. */
  join(watch: Watching): void {
    this.mustGoOn();
    this.watches.add(watch);
    this.timer ??= setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  leave(watch: Watching): void {
    if (!this.watches.delete(watch) || this.watches.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** The shared form of a view. Give it back by `release`. */
  share(view: EventView): WatchedView {
    const types = view.types ? [...view.types].sort((a, b) => a - b).join(',') : '*';
    const key = `${view.project ?? '*'} ${types} ${view.includePrevious}`;
    let shared = this.views.get(key);
    if (!shared) this.views.set(key, (shared = new WatchedView(this.engine, this.positions, view, key)));
    shared.users++;
    return shared;
  }

  release(shared: SharedView): void {
    if (--shared.users === 0) this.views.delete(shared.key);
  }

  /** Waits until a record comes that the view shows, or until `wake` is called. Records that it does not show wake nobody: a
   *  thousand watches that have nothing to do cost a look at each of their views. Gives the position up to which nothing came. */
  async idle(view: WatchedView, cursor: FeedCursor, watch: { wake: (() => void) | undefined }): Promise<number> {
    if (this.engine.feed.head > cursor.position) return cursor.position;
    if (view.idle.size === 0) view.passed = cursor.position;
    let passed = cursor.position;
    await new Promise<void>((resolve) => {
      const wake = () => {
        if (!view.idle.delete(wake)) return;
        passed = view.passed;
        resolve();
      };
      watch.wake = wake;
      view.idle.add(wake);
    });
    watch.wake = undefined;
    return passed;
  }

  private wake(published: readonly Published[]): void {
    for (const view of this.views.values()) {
      if (view.idle.size === 0) continue;
      if (published.some(({ record }) => selects(view.view, record))) {
        for (const wake of [...view.idle]) wake();
      } else view.passed = this.engine.feed.head;
    }
  }

  /** Calls back once when the server begins to shut down; gives the way to take that back. */
  onDrain(listener: () => void): () => void {
    this.closers.add(listener);
    return () => void this.closers.delete(listener);
  }

  /** Ends all watches with `why`, and all waits. */
  drain(why: Refusal): void {
    this.closing = why;
    for (const watch of [...this.watches]) watch.end(why);
    for (const close of [...this.closers]) close();
    this.unlisten();
  }

  private tick(nowMs: number): void {
    for (const watch of this.watches) watch.tick(nowMs);
  }
}
