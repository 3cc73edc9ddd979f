/**
 * The report of the last recovery, in a file beside the store: it is written before anything is served, and found when the store is stopped.
 *
 * | Offset | Bytes | Meaning |
 * |---|---|---|
 * | 0 | 8 | "HFRECOV1" |
 * | 8 | n | holdfast.v1.RecoveryReport |
 * | 8 + n | 4 | CRC-32 of all before it, big-endian |
 *
 * O1. Written aside, synced, renamed, directory synced. One that does not verify is none: it says nothing that anything rests on.
 */
import { basename, dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { RecoveryReport } from '../gen/holdfast/v1/recovery';
import type { Files } from './files';
import { readMark, writeMark } from './journal/mark-files';
import { reportFile } from './layout';

const MAGIC = Buffer.from('HFRECOV1', 'latin1');
const CRC_BYTES = 4;

/** Durable when it resolves. */
export async function writeReport(files: Files, dir: string, report: RecoveryReport): Promise<void> {
  const body = RecoveryReport.encode(report).finish();
  const bytes = Buffer.concat([MAGIC, body, Buffer.alloc(CRC_BYTES)]);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, bytes.length - CRC_BYTES)), bytes.length - CRC_BYTES);
  const path = reportFile(dir);
  await writeMark(files, dirname(path), basename(path), bytes);
}

/** The report of the last recovery of this store; undefined for none, or one that does not verify. */
export async function readReport(files: Files, dir: string): Promise<RecoveryReport | undefined> {
  const path = reportFile(dir);
  const bytes = await readMark(files, dirname(path), basename(path));
  if (bytes === undefined || bytes.length < MAGIC.length + CRC_BYTES) return undefined;
  const end = bytes.length - CRC_BYTES;
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end)) return undefined;
  return RecoveryReport.decode(bytes.subarray(MAGIC.length, end));
}
