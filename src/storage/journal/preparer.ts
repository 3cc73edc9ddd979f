/**
 * Keeps space written ahead of the journal: in the segment that is appended to, and in the next one.
 *
 * Boundary: space and files aside. Names of segments and their headers are for place-segment.ts.
 *
 * P4. In the background it never fails anyone: after a failure it waits until somebody asks for room and hears the error.
 * P5. Early on little is written ahead, later more: a fresh store is small, a busy one does not wait.
 */
import { join } from 'node:path';
import type { Files } from '../files';
import { SEGMENT_HEADER_BYTES } from './format';
import { NEXT_NAME } from './place-segment';
import { Runway } from './runway';

/** The least that is kept ready: above what the engine wants free before it admits a command (about 260 KiB). */
const AHEAD_BYTES_MIN = 320 * 1024;
/** The most: a tenth of a second of the largest rate measured (20 MB/s of batches). */
const AHEAD_BYTES_MAX = 2 * 1024 * 1024;

export class Preparer {
  private next: Runway | undefined;
  private creating: Promise<Runway> | undefined;
  private background: Promise<void> | undefined;
  private failed = false;
  private closed = false;

  constructor(
    private readonly files: Files,
    private readonly dir: string,
    private readonly segmentBytesMax: number,
    private active: Runway,
  ) {}

  /** Bytes ready behind `end` in the active segment; an empty one may outgrow the usual size. */
  activeRoom(end: number): number {
    return Math.max(0, this.limited(this.active.ready, end) - end);
  }

  /** Bytes ready in the next segment. */
  nextRoom(): number {
    return this.next === undefined ? 0 : Math.max(0, this.next.ready - SEGMENT_HEADER_BYTES);
  }

  /** Whether the active segment may take `bytes` behind `end` at all. */
  mayHold(end: number, bytes: number): boolean {
    return end === SEGMENT_HEADER_BYTES || end + bytes <= this.segmentBytesMax;
  }

  /** Makes `bytes` ready behind `end` in the active segment. Rejects with the disk's error. */
  async extendActive(end: number, bytes: number): Promise<void> {
    await this.active.extend(end + bytes);
    this.failed = false;
  }

  /** Makes `bytes` ready in the next segment. Rejects with the disk's error. */
  async prepareNext(bytes: number): Promise<void> {
    const next = await this.nextRunway();
    await next.extend(SEGMENT_HEADER_BYTES + bytes);
    this.failed = false;
  }

  /** Works in the background so that space stays ahead of `end`. Cheap when there is nothing to do. */
  keepAhead(end: number): void {
    if (this.background !== undefined || this.failed || this.closed) return;
    const ahead = Math.min(Math.max(end / 4, AHEAD_BYTES_MIN), AHEAD_BYTES_MAX);
    const active = this.active.ready - end < ahead ? Math.min(this.segmentBytesMax, Math.ceil(end + 2 * ahead)) : 0;
    const next = this.nextGoal(end);
    if (active <= this.active.ready && next <= (this.next?.ready ?? 0)) return;
    this.background = this.work(active, next)
      .catch(() => void (this.failed = true))
      .finally(() => (this.background = undefined));
  }

  /** The next segment becomes the active one; gives the one that was. Its file has its name already. */
  switchToNext(): Runway {
    if (this.next === undefined) throw new Error('no next segment was prepared');
    const before = this.active;
    this.active = this.next;
    this.next = undefined;
    return before;
  }

  /** Ends the work, closes the handles and removes what was prepared. */
  async close(): Promise<void> {
    this.closed = true;
    await this.background;
    await this.creating?.catch(() => undefined);
    await this.active.close();
    if (this.next === undefined) return;
    await this.next.close();
    await this.files.unlink(join(this.dir, NEXT_NAME));
  }

  private async work(active: number, next: number): Promise<void> {
    await this.active.extend(active);
    if (next > 0) await (await this.nextRunway()).extend(next);
  }

  /** From the middle of a segment on the next one grows twice as fast as this one fills. */
  private nextGoal(end: number): number {
    const half = this.segmentBytesMax / 2;
    if (end <= half) return 0;
    return Math.min(this.segmentBytesMax, Math.ceil(AHEAD_BYTES_MIN + 2 * (end - half)));
  }

  private nextRunway(): Promise<Runway> {
    if (this.next !== undefined) return Promise.resolve(this.next);
    this.creating ??= Runway.create(this.files, join(this.dir, NEXT_NAME))
      .then((runway) => (this.next = runway))
      .finally(() => (this.creating = undefined));
    return this.creating;
  }

  private limited(ready: number, end: number): number {
    return end === SEGMENT_HEADER_BYTES ? ready : Math.min(ready, this.segmentBytesMax);
  }
}
