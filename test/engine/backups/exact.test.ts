// Goal: the state in a backup is exactly the one at its sequence, whatever was being written meanwhile. Method: backups one after the other
// under load; each is opened from a copy, read whole, and held against what the journal commits to there.

import { join } from 'node:path';
import { Pace } from '../../../src/storage/backup/pace';
import { copyBackupState } from '../../../src/storage/backup/copy-state';
import { isGood, listBackups } from '../../../src/storage/backup/catalogue';
import type { GoodBackup } from '../../../src/storage/backup/catalogue';
import { nodeFiles } from '../../../src/storage/node-files';
import { openState } from '../../../src/storage/state/open-state';
import { backupWorld, backupSettings } from '../../support/backup-world';
import type { BackupWorld } from '../../support/backup-world';
import { tempDir } from '../../support/temp-dir';

const BACKUPS = 20;

it('twenty backups under load are each the state that the journal commits to', async () => {
  const dir = tempDir();
  const world = await backupWorld({ dir, engine: { settings: backupSettings(dir) } });
  await world.createTasks(2000, 200);
  let loading = true;
  const load = [1, 2].map(async () => {
    while (loading) await world.createTasks(4, 200);
  });
  for (let number = 0; number < BACKUPS; number++) await world.make(`b${number}`);
  loading = false;
  await Promise.all(load);
  const backups = (await listBackups(nodeFiles, world.backupsAt)).filter(isGood);
  expect(backups).toHaveLength(BACKUPS);
  expect(new Set(backups.map(({ manifest }) => manifest.sequence)).size).toBe(BACKUPS);
  for (const backup of backups) await isExact(world, backup);
}, 600_000);

async function isExact({ engine }: BackupWorld, backup: GoodBackup): Promise<void> {
  const { manifest } = backup;
  const { journal } = engine.parts;
  let committed: Uint8Array | undefined;
  for await (const { lastSequence, stateDigest } of journal.read(manifest.sequence - 1)) {
    expect(lastSequence).toBe(manifest.sequence);
    committed = stateDigest;
    break;
  }
  expect(manifest.chain).toBe(Buffer.from((await journal.chainAfter(manifest.sequence))!).toString('hex'));
  const to = join(tempDir(), 'state');
  await copyBackupState(nodeFiles, backup, to, new Pace(Infinity));
  const { state } = await openState({ dir: to, files: nodeFiles, history: manifest.history });
  expect(state.applied).toBe(manifest.sequence);
  expect(Buffer.from(state.digest.total())).toEqual(Buffer.from(committed!));
  expect(await state.scrub()).toMatchObject({ sound: true, sequence: manifest.sequence });
  expect(state.tallies.taskCount()).toBe(manifest.tasks);
  await state.close();
}
