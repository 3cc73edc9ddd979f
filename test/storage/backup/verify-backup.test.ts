// Goal: no change of a backup goes unnoticed. Method: a small backup on a disk in memory, every byte of it flipped, cut, lost; the marks beside it too.

import { posix } from 'node:path';
import { backupStateDir, isGood, listBackups, poolDir, readBackup } from '../../../src/storage/backup/catalogue';
import { copyBackupState } from '../../../src/storage/backup/copy-state';
import { writeBase, writeVerification } from '../../../src/storage/backup/marks';
import { unpaced } from '../../../src/storage/backup/pace';
import { dropUnnamed } from '../../../src/storage/backup/pool';
import { takeBackup } from '../../../src/storage/backup/take-backup';
import { verifyBackup } from '../../../src/storage/backup/verify-backup';
import { Blobs } from '../../../src/storage/blobs/blobs';
import { StateUnusable } from '../../../src/storage/state/state';
import { order, routed, sourceWorld } from '../../support/backup-source';
import { FaultyFiles } from '../../support/faulty-files';

const BACKUPS = '/backups';

async function backedUp() {
  const world = await sourceWorld();
  const digest = await world.addBlob(Buffer.from('the bytes of a blob'));
  const disk = new FaultyFiles();
  await disk.makeDirectory(BACKUPS);
  const source = await world.source(routed(BACKUPS, disk), BACKUPS);
  const manifest = await takeBackup(source, order('b1'));
  const pool = await Blobs.open(disk, poolDir(BACKUPS));
  const blobPath = posix.join(poolDir(BACKUPS), digest.slice(0, 2), digest.slice(2, 4), `${digest}.blob`);
  const paths = manifest.files.map(({ path }) => posix.join(BACKUPS, 'b1', path));
  const problems = async (deep = false) => {
    const backup = await readBackup(disk, BACKUPS, 'b1');
    return verifyBackup(disk, pool, backup!, { pace: unpaced, deep });
  };
  await world.state.close();
  return { disk, pool, blobPath, paths: [...paths, posix.join(BACKUPS, 'b1', 'manifest'), blobPath], problems, source };
}

it('every flipped byte of every file is found', async () => {
  const { disk, paths, problems } = await backedUp();
  expect(await problems()).toEqual([]);
  let flips = 0;
  for (const path of paths) {
    const bytes = Buffer.from(disk.bytesOf(path));
    // A prime step meets every place of a repeating form.
    const step = bytes.length > 600 ? 13 : 1;
    for (let at = 0; at < bytes.length; at += step) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 1 << (at % 8);
      disk.setBytes(path, flipped);
      const found = await problems();
      expect({ path, at, found: found.length }).toEqual({ path, at, found: 1 });
      flips += 1;
    }
    disk.setBytes(path, bytes);
  }
  expect(flips).toBeGreaterThan(1000);
  expect(await problems()).toEqual([]);
}, 600_000);

it('files that are gone, cut or too many are found', async () => {
  const { disk, paths, problems } = await backedUp();
  for (const path of paths) {
    const bytes = Buffer.from(disk.bytesOf(path));
    disk.setBytes(path, bytes.subarray(0, bytes.length - 1));
    expect(await problems()).toHaveLength(1);
    disk.removeNow(path);
    expect((await problems())[0]).toMatch(/ is gone$/);
    disk.setBytes(path, bytes);
  }
  const strange = posix.join(posix.dirname(paths[0]!), '000099.ldb');
  disk.setBytes(strange, Buffer.alloc(3));
  expect((await problems())[0]).toMatch(/000099.ldb is not in the manifest$/);
  disk.removeNow(strange);
  disk.fail({ call: 'read', path: /\.ldb$/, code: 'EIO' });
  expect((await problems())[0]).toMatch(/\.ldb cannot be read: /);
});

it('a copy of a damaged state is not given out as whole', async () => {
  const { disk, paths } = await backedUp();
  const backup = (await readBackup(disk, BACKUPS, 'b1'))!;
  const path = paths.find((each) => each.endsWith('.ldb'))!;
  disk.setBytes(path, Buffer.concat([disk.bytesOf(path), Buffer.alloc(1)]));
  await expect(copyBackupState(disk, backup, '/copy')).rejects.toThrow(StateUnusable);
  disk.removeNow(path);
  await expect(copyBackupState(disk, backup, '/copy2')).rejects.toThrow(/is gone/);
  expect(backupStateDir(backup)).toBe('/backups/b1/state');
});

it('a verification is kept beside the backup; without it the backup is what it was when it was made', async () => {
  const { disk } = await backedUp();
  const dir = '/backups/b1';
  await writeVerification(disk, dir, { at: 5, problems: ['state/checkpoint fails its checksum'] });
  expect(await readBackup(disk, BACKUPS, 'b1')).toMatchObject({
    verifiedAt: 5,
    problems: ['state/checkpoint fails its checksum'],
  });
  disk.setBytes(`${dir}/verified`, Buffer.from('?'));
  expect(await readBackup(disk, BACKUPS, 'b1')).toMatchObject({ verifiedAt: 1, problems: [], base: undefined });
});

it('a base stays a base, whatever becomes of the file that says so', async () => {
  const { disk } = await backedUp();
  await writeBase(disk, '/backups/b1', 'it is the base of the trimmed journal');
  expect((await readBackup(disk, BACKUPS, 'b1'))!.base).toBe('it is the base of the trimmed journal');
  disk.setBytes('/backups/b1/base', Buffer.from('?'));
  expect((await readBackup(disk, BACKUPS, 'b1'))!.base).toBe('it is a base');
});

it('a directory that is no backup is listed as damaged, and a stray file not at all', async () => {
  const { disk } = await backedUp();
  await disk.makeDirectory('/backups/b0');
  await disk.makeDirectory('/backups/.new-b2');
  disk.setBytes('/backups/note', Buffer.from('?'));
  const backups = await listBackups(disk, BACKUPS);
  expect(backups.map(({ id, problems }) => [id, ...problems])).toEqual([['b1'], ['b0', 'the manifest is gone']]);
  expect(backups.filter(isGood)).toHaveLength(1);
  expect(await listBackups(disk, '/nowhere')).toEqual([]);
});

it('blobs that no manifest names go, but none while a manifest cannot be read', async () => {
  const { disk, pool } = await backedUp();
  const stray = await pool.put(Buffer.from('named by nobody'));
  const manifest = Buffer.from(disk.bytesOf('/backups/b1/manifest'));
  disk.setBytes('/backups/b1/manifest', Buffer.from('?'));
  expect(await dropUnnamed(disk, BACKUPS, pool)).toBe(0);
  disk.setBytes('/backups/b1/manifest', manifest);
  expect(await dropUnnamed(disk, BACKUPS, pool)).toBe(1);
  expect(await pool.has(stray)).toBe(false);
  disk.removeNow('/backups/b1');
  expect(await dropUnnamed(disk, BACKUPS, pool)).toBe(1);
});
