// What becomes of a store with a changed byte.

import { Refusal } from '../../../src/domain/refusal';
import type { Engine } from '../../../src/engine/engine';
import { RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';
import { isGood, poolDir, readBackup } from '../../../src/storage/backup/catalogue';
import { unpaced } from '../../../src/storage/backup/pace';
import { verifyBackup } from '../../../src/storage/backup/verify-backup';
import { BlobCorruption, BlobMissing, Blobs } from '../../../src/storage/blobs/blobs';
import { backupsDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { BACKUP_ID, read, start } from './filled-stores';
import type { Contents, FilledStores } from './filled-stores';

/** `named` was told as an error, `cut` lost a tail that was reported, `repaired` a journal that lost records, with a report that names them. */
export type Fate = 'named' | 'cut' | 'repaired' | 'equal';

/** Errors of a start that name what is damaged. */
const NAMED = new Set(['JournalCorruption', 'IncomingDamaged']);

/** Starts on a damaged store and reads everything. Rejects if anything is wrong that nobody was told of. `inBlobs`: the change is in a blob. */
export async function fateOf(dir: string, expected: FilledStores, inBlobs: boolean): Promise<Fate> {
  let engine: Engine;
  try {
    engine = await start(dir);
  } catch (error) {
    if (NAMED.has((error as Error).name)) return 'named';
    throw error;
  }
  return look(engine, expected, inBlobs);
}

/** Verifies a damaged backup, and lets a start bring the state back from it. Rejects unless the change is found, or what comes back is what was there. */
export async function fateOfBackup(dir: string, expected: FilledStores, changed: boolean): Promise<Fate> {
  const problems = await problemsOf(backupsDir(dir));
  if (changed && problems.length === 0) throw new Error('the verification finds nothing');
  let engine: Engine;
  try {
    engine = await start(dir, RecoveryStrategy.HOT);
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'NotRecovered') throw error;
    if (problems.length === 0) throw new Error(`a backup that verifies is not taken: ${message}`, { cause: error });
    if (!message.includes('HOT')) throw new Error(`nobody was told of the backup: ${message}`, { cause: error });
    return 'named';
  }
  const found = await look(engine, expected, false);
  if (found !== 'equal') throw new Error(`the journal is whole, but: ${found}`);
  return problems.length === 0 ? 'equal' : 'named';
}

async function problemsOf(backups: string): Promise<readonly string[]> {
  const backup = await readBackup(nodeFiles, backups, BACKUP_ID);
  if (!backup) return ['it is gone'];
  if (!isGood(backup)) return backup.problems;
  const pool = await Blobs.open(nodeFiles, poolDir(backups));
  return verifyBackup(nodeFiles, pool, backup, { pace: unpaced, deep: false });
}

async function look(engine: Engine, expected: FilledStores, inBlobs: boolean): Promise<Fate> {
  try {
    const fate = compared(engine, await read(engine), expected.contents);
    const blob = await blobOf(engine, expected.blob);
    if (blob === 'named' && !inBlobs && fate === 'equal') throw new Error('a blob is gone with nothing else');
    return blob === 'named' ? 'named' : fate;
  } catch (error) {
    const named =
      (error as Error).name === 'JournalCorruption' || (error instanceof Refusal && error.reason === 'CORRUPTION');
    if (named) return 'named';
    throw error;
  } finally {
    // As death does: a stop in peace flushes what nobody reads again.
    engine.parts.halt.now('the look is over');
    await engine.stop().catch(() => undefined);
  }
}

function compared(engine: Engine, found: Contents, expected: Contents): Fate {
  const { tornTail } = engine.status.found.journal;
  const { report } = engine.status.found.state;
  const lost = report?.lost ?? [];
  const missing: number[] = [];
  for (const [sequence, record] of expected.records) {
    const now = found.records.get(sequence);
    if (now === undefined) missing.push(sequence);
    else if (now !== record) throw new Error(`record ${sequence} is another`);
  }
  const isLost = (sequence: number): boolean => lost.some(({ first, last }) => first <= sequence && sequence <= last);
  // What stood before the damage is kept aside, whole, under a base: the journal says where it begins now.
  const oldest = report !== undefined && report.keptAside.length > 0 ? engine.parts.journal.oldest() : 1;
  const silent = missing.find((sequence) => !isLost(sequence) && sequence >= oldest);
  if (silent !== undefined && tornTail === undefined) throw new Error(`record ${silent} is lost in silence`);
  if (differs(found.listed, found.rows)) throw new Error('rows read and list differently');
  // A row may be older than it was only if the record that made it is lost, with what it did.
  for (const [id, row] of expected.rows) {
    const sequence = Number.parseInt(row, 10);
    const gone =
      missing.includes(sequence) &&
      !lost.some((range) => range.stateKept && range.first <= sequence && sequence <= range.last);
    if (found.rows.get(id) !== row && !gone) throw new Error(`${id} reads wrong`);
  }
  if (report !== undefined && missing.length > 0) return 'repaired';
  return missing.length === 0 ? 'equal' : 'cut';
}

async function blobOf(engine: Engine, { digest, bytes }: FilledStores['blob']): Promise<'equal' | 'named'> {
  const found = await engine.store.blobs.get(digest).catch((error: Error) => error);
  if (found instanceof BlobMissing || found instanceof BlobCorruption) return 'named';
  if (found instanceof Error) throw found;
  if (!found.equals(bytes)) throw new Error('the blob is another');
  return 'equal';
}

function differs(found: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): boolean {
  return found.size !== expected.size || [...expected].some(([id, text]) => found.get(id) !== text);
}
