/**
 * Large bytes in files that are named by what they hold: `<dir>/ab/cd/abcd….blob`, SHA-256 in lower-case hex.
 *
 * Boundary: bytes and their digests. Which record names a blob, and when one may go, is for others.
 *
 * Z1. When `put` or a writer's `commit` resolves, the bytes survive power loss: a record that names them may be appended.
 * Z2. `get` gives exactly the bytes of the digest, or throws BlobCorruption; so does a reader when its last byte is read.
 * Z3. A file takes its name only when it is whole and flushed; what a crash left aside is never read.
 * Z4. Of one digest a name is given or taken away at a time: `remove` asks whether it may in the turn in which it does.
 */
import { createHash, hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Files, OpenFile } from '../files';
import { AsideWriter } from './aside-writer';
import type { BlobWriter } from './aside-writer';

const DIGEST = /^[0-9a-f]{64}$/;
const SUFFIX = '.blob';
/** A stored blob's bytes are not those of its digest. */
export class BlobCorruption extends Error {
  override readonly name = 'BlobCorruption';
  constructor(readonly digest: string) {
    super(`the stored bytes of blob ${digest} have another digest`);
  }
}

/** There is no blob with this digest. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
  constructor(readonly digest: string) {
    super(`there is no blob ${digest}`);
  }
}

/** The bytes of a blob from their start. One call at a time. */
export interface BlobReader {
  readonly sizeBytes: number;
  /** The next bytes, at most so many; empty after the last. Throws BlobCorruption instead of the end if they are not those of the digest. */
  next(lengthMax: number): Promise<Buffer>;
  close(): Promise<void>;
}

export class Blobs {
  private asideCount = 0;
  /** The last turn of each digest whose name is being given or taken away. */
  private readonly turns = new Map<string, Promise<unknown>>();

  private constructor(
    private readonly files: Files,
    private readonly dir: string,
  ) {}

  /** The blobs in `dir`, which is created if absent; its parent exists. Removes what a crash left aside. */
  static async open(files: Files, dir: string): Promise<Blobs> {
    await files.makeDirectory(dir);
    await files.syncDirectory(dirname(dir));
    for (const name of await files.list(dir)) if (name.endsWith('.new')) await files.unlink(join(dir, name));
    return new Blobs(files, dir);
  }

  /** Stores bytes and gives their digest. Calls may overlap, for the same bytes too. Idempotent. */
  async put(bytes: Uint8Array, named?: (digest: string) => void): Promise<string> {
    const writer = await this.begin();
    try {
      await writer.write(bytes);
      return (await writer.commit(named)).digest;
    } finally {
      await writer.abort();
    }
  }

  /** Begins a blob whose bytes come in parts. */
  async begin(): Promise<BlobWriter> {
    const aside = join(this.dir, `${this.asideCount++}.new`);
    const file = await this.files.open(aside, 'wx+');
    return new AsideWriter(file, {
      place: (digest) => this.turn(digest, () => this.place(aside, digest)),
      forget: () => this.files.unlink(aside),
    });
  }

  /** A reader of the blob with this digest. Throws BlobMissing. */
  async read(digest: string): Promise<BlobReader> {
    const file = await this.open(digest);
    try {
      return new CheckedReader(file, digest, await file.size());
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The bytes with this digest. Throws BlobMissing or BlobCorruption. */
  async get(digest: string): Promise<Buffer> {
    const file = await this.open(digest);
    try {
      const bytes = await file.read(0, await file.size());
      if (hash('sha256', bytes) !== digest) throw new BlobCorruption(digest);
      return bytes;
    } finally {
      await file.close();
    }
  }

  /** Whether a blob has this name; its bytes are not looked at. */
  async has(digest: string): Promise<boolean> {
    const path = this.path(digest);
    return (await this.namesIn(dirname(path))).includes(basename(path));
  }

  /** Removes a blob, if it `may` go; one that is absent is fine. When this resolves with true it stays away after power loss. */
  remove(digest: string, may: () => boolean = () => true): Promise<boolean> {
    const path = this.path(digest);
    return this.turn(digest, async () => {
      if (!may()) return false;
      try {
        await this.files.unlink(path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        return true;
      }
      await this.files.syncDirectory(dirname(path));
      return true;
    });
  }

  /** All digests in ascending order. */
  async *list(): AsyncGenerator<string, void, undefined> {
    for (const first of await this.namesIn(this.dir)) {
      if (first.length !== 2) continue;
      for (const second of await this.namesIn(join(this.dir, first))) {
        for (const name of await this.namesIn(join(this.dir, first, second))) {
          if (name.endsWith(SUFFIX)) yield basename(name, SUFFIX);
        }
      }
    }
  }

  /** Z4. */
  private async turn<Result>(digest: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.turns.get(digest) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    this.turns.set(digest, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(digest) === mine) this.turns.delete(digest);
    }
  }

  private async place(aside: string, digest: string): Promise<void> {
    // One that is there may have been renamed by a put that has not flushed its name yet: writing it once more is the
    // simplest way to owe nothing to that one's success, and heals a damaged one.
    const path = this.path(digest);
    await this.files.makeDirectory(dirname(path));
    await this.files.rename(aside, path);
    // The name, and the names of the two directories above it.
    await this.files.syncDirectory(dirname(path));
    await this.files.syncDirectory(dirname(dirname(path)));
    await this.files.syncDirectory(this.dir);
  }

  private async open(digest: string): Promise<OpenFile> {
    try {
      return await this.files.open(this.path(digest), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BlobMissing(digest);
      throw error;
    }
  }

  private async namesIn(path: string): Promise<string[]> {
    try {
      return await this.files.list(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  private path(digest: string): string {
    return blobPath(this.dir, digest);
  }
}

/** Where a blob of a directory is, if it is there. */
export function blobPath(dir: string, digest: string): string {
  if (!DIGEST.test(digest)) throw new RangeError(`"${digest}" is no digest`);
  return join(dir, digest.slice(0, 2), digest.slice(2, 4), `${digest}${SUFFIX}`);
}

class CheckedReader implements BlobReader {
  private readonly hash = createHash('sha256');
  private position = 0;

  constructor(
    private readonly file: OpenFile,
    private readonly digest: string,
    readonly sizeBytes: number,
  ) {}

  async next(lengthMax: number): Promise<Buffer> {
    const bytes = await this.file.read(this.position, Math.min(lengthMax, this.sizeBytes - this.position));
    this.position += bytes.length;
    this.hash.update(bytes);
    // Z2: checked before the last bytes are given out.
    const isLast = this.position === this.sizeBytes || bytes.length === 0;
    if (isLast && this.hash.copy().digest('hex') !== this.digest) throw new BlobCorruption(this.digest);
    return bytes;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
