/**
 * A blob in the making: a file aside, hashed as it grows.
 *
 * Boundary: one file. The name that it gets, and when, is for `blobs`.
 *
 * A1. After `commit` the file is whole and flushed, and has its name; after anything else it is gone.
 * A2. Memory does not grow with the bytes.
 */
import { createHash } from 'node:crypto';
import type { OpenFile } from '../files';

/** Bytes after which a writer flushes what it has: a GiB that is flushed at once would hold up the journal's flushes. */
const FLUSH_BYTES = 16 * 1024 * 1024;

/** A blob by its name. */
export interface StoredBlob {
  /** 64 hex digits. */
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Bytes on their way to a blob, in constant memory. One call at a time; `abort` or `commit` ends it. */
export interface BlobWriter {
  write(chunk: Uint8Array): Promise<void>;
  /** Stores what was written. `named` hears the digest before any file has its name. After a failure nothing is left. */
  commit(named?: (digest: string) => void): Promise<StoredBlob>;
  /** Forgets what was written; does nothing after `commit`. */
  abort(): Promise<void>;
}

/** What becomes of the file that a writer fills. */
interface Fate {
  place(digest: string): Promise<void>;
  forget(): Promise<void>;
}

export class AsideWriter implements BlobWriter {
  private readonly hash = createHash('sha256');
  private sizeBytes = 0;
  private flushedBytes = 0;
  private closed = false;
  /** Placed or forgotten. */
  private over = false;

  constructor(
    private readonly file: OpenFile,
    private readonly fate: Fate,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.hash.update(chunk);
    await this.file.write(chunk, this.sizeBytes);
    this.sizeBytes += chunk.length;
    if (this.sizeBytes - this.flushedBytes < FLUSH_BYTES) return;
    await this.file.datasync();
    this.flushedBytes = this.sizeBytes;
  }

  async commit(named?: (digest: string) => void): Promise<StoredBlob> {
    try {
      await this.file.sync();
      await this.close();
      const digest = this.hash.digest('hex');
      named?.(digest);
      await this.fate.place(digest);
      this.over = true;
      return { digest, sizeBytes: this.sizeBytes };
    } finally {
      await this.abort();
    }
  }

  async abort(): Promise<void> {
    if (this.over) return;
    // Whatever goes wrong here, the next start removes the file; the error that led here says more.
    await this.close().catch(() => undefined);
    this.over = true;
    await this.fate.forget().catch(() => undefined);
  }

  private async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.file.close();
  }
}
