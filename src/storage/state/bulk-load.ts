/**
 * Fills an empty LevelDB with entries that come in no order: gathers those of one table until there are enough, sorts them, and
 * writes them as one table file of their own, so that LevelDB has next to nothing to merge afterwards.
 *
 * Boundary: keys and values as bytes; what they mean is for its callers.
 *
 * K1. A key is put once. Put twice, either value may win.
 * K2. After `finish` every entry is in LevelDB; nothing is durable before the state's first checkpoint.
 * K3. Memory: at most ARENA_BYTES and ARENA_ENTRIES for each table's first byte that is in use, and as much again while one is written.
 */
import { sortedByKey } from './key-sort';
import type { LevelStore } from './level-store';

/** Bytes of entries that are gathered before they are written: below LevelDB's own write buffer (32 MiB), which takes some 30 bytes an
 *  entry besides, so that one arena becomes one table. */
const ARENA_BYTES = 16 * 1024 * 1024;
/** Entries of one arena: their own bytes in LevelDB's buffer are bounded so. */
const ARENA_ENTRIES = 1 << 17;
/** What the first arena of a table begins with, in bytes and entries: a small store must not take and clear 17 MB for each of its tables. Doubled as
 *  it fills; the arenas that follow begin full-grown. */
const FIRST_BYTES = 64 * 1024;
const FIRST_ENTRIES = 1 << 10;
/** Entries of one batch: a few milliseconds of the main thread. */
const BATCH_ENTRIES = 4096;

export class BulkLoad {
  private readonly arenas = new Map<number, Arena>();
  private readonly full: Arena[] = [];
  private writing: Promise<void> = Promise.resolve();
  private failure: Error | undefined;
  /** Entries that were put. */
  entries = 0;

  constructor(private readonly store: LevelStore) {}

  /** Copies both: they may stand in shared memory. When `isFull`, call `drain` before putting much more. */
  put(key: Buffer, value: Uint8Array): void {
    const table = key[0] as number;
    let arena = this.arenas.get(table);
    if (arena === undefined || !arena.takes(key.length + value.length)) {
      const isFirst = arena === undefined;
      if (arena !== undefined) this.full.push(arena);
      const least = isFirst ? FIRST_BYTES : ARENA_BYTES;
      arena = new Arena(Math.max(key.length + value.length, least), isFirst ? FIRST_ENTRIES : ARENA_ENTRIES);
      this.arenas.set(table, arena);
    }
    arena.put(key, value);
    this.entries++;
  }

  get isFull(): boolean {
    return this.full.length > 0;
  }

  /** Begins to write what is full; resolves when no more than that is being written. Rejects when LevelDB could not write. */
  async drain(): Promise<void> {
    await this.writing;
    if (this.failure !== undefined) throw this.failure;
    const arenas = this.full.splice(0);
    this.writing = this.write(arenas).catch((error: unknown) => void (this.failure = error as Error));
  }

  async finish(): Promise<void> {
    await this.drain();
    this.full.push(...this.arenas.values());
    this.arenas.clear();
    await this.drain();
    await this.drain();
  }

  private async write(arenas: readonly Arena[]): Promise<void> {
    for (const arena of arenas) {
      const order = arena.sorted();
      for (let from = 0; from < order.length; from += BATCH_ENTRIES) {
        const batch = this.store.views();
        const to = Math.min(order.length, from + BATCH_ENTRIES);
        for (let i = from; i < to; i++) batch.put(arena.key(order[i]!), arena.value(order[i]!));
        await batch.write();
      }
      // A table of its own: the next arena's keys lie elsewhere.
      await this.store.flush();
    }
  }
}

/** Entries side by side in one piece of memory. */
class Arena {
  private bytes: Buffer;
  /** For each entry where it begins and where its value begins; one more at the end. */
  private places: Uint32Array;
  private count = 0;
  private end = 0;

  constructor(
    bytes: number,
    private room: number,
  ) {
    this.bytes = Buffer.allocUnsafeSlow(bytes);
    this.places = new Uint32Array(2 * room + 1);
  }

  takes(length: number): boolean {
    return this.count < ARENA_ENTRIES && this.end + length <= Math.max(ARENA_BYTES, this.bytes.length);
  }

  put(key: Uint8Array, value: Uint8Array): void {
    this.makeRoom(key.length + value.length);
    const at = 2 * this.count++;
    this.bytes.set(key, this.end);
    this.places[at + 1] = this.end + key.length;
    this.bytes.set(value, this.end + key.length);
    this.end += key.length + value.length;
    this.places[at + 2] = this.end;
  }

  private makeRoom(length: number): void {
    if (this.count === this.room) {
      const { places } = this;
      this.room = Math.min(2 * this.room, ARENA_ENTRIES);
      this.places = new Uint32Array(2 * this.room + 1);
      this.places.set(places);
    }
    const needed = this.end + length;
    if (needed <= this.bytes.length) return;
    const { bytes, end } = this;
    this.bytes = Buffer.allocUnsafeSlow(Math.min(Math.max(2 * bytes.length, needed), ARENA_BYTES));
    bytes.copy(this.bytes, 0, 0, end);
  }

  key(index: number): Buffer {
    return this.bytes.subarray(this.places[2 * index], this.places[2 * index + 1]);
  }

  value(index: number): Buffer {
    return this.bytes.subarray(this.places[2 * index + 1], this.places[2 * index + 2]);
  }

  sorted(): Uint32Array {
    return sortedByKey(this.bytes, this.places, this.count);
  }
}
