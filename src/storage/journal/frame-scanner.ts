/**
 * Walks the frames of one segment file in order.
 *
 * Boundary: it verifies frames; whether an end is a clean one is for its caller to say.
 *
 * R1. A frame is given only if both its checksums hold and its sequence is the next one.
 * R2. A frame that verifies but does not belong where it stands is corruption; one that does not verify ends the walk.
 */
import { crc32 } from 'node:zlib';
import type { OpenFile } from '../files';
import { FRAME_HEADER_BYTES, readFrameHeader } from './format';
import type { GroupParts } from './group-body';
import { groupParts, recordStamp } from './group-body';
import { JournalCorruption } from './journal';

/** How much is read at once: large enough for the disk's full rate. */
export const READ_BYTES = 1024 * 1024;

export interface Frame {
  readonly offset: number;
  /** Bytes of the whole frame. */
  readonly bytes: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** A view of the read buffer, as are `parts`. */
  readonly body: Buffer;
  readonly parts: GroupParts;
}

export class FrameScanner {
  private buffer: Buffer = Buffer.alloc(0);
  private bufferOffset: number;
  /** Why the walk ended before `to`: undefined while it goes on, and at `to`. */
  problem: string | undefined;

  constructor(
    private readonly file: OpenFile,
    private readonly segment: string,
    private readonly salt: Buffer,
    /** Where the next frame begins. */
    public offset: number,
    /** Frames end here at the latest. May be raised. */
    public to: number,
    /** The sequence that the next frame begins with; unchecked for the first frame if undefined. */
    private expected: number | undefined,
    /** How much to read at once. */
    private readonly readBytes = READ_BYTES,
  ) {
    this.bufferOffset = offset;
  }

  /** The next frame; undefined at `to`, or at a `problem`. */
  async next(): Promise<Frame | undefined> {
    if (this.offset >= this.to) return undefined;
    if (!this.has(FRAME_HEADER_BYTES) && !(await this.fill(FRAME_HEADER_BYTES))) {
      return this.stop('the file ends inside a frame header');
    }
    const header = readFrameHeader(this.buffer, this.offset - this.bufferOffset, this.salt);
    if (typeof header === 'string') return this.stop(header);
    const bytes = FRAME_HEADER_BYTES + header.bodyBytes;
    if (!this.has(bytes) && !(await this.fill(bytes))) return this.stop('the file ends inside a frame');
    const bodyAt = this.offset - this.bufferOffset + FRAME_HEADER_BYTES;
    const body = this.buffer.subarray(bodyAt, bodyAt + header.bodyBytes);
    if (crc32(body) !== header.bodyCrc) return this.stop('the body fails its checksum');
    return this.accept(body, header.firstSequence, bytes);
  }

  private accept(body: Buffer, firstSequence: number, bytes: number): Frame {
    const { offset } = this;
    if (this.expected !== undefined && firstSequence !== this.expected) {
      this.corrupt(`a group begins with sequence ${firstSequence} where ${this.expected} belongs`);
    }
    const parts = this.readParts(body);
    if (!Number.isSafeInteger(firstSequence)) this.corrupt('its sequence is out of bounds');
    const lastSequence = firstSequence + parts.records.length - 1;
    this.offset += bytes;
    this.expected = lastSequence + 1;
    return { offset, bytes, firstSequence, lastSequence, body, parts };
  }

  private readParts(body: Buffer): GroupParts {
    try {
      return groupParts(body);
    } catch (error) {
      return this.corrupt(`the group cannot be read: ${(error as Error).message}`);
    }
  }

  private corrupt(problem: string): never {
    throw new JournalCorruption(this.segment, this.offset, problem);
  }

  private stop(problem: string): undefined {
    this.problem = problem;
    return undefined;
  }

  private has(bytes: number): boolean {
    return this.offset + bytes <= this.bufferOffset + this.buffer.length;
  }

  private async fill(bytes: number): Promise<boolean> {
    const length = Math.min(Math.max(bytes, this.readBytes), this.to - this.offset);
    if (length < bytes) return false;
    this.buffer = await this.file.read(this.offset, length);
    this.bufferOffset = this.offset;
    return this.buffer.length >= bytes;
  }
}

/** The time of a frame's last record; a record whose sequence is not its place is corruption. */
export function frameTimeMs(frame: Frame, segment: string): number {
  try {
    const { sequence, timeMs } = recordStamp(frame.parts.records.at(-1)!);
    if (sequence === frame.lastSequence) return timeMs;
  } catch {
    // Malformed: named below, with its place.
  }
  throw new JournalCorruption(segment, frame.offset, `the record at sequence ${frame.lastSequence} is malformed`);
}
