import { poolDir } from '../../storage/backup/catalogue';
import { writeBase } from '../../storage/backup/marks';
import { unpaced } from '../../storage/backup/pace';
import { takeBackup } from '../../storage/backup/take-backup';
import { Blobs } from '../../storage/blobs/blobs';
import type { HistorySpan, JournalHead } from '../../storage/journal/journal';
import { blobsDir } from '../../storage/layout';
import type { LevelState } from '../../storage/state/level-state';
import { join } from 'node:path';
import { stamp } from './damage-means';
import type { DamageMeans } from './damage-means';

/** Makes a backup of a stopped store's state and marks it as the base that its journal stands on. Gives its id. Durable when it resolves. */
export async function makeBase(
  means: DamageMeans,
  state: LevelState,
  { sequence, chain, timeMs }: Pick<JournalHead, 'sequence' | 'chain' | 'timeMs'>,
  lineage: readonly HistorySpan[],
  because: string,
): Promise<string> {
  const { files, dir, backups, version, wallMs } = means;
  const at = wallMs();
  const id = `base-${stamp(at).toLowerCase()}`;
  await files.makeDirectory(backups.dir);
  const [blobs, pool] = [await Blobs.open(files, blobsDir(dir)), await Blobs.open(files, poolDir(backups.dir))];
  await takeBackup(
    {
      ...{ files, dir, backups: backups.dir, state, blobs, pool },
      witness: () => Promise.resolve({ lineage, chain, journalAt: timeMs }),
    },
    {
      ...{ id, kind: 'NAMED', description: `Made by a recovery at sequence ${sequence}`, operation: '' },
      ...{ serverVersion: version, createdAt: at, pace: unpaced, onProgress: () => undefined },
    },
  );
  await writeBase(files, join(backups.dir, id), because);
  return id;
}
