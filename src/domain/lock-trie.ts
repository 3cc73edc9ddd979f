// Live locks, or requests that wait for one, by what they cover: who is in the way of a request is found along the request's own paths. What
// others hold elsewhere costs nothing.

import type { Cover, PathCover } from './lock-target';

/** What stands in a trie. */
export interface Hold {
  /** The id of the session that has it. */
  readonly session: string;
  /** It shares with nobody; else with others that share. */
  readonly exclusive: boolean;
  readonly covers: readonly Cover[];
}

/** Holds of one target, by mode: a request to share looks at the exclusive ones alone. */
class Bucket<Entry extends Hold> {
  readonly exclusive = new Set<Entry>();
  readonly shared = new Set<Entry>();

  of(entry: Entry): Set<Entry> {
    return entry.exclusive ? this.exclusive : this.shared;
  }

  get empty(): boolean {
    return this.exclusive.size === 0 && this.shared.size === 0;
  }
}

/** A place in the tree of paths. */
class Place<Entry extends Hold> {
  readonly below = new Map<string, Place<Entry>>();
  readonly place = new Bucket<Entry>();
  readonly children = new Bucket<Entry>();
  readonly tree = new Bucket<Entry>();
  /** Targets here and below, and those of exclusive holds. */
  targets = 0;
  exclusives = 0;

  meets(exclusive: boolean): boolean {
    return exclusive ? this.targets > 0 : this.exclusives > 0;
  }
}

/** Who asks: own holds are never in one's way. */
interface Asking<Entry extends Hold> {
  readonly session: string;
  readonly exclusive: boolean;
  readonly found: Set<Entry>;
}

export class LockTrie<Entry extends Hold> {
  private readonly keys = new Map<string, Bucket<Entry>>();
  private readonly root = new Place<Entry>();
  private count = 0;

  /** How many holds there are. */
  get size(): number {
    return this.count;
  }

  add(entry: Entry): void {
    this.count++;
    for (const cover of entry.covers) {
      if (cover.kind === 'path') this.addPath(cover, entry);
      else bucketOf(this.keys, cover.key).of(entry).add(entry);
    }
  }

  /** Takes out what was added. */
  remove(entry: Entry): void {
    this.count--;
    for (const cover of entry.covers) {
      if (cover.kind === 'path') this.removePath(cover, entry);
      else {
        const bucket = bucketOf(this.keys, cover.key);
        bucket.of(entry).delete(entry);
        if (bucket.empty) this.keys.delete(cover.key);
      }
    }
  }

  /** The holds of others that a request is not compatible with: overlapping, and one of the two exclusive. */
  conflicting({ session, exclusive, covers }: Hold): Set<Entry> {
    const asking = { session, exclusive, found: new Set<Entry>() };
    for (const cover of covers) {
      if (cover.kind === 'path') this.meetPath(cover, asking);
      else meet(this.keys.get(cover.key), asking);
    }
    return asking.found;
  }

  private addPath({ parts, reach }: PathCover, entry: Entry): void {
    const path = [this.root];
    for (const part of parts) {
      const above = path.at(-1)!;
      const place = above.below.get(part) ?? new Place<Entry>();
      above.below.set(part, place);
      path.push(place);
    }
    const bucket = path.at(-1)![reach].of(entry);
    if (bucket.has(entry)) return;
    bucket.add(entry);
    for (const place of path) {
      place.targets++;
      if (entry.exclusive) place.exclusives++;
    }
  }

  private removePath({ parts, reach }: PathCover, entry: Entry): void {
    const path = [this.root];
    for (const part of parts) {
      const place = path.at(-1)!.below.get(part);
      if (!place) return;
      path.push(place);
    }
    if (!path.at(-1)![reach].of(entry).delete(entry)) return;
    path.forEach((place, i) => {
      place.targets--;
      if (entry.exclusive) place.exclusives--;
      if (place.targets === 0 && i > 0) path[i - 1]!.below.delete(parts[i - 1]!);
    });
  }

  private meetPath({ parts, reach }: PathCover, asking: Asking<Entry>): void {
    let at: Place<Entry> | undefined = this.root;
    for (const [depth, part] of parts.entries()) {
      if (!at?.meets(asking.exclusive)) return;
      meet(at.tree, asking);
      if (depth === parts.length - 1 && reach !== 'children') meet(at.children, asking);
      at = at.below.get(part);
    }
    if (!at?.meets(asking.exclusive)) return;
    meet(at.tree, asking);
    if (reach !== 'children') meet(at.place, asking);
    if (reach !== 'place') meet(at.children, asking);
    if (reach === 'children') {
      for (const child of at.below.values()) {
        meet(child.place, asking);
        meet(child.tree, asking);
      }
    } else if (reach === 'tree') {
      for (const child of at.below.values()) meetAll(child, asking);
    }
  }
}

function meet<Entry extends Hold>(bucket: Bucket<Entry> | undefined, asking: Asking<Entry>): void {
  if (!bucket) return;
  const sets = asking.exclusive ? [bucket.exclusive, bucket.shared] : [bucket.exclusive];
  for (const set of sets) for (const entry of set) if (entry.session !== asking.session) asking.found.add(entry);
}

/** Everything at a place and below. At most 65 levels deep. */
function meetAll<Entry extends Hold>(at: Place<Entry>, asking: Asking<Entry>): void {
  if (!at.meets(asking.exclusive)) return;
  meet(at.place, asking);
  meet(at.children, asking);
  meet(at.tree, asking);
  for (const child of at.below.values()) meetAll(child, asking);
}

function bucketOf<Entry extends Hold>(keys: Map<string, Bucket<Entry>>, key: string): Bucket<Entry> {
  let bucket = keys.get(key);
  if (!bucket) {
    bucket = new Bucket<Entry>();
    keys.set(key, bucket);
  }
  return bucket;
}
