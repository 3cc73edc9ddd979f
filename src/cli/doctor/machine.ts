// What a data directory stands on: the program that runs, the file system, who may read it.

import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { byteWords } from '../byte-count';
import { fail, ok, warn } from './finding';
import type { Finding } from './finding';

/** The oldest Node that Holdfast runs on (`engines` in package.json; a test compares). */
export const NODE_LEAST = [20, 19] as const;
/** Free bytes below which a server refuses growth, and below which that is near. */
const FREE_LEAST_BYTES = 64 * 1024 * 1024;
const FREE_LOW_BYTES = 4 * FREE_LEAST_BYTES;
/** File systems that come over a network, by the magic numbers of statfs(2): their flushes and locks are not those of a disk. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [0x00c36400, 'CephFS'],
]);
const MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** Whether this Node is one that Holdfast runs on. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorLeast, minorLeast] = NODE_LEAST;
  const isOld = major < majorLeast || (major === majorLeast && minor < minorLeast);
  if (!isOld) return ok('node', `Node ${version}`);
  return fail('node', `Node ${version} is too old`, `Install Node ${majorLeast}.${minorLeast} or newer.`);
}

/** Who may read and write the directory. */
export async function permissionFinding(dir: string): Promise<Finding> {
  const { mode } = await stat(dir);
  try {
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return fail('permissions', `this user may not read and write ${dir}`, 'Run as the user that runs the server.');
  }
  if ((mode & 0o077) === 0) return ok('permissions', 'only its owner may look into it');
  const octal = (mode & 0o777).toString(8);
  return warn('permissions', `other users may look into it (mode ${octal})`, `Keep them out with: chmod 700 ${dir}`);
}

/** What the directory is on, and how much is free there. */
export async function diskFindings(dir: string): Promise<Finding[]> {
  const { type, bavail, bsize } = await statfs(dir);
  const freeBytes = bavail * bsize;
  return [fileSystemFinding(type), freeFinding(freeBytes)];
}

/** `type` is the magic number of statfs(2). */
export function fileSystemFinding(type: number): Finding {
  const network = NETWORK.get(type >>> 0);
  if (network !== undefined) {
    const message = `the data directory is on ${network}: what was flushed may be lost, and two servers may not see each other`;
    return warn('file system', message, 'Use a disk of this machine.');
  }
  if (MEMORY.has(type >>> 0)) {
    return warn('file system', 'the data directory is in memory: a power cut loses it', 'Use a disk.');
  }
  return ok('file system', 'a file system of this machine');
}

export function freeFinding(freeBytes: number): Finding {
  const free = `${byteWords(freeBytes)} are free`;
  if (freeBytes < FREE_LEAST_BYTES) {
    return fail('disk', `${free}: a server refuses growth below ${byteWords(FREE_LEAST_BYTES)}`, 'Make room there.');
  }
  if (freeBytes < FREE_LOW_BYTES) return warn('disk', `${free}, little above the bound`, 'Make room there soon.');
  return ok('disk', free);
}
