/**
 * Large bytes, from when they come until nothing names them any more.
 *
 * Boundary: files and who needs them. What a row that names them says is for the rules.
 *
 * L1. Bytes are flushed before a command names them (Z1), and stay while it is under way: whoever brought them holds a pin until then.
 * L2. A file goes when no row names its digest at the durable mark and nobody holds a pin: after the record that forgot it is durable, and after a
 *     command that did not come to name it.
 * L3. What a crash leaves is found by one walk over all files, after an unclean start, beside the work, and only when the state was found sound.
 * L4. A disk that is nearly full refuses bytes as it refuses other growth, before the first one and while they come.
 * L5. While somebody holds all of them, none goes; what might have gone is looked at again afterwards.
 */
import { BlobMissing, BlobCorruption } from '../../storage/blobs/blobs';
import type { BlobReader, Blobs } from '../../storage/blobs/blobs';
import type { BlobWriter } from '../../storage/blobs/aside-writer';
import { diskFull } from '../disk-guard';

/** Bytes after which an upload looks at the disk again. */
const LOOK_BYTES = 16 * 1024 * 1024;

/** Bytes that are stored, and stay at least until they are released. */
export interface PinnedBlob {
  /** SHA-256 in lower-case hex. */
  readonly digest: string;
  readonly sizeBytes: number;
  /** The command that names them is settled, or there is none. */
  readonly release: () => void;
}

/** Bytes on their way in. */
export interface BlobUpload {
  /** Rejects with DISK_FULL. One at a time. */
  write(chunk: Uint8Array): Promise<void>;
  /** Rejects with DISK_FULL; nothing is left then. */
  commit(): Promise<PinnedBlob>;
  /** Forgets what came; does nothing after `commit`. */
  abort(): Promise<void>;
}

export interface BlobStoreParts {
  readonly blobs: Blobs;
  /** Whether growth is refused; asked anew. */
  readonly isDiskFull: (look: boolean) => Promise<boolean>;
  /** Whether a row names the digest at the durable mark. */
  readonly isNamed: (digest: string) => boolean;
  /** The engine has halted: what is durable is not known, and nothing is removed. */
  readonly isHalted: () => boolean;
  readonly onProblem: (what: string, error: Error) => void;
}

export class BlobStore {
  private readonly pins = new Map<string, number>();
  private readonly work = new Set<Promise<void>>();
  private stopping = false;
  private holds = 0;
  /** Digests whose files might have gone while they were held. */
  private readonly held = new Set<string>();
  private readonly listeners: ((digest: string, isThere: boolean) => void)[] = [];

  constructor(private readonly parts: BlobStoreParts) {}

  /** Tells of each file that has come or gone, after it has. */
  onChange(listener: (digest: string, isThere: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** No file goes until the function that it gives is called: for whoever copies what a moment's rows name. */
  hold(): () => void {
    this.holds += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.holds -= 1;
      if (this.holds > 0) return;
      const waiting = [...this.held];
      this.held.clear();
      for (const digest of waiting) if (this.mayGo(digest)) this.collect(digest);
    };
  }

  /** Stores bytes. Rejects with DISK_FULL. */
  async keep(bytes: Uint8Array): Promise<PinnedBlob> {
    const upload = await this.begin();
    try {
      await upload.write(bytes);
      return await upload.commit();
    } finally {
      await upload.abort();
    }
  }

  /** Begins to store bytes that come in parts. Rejects with DISK_FULL. */
  async begin(): Promise<BlobUpload> {
    await this.admit(false);
    const writer = await refusing(() => this.parts.blobs.begin());
    let unseenBytes = 0;
    return {
      write: async (chunk) => {
        unseenBytes += chunk.length;
        if (unseenBytes >= LOOK_BYTES) {
          await this.admit(true);
          unseenBytes = 0;
        }
        await refusing(() => writer.write(chunk));
      },
      commit: () => this.commit(writer),
      abort: () => writer.abort(),
    };
  }

  /** A reader of stored bytes. Throws BlobMissing. */
  read(digest: string): Promise<BlobReader> {
    return this.parts.blobs.read(digest);
  }

  /** Removes the file of a digest, unless it is needed (L2). */
  collect(digest: string): void {
    if (this.parts.isHalted()) return;
    const removal = this.parts.blobs
      .remove(digest, () => this.mayGo(digest) && !this.isHeld(digest))
      .then((isGone) => isGone && this.tell(digest, false))
      .then(() => undefined)
      .catch((error: Error) => this.parts.onProblem(`the removal of blob ${digest}`, error));
    this.track(removal);
  }

  /** L3. Resolves when all files were looked at. */
  sweep(): void {
    this.track(
      this.walk().catch((error: Error) => this.parts.onProblem('the search for blobs that nothing names', error)),
    );
  }

  /** Resolves when nothing is being removed. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.work);
  }

  private async walk(): Promise<void> {
    for await (const digest of this.parts.blobs.list()) {
      if (this.stopping || this.parts.isHalted()) return;
      if (this.mayGo(digest)) this.collect(digest);
    }
  }

  private async commit(writer: BlobWriter): Promise<PinnedBlob> {
    let pinned: string | undefined;
    const pin = (digest: string): void => {
      pinned = digest;
      this.pins.set(digest, (this.pins.get(digest) ?? 0) + 1);
    };
    try {
      const stored = await refusing(() => writer.commit(pin));
      this.tell(stored.digest, true);
      let held = true;
      const release = (): void => {
        if (held) this.unpin(stored.digest);
        held = false;
      };
      return { ...stored, release };
    } catch (error) {
      if (pinned !== undefined) this.unpin(pinned);
      throw error;
    }
  }

  private unpin(digest: string): void {
    const left = (this.pins.get(digest) ?? 0) - 1;
    if (left > 0) {
      this.pins.set(digest, left);
      return;
    }
    this.pins.delete(digest);
    if (this.mayGo(digest)) this.collect(digest);
  }

  /** L5. */
  private isHeld(digest: string): boolean {
    if (this.holds > 0) this.held.add(digest);
    return this.holds > 0;
  }

  private mayGo(digest: string): boolean {
    return !this.pins.has(digest) && !this.parts.isHalted() && !this.parts.isNamed(digest);
  }

  private async admit(look: boolean): Promise<void> {
    if (await this.parts.isDiskFull(look)) throw diskFull();
  }

  private tell(digest: string, isThere: boolean): void {
    for (const listener of this.listeners) listener(digest, isThere);
  }

  private track(work: Promise<void>): void {
    this.work.add(work);
    void work.then(() => this.work.delete(work));
  }
}

/** Whether stored bytes are not there as they should be. */
export function isBlobDamage(fault: unknown): boolean {
  return fault instanceof BlobMissing || fault instanceof BlobCorruption;
}

/** What a full disk says becomes the refusal that it is. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? diskFull() : error;
  }
}
