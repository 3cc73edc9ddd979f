import type { Row } from '../../domain/view';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Blobs } from '../../storage/blobs/blobs';
import { DamagedRow } from '../../storage/state/state';
import type { DiskGuard } from '../disk-guard';
import type { Halt } from '../halt';
import { BlobStore } from './blob-store';

export interface EngineBlobsParts {
  readonly blobs: Blobs;
  readonly disk: DiskGuard;
  readonly halt: Halt;
  /** A point read at the durable mark; may throw DamagedRow. */
  readonly row: (kind: EntityKind, project: string, id: string) => Row | undefined;
  readonly onProblem: (what: string, error: Error) => void;
}

/** The large bytes of an engine's store. */
export function engineBlobs({ blobs, disk, halt, row, onProblem }: EngineBlobsParts): BlobStore {
  return new BlobStore({
    blobs,
    isDiskFull: async (look) => {
      if (look) await disk.look();
      return disk.full;
    },
    isNamed: (digest) => {
      try {
        return row(EntityKind.BLOB, '', digest) !== undefined;
      } catch (error) {
        // A damaged row names it all the same.
        if (error instanceof DamagedRow) return true;
        throw error;
      }
    },
    isHalted: () => halt.halted !== undefined,
    onProblem,
  });
}
