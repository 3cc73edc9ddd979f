// Chain values that are known from elsewhere than the journal: whoever rewrites it cannot rewrite them all.

import { formatBackup } from '../../domain/backup-name';
import type { KnownChain } from '../../gen/holdfast/v1/event_service';
import { isGood } from '../../storage/backup/catalogue';
import type { KeptBackup } from '../../storage/backup/catalogue';
import type { Files } from '../../storage/files';
import { OLDEST_NAME, decodeOldest, readMark } from '../../storage/journal/mark-files';
import { journalDir, stateDir } from '../../storage/layout';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import { StateUnusable } from '../../storage/state/state';

/** What the chain was after a sequence, and who says so. */
export interface Anchor {
  readonly source: string;
  readonly history: string;
  readonly sequence: number;
  /** 64 hex digits. */
  readonly chain: string;
}

export interface AnchorSources {
  readonly files: Files;
  /** The data directory. */
  readonly dir: string;
  readonly backups: readonly KeptBackup[];
  readonly asked: readonly KnownChain[];
}

/** All that are known outside the journal: of backups, the state checkpoint, the last trim, and those that the caller brings. */
export async function anchorsOf({ files, dir, backups, asked }: AnchorSources): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  for (const { id, manifest } of backups.filter(isGood)) {
    anchors.push({
      source: formatBackup(id),
      history: manifest.history,
      sequence: manifest.sequence,
      chain: manifest.chain,
    });
  }
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch((error: unknown) => {
    // A damaged checkpoint knows nothing; a start says so.
    if (error instanceof StateUnusable) return undefined;
    throw error;
  });
  if (checkpoint !== undefined && checkpoint.chain !== '') anchors.push({ source: 'state checkpoint', ...checkpoint });
  const mark = await readMark(files, journalDir(dir), OLDEST_NAME);
  const trim = mark && decodeOldest(mark);
  if (trim) {
    const { history, sequence, chain } = trim;
    anchors.push({ source: 'last trim', history, sequence: sequence - 1, chain: hex(chain) });
  }
  for (const { position, chain } of asked) {
    anchors.push({
      source: 'request',
      history: position!.history,
      sequence: position!.sequence,
      chain: hex(chain),
    });
  }
  return anchors;
}

/** Lower-case hex digits. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
