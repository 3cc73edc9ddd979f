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

/** Told of each set of holds that overlap a request and are not compatible with it, own ones included. */
type EachSet<Entry extends Hold> = (set: ReadonlySet<Entry>) => void;

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
  conflicting(request: Hold): Set<Entry> {
    const found = new Set<Entry>();
    this.eachSet(request, (set) => {
      for (const entry of set) if (entry.session !== request.session) found.add(entry);
    });
    return found;
  }

  /** The same as the sets in which the holds stand, each in the order of adding: for those who remember what they have looked at. The request's own
   *  session's holds are among them; a set may come more than once. */
  eachSet({ exclusive, covers }: Hold, each: EachSet<Entry>): void {
    for (const cover of covers) {
      if (cover.kind === 'path') this.meetPath(cover, exclusive, each);
      else meet(this.keys.get(cover.key), exclusive, each);
    }
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

  private meetPath({ parts, reach }: PathCover, exclusive: boolean, each: EachSet<Entry>): void {
    let at: Place<Entry> | undefined = this.root;
    for (const [depth, part] of parts.entries()) {
      if (!at?.meets(exclusive)) return;
      meet(at.tree, exclusive, each);
      if (depth === parts.length - 1 && reach !== 'children') meet(at.children, exclusive, each);
      at = at.below.get(part);
    }
    if (!at?.meets(exclusive)) return;
    meet(at.tree, exclusive, each);
    if (reach !== 'children') meet(at.place, exclusive, each);
    if (reach !== 'place') meet(at.children, exclusive, each);
    if (reach === 'children') {
      for (const child of at.below.values()) {
        meet(child.place, exclusive, each);
        meet(child.tree, exclusive, each);
      }
    } else if (reach === 'tree') {
      for (const child of at.below.values()) meetAll(child, exclusive, each);
    }
  }
}

function meet<Entry extends Hold>(bucket: Bucket<Entry> | undefined, exclusive: boolean, each: EachSet<Entry>): void {
  if (!bucket) return;
  if (bucket.exclusive.size > 0) each(bucket.exclusive);
  if (exclusive && bucket.shared.size > 0) each(bucket.shared);
}

/** Everything at a place and below. At most 65 levels deep. */
function meetAll<Entry extends Hold>(at: Place<Entry>, exclusive: boolean, each: EachSet<Entry>): void {
  if (!at.meets(exclusive)) return;
  meet(at.place, exclusive, each);
  meet(at.children, exclusive, each);
  meet(at.tree, exclusive, each);
  for (const child of at.below.values()) meetAll(child, exclusive, each);
}

function bucketOf<Entry extends Hold>(keys: Map<string, Bucket<Entry>>, key: string): Bucket<Entry> {
  let bucket = keys.get(key);
  if (!bucket) {
    bucket = new Bucket<Entry>();
    keys.set(key, bucket);
  }
  return bucket;
}
