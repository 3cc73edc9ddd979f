/**
 * A state that stands still, and how its files are held on to: LevelDB never changes a table, so a second name keeps it, whatever is
 * compacted away afterwards.
 *
 * Z1. What is held is one version of LevelDB: the tables that a prefix of its MANIFEST names, and that prefix.
 * Z2. LevelDB's log is not needed: everything that was applied was flushed into tables, and nothing is written meanwhile.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Files } from '../files';
import type { Marks } from './checkpointer';
import type { FileFact } from './level-files';
import { readManifest } from './level-manifest';

/** A state for as long as nothing is applied to it. */
export interface FrozenState {
  /** LevelDB's directory. */
  readonly directory: string;
  /** Its name. */
  readonly store: string;
  readonly history: string;
  /** What a checkpoint says of it; without the chain. */
  readonly marks: Marks;
  /** The state digest, 8 bytes. */
  readonly digest: Uint8Array;
  /** How many tasks it has, deleted ones too. */
  readonly tasks: number;
  /** The tables of the current version, by name. */
  liveTables(): readonly string[];
  /** What is known of a table since it was written. */
  known(name: string): FileFact | undefined;
}

/** The files of one version of LevelDB. */
export interface HeldFiles {
  /** Small ones, by name. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** The tables' names, each with a second name in the directory that was given. */
  readonly tables: readonly string[];
}

/** How often a version is looked for that holds still: compactions change it a few times a second at most. */
const TRIES_MAX = 200;
/** LevelDB installs a version some time after it wrote it down; in milliseconds. */
const RETRY_MS = 2;

/** Gives the files of a frozen state second names in `links`, an empty directory on the same file system. A few milliseconds. */
export async function holdFiles(files: Files, frozen: FrozenState, links: string): Promise<HeldFiles> {
  const { directory } = frozen;
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const current = await readFile(join(directory, 'CURRENT'));
    const manifestName = current.toString('latin1').trim();
    const bytes = await readFile(join(directory, manifestName));
    const { endBytes, tables } = readManifest(bytes);
    const names = [...tables.keys()].sort();
    if (sameNames(names, frozen.liveTables()) && (await linkAll(files, directory, links, names))) {
      const contents = new Map([
        ['CURRENT', current],
        [manifestName, bytes.subarray(0, endBytes)],
      ]);
      return { contents, tables: names };
    }
    await setTimeout(RETRY_MS);
  }
  throw new Error(`LevelDB's tables in ${directory} are not those that its MANIFEST names`);
}

/** False when one of them was compacted away meanwhile; then none is linked. */
async function linkAll(files: Files, directory: string, links: string, names: readonly string[]): Promise<boolean> {
  const linked: string[] = [];
  try {
    for (const name of names) {
      await files.link(join(directory, name), join(links, name));
      linked.push(name);
    }
    return true;
  } catch (error) {
    for (const name of linked) await files.unlink(join(links, name));
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

function sameNames(sorted: readonly string[], others: readonly string[]): boolean {
  if (sorted.length !== others.length) return false;
  const sortedOthers = [...others].sort();
  return sorted.every((name, index) => name === sortedOthers[index]);
}
