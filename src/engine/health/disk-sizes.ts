// What the store takes on the disk: everything below its directories is counted.

import { directorySize, sizedFiles } from '../../storage/directory-size';
import { archiveDir, blobsDir, journalDir, stateDir } from '../../storage/layout';

/** Bytes on the disk. */
export interface DiskSizes {
  readonly journalBytes: number;
  /** The journal's segments, oldest first. */
  readonly segments: readonly SegmentSize[];
  readonly stateBytes: number;
  readonly blobBytes: number;
  readonly backupBytes: number;
  readonly archiveBytes: number;
}

export interface SegmentSize {
  /** The first sequence in it. */
  readonly first: number;
  readonly bytes: number;
}

/** Counts what is below the data directory `dir`, and backups where they are. What cannot be read counts as nothing. */
export async function diskSizes(dir: string, backupsAt: string): Promise<DiskSizes> {
  const files = await sizedFiles(journalDir(dir));
  const segments = files.flatMap(({ name, bytes }) => {
    const first = /^([0-9a-f]{16})\.seg$/.exec(name)?.[1];
    return first === undefined ? [] : [{ first: parseInt(first, 16), bytes }];
  });
  return {
    journalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    segments,
    stateBytes: await directorySize(stateDir(dir)),
    blobBytes: await directorySize(blobsDir(dir)),
    backupBytes: await directorySize(backupsAt),
    archiveBytes: await directorySize(archiveDir(dir)),
  };
}
