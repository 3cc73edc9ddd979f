// The nodes of the disk in memory: each knows what is on the medium and what only waits to be.

import type { Random } from './seed';

/** What a disk writes whole or not at all, in bytes. */
const SECTOR_BYTES = 512;

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

/** Bytes that were flushed. */
class Medium {
  private kept: Buffer = Buffer.alloc(0);
  length = 0;

  bytes(): Buffer {
    return this.kept.subarray(0, this.length);
  }

  /** What comes to be between the old end and the new one is zeros. */
  resize(length: number): void {
    if (length > this.kept.length) {
      const grown = Buffer.alloc(Math.max(length, 2 * this.kept.length));
      this.kept.copy(grown, 0, 0, this.length);
      this.kept = grown;
    } else if (length > this.length) this.kept.fill(0, this.length, length);
    this.length = length;
  }

  write(bytes: Buffer, at: number): void {
    this.resize(Math.max(this.length, at + bytes.length));
    bytes.copy(this.kept, at);
  }
}

export class DiskFile {
  private cached: Buffer = Buffer.alloc(0);
  /** Changed in place: a segment is as long as its runway, and each flush and each sector that settles would copy all of it. */
  private readonly medium = new Medium();
  private waiting: Change[] = [];
  length = 0;
  /** How many flushes failed. */
  errors = 0;

  static of(bytes: Buffer): DiskFile {
    const file = new DiskFile();
    file.write(bytes, 0);
    file.flush();
    return file;
  }

  /** What a reader sees. */
  bytes(): Buffer {
    return this.cached.subarray(0, this.length);
  }

  write(bytes: Uint8Array, at: number): void {
    const change = { at, bytes: Buffer.from(bytes) };
    this.waiting.push(change);
    if (at + bytes.length > this.cached.length) {
      const grown = Buffer.alloc(Math.max(at + bytes.length, 2 * this.cached.length));
      this.cached.copy(grown, 0, 0, this.length);
      this.cached = grown;
    }
    change.bytes.copy(this.cached, at);
    this.length = Math.max(this.length, at + bytes.length);
  }

  truncate(length: number): void {
    this.waiting.push({ length });
    this.cached = Buffer.from(resized(this.bytes(), length));
    this.length = length;
  }

  flush(): void {
    for (const change of this.waiting.splice(0)) {
      if ('length' in change) this.medium.resize(change.length);
      else this.medium.write(change.bytes, change.at);
    }
  }

  /** A flush that failed: some sectors went down, the others are marked clean and will never be written. */
  loseUnflushed(random: Random): void {
    this.errors += 1;
    this.settleMedium(random);
  }

  /** What is left after a power cut. */
  settle(random: Random): void {
    this.settleMedium(random);
    this.cached = Buffer.from(this.medium.bytes());
    this.length = this.medium.length;
  }

  copy(): DiskFile {
    return DiskFile.of(this.bytes());
  }

  private settleMedium(random: Random): void {
    const keep = random.pick([0, 1, random.below(100) / 100]);
    for (const change of this.waiting.splice(0)) {
      if ('length' in change) {
        if (random.chance(keep)) this.medium.resize(change.length);
        continue;
      }
      const { at, bytes } = change;
      // The size may have gone down before the data: the rest reads as zeros.
      if (random.chance(keep)) this.medium.resize(Math.max(this.medium.length, at + bytes.length));
      for (let from = 0; from < bytes.length;) {
        const to = Math.min(bytes.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES));
        if (random.chance(keep)) this.medium.write(bytes.subarray(from, to), at + from);
        from = to;
      }
    }
  }
}

type Node = DiskDirectory | DiskFile;
type Naming = { readonly name: string; readonly node: Node | undefined; readonly gone?: string; readonly move?: Move };
/** The two halves of a directory's way from one directory to another. */
type Move = { kept: boolean | undefined };

export class DiskDirectory {
  entries = new Map<string, Node>();
  private medium = new Map<string, Node>();
  private waiting: Naming[] = [];

  link(name: string, node: Node): void {
    this.note({ name, node });
  }

  remove(name: string): void {
    this.note({ name, node: undefined });
  }

  rename(from: string, to: string): void {
    this.note({ name: to, node: this.entries.get(from), gone: from });
  }

  /** Takes a directory over from another one: both sides survive, or neither, as journalling file systems do it. */
  adopt(name: string, node: DiskDirectory, from: DiskDirectory, nameThere: string): void {
    const move: Move = { kept: undefined };
    this.note({ name, node, move });
    from.note({ name: nameThere, node: undefined, move });
  }

  /** On the medium at once. */
  put(name: string, node: Node): void {
    this.entries.set(name, node);
    this.medium.set(name, node);
  }

  take(name: string): void {
    this.entries.delete(name);
    this.medium.delete(name);
  }

  flush(): void {
    for (const naming of this.waiting.splice(0)) {
      if (naming.move !== undefined) naming.move.kept = true;
      named(this.medium, naming);
    }
  }

  settle(random: Random): void {
    const keep = random.pick([0, 1, random.below(100) / 100]);
    for (const naming of this.waiting.splice(0)) {
      const kept = naming.move?.kept ?? random.chance(keep);
      if (naming.move !== undefined) naming.move.kept = kept;
      if (kept) named(this.medium, naming);
    }
    this.entries = new Map(this.medium);
    for (const node of this.entries.values()) node.settle(random);
  }

  size(): number {
    let bytes = 0;
    for (const node of this.entries.values()) bytes += node instanceof DiskFile ? node.length : node.size();
    return bytes;
  }

  copy(): DiskDirectory {
    const copy = new DiskDirectory();
    for (const [name, node] of this.entries) copy.put(name, node.copy());
    return copy;
  }

  private note(naming: Naming): void {
    this.waiting.push(naming);
    named(this.entries, naming);
  }
}

function named(entries: Map<string, Node>, { name, node, gone }: Naming): void {
  if (gone !== undefined) entries.delete(gone);
  if (node === undefined) entries.delete(name);
  else entries.set(name, node);
}

function resized(bytes: Buffer, length: number): Buffer {
  return length <= bytes.length
    ? bytes.subarray(0, length)
    : Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);
}
