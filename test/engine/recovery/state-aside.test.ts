// Goal: whoever asks for a rebuild of a sound state never ends with less than there was. Method: real stores whose journal or backups turn out to
// be damaged on the way, and a rebuild that was cut off.

import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/engine/clock';
import { Engine } from '../../../src/engine/engine';
import { silentObserver } from '../../../src/engine/observer';
import { journalDir, stateDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { SEGMENT_BYTES, agedStore, fromHead, trimWorld } from '../../support/trim-world';

const TASKS = 100;

const start = (dir: string, rebuild?: string): Promise<Engine> =>
  Engine.start({
    ...{ dir, files: nodeFiles, clock: systemClock, observer: silentObserver },
    ...{ version: 'test', segmentBytesMax: SEGMENT_BYTES, rebuild },
  });

const segments = (dir: string): string[] => readdirSync(journalDir(dir)).filter((name) => name.endsWith('.seg'));

async function whole(engine: Engine): Promise<void> {
  expect(await engine.withApplied(() => engine.parts.state.tallies.taskCount())).toBe(TASKS);
  expect(await engine.store.state.scrub()).toMatchObject({ sound: true });
  await engine.stop();
}

test('a journal that turns out to be damaged during a rebuild leaves the state, which has what the lost records did', async () => {
  const dir = await agedStore(TASKS);
  const file = join(journalDir(dir), segments(dir)[1]!);
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)]! ^= 4;
  writeFileSync(file, bytes);
  const engine = await start(dir, 'asked');
  expect(engine.store.found.state.report).toMatchObject({ lost: [{ stateKept: true }] });
  await whole(engine);
  expect(readdirSync(dir).filter((name) => name.startsWith('state'))).toEqual(['state']);
});

test('a rebuild of a trimmed journal whose base turns out to be damaged fails, and leaves the state', async () => {
  const world = await trimWorld({ dir: await agedStore(TASKS) });
  const { backup, segments: gone } = await world.trim(fromHead(world));
  expect(gone).toBeGreaterThan(0);
  await world.stop();
  rmSync(join(world.backupsAt, backup.slice('backups/'.length), 'state', 'checkpoint'));
  await expect(start(world.dir, 'asked')).rejects.toThrow('could not be brought back');
  await whole(await start(world.dir));
});

test('a rebuild that was cut off gives the state back that was there', async () => {
  const dir = await agedStore(TASKS);
  renameSync(stateDir(dir), join(dir, 'state-before'));
  mkdirSync(join(stateDir(dir), 'db-half'), { recursive: true });
  mkdirSync(join(dir, 'state-gone'));
  const engine = await start(dir);
  expect(engine.store.found.state.how).toBe('opened');
  await whole(engine);
  expect(readdirSync(dir).filter((name) => name.startsWith('state'))).toEqual(['state']);
});
