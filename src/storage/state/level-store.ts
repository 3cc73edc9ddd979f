/**
 * One LevelDB directory: raw bytes in, raw bytes out.
 *
 * L1. A failed write is sticky: LevelDB refuses what follows, and so does `failure`. The directory is opened anew and redone.
 * L2. Nothing is synced but by `flush`: after it resolves, all that was written before it was called is in synced tables.
 * L3. What LevelDB cannot read (a block that fails to decompress) reads as an empty value: every value has a checksum, which
 *     an empty one fails. In a range it is `StateUnusable`, as nobody can say what is missing.
 * L4. A batch that was begun is written at once: a chained batch left open slows every later write tenfold.
 */
import type { ClassicLevel, Snapshot } from 'classic-level';
import { Level } from 'level';
import { StateUnusable } from './state';

/** Memory for writes before LevelDB makes a table of them, in bytes. Two may be held at a time. Our benchmark: smaller ones
 *  compact more often. */
const WRITE_BUFFER_BYTES = 32 * 1024 * 1024;
/** Uncompressed blocks that LevelDB keeps, in bytes. Rows have a cache of their own above it. */
const BLOCK_CACHE_BYTES = 8 * 1024 * 1024;
/** Size of one table in bytes. LevelDB's default of 2 MiB makes thousands of files of ten million tasks. */
const TABLE_BYTES = 4 * 1024 * 1024;
/** Tables held open. Each keeps its index in memory, about 1 % of its size: 20 MiB in all. */
const OPEN_TABLES_MAX = 500;

export type Entry = readonly [key: Buffer, value: Buffer];

/** A range of keys: from `gte`, or after `gt`, up to and without `lt`. */
export interface KeyRange {
  readonly gte?: Buffer;
  readonly gt?: Buffer;
  readonly lt: Buffer;
  /** Last first. */
  readonly reverse?: boolean;
}

/** Writes that happen together or not at all. Keys and values are copied when put: they may stand in shared memory. */
export interface WriteBatch {
  put(key: Buffer, value: Buffer): void;
  del(key: Buffer): void;
  /** Once. */
  write(): Promise<void>;
}

/** The state cannot be written because the disk has no space. */
export class StateOutOfSpace extends StateUnusable {}

/** What the C library calls ENOSPC, and LevelDB passes on: it has no code of its own for it. */
const NO_SPACE = /No space left on device/;

export class LevelStore {
  /** Why nothing can be written any more. */
  failure: StateUnusable | undefined;

  private constructor(
    private readonly db: ClassicLevel<Buffer, Buffer>,
    /** Its directory. */
    readonly location: string,
  ) {}

  /** Throws `StateUnusable` if LevelDB does not open it; `create` must be set for a new one and only then. */
  static async open(location: string, create: boolean): Promise<LevelStore> {
    const db = new Level<Buffer, Buffer>(location, {
      keyEncoding: 'buffer',
      valueEncoding: 'buffer',
      createIfMissing: create,
      errorIfExists: create,
      writeBufferSize: WRITE_BUFFER_BYTES,
      cacheSize: BLOCK_CACHE_BYTES,
      maxFileSize: TABLE_BYTES,
      maxOpenFiles: OPEN_TABLES_MAX,
      // In Node it is classic-level, whose types say more than the ones that have to hold in browsers too.
    }) as unknown as ClassicLevel<Buffer, Buffer>;
    try {
      await db.open();
    } catch (error) {
      const { cause } = error as Error;
      const why = cause as Error | undefined;
      throw new StateUnusable(`the state does not open: ${why?.message ?? (error as Error).message}`, { cause });
    }
    return new LevelStore(db, location);
  }

  get(key: Buffer): Buffer | undefined {
    try {
      return this.db.getSync(key);
    } catch (error) {
      return unreadable(error);
    }
  }

  getAt(snapshot: Snapshot, key: Buffer): Buffer | undefined {
    try {
      return this.db.getSync(key, { snapshot });
    } catch (error) {
      return unreadable(error);
    }
  }

  /** Keys must be in memory of their own. */
  async getManyAt(snapshot: Snapshot, keys: Buffer[]): Promise<(Buffer | undefined)[]> {
    try {
      return await this.db.getMany(keys, { snapshot });
    } catch (error) {
      unreadable(error);
      // One of them, and LevelDB does not say which.
      return keys.map((key) => this.getAt(snapshot, key));
    }
  }

