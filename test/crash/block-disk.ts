// A real file system whose every block write and flush is logged: an ext4 in a loop device on a file of fixtures/block-log.c.
//
// K1. Whatever happens, everything is unmounted, detached and ended: by `destroy`, or after the last test of the file.

import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { attachLoopDevice, isMountPoint, runTool } from './loop-disk';

/** Room for a journal and a state above the 64 MiB below which growth is refused. The file is sparse. */
const DISK_BYTES = 192 * 1024 * 1024;
/** A just killed process may hold the mount for a moment. */
const UNMOUNT_TRIES = 200;
const UNMOUNT_PAUSE_MS = 20;

const source = join(__dirname, 'fixtures/block-log.c');
const open = new Set<{ destroy(): void }>();
const folders: string[] = [];
let program: string | undefined;

afterAll(() => {
  for (const one of [...open]) one.destroy();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Why block writes cannot be logged here; undefined if they can. */
export function blockDiskMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  if (!existsSync('/dev/fuse')) return 'needs /dev/fuse';
  for (const tool of ['cc', 'losetup', 'mount', 'umount', 'mkfs.ext4']) {
    if (spawnSync(tool, ['--version']).error) return `needs ${tool}`;
  }
  let disk: BlockDisk | undefined;
  try {
    disk = BlockDisk.create();
    return undefined;
  } catch (error) {
    return `cannot log the blocks of a loop device: ${(error as Error).message.trim().split('\n').at(-1)}`;
  } finally {
    disk?.destroy();
  }
}

/** A mounted ext4 that logs its blocks. */
export class BlockDisk {
  /** Where it is mounted. */
  readonly path: string;
  /** The file system as it was made: before the first logged write. */
  readonly pristine: string;
  /** The disk as it is: everything that was written, flushed or not. */
  readonly image: string;
  /** What was written and flushed since: see readBlockLog. */
  readonly log: string;
  private readonly fuse: string;
  private device: string | undefined;
  private logger: ChildProcess | undefined;

  private constructor(private readonly folder: string) {
    this.path = join(folder, 'mounted');
    this.pristine = join(folder, 'pristine.img');
    this.image = join(folder, 'disk.img');
    this.log = join(folder, 'blocks.log');
    this.fuse = join(folder, 'fuse');
    open.add(this);
  }

  static create(bytes = DISK_BYTES): BlockDisk {
    const disk = new BlockDisk(memoryFolder());
    try {
      disk.make(bytes);
      return disk;
    } catch (error) {
      disk.destroy();
      throw error;
    }
  }

  /** The next block write that holds these bytes fails with EIO, once. What comes after it succeeds. */
  failWriteOf(text: string): void {
    writeFileSync(join(this.fuse, 'fail'), text);
  }

  /** Copies the file system as it was made. Gives the copy's path. */
  copyOfPristine(path: string): string {
    runTool('cp', ['--sparse=auto', this.pristine, path]);
    return path;
  }

  /** Unmounts it, with all that was not written yet, and ends the log. Whoever used it must be gone. */
  async unmount(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { status, stderr } = spawnSync('umount', [this.path], { encoding: 'utf8' });
      if (status === 0) break;
      if (tries === UNMOUNT_TRIES) throw new Error(stderr);
      await delay(UNMOUNT_PAUSE_MS);
    }
    this.detach();
  }

  /** Takes everything away. May be called again. */
  destroy(): void {
    open.delete(this);
    spawnSync('umount', [this.path]);
    if (isMountPoint(this.path)) spawnSync('umount', ['-l', this.path]);
    this.detach();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private make(bytes: number): void {
    mkdirSync(this.path);
    mkdirSync(this.fuse);
    makeExt4(this.pristine, bytes);
    runTool('cp', ['--sparse=always', this.pristine, this.image]);
    this.logger = spawn(loggerProgram(), [this.image, this.log, this.fuse], { stdio: ['ignore', 'ignore', 'inherit'] });
    this.logger.unref();
    waitForFile(join(this.fuse, 'image'));
    this.device = attachLoopDevice(join(this.fuse, 'image'));
    runTool('mount', ['-t', 'ext4', this.device, this.path]);
  }

  private detach(): void {
    if (this.device !== undefined) spawnSync('losetup', ['-d', this.device]);
    this.device = undefined;
    // It ends when its folder is unmounted.
    spawnSync('umount', [this.fuse]);
    if (isMountPoint(this.fuse)) spawnSync('umount', ['-l', this.fuse]);
    this.logger?.kill('SIGKILL');
    this.logger = undefined;
  }
}

/** The file system in an image could not be mounted. */
export class NotMounted extends Error {}

/** An image of a disk, mounted: the file system replays its own journal. Throws NotMounted. */
export class MountedImage {
  readonly path: string;

  constructor(private readonly image: string) {
    this.path = `${image}.mounted`;
    mkdirSync(this.path, { recursive: true });
    open.add(this);
    const device = attachLoopDevice(image);
    try {
      runTool('mount', ['-t', 'ext4', device, this.path]);
    } catch (error) {
      this.destroy();
      throw new NotMounted((error as Error).message);
    } finally {
      // The device stays while it is mounted, and goes with the mount.
      runTool('losetup', ['-d', device]);
    }
  }

  /** Unmounts it, and deletes the image. */
  destroy(): void {
    open.delete(this);
    spawnSync('umount', [this.path]);
    if (isMountPoint(this.path)) spawnSync('umount', ['-l', this.path]);
    rmSync(this.path, { recursive: true, force: true });
    rmSync(this.image, { force: true });
  }
}

function makeExt4(image: string, bytes: number): void {
  writeFileSync(image, '');
  truncateSync(image, bytes);
  // Nothing is to be written by the kernel for itself later on.
  runTool('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image]);
}

/** The compiled program; once a file of tests. */
function loggerProgram(): string {
  if (program !== undefined) return program;
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-block-log-'));
  folders.push(folder);
  const made = join(folder, 'block-log');
  runTool('cc', ['-O1', '-o', made, source]);
  return (program = made);
}

/** A folder of its own: in memory where there is some, as the disk of the machine says nothing here. */
function memoryFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'holdfast-blocks-'));
}

/** How long the mount may take to appear, in tries of 10 ms. */
const APPEARS_TRIES = 1000;

function waitForFile(path: string): void {
  for (let tries = 0; !existsSync(path); tries++) {
    if (tries === APPEARS_TRIES) throw new Error(`${path} does not appear`);
    spawnSync('sleep', ['0.01']);
  }
}
