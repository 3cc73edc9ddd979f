// A real file system whose power can be cut. It lives in a file on a loop device. The cut drops what the kernel had not
// written: what `fdatasync` covered stays, what sat in the page cache alone is gone.
//
// L1. Whatever happens, the file system is unmounted and the loop device detached: by `destroy`, or after the last test of the
//     file, if a test ran out of time before it came to that.
// L2. A process that uses the disk is stopped before the cut: else it could acknowledge between cut and death.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pausable } from './server-process';

export type FileSystemKind = 'ext4' | 'xfs';

/** XFS refuses to be made smaller than 300 MB. The file is sparse. */
const DISK_BYTES = 320 * 1024 * 1024;
/** How long a stopped process may still be inside a system call, in milliseconds: a flush takes 0.1 to 20 ms here. */
const STOP_SETTLES_MS = 30;
/** A just killed process may hold the mount for a moment. */
const UNMOUNT_TRIES = 100;
const UNMOUNT_PAUSE_MS = 20;

const attached = new Set<LoopDisk>();

afterAll(() => {
  for (const disk of attached) disk.destroy();
});

/** Why loop disks of this kind cannot be used here; undefined if they can. */
export function loopDiskMissing(kind: FileSystemKind): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  for (const tool of ['losetup', 'mount', 'umount', 'xfs_io', `mkfs.${kind}`]) {
    if (spawnSync(tool, ['--version']).error) return `needs ${tool}`;
  }
  let disk: LoopDisk | undefined;
  try {
    disk = LoopDisk.create(kind);
    return undefined;
  } catch (error) {
    return `cannot mount a loop device: ${(error as Error).message.trim().split('\n').at(-1)}`;
  } finally {
    disk?.destroy();
  }
}

/** A mounted file system in a file. */
export class LoopDisk {
  /** Where it is mounted. */
  readonly path: string;
  private readonly image: string;
  private device: string | undefined;

  private constructor(
    private readonly folder: string,
    private readonly kind: FileSystemKind,
  ) {
    this.path = join(folder, 'mounted');
    this.image = join(folder, 'disk.img');
    attached.add(this);
  }

  /** Makes, attaches and mounts an empty file system of this size. */
  static create(kind: FileSystemKind, bytes = DISK_BYTES): LoopDisk {
    const disk = new LoopDisk(mkdtempSync(join(tmpdir(), 'holdfast-disk-')), kind);
    try {
      mkdirSync(disk.path);
      writeFileSync(disk.image, '');
      truncateSync(disk.image, bytes);
      runTool(`mkfs.${kind}`, kind === 'ext4' ? ['-q', '-F', disk.image] : ['-q', disk.image]);
      disk.mount();
      return disk;
    } catch (error) {
      disk.destroy();
      throw error;
    }
  }

  /** Stops the process, cuts the power, kills it and waits until it is gone; then the disk is off. */
  async cutPower(process: Pausable): Promise<void> {
    process.pause();
    await delay(STOP_SETTLES_MS);
    runTool('xfs_io', ['-x', '-c', 'shutdown', this.path]);
    await process.kill();
    await this.unmount();
  }

  /** Switches the disk on again: the file system replays its own journal. */
  powerOn(): void {
    this.mount();
  }

  /** Takes everything away. May be called again. */
  destroy(): void {
    attached.delete(this);
    spawnSync('umount', [this.path]);
    // A mount that is still busy goes as soon as its last user does.
    if (isMountPoint(this.path)) spawnSync('umount', ['-l', this.path]);
    if (this.device !== undefined) spawnSync('losetup', ['-d', this.device]);
    this.device = undefined;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private mount(): void {
    this.device = attachLoopDevice(this.image);
    runTool('mount', ['-t', this.kind, this.device, this.path]);
  }

  private async unmount(): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { status, stderr } = spawnSync('umount', [this.path], { encoding: 'utf8' });
      if (status === 0) break;
      if (tries === UNMOUNT_TRIES) throw new Error(stderr);
      await delay(UNMOUNT_PAUSE_MS);
    }
    if (this.device !== undefined) runTool('losetup', ['-d', this.device]);
    this.device = undefined;
  }
}

/** Attaches a file to a free loop device. Where /dev lacks the device's node, as in many containers, it is made. */
export function attachLoopDevice(image: string): string {
  let problem: unknown;
  for (let tries = 0; tries < 10; tries++) {
    try {
      return runTool('losetup', ['--find', '--show', image]).trim();
    } catch (error) {
      problem = error;
    }
    const free = spawnSync('losetup', ['--find'], { encoding: 'utf8' }).stdout.trim();
    const number = /^\/dev\/loop(\d+)$/.exec(free)?.[1];
    if (number !== undefined && !existsSync(free)) runTool('mknod', ['-m', '660', free, 'b', '7', number]);
  }
  throw problem;
}

/** Whether something is mounted on the path. */
export function isMountPoint(path: string): boolean {
  const inner = statSync(path, { throwIfNoEntry: false });
  const outer = statSync(join(path, '..'), { throwIfNoEntry: false });
  return inner !== undefined && outer !== undefined && inner.dev !== outer.dev;
}

/** What a tool prints. Throws with what it complains of. */
export function runTool(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
