// Small files that are read and replaced whole.

import { dirname } from 'node:path';
import type { Files } from '../files';
import { DamagedManifest } from './manifest';

/** The bytes of a file, or undefined if there is none. Throws DamagedManifest for one that is longer than `bytesMax`. */
export async function readWhole(files: Files, path: string, bytesMax: number): Promise<Buffer | undefined> {
  const file = await files.open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const size = await file.size();
    if (size > bytesMax) throw new DamagedManifest(`has ${size} bytes`);
    return await file.read(0, size);
  } finally {
    await file.close();
  }
}

/** Writes a file aside, syncs it, renames it and syncs the directory: the old one or the new one is there whole, whatever happens. */
export async function writeWhole(files: Files, path: string, bytes: Buffer): Promise<void> {
  const aside = `${path}.new`;
  await files.unlink(aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const file = await files.open(aside, 'wx+');
  try {
    await file.write(bytes, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(aside, path);
  await files.syncDirectory(dirname(path));
}
