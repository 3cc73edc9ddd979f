/**
 * A second copy of a journal's files that follows the first.
 *
 * Boundary: files of one journal in two directories. When a round comes, and what else is mirrored, is for engine/backups.
 *
 * M1. What is in the mirror was durable in the journal: groups above `upTo` are left for the next round.
 * M2. After a round everything up to `upTo` survives power loss in the mirror: opened as a journal, it ends there, or in a group that was
 *     being copied, which opening cuts off as a torn tail.
 * M3. Nothing that the mirror alone has is overwritten: a mirror of another history, or one that reaches further, is refused.
 * M4. The copy of a sealed segment gets its trailer last, as the segment itself did.
 * M5. Segments go from the mirror only when its owner says so: first it holds the backup that stands under what is left.
 */
import { join } from 'node:path';
import type { Files, OpenFile } from '../files';
import {
  isSegmentName,
  encodeSegmentHeader,
  FRAME_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
  segmentName,
  writeFrameHeader,
} from '../journal/format';
import type { SegmentHeader } from '../journal/format';
import { TRAILER_BYTES } from '../journal/footer-format';
import { FrameScanner } from '../journal/frame-scanner';
import { decodeOldest, OLDEST_NAME, readMark, writeMark } from '../journal/mark-files';
import { readSegmentHeader, readTrailer } from '../journal/segment';
import type { Pace } from './pace';

/** The mirror holds what this journal does not: another history, or a later end of this one. */
export class MirrorRefused extends Error {
  override readonly name = 'MirrorRefused';
}

/** Bytes gathered for one write. */
const WRITE_BYTES = 1024 * 1024;

/** How far the copy of a segment is. */
interface Place {
  /** The byte behind its last group. */
  offset: number;
  /** The sequence that comes next. */
  next: number;
}

/** What a trim took from the journal, and the mirror still has. */
export interface Untrimmed {
  /** The journal's mark of what it keeps. */
  readonly mark: Buffer | undefined;
  /** The oldest sequence that it keeps; undefined if no mark says so. */
  readonly sequence: number | undefined;
  /** Segments below it. */
  readonly gone: readonly string[];
}

export class JournalMirror {
  private readonly places = new Map<string, Place>();
  private readonly complete = new Set<string>();
  /** The last sequence in the mirror; 0 for none. */
  sequence = 0;

  constructor(
    private readonly files: Files,
    private readonly from: string,
    /** The mirror's own directory; it exists. */
    private readonly to: string,
  ) {}

  /** Copies what the journal has up to the sequence `upTo`, which is durable. One at a time. */
  async round(upTo: number, pace: Pace): Promise<void> {
    const names = (await this.files.list(this.from)).filter(isSegmentName);
    const mirrored = new Set((await this.files.list(this.to)).filter(isSegmentName));
    const last = names.at(-1);
    const ahead = [...mirrored].find((name) => last === undefined || name > last);
    if (ahead !== undefined) throw new MirrorRefused(`the mirror has ${ahead}, which the journal does not have`);
    for (const name of names) {
      // A segment that began since would leave a gap behind what this round copies of the one before.
      if (this.complete.has(name) || parseInt(name, 16) > upTo) continue;
      await this.copy(name, mirrored.has(name), name === last, upTo, pace);
    }
    if (this.sequence < upTo) throw new Error(`groups of the journal after sequence ${this.sequence} cannot be read`);
  }

  /** What was trimmed in the journal and not in the mirror; undefined for nothing. */
  async untrimmed(): Promise<Untrimmed | undefined> {
    // The mark is read first: what a trim takes from here on is above it, and is for another time.
    const mark = await readMark(this.files, this.from, OLDEST_NAME);
    const copied = await readMark(this.files, this.to, OLDEST_NAME);
    const sequence = mark && decodeOldest(mark)?.sequence;
    const oldest = (await this.files.list(this.from)).find(isSegmentName);
    const kept = sequence === undefined ? '' : segmentName(sequence);
    const mirrored = (await this.files.list(this.to)).filter(isSegmentName);
    const gone = mirrored.filter((name) => oldest !== undefined && name < oldest && (kept === '' || name < kept));
    const isMarked = mark === undefined || copied?.equals(mark) === true;
    return gone.length === 0 && isMarked ? undefined : { mark, sequence, gone };
  }

  /** What was trimmed in the journal goes in the mirror as well, after the mark that says so. A base that holds it must be in the mirror before (M5). */
  async trim({ mark, sequence, gone }: Untrimmed): Promise<void> {
    if (mark === undefined || sequence === undefined) {
      throw new MirrorRefused(`the mirror has ${gone[0] ?? 'segments'}, which the journal does not have`);
    }
    await writeMark(this.files, this.to, OLDEST_NAME, mark);
    if (gone.length === 0) return;
    for (const name of gone) await this.files.unlink(join(this.to, name));
    await this.files.syncDirectory(this.to);
  }

