/**
 * Puts a journal and a state that were prepared aside in the place of the present ones, whole or not at all.
 *
 * Boundary: directories and their names, under the process lock and before anything is opened. What is in them is for those
 * who prepare them.
 *
 * W1. `incoming/ready` is what decides. Without it nothing of `incoming` was ever in use, and it is removed. With it the
 *     parts are put in place, however often that is interrupted: each step is a rename, flushed before the next.
 * W2. A part that still waits in `incoming` while one of its name is in place: the one in place is the old one.
 * W3. What is replaced is kept in `archive/<name>`, or, if whoever prepared it says that it is worth nothing, removed with
 *     the rest of `incoming` at the end.
 * W4. Renames between directories are atomic, as journalling file systems do them.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Files } from './files';
import { readMark, writeMark } from './journal/mark-files';
import { archiveDir, incomingDir } from './layout';
import { takeStateBack } from './state-aside';

/** What can wait: directories of a data directory. */
export type IncomingPart = 'journal' | 'state';

/** What `ready` says. */
export interface IncomingMark {
  /** Below `archive`: where what is replaced goes. No two swaps share one. */
  readonly archive: string;
  /** The replaced parts that are kept there. */
  readonly kept: readonly IncomingPart[];
}

/** What was found in `incoming`. */
export interface IncomingFound {
  /** The parts that were put in place by this call; none if they were dropped. */
  readonly placed: readonly IncomingPart[];
  /** The archive that now holds what was replaced, below the data directory. */
  readonly archive: string | undefined;
}

/** `incoming/ready` is not what was written: nobody knows what is in place and what is not. */
export class IncomingDamaged extends Error {
  override readonly name = 'IncomingDamaged';
  constructor() {
    super('incoming/ready does not verify: the store stopped while its journal and state were being replaced');
  }
}

const READY_NAME = 'ready';
const MAGIC = Buffer.from('HOLDINC1', 'latin1');
/** In this order: a journal without its state is only slow to start, a state without its journal is of no history. */
const PARTS: readonly IncomingPart[] = ['journal', 'state'];
const ARCHIVE_NAME = /^[A-Za-z0-9._-]{1,100}$/;

/** An empty `incoming`, whatever was there. Durable when it resolves. */
export async function clearIncoming(files: Files, dir: string): Promise<void> {
  await dropIncoming(files, dir);
  await files.makeDirectory(incomingDir(dir));
  await files.syncDirectory(dir);
}

/**
 * Declares `incoming` ready: from now on the next start puts it in place. The caller has flushed every file and directory in it.
 * It is durable when it resolves.
 */
export async function declareReady(files: Files, dir: string, mark: IncomingMark): Promise<void> {
  if (!ARCHIVE_NAME.test(mark.archive) || mark.archive.startsWith('.')) {
    throw new RangeError(`${mark.archive} is no name for an archive`);
  }
  await files.syncDirectory(incomingDir(dir));
  await writeMark(files, incomingDir(dir), READY_NAME, encodeReady(mark));
}

/** Puts in place what is ready and removes what is not; a state that was set aside comes back first. Call it under the process lock, before anything is opened; it may
 *  be cut off and called again. Throws IncomingDamaged with nothing changed, or the disk's error. */
export async function settleIncoming(files: Files, dir: string): Promise<IncomingFound | undefined> {
  const incoming = incomingDir(dir);
  await takeStateBack(files, dir);
  if (!(await files.list(dir)).includes('incoming')) return undefined;
  const bytes = await readMark(files, incoming, READY_NAME);
  const placed: IncomingPart[] = [];
  let archive: string | undefined;
  if (bytes !== undefined) {
    const mark = decodeReady(bytes);
    for (const part of PARTS) if (await place(files, dir, part, mark)) placed.push(part);
    if (mark.kept.length > 0) archive = `archive/${mark.archive}`;
  }
  await dropIncoming(files, dir);
  return { placed, archive };
}

/** Gives whether the part still waited. */
async function place(files: Files, dir: string, part: IncomingPart, mark: IncomingMark): Promise<boolean> {
  const incoming = incomingDir(dir);
  if (!(await files.list(incoming)).includes(part)) return false;
  if ((await files.list(dir)).includes(part)) {
    if (mark.kept.includes(part)) await move(files, [dir, part], [await archiveFor(files, dir, mark.archive), part]);
    else await move(files, [dir, part], [incoming, `old-${part}`]);
  }
  await move(files, [incoming, part], [dir, part]);
  return true;
}

async function archiveFor(files: Files, dir: string, name: string): Promise<string> {
  const archive = join(archiveDir(dir), name);
  await files.makeDirectory(archive);
  await files.syncDirectory(archiveDir(dir));
  await files.syncDirectory(dir);
  return archive;
}

/** A rename that is durable when it resolves. */
async function move(files: Files, from: readonly [string, string], to: readonly [string, string]): Promise<void> {
  await files.rename(join(...from), join(...to));
  await files.syncDirectory(to[0]);
  await files.syncDirectory(from[0]);
}

/** The mark goes first: without it the rest is worth nothing, whatever of it a crash leaves. */
async function dropIncoming(files: Files, dir: string): Promise<void> {
  const incoming = incomingDir(dir);
  if (!(await files.list(dir)).includes('incoming')) return;
  if ((await files.list(incoming)).includes(READY_NAME)) {
    await files.unlink(join(incoming, READY_NAME));
    await files.syncDirectory(incoming);
  }
  await files.removeTree(incoming);
  await files.syncDirectory(dir);
}

function encodeReady(mark: IncomingMark): Buffer {
  const bytes = Buffer.concat([MAGIC, Buffer.from(JSON.stringify(mark), 'utf8'), Buffer.alloc(4)]);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - 4)), bytes.length - 4);
  return bytes;
}

function decodeReady(bytes: Buffer): IncomingMark {
  const end = bytes.length - 4;
  if (end < MAGIC.length || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new IncomingDamaged();
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new IncomingDamaged();
  return JSON.parse(bytes.toString('utf8', MAGIC.length, end)) as IncomingMark;
}
