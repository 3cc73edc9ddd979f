// Goal: a backup whose bytes are right is not marked as damaged because something behind it failed. Method: a restore whose replay fails.

import { prepareState } from '../../../src/engine/restore/prepare';
import { readable, readLeft } from '../../../src/engine/restore/source';
import { newHistoryId } from '../../../src/engine/restore/swap';
import { findTarget } from '../../../src/engine/restore/target';
import { StateUnusable } from '../../../src/storage/state/state';
import { listBackups } from '../../../src/storage/backup/catalogue';
import { clearIncoming } from '../../../src/storage/incoming';
import { nodeFiles as files } from '../../../src/storage/node-files';
import { backupWorld } from '../../support/backup-world';

it('a replay that fails, as on a full disk, says nothing about the backup', async () => {
  const world = await backupWorld();
  await world.createTasks(10);
  await world.make('good');
  await world.createTasks(10);
  const { history } = world.engine;
  const sequence = world.engine.status.durable;
  await world.stop();
  const { dir, backupsAt: backups } = world;
  const left = await readLeft(files, dir);
  try {
    const journal = readable(left.stopped!);
    const full = {
      ...journal,
      read: () => {
        throw new StateUnusable('the state cannot be written: no space left on device');
      },
    };
    const source = { files, dir, backups, journal: full, wallMs: () => Date.now() };
    const target = await findTarget(source, { backup: 'good', position: { history, sequence } });
    await clearIncoming(files, dir);
    const preparing = { history: newHistoryId(), signal: new AbortController().signal, onProgress: () => undefined };
    await expect(prepareState(source, target, preparing)).rejects.toThrow('no space left');
    expect((await listBackups(files, backups)).map(({ id, problems }) => [id, problems])).toEqual([['good', []]]);
  } finally {
    left.stopped!.close();
  }
});
