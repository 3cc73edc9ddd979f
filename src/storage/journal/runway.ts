/**
 * A segment file whose space is written ahead with zeros, so that an append never grows a file.
 *
 * Boundary: space. What is written into it is for the journal.
 *
 * P1. `ready` counts only bytes that were written and flushed.
 * P2. It writes through a handle of its own: the kernel tells each handle of a failed flush once, and the journal's own must not
 *     miss one because this one heard of it first.
 * P3. A failed step leaves `ready` as it was; the next one writes the same zeros again.
 */
import type { Files, OpenFile } from '../files';

/** Bytes written and flushed at once: a few milliseconds of a disk's time, so that groups between them do not wait long. */
const STEP_BYTES = 1024 * 1024;

const zeros = Buffer.alloc(STEP_BYTES);

export class Runway {
  private working: Promise<void> = Promise.resolve();

  private constructor(
    readonly path: string,
    private readonly file: OpenFile,
    /** Bytes from the start of the file that are on disk. */
    public ready: number,
  ) {}

  /** A new file. Its name is not flushed. */
  static async create(files: Files, path: string): Promise<Runway> {
    return new Runway(path, await files.open(path, 'wx+'), 0);
  }

  /** Goes on in a file of which `ready` bytes are on disk. */
  static async continue(files: Files, path: string, ready: number): Promise<Runway> {
    return new Runway(path, await files.open(path, 'r+'), ready);
  }

  /** Resolves when `ready` is at least `to`; rejects with the disk's error. Calls may overlap: one works at a time. */
  extend(to: number): Promise<void> {
    if (this.ready >= to) return Promise.resolve();
    const work = this.working.then(() => this.write(to));
    this.working = work.catch(() => undefined);
    return work;
  }

  /** After the step that is running, if any. */
  async close(): Promise<void> {
    await this.working;
    await this.file.close();
  }

  private async write(to: number): Promise<void> {
    while (this.ready < to) {
      const bytes = Math.min(STEP_BYTES, to - this.ready);
      await this.file.write(zeros.subarray(0, bytes), this.ready);
      await this.file.datasync();
      this.ready += bytes;
    }
  }
}
