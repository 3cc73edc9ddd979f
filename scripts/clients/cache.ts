// Where downloads and builds of the clients live: outside the checkout, so that it stays clean, and under a key of what decides
// their content, so that a later run finds them. The folder may be deleted at any time.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'holdfast', 'clients');

/** The folder for one state of the files, which need not exist yet. `also` is what else decides its content. */
export function cacheFolder(name: string, files: readonly string[], also = ''): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${also}\n`);
  for (const file of files) hash.update(readFileSync(file));
  return join(root, `${name}-${hash.digest('hex').slice(0, 16)}`);
}

/** Fills a folder if it is not there: aside, then renamed, so that nobody finds it half full. */
export function filled(folder: string, fill: (aside: string) => void): string {
  if (existsSync(folder)) return folder;
  const aside = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    mkdirSync(aside);
    fill(aside);
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster: its folder is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}