  snapshot(): Snapshot {
    return this.db.snapshot();
  }

  /** The entries of a range in chunks: of `chunk` at first, then larger, unless it is larger than most. With `values` false the values are empty. */
  async *chunks(
    snapshot: Snapshot,
    range: KeyRange,
    chunk: number,
    values = true,
  ): AsyncGenerator<readonly Entry[], void, undefined> {
    const most = Math.max(chunk, CHUNK_ENTRIES_MAX);
    const highWaterMarkBytes = (CHUNK_BYTES / CHUNK_ENTRIES_MAX) * most;
    const iterator = this.db.iterator({ ...range, snapshot, values, highWaterMarkBytes });
    try {
      for (let size = chunk; ; size = Math.min(size * 2, most)) {
        const entries = await iterator.nextv(size);
        if (entries.length === 0) return;
        yield entries;
      }
    } catch (error) {
      unreadable(error);
      throw new StateUnusable(`LevelDB cannot read a range: ${(error as Error).message}`, { cause: error });
    } finally {
      await iterator.close();
    }
  }

  /** A chained batch: half the main thread's cost of an array, but its memory waits for a garbage collection. */
  chained(): WriteBatch {
    const batch = this.db.batch();
    return {
      put: (key, value) => void batch.put(key, value),
      del: (key) => void batch.del(key),
      write: () => this.guarded(batch.write()),
    };
  }

  /** An array batch, whose memory is freed when it is written: for bulk work. */
  array(): WriteBatch {
    const operations: ({ type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer })[] = [];
    return {
      put: (key, value) => operations.push({ type: 'put', key: Buffer.from(key), value: Buffer.from(value) }),
      del: (key) => operations.push({ type: 'del', key: Buffer.from(key) }),
      write: () => this.guarded(this.db.batch(operations)),
    };
  }

  /** An array batch that copies nothing: keys and values stay as they are until it is written. */
  views(): WriteBatch {
    const operations: ({ type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer })[] = [];
    return {
      put: (key, value) => operations.push({ type: 'put', key, value }),
      del: (key) => operations.push({ type: 'del', key }),
      write: () => this.guarded(this.db.batch(operations)),
    };
  }

  async flush(): Promise<void> {
    // An empty range below all keys: LevelDB writes its buffer out and finds nothing to compact.
    await this.guarded(this.db.compactRange(Buffer.from([0]), Buffer.from([0])));
  }

  /** The tables of the current version, complete and synced, by number. */
  liveTables(): { readonly number: number; readonly size: number }[] {
    const lines = this.db.getProperty('leveldb.sstables').matchAll(/^ (\d+):(\d+)\[/gm);
    return [...lines].map(([, number, size]) => ({ number: Number(number), size: Number(size) }));
  }

  /** Waits for what runs, ends iterators and snapshots, and lets go of the directory. */
  close(): Promise<void> {
    return this.db.close();
  }

  private async guarded(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      const message = `LevelDB could not write: ${(error as Error).message}`;
      const Failure = NO_SPACE.test(message) ? StateOutOfSpace : StateUnusable;
      this.failure ??= new Failure(message, { cause: error });
      throw this.failure;
    }
  }
}

/** Bytes that one read of an iterator gathers at most, in chunks of CHUNK_ENTRIES_MAX: a chunk of it blocks no thread for long. */
const CHUNK_BYTES = 256 * 1024;
/** Entries of one chunk at most, beside the work: half a millisecond of the main thread. */
const CHUNK_ENTRIES_MAX = 256;
/** Entries of one chunk where nobody waits for the main thread. Measured on a state of six million entries: 2.1 µs an entry, 3.2 in chunks of 256. */
export const CHUNK_ENTRIES_BULK = 2048;

const UNREADABLE = Buffer.alloc(0);

/** The value of what LevelDB cannot read. Throws any other error: of a closed store, of a wrong argument. */
function unreadable(error: unknown): Buffer {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'LEVEL_CORRUPTION' || code === 'LEVEL_IO_ERROR') return UNREADABLE;
  throw error;
}
