// Where the backups and the mirror of a stopped store are: as a flag says it, else as the server's own variables do.

import { resolve } from 'node:path';
import { backupsDir } from '../storage/layout';
import type { CliContext } from './context';

/** The directory of the backups of the store in `dir`. */
export function backupsOf({ env }: Pick<CliContext, 'env'>, dir: string, flag: string | undefined): string {
  const said = flag ?? env['PERSISTENCE_BACKUP_DIR'];
  return said === undefined || said === '' ? backupsDir(resolve(dir)) : resolve(said);
}

/** The directory of its mirror, if anything names one. */
export function mirrorOf({ env }: Pick<CliContext, 'env'>, flag: string | undefined): string | undefined {
  const said = flag ?? env['PERSISTENCE_MIRROR_DIR'];
  return said === undefined || said === '' ? undefined : resolve(said);
}
