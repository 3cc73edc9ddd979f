/**
 * What the store takes on the disk.
 *
 * D1. Nobody waits for a count but the first who asks: later ones get the last count, and a new one begins beside them.
 * D2. Counting costs at most a twentieth of the time, however many files there are.
 */
import { directorySize, sizedFiles } from '../../storage/directory-size';
import { archiveDir, blobsDir, journalDir, stateDir } from '../../storage/layout';

/** How old a count may be, in milliseconds. */
const AGE_MAX_MS = 5000;
/** … and at least this many times as old as it took. */
const REST = 20;

/** Bytes on the disk, as of the last count. */
export interface Sizes {
  readonly journalBytes: number;
  /** The journal's segments, oldest first. */
  readonly segments: readonly SegmentSize[];
  readonly stateBytes: number;
  readonly blobBytes: number;
  readonly backupBytes: number;
  readonly archiveBytes: number;
}

export interface SegmentSize {
  readonly first: number;
  readonly bytes: number;
}

export class DiskSizes {
  private last: { readonly sizes: Sizes; readonly atMs: number; readonly tookMs: number } | undefined;
  private counting: Promise<void> | undefined;

  constructor(
    private readonly dir: string,
    private readonly backupsAt: string,
  ) {}

  /** The last count; the first caller waits for it. */
  async look(): Promise<Sizes> {
    const { last } = this;
    if (last === undefined) await this.count();
    else if (performance.now() - last.atMs > Math.max(AGE_MAX_MS, REST * last.tookMs)) void this.count();
    return this.last!.sizes;
  }

  /** Resolves when nothing is counted any more. */
  async idle(): Promise<void> {
    await this.counting;
  }

  private count(): Promise<void> {
    return (this.counting ??= this.run().finally(() => (this.counting = undefined)));
  }

  private async run(): Promise<void> {
    const startMs = performance.now();
    const { dir } = this;
    const files = await sizedFiles(journalDir(dir));
    const segments = files.flatMap(({ name, bytes }) => {
      const first = /^([0-9a-f]{16})\.seg$/.exec(name)?.[1];
      return first === undefined ? [] : [{ first: parseInt(first, 16), bytes }];
    });
    const sizes: Sizes = {
      journalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      segments,
      stateBytes: await directorySize(stateDir(dir)),
      blobBytes: await directorySize(blobsDir(dir)),
      backupBytes: await directorySize(this.backupsAt),
      archiveBytes: await directorySize(archiveDir(dir)),
    };
    const atMs = performance.now();
    this.last = { sizes, atMs, tookMs: atMs - startMs };
  }
}