  private async copy(name: string, isThere: boolean, isLast: boolean, upTo: number, pace: Pace): Promise<void> {
    const source = await this.files.open(join(this.from, name), 'r');
    try {
      const header = await readSegmentHeader(source, name);
      const goesOn = isThere && (await this.goesOn(name, header, upTo));
      const path = join(this.to, goesOn ? name : `${name}.new`);
      const target = goesOn ? await this.files.open(path, 'r+') : await this.begin(path, header);
      try {
        const place = this.places.get(name) ?? (await placeIn(target, name, header));
        if (isLast) refuseBeyond(place, upTo);
        await copyGroups(source, target, name, header, place, upTo, pace);
        if (!goesOn) {
          await this.files.rename(path, join(this.to, name));
          await this.files.syncDirectory(this.to);
        }
        this.places.set(name, place);
        this.sequence = Math.max(this.sequence, place.next - 1);
        if (!isLast && (await finish(source, target, header, place))) this.complete.add(name);
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  }

  /** Whether the copy that is there is one of this segment. False for one from before an unclean stop: the segment has a new salt since, and is
   *  copied anew before the old copy goes. */
  private async goesOn(name: string, header: SegmentHeader, upTo: number): Promise<boolean> {
    const copy = await this.files.open(join(this.to, name), 'r');
    try {
      const mirrored = await readSegmentHeader(copy, name);
      if (mirrored.salt.equals(header.salt)) return true;
      if (!encodeSegmentHeader({ ...mirrored, salt: header.salt }).equals(encodeSegmentHeader(header))) {
        throw new MirrorRefused(`${name} of the mirror is of another history`);
      }
      refuseBeyond(await placeIn(copy, name, mirrored), upTo);
      this.places.delete(name);
      return false;
    } finally {
      await copy.close();
    }
  }

  /** A copy aside that has only its header. */
  private async begin(path: string, header: SegmentHeader): Promise<OpenFile> {
    await this.files.unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    const file = await this.files.open(path, 'wx+');
    await file.write(encodeSegmentHeader(header), 0);
    await file.sync();
    return file;
  }
}

/** M3. */
function refuseBeyond({ next }: Place, upTo: number): void {
  if (next - 1 <= upTo) return;
  throw new MirrorRefused(`the mirror reaches sequence ${next - 1}, the journal ${upTo}`);
}

/** Where the groups of a copy end that an earlier life made. */
async function placeIn(target: OpenFile, name: string, header: SegmentHeader): Promise<Place> {
  const place = { offset: SEGMENT_HEADER_BYTES, next: header.firstSequence };
  const size = await target.size();
  const scanner = new FrameScanner(target, name, header.salt, place.offset, size, place.next);
  for (let frame = await scanner.next(); frame; frame = await scanner.next()) {
    place.offset = scanner.offset;
    place.next = frame.lastSequence + 1;
  }
  return place;
}

async function copyGroups(
  source: OpenFile,
  target: OpenFile,
  name: string,
  { salt }: SegmentHeader,
  place: Place,
  upTo: number,
  pace: Pace,
): Promise<void> {
  const scanner = new FrameScanner(source, name, salt, place.offset, await source.size(), place.next);
  let gathered: Buffer[] = [];
  let bytes = 0;
  let next = place.next;
  const flush = async (): Promise<void> => {
    if (bytes === 0) return;
    await pace.take(bytes);
    await target.write(Buffer.concat(gathered, bytes), place.offset);
    await target.datasync();
    place.offset += bytes;
    place.next = next;
    gathered = [];
    bytes = 0;
  };
  for (let frame = await scanner.next(); frame && frame.lastSequence <= upTo; frame = await scanner.next()) {
    const copy = Buffer.allocUnsafe(frame.bytes);
    frame.body.copy(copy, FRAME_HEADER_BYTES);
    writeFrameHeader(copy, 0, salt, frame.firstSequence, frame.body.length);
    gathered.push(copy);
    bytes += copy.length;
    next = frame.lastSequence + 1;
    if (bytes >= WRITE_BYTES) await flush();
  }
  await flush();
}

/** M4. False as long as the segment itself is not sealed. */
async function finish(source: OpenFile, target: OpenFile, { salt }: SegmentHeader, place: Place): Promise<boolean> {
  const trailer = await readTrailer(source, salt);
  if (trailer?.framesEnd !== place.offset) return false;
  const size = await source.size();
  if ((await target.size()) === size && (await readTrailer(target, salt))) return true;
  const footer = await source.read(place.offset, size - place.offset);
  const trailerAt = footer.length - TRAILER_BYTES;
  await target.truncate(place.offset);
  await target.write(footer.subarray(0, trailerAt), place.offset);
  await target.sync();
  await target.write(footer.subarray(trailerAt), place.offset + trailerAt);
  await target.sync();
  return true;
}

/** The history that a mirror is of: that of its last segment; undefined for a mirror without any. */
export async function mirroredHistory(files: Files, to: string): Promise<string | undefined> {
  const name = (await files.list(to)).findLast(isSegmentName);
  if (name === undefined) return undefined;
  const file = await files.open(join(to, name), 'r');
  try {
    return (await readSegmentHeader(file, name)).history;
  } finally {
    await file.close();
  }
}
