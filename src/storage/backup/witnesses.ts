import type { Files } from '../files';
import { isSegmentName } from '../journal/format';
import type { Witness } from '../journal/journal';
import { isGood, listBackups } from './catalogue';
import { mirroredHistory } from './journal-mirror';

/**
 * What backups know of how far a journal reached: those of the history that it is of now. One of a history that was left, or of another
 * store, knows nothing of it. `journalAt` is the journal's directory. None where the journal cannot be read: then that is what counts.
 */
export async function backupWitnesses(files: Files, journalAt: string, backups: string): Promise<Witness[]> {
  const history = await historyOf(files, journalAt);
  if (history === undefined) return [];
  const ours = (await listBackups(files, backups))
    .filter(isGood)
    .filter(({ manifest }) => manifest.history === history);
  return ours.map(({ id, manifest: { sequence, chain } }) => {
    return { sequence, chain: Buffer.from(chain, 'hex'), source: `backups/${id}` };
  });
}

async function historyOf(files: Files, journalAt: string): Promise<string | undefined> {
  try {
    const names = await files.list(journalAt);
    return names.some(isSegmentName) ? await mirroredHistory(files, journalAt) : undefined;
  } catch {
    return undefined;
  }
}
