import { join } from 'node:path';
import { writeVerification } from '../../../src/storage/backup/marks';
import { backupWitnesses } from '../../../src/storage/backup/witnesses';
import { journalDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { backupWorld } from '../../support/backup-world';
import { tempDir } from '../../support/temp-dir';

it('good backups of the journal’s history bear witness to how far it reached, and no others', async () => {
  const [world, other] = [await backupWorld(), await backupWorld()];
  const made = await world.make('b1');
  await world.make('b2');
  await writeVerification(nodeFiles, join(world.backupsAt, 'b2'), { at: 1, problems: ['it is damaged'] });
  const journal = journalDir(world.dir);
  expect(await backupWitnesses(nodeFiles, journal, world.backupsAt)).toEqual([
    { sequence: made.position!.sequence, chain: made.chain, source: 'backups/b1' },
  ]);
  expect(await backupWitnesses(nodeFiles, journalDir(other.dir), world.backupsAt)).toEqual([]);
  expect(await backupWitnesses(nodeFiles, tempDir(), world.backupsAt)).toEqual([]);
});
