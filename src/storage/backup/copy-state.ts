// A state out of a backup: what restores, recoveries and deep checks begin with.

import { dirname, join } from 'node:path';
import type { Files } from '../files';
import { StateUnusable } from '../state/state';
import { STATE_NAME } from './catalogue';
import type { KeptBackup } from './catalogue';
import { copyFile } from './copy-file';
import { unpaced } from './pace';
import type { Pace } from './pace';

/**
 * Copies the state of a backup to `to`, a state directory that does not exist, checking every byte on the way. When it resolves, all of it is
 * flushed but the name of `to`, and `openState` opens it. Throws StateUnusable if the backup is not what its manifest says; what was copied
 * by then is the caller's to remove.
 */
export async function copyBackupState(
  files: Files,
  backup: KeptBackup,
  to: string,
  pace: Pace = unpaced,
): Promise<void> {
  const { manifest, id } = backup;
  if (!manifest) throw new StateUnusable(`backups/${id}: ${backup.problems.join('; ')}`);
  const directories = new Set([to]);
  await files.makeDirectory(to);
  for (const { path, size, sha256 } of manifest.files) {
    const target = join(to, path.slice(STATE_NAME.length + 1));
    if (!directories.has(dirname(target))) {
      await files.makeDirectory(dirname(target));
      directories.add(dirname(target));
    }
    const sums = await copyFile(files, join(backup.dir, path), target, pace).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new StateUnusable(`backups/${id}: ${path} is gone`);
      throw error;
    });
    if (sums.size !== size) throw new StateUnusable(`backups/${id}: ${path} has ${sums.size} bytes, not ${size}`);
    if (sums.sha256 !== sha256) throw new StateUnusable(`backups/${id}: ${path} fails its checksum`);
  }
  for (const directory of directories) await files.syncDirectory(directory);
}
