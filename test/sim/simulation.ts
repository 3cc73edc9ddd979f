// One simulation from its beginning to its end.

import { asyncModelRun } from 'fast-check';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../src/storage/node-files';
import type { Files, OpenFile, OpenMode } from '../../src/storage/files';
import { FaultyFiles } from '../support/faulty-files';
import { memoryDir } from '../support/temp-dir';
import type { Step } from './sim-commands';
import type { SimDisk } from './sim-engine';
import { SimWorld } from './sim-world';

const asIs = (files: Files): Files => files;

/** Runs the steps on a fresh world over a disk of its own. Rejects with what went wrong. `between` as for `onSimDisk`; `log` is told
 *  what is done to the engine, step by step. */
export function simulate(steps: Iterable<Step>, seed: number, between = asIs, log: string[] = []): Promise<void> {
  return onSimDisk(seed, between, async (dir, disk) => {
    const world = new SimWorld(dir, disk, seed, log);
    try {
      await asyncModelRun(async () => {
        await world.start();
        return { model: world.model, real: world };
      }, steps);
      await world.verify();
    } finally {
      await world.end();
    }
  });
}

/** Lends a fresh simulated disk, and a directory in which the data directory is `data`. `between` may stand between the engine and the disk. */
export async function onSimDisk(
  seed: number,
  between: (files: Files) => Files,
  use: (dir: string, disk: SimDisk) => Promise<void>,
): Promise<void> {
  const dir = memoryDir();
  const data = join(dir, 'data');
  const disk = new FaultyFiles(seed);
  await disk.makeDirectory(data);
  for (let path = data; path !== '/'; path = dirname(path)) await disk.syncDirectory(dirname(path));
  const journal = join(data, 'journal');
  const files = new RoutedFiles(journal, between(disk));
  try {
    await use(dir, new CutDisk(files, disk, journal));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

class CutDisk implements SimDisk {
  constructor(
    readonly files: Files,
    private readonly disk: FaultyFiles,
    private readonly journalDir: string,
  ) {}

  get isDown(): boolean {
    return this.disk.isDown;
  }
  cutAfter(changes: number): void {
    this.disk.crashAtChange(this.disk.changes + changes);
  }
  powerCut(seed: number): void {
    this.disk.powerCut(seed);
  }
  kill(): void {
    this.disk.kill();
  }
  breakFlush(call: 'datasync' | 'sync', path: string): boolean {
    if (!path.startsWith(this.journalDir)) return false;
    const file = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    this.disk.fail({ call, path: new RegExp(`^${file}$`), code: 'EIO' });
    return true;
  }
}

/** The journal's directory on the simulated disk, everything else on the real one, where LevelDB needs it. */
class RoutedFiles implements Files {
  constructor(
    private readonly journalDir: string,
    private readonly simulated: Files,
  ) {}

  open(path: string, mode: OpenMode): Promise<OpenFile> {
    return this.of(path).open(path, mode);
  }
  rename(from: string, to: string): Promise<void> {
    return this.of(from).rename(from, to);
  }
  unlink(path: string): Promise<void> {
    return this.of(path).unlink(path);
  }
  link(from: string, to: string): Promise<void> {
    return this.of(from).link(from, to);
  }
  list(path: string): Promise<string[]> {
    return this.of(path).list(path);
  }
  makeDirectory(path: string): Promise<void> {
    return this.of(path).makeDirectory(path);
  }
  removeTree(path: string): Promise<void> {
    return this.of(path).removeTree(path);
  }
  async syncDirectory(path: string): Promise<void> {
    await this.of(path).syncDirectory(path);
    // The entry of the journal's directory stands in a directory that both disks have.
    if (this.of(path) === nodeFiles && this.journalDir.startsWith(path)) await this.simulated.syncDirectory(path);
  }
  freeBytes(path: string): Promise<number> {
    return this.of(path).freeBytes(path);
  }

  private of(path: string): Files {
    return path.startsWith(this.journalDir) ? this.simulated : nodeFiles;
  }
}
