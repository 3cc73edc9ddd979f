// The live locks of all projects, folded over changes: it reads nothing but the change, so that live writes and a start come to the same.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { Lock, LockMode } from '../../gen/holdfast/v1/lock';
import { idIn } from '../sessions/agent-names';
import { storedCover } from './lock-target';
import type { Hold } from './lock-trie';
import { LockTrie } from './lock-trie';

/** A lock that is held. */
export interface HeldLock extends Hold {
  /** Its id: l and a number. */
  readonly id: string;
}

/** What a rule may ask of a project's locks. */
export interface LocksView {
  /** How many there are. */
  readonly size: number;
  /** Those of others that a request is not compatible with. Takes as long as they are many; locks elsewhere cost nothing. */
  conflicting(request: Hold): ReadonlySet<HeldLock>;
  /** The same as the sets in which they stand, own ones among them. */
  eachSet(request: Hold, each: (set: ReadonlySet<HeldLock>) => void): void;
}

interface ProjectLocks {
  readonly trie: LockTrie<HeldLock>;
  readonly byId: Map<string, HeldLock>;
  readonly bySession: Map<string, Set<HeldLock>>;
}

const NONE: LocksView = new LockTrie<HeldLock>();

export class HeldLocks {
  private readonly projects = new Map<string, ProjectLocks>();

  of(project: string): LocksView {
    return this.projects.get(project)?.trie ?? NONE;
  }

  /** The locks of a session. */
  ofSession(project: string, session: string): Iterable<HeldLock> {
    return this.projects.get(project)?.bySession.get(session) ?? [];
  }

  /** Takes a change in. Changes of other kinds say nothing. */
  fold({ kind, project, id, image, removed }: Pick<Change, 'kind' | 'project' | 'id' | 'image' | 'removed'>): void {
    if (kind === EntityKind.LOCK) this.set(project, id, removed ? undefined : image);
  }

  /** What a lock's row is now; undefined: it ended. */
  set(project: string, id: string, image: Uint8Array | undefined): void {
    const locks = this.locksOf(project);
    const before = locks.byId.get(id);
    if (before) {
      locks.trie.remove(before);
      locks.byId.delete(id);
      const own = locks.bySession.get(before.session);
      own?.delete(before);
      if (own?.size === 0) locks.bySession.delete(before.session);
    }
    if (image) {
      const held = heldLock(id, image);
      locks.trie.add(held);
      locks.byId.set(id, held);
      const own = locks.bySession.get(held.session);
      if (own) own.add(held);
      else locks.bySession.set(held.session, new Set([held]));
    } else if (locks.byId.size === 0) this.projects.delete(project);
  }

  private locksOf(project: string): ProjectLocks {
    let locks = this.projects.get(project);
    if (!locks) {
      locks = { trie: new LockTrie(), byId: new Map(), bySession: new Map() };
      this.projects.set(project, locks);
    }
    return locks;
  }
}

function heldLock(id: string, image: Uint8Array): HeldLock {
  const { session, mode, targets } = Lock.decode(image);
  return { id, session: idIn(session), exclusive: mode !== LockMode.SHARED, covers: targets.map(storedCover) };
}
