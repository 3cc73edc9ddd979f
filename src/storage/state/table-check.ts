/**
 * Verifies a LevelDB table by the checksums in it. LevelDB itself does so for none that it reads (and aborts the process on
 * some damage), and a table that came after the last checkpoint is on no list.
 *
 * Layout (leveldb, doc/table_format.md): data blocks, filter block, metaindex block, index block, footer. A block is followed
 * by its compression (0: none, 1: Snappy) and the masked CRC-32C of both. The index names each data block, the metaindex the
 * filter. The footer's last 48 bytes hold the places of metaindex and index, and a magic number.
 *
 * K1. Every byte before the footer belongs to exactly one verified block: the blocks tile the file.
 * K2. Every number is written as LevelDB writes it, in as few bytes as it can. The footer has no checksum: a longer form of its last number, which
 *     takes a zero of the padding, would say the same, and so hide a flipped bit.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from './crc32c';
import { unsnappy } from './snappy';

/** The problem of a table that was never written to its end, or lost it. */
export const UNFINISHED = 'has no footer';

const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');
const UNCOMPRESSED = 0;
const SNAPPY = 1;

interface Block {
  readonly offset: number;
  readonly size: number;
}

/** What is wrong with a table, or undefined if all of it verifies. */
export async function tableProblem(directory: string, name: string): Promise<string | undefined> {
  const bytes = await readFile(join(directory, name));
  try {
    verifyTable(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof TableDamage || error instanceof RangeError) return error.message;
    throw error;
  }
}

class TableDamage extends Error {}

function verifyTable(bytes: Buffer): void {
  const end = bytes.length - FOOTER_BYTES;
  if (end < 0 || !bytes.subarray(bytes.length - MAGIC.length).equals(MAGIC)) throw new TableDamage(UNFINISHED);
  const footer = new Varints(bytes.subarray(end));
  const metaindex = footer.block();
  const index = footer.block();
  const padding = bytes.subarray(end + footer.at, bytes.length - MAGIC.length);
  if (padding.some((byte) => byte !== 0)) throw new TableDamage('has bytes in the padding of its footer');
  const blocks = [
    ...entries(contents(bytes, index, end)),
    ...entries(contents(bytes, metaindex, end)),
    metaindex,
    index,
  ];
  let at = 0;
  for (const block of blocks.sort((a, b) => a.offset - b.offset)) {
    if (block.offset !== at) throw new TableDamage(`has no block at byte ${at}`);
    verifyBlock(bytes, block, end);
    at += block.size + TRAILER_BYTES;
  }
  if (at !== end) throw new TableDamage(`has no block at byte ${at}`);
}

function verifyBlock(bytes: Buffer, { offset, size }: Block, end: number): void {
  const last = offset + size;
  if (last + TRAILER_BYTES > end) throw new TableDamage(`has a block at byte ${offset} that leaves it`);
  const masked = bytes.readUInt32LE(last + 1);
  const rotated = (masked - 0xa282ead8) >>> 0;
  if (crc32c(bytes, offset, last + 1) !== ((rotated >>> 17) | (rotated << 15)) >>> 0) {
    throw new TableDamage(`fails the checksum of its block at byte ${offset}`);
  }
}

/** A verified block's bytes, uncompressed. */
function contents(bytes: Buffer, block: Block, end: number): Buffer {
  verifyBlock(bytes, block, end);
  const stored = bytes.subarray(block.offset, block.offset + block.size);
  const compression = bytes[block.offset + block.size];
  if (compression === SNAPPY) return unsnappy(stored);
  if (compression !== UNCOMPRESSED) throw new TableDamage(`has a block of unknown compression at byte ${block.offset}`);
  return stored;
}

/** The blocks that an index block's entries name. Keys do not matter here. */
function entries(block: Buffer): Block[] {
  if (block.length < 4) throw new TableDamage('has an index without an end');
  const restarts = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 - restarts * 4;
  if (end < 0) throw new TableDamage('has an index without an end');
  const reader = new Varints(block.subarray(0, end));
  const found: Block[] = [];
  while (reader.at < end) {
    reader.next();
    const keyBytes = reader.next();
    const valueBytes = reader.next();
    reader.at += keyBytes;
    const next = reader.at + valueBytes;
    found.push(reader.block());
    if (reader.at !== next) throw new TableDamage('has an index entry of another length than it says');
  }
  return found;
}

class Varints {
  at = 0;

  constructor(private readonly bytes: Buffer) {}

  next(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || scale > 2 ** 49) throw new TableDamage('has a number that does not end');
      value += (byte & 0x7f) * scale;
      // K2
      if (byte === 0 && scale > 1) throw new TableDamage('has a number that is longer than it must be');
      if (byte < 0x80) return value;
    }
  }

  block(): Block {
    return { offset: this.next(), size: this.next() };
  }
}
