// A backup copied whole to another directory of backups.

import { dirname, join } from 'node:path';
import type { Blobs } from '../blobs/blobs';
import type { Files } from '../files';
import type { GoodBackup } from './catalogue';
import { MANIFEST_NAME, NEW_PREFIX } from './catalogue';
import { copyFile, writeNew } from './copy-file';
import { encodeManifest } from './manifest';
import { writeBase } from './marks';
import type { Pace } from './pace';
import { copyBlob } from './pool';

/** Copies a backup and the blobs that the other pool lacks. Durable when it resolves; throws if the backup is not what its manifest says, with
 *  nothing left but a directory aside. */
export async function copyBackup(
  files: Files,
  { id, dir, manifest, base }: GoodBackup,
  pools: { readonly from: Blobs; readonly to: Blobs },
  backups: string,
  pace: Pace,
): Promise<void> {
  for (const { digest } of manifest.blobs) {
    if (!(await pools.to.has(digest))) await copyBlob(pools.from, pools.to, digest, pace);
  }
  const aside = join(backups, `${NEW_PREFIX}${id}`);
  await files.removeTree(aside);
  const directories = new Set([aside]);
  await files.makeDirectory(aside);
  for (const { path, sha256 } of manifest.files) {
    const target = join(aside, path);
    for (let at = dirname(target); at.length > aside.length; at = dirname(at)) directories.add(at);
    await files.makeDirectory(dirname(target));
    const sums = await copyFile(files, join(dir, path), target, pace);
    if (sums.sha256 !== sha256) throw new Error(`backups/${id}: ${path} fails its checksum`);
  }
  await writeNew(files, join(aside, MANIFEST_NAME), encodeManifest(manifest));
  if (base !== undefined) await writeBase(files, aside, base);
  for (const directory of directories) await files.syncDirectory(directory);
  await files.rename(aside, join(backups, id));
  await files.syncDirectory(backups);
}
