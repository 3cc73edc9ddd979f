// Whether LevelDB's files are those that the state checkpoint lists.

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { stateDir } from '../../storage/layout';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import { isTable, readFact, tableName, levelFileSize } from '../../storage/state/level-files';
import { StateUnusable } from '../../storage/state/state';
import type { Engine } from '../engine';
import type { Problems } from './problems';

export interface FileCheck {
  /** Read them, too. */
  readonly bytes: boolean;
  readonly signal: AbortSignal;
}

const REMEDY =
  'its rows are checked one by one; a file that stays damaged is replaced when LevelDB compacts it, or by a restart, which rebuilds';

export async function checkStateFiles(engine: Engine, { bytes, signal }: FileCheck, problems: Problems): Promise<void> {
  const { files, dir } = engine.options;
  let checkpoint;
  try {
    checkpoint = await readCheckpoint(files, stateDir(dir));
  } catch (error) {
    if (!(error instanceof StateUnusable)) throw error;
    problems.add('state_file', 'state/checkpoint', error.message, 'the next state checkpoint replaces it');
    return;
  }
  // A new state has none yet.
  if (!checkpoint) return;
  const location = join(stateDir(dir), checkpoint.store);
  for (const { name, size, crc } of checkpoint.files) {
    signal.throwIfAborted();
    if (!isTable(name) || !(await isLive(engine, name))) continue;
    const wrong = await problemOf(location, { name, size, crc }, bytes);
    // One that was compacted away meanwhile is nobody's loss.
    if (wrong !== undefined && (await isLive(engine, name))) problems.add('state_file', `state/${name}`, wrong, REMEDY);
    await setImmediate();
  }
}

async function problemOf(
  location: string,
  { name, size, crc }: { name: string; size: number; crc: number },
  bytes: boolean,
): Promise<string | undefined> {
  if (!bytes) {
    const found = await levelFileSize(location, name).catch(() => undefined);
    if (found === undefined) return 'it is gone';
    return found === size ? undefined : `it has ${found} bytes, not ${size}`;
  }
  const fact = await readFact(location, name);
  if (!fact) return 'it is gone';
  if (fact.size !== size) return `it has ${fact.size} bytes, not ${size}`;
  return fact.crc === crc ? undefined : 'it fails its checksum';
}

function isLive(engine: Engine, name: string): Promise<boolean> {
  return engine.store.state.mend(({ store }) =>
    Promise.resolve(store.liveTables().some(({ number }) => tableName(number) === name)),
  );
}
