// Goal: a journal that ends below a backup is never served as if it were whole. Method: the state is gone, the journal is cut, and a backup knows more.

import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { JournalCorruption } from '../../../src/storage/journal/journal';
import { backupWorld } from '../../support/backup-world';

it('a journal that was cut below a backup is not served as if it were whole', async () => {
  const first = await backupWorld();
  await first.createTasks(10, 2000);
  const { position } = await first.make('b1');
  await first.stop();
  const journal = join(first.dir, 'journal');
  const segment = join(
    journal,
    readdirSync(journal).find((name) => name.endsWith('.seg'))!,
  );
  rmSync(join(journal, 'seal'));
  rmSync(join(first.dir, 'state'), { recursive: true });
  truncateSync(segment, Math.floor(statSync(segment).size / 2));
  const found = backupWorld({ dir: first.dir });
  await expect(found).rejects.toThrow(JournalCorruption);
  await expect(found).rejects.toThrow(`but backups/b1 knows sequence ${position!.sequence}`);
});
