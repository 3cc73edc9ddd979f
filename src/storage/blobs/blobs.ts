/**
 * Large bytes in files that are named by what they hold: `<dir>/ab/cd/abcd….blob`, SHA-256 in lower-case hex.
 *
 * Boundary: bytes and their digests. Which record names a blob, and when one may go, is for others.
 *
 * Z1. When `put` resolves, the bytes survive power loss: a record that names them may be appended.
 * Z2. `get` gives exactly the bytes of the digest, or throws BlobCorruption.
 * Z3. A file takes its name only when it is whole and flushed; what a crash left aside is never read.
 */
import { hash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Files } from '../files';

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

export class Blobs {
  private asideCount = 0;

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

  /** Stores bytes and gives their digest, 64 hex digits. Calls may overlap, for the same bytes too. Idempotent. */
  async put(bytes: Uint8Array): Promise<string> {
    const digest = hash('sha256', bytes);
    // One that is there may have been renamed by a put that has not flushed its name yet: writing it once more is the
    // simplest way to owe nothing to that one's success, and heals a damaged one.
    const aside = join(this.dir, `${this.asideCount++}-${digest}.new`);
    const file = await this.files.open(aside, 'wx+');
    try {
      await file.write(bytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    const path = this.path(digest);
    await this.files.makeDirectory(dirname(path));
    await this.files.rename(aside, path);
    // The name, and the names of the two directories above it.
    await this.files.syncDirectory(dirname(path));
    await this.files.syncDirectory(dirname(dirname(path)));
    await this.files.syncDirectory(this.dir);
    return digest;
  }

  /** The bytes with this digest. Throws BlobMissing or BlobCorruption. */
  async get(digest: string): Promise<Buffer> {
    const bytes = await this.read(digest);
    if (hash('sha256', bytes) !== digest) throw new BlobCorruption(digest);
    return bytes;
  }

  /** Whether a blob has this name; its bytes are not looked at. */
  async has(digest: string): Promise<boolean> {
    const path = this.path(digest);
    return (await this.namesIn(dirname(path))).includes(basename(path));
  }

  /** Removes a blob; one that is absent is fine. When this resolves it stays away after power loss. */
  async remove(digest: string): Promise<void> {
    const path = this.path(digest);
    try {
      await this.files.unlink(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return;
    }
    await this.files.syncDirectory(dirname(path));
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

  private async read(digest: string): Promise<Buffer> {
    try {
      const file = await this.files.open(this.path(digest), 'r');
      try {
        return await file.read(0, await file.size());
      } finally {
        await file.close();
      }
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
    if (!DIGEST.test(digest)) throw new RangeError(`"${digest}" is no digest`);
    return join(this.dir, digest.slice(0, 2), digest.slice(2, 4), `${digest}${SUFFIX}`);
  }
}
