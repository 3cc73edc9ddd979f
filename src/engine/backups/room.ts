import { Refusal } from '../../domain/refusal';
import { diskFull } from '../disk-guard';

/** Room that a backup leaves besides the reserve, in bytes: what the journal writes ahead, and small files. */
const MARGIN_BYTES = 8 * 1024 * 1024;

/** Refuses with DISK_FULL unless so many bytes fit beside the reserve. */
export function mustFit(neededBytes: number, freeBytes: number, reserveBytes: number): void {
  const lacking = neededBytes + MARGIN_BYTES + reserveBytes - freeBytes;
  if (lacking <= 0) return;
  const [needed, free, missing] = [neededBytes, freeBytes, lacking].map(megabytes);
  throw new Refusal(
    'DISK_FULL',
    `the backup takes about ${needed} MB, ${free} MB are free, and ${megabytes(reserveBytes)} MB stay in reserve: ` +
      `${missing} MB are missing. Make room, or set backupDir to another disk`,
  );
}

/** What a disk that filled up meanwhile says becomes the refusal that it is. */
export function fullAsRefusal(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull() : error;
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000);
