import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { DirectoryInUse, lockDirectory } from '../../../src/storage/state/process-lock';
import { tempDir } from '../../support/temp-dir';

/** Holds the lock's store in a process of its own. */
const holder = `
const { Level } = require(${JSON.stringify(require.resolve('level'))});
const level = new Level(process.argv[1]);
level.open().then(
  () => { console.log('held'); setInterval(() => {}, 1000); },
  (error) => { console.log(error.cause.code); },
);`;

test('a second opener in this process is refused, by the directory name and a code', async () => {
  const dir = tempDir();
  const lock = await lockDirectory(dir);
  const refused = lockDirectory(dir);
  await expect(refused).rejects.toThrow(DirectoryInUse);
  await expect(refused).rejects.toThrow(dir);
  await expect(refused).rejects.toMatchObject({ cause: { code: 'LEVEL_LOCKED' } });
  await lock.release();
  await (await lockDirectory(dir)).release();
});

test('another process is refused, and a killed one lets go', async () => {
  const dir = tempDir();
  const lock = await lockDirectory(dir);
  const location = join(dir, 'lock');
  expect(execFileSync(process.execPath, ['-e', holder, location], { encoding: 'utf8' }).trim()).toBe('LEVEL_LOCKED');
  await lock.release();
  const child = spawn(process.execPath, ['-e', holder, location], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  await expect(lockDirectory(dir)).rejects.toThrow(DirectoryInUse);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await lockDirectory(dir)).release();
});

test('a lock that a power cut left half made is made anew', async () => {
  for (const damage of ['empty CURRENT', 'no MANIFEST', 'garbage']) {
    const dir = tempDir();
    const location = join(dir, 'lock');
    if (damage === 'garbage') {
      mkdirSync(location);
      writeFileSync(join(location, 'CURRENT'), 'garbage');
    } else {
      await (await lockDirectory(dir)).release();
      const names = readdirSync(location);
      if (damage === 'empty CURRENT') truncateSync(join(location, 'CURRENT'), 0);
      else
        truncateSync(
          join(
            location,
            names.find((name) => name.startsWith('MANIFEST'))!,
          ),
          0,
        );
    }
    await (await lockDirectory(dir)).release();
  }
});
