/**
 * The requests for locks that wait, in order, and what each of them waits for.
 *
 * LW1. Each waiter watches one thing that is in its way: the last one before it in the queue, or else a lock. When that is gone it is looked at again,
 *      and watches another or is free. So the end of a lock on which thousands wait wakes one of them.
 * LW2. What is in a waiter's way can only go, never come: nobody is served past an earlier request that is in its own way.
 */
import type { HeldLocks } from '../../domain/locks/held-locks';
import { LockTrie } from '../../domain/locks/lock-trie';
import type { Hold } from '../../domain/locks/lock-trie';
import type { Waiting } from '../inbox';

export interface Waiter extends Hold {
  readonly project: string;
  /** Its place in the queue; Infinity for one that has none yet. */
  order: number;
  readonly waiting: Waiting;
  /** When its time is up, in journal time. */
  readonly untilMs: number;
  /** It was given back to the inbox, and keeps its place until it is decided. */
  returned: boolean;
  /** Stops listening to its caller. */
  forget: () => void;
}

interface ProjectQueue {
  readonly trie: LockTrie<Waiter>;
  readonly bySession: Map<string, Set<Waiter>>;
}

const NOBODY: ReadonlySet<Waiter> = new Set();

export class LockWaiters {
  private readonly projects = new Map<string, ProjectQueue>();
  private readonly all = new Set<Waiter>();
  /** Who watches a lock, by its name, or a waiter. */
  private readonly watchers = new Map<string | Waiter, Set<Waiter>>();
  private readonly watched = new Map<Waiter, string | Waiter>();
  private orders = 0;

  constructor(private readonly locks: HeldLocks) {}

  get size(): number {
    return this.all.size;
  }

  has(waiter: Waiter): boolean {
    return this.all.has(waiter);
  }

  /** All of them, in order. */
  [Symbol.iterator](): Iterator<Waiter> {
    return this.all.values();
  }

  ofSession(project: string, session: string): ReadonlySet<Waiter> {
    return this.projects.get(project)?.bySession.get(session) ?? NOBODY;
  }

  /** Puts a waiter at the end of the queue. */
  add(waiter: Waiter): void {
    waiter.order = ++this.orders;
    this.all.add(waiter);
    const { trie, bySession } = this.queueOf(waiter.project);
    trie.add(waiter);
    const own = bySession.get(waiter.session);
    if (own) own.add(waiter);
    else bySession.set(waiter.session, new Set([waiter]));
  }

  /** Takes a waiter out of the queue. Gives those that are free now, in order. */
  remove(waiter: Waiter): Waiter[] {
    if (!this.all.delete(waiter)) return [];
    const { trie, bySession } = this.queueOf(waiter.project);
    trie.remove(waiter);
    const own = bySession.get(waiter.session)!;
    own.delete(waiter);
    if (own.size === 0) bySession.delete(waiter.session);
    if (trie.size === 0) this.projects.delete(waiter.project);
    this.unwatch(waiter);
    return this.gone(waiter);
  }

  /** A lock has ended. Gives the waiters that are free now, in order. */
  lockEnded(project: string, id: string): Waiter[] {
    return this.gone(`${project}/${id}`);
  }

  /** Earlier requests of others that are in this one's way. */
  ahead(waiter: Waiter): Waiter[] {
    const conflicting = this.projects.get(waiter.project)?.trie.conflicting(waiter);
    return conflicting ? [...conflicting].filter(({ order }) => order < waiter.order) : [];
  }

  /** The sets of requests that overlap this one and are not compatible with it, each in order; own and later ones are among them. */
  eachSet(project: string, request: Hold, each: (set: ReadonlySet<Waiter>) => void): void {
    this.projects.get(project)?.trie.eachSet(request, each);
  }

  /** Watches something that is in the waiter's way (LW1). False: there is nothing. */
  watch(waiter: Waiter): boolean {
    this.unwatch(waiter);
    let last: Waiter | undefined;
    for (const earlier of this.ahead(waiter)) if (!last || earlier.order > last.order) last = earlier;
    const target = last ?? this.lockInTheWay(waiter);
    if (target === undefined) return false;
    this.watched.set(waiter, target);
    const watchers = this.watchers.get(target);
    if (watchers) watchers.add(waiter);
    else this.watchers.set(target, new Set([waiter]));
    return true;
  }

  private lockInTheWay(waiter: Waiter): string | undefined {
    for (const { id } of this.locks.of(waiter.project).conflicting(waiter)) return `${waiter.project}/${id}`;
    return undefined;
  }

  private gone(target: string | Waiter): Waiter[] {
    const watchers = this.watchers.get(target);
    if (!watchers) return [];
    this.watchers.delete(target);
    const inOrder = [...watchers].sort((a, b) => a.order - b.order);
    for (const waiter of inOrder) this.watched.delete(waiter);
    return inOrder.filter((waiter) => !this.watch(waiter));
  }

  private unwatch(waiter: Waiter): void {
    const target = this.watched.get(waiter);
    if (target === undefined) return;
    this.watched.delete(waiter);
    const watchers = this.watchers.get(target);
    watchers?.delete(waiter);
    if (watchers?.size === 0) this.watchers.delete(target);
  }

  private queueOf(project: string): ProjectQueue {
    let queue = this.projects.get(project);
    if (!queue) {
      queue = { trie: new LockTrie(), bySession: new Map() };
      this.projects.set(project, queue);
    }
    return queue;
  }
}
