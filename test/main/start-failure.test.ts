import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../../src/cli/exit-code';
import { Failure } from '../../src/cli/failure';
import { recoverStopped } from '../../src/main/recover-stopped';
import { restoreStopped } from '../../src/main/restore-stopped';
import { startFailure } from '../../src/main/start-failure';
import { RecoveryStrategy } from '../../src/gen/holdfast/v1/recovery';
import { JournalCorruption } from '../../src/storage/journal/journal';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';

const places = { dir: '/var/lib/holdfast', backupsDir: '/var/lib/holdfast/backups', mirrorDir: undefined };

/** What a start on `dir` fails with. */
async function failing(dir: string): Promise<unknown> {
  return boot({ dir }).then(
    () => undefined,
    (fault: unknown) => startFailure(fault, { ...places, dir }),
  );
}

test('a file where the data directory should be is said to be one, and is no defect', async () => {
  const dir = join(tempDir(), 'file');
  writeFileSync(dir, '');
  const failure = await failing(dir);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ exitCode: exitCode.refused, message: expect.stringContaining(dir) as string });
  expect((failure as Failure).advice).toEqual(['Give a directory, or a path that does not exist yet.']);
});

test('commands on a stopped store say so in the same words', async () => {
  const dir = join(tempDir(), 'file');
  writeFileSync(dir, '');
  const expected = { exitCode: exitCode.refused, message: expect.stringContaining(`${dir} cannot be used`) as string };
  const order = { dir, dryRun: true, warn: () => undefined };
  const recover = { ...order, strategy: RecoveryStrategy.AUTO, backupsDir: join(dir, 'backups'), mirrorDir: undefined };
  await expect(recoverStopped(recover, 'test')).rejects.toMatchObject(expected);
  const places = { backups: join(dir, 'backups'), mirror: undefined };
  const restore = { ...order, ...places, backup: 'b1', sequence: undefined, timeMs: undefined };
  await expect(restoreStopped(restore)).rejects.toMatchObject(expected);
});

test('what LevelDB says in words is understood', () => {
  const cause = new Error('IO error: /data/lock/LOCK: Permission denied');
  const fault = Object.assign(new Error('Database failed to open', { cause }), { code: 'LEVEL_DATABASE_NOT_OPEN' });
  const failure = startFailure(fault, places) as Failure;
  expect(failure.message).toContain('Permission denied');
  expect(failure.advice.join()).toContain('owns it');
});

test('advice after corruption names the directories of this store', () => {
  const fault = new JournalCorruption('0000000000000001.seg', 7, 'the body fails its checksum');
  const there = { ...places, backupsDir: '/mnt/backups', mirrorDir: '/mnt/mirror' };
  const failure = startFailure(fault, there) as Failure;
  expect(failure.exitCode).toBe(exitCode.internal);
  const options = '--dir /var/lib/holdfast --backup-dir /mnt/backups';
  expect(failure.advice).toContain(
    `Or begin a new history with all that is left: holdfast recover ${options} --mirror-dir /mnt/mirror`,
  );
  expect((startFailure(fault, places) as Failure).advice.join()).not.toContain('--backup-dir');
});

test('a defect stays what it is', () => {
  const defect = new TypeError('x is not a function');
  expect(startFailure(defect, places)).toBe(defect);
});
