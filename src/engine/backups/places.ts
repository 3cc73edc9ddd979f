// The directories of backups: made, cleaned of what a stop left, and opened.

import { join } from 'node:path';
import { Blobs } from '../../storage/blobs/blobs';
import { GONE_PREFIX, NEW_PREFIX, poolDir } from '../../storage/backup/catalogue';
import { LINKS_PREFIX } from '../../storage/backup/take-backup';
import type { Files } from '../../storage/files';
import { stateDir } from '../../storage/layout';
import { makeDataDirectory } from '../data-directory';

/** Creates the backups' directory, removes what was in the making or on its way out when the server stopped, and gives the pool. Only one process
 *  may, and nothing else of it may be at work there. */
export async function openPlaces(files: Files, dir: string, backups: string): Promise<Blobs> {
  await makeDataDirectory(files, backups);
  await removeBeginning(files, backups, [NEW_PREFIX, GONE_PREFIX]);
  await removeBeginning(files, stateDir(dir), [LINKS_PREFIX]);
  return Blobs.open(files, poolDir(backups));
}

async function removeBeginning(files: Files, dir: string, prefixes: readonly string[]): Promise<void> {
  for (const name of await files.list(dir)) {
    if (prefixes.some((prefix) => name.startsWith(prefix))) await files.removeTree(join(dir, name));
  }
}
