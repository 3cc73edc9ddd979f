// Single file calls of a child process that fail: fixtures/fault-shim.c, compiled when it is needed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The calls that can fail, in the order of the shim's counts. */
export const SHIM_OPS = ['open', 'write', 'fsync', 'fdatasync', 'rename', 'unlink'] as const;
export type ShimOp = (typeof SHIM_OPS)[number];
export type ShimAction = 'EIO' | 'ENOSPC' | 'SHORT' | 'TORN' | 'KILL';

/** One fault: the nth call of this kind on a path that holds `path`, from 1; 0 only counts. */
export interface ShimFault {
  readonly op: ShimOp;
  readonly path: string;
  readonly nth: number;
  readonly action: ShimAction;
  /** Every later one fails too. */
  readonly sticky?: boolean;
}

/** How many calls on the path there were, and how many of them failed. */
export interface ShimCounts extends Readonly<Record<ShimOp, number>> {
  readonly fired: number;
}

const source = join(__dirname, 'fixtures/fault-shim.c');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Why the shim cannot be used here; undefined if it can. */
export function faultShimMissing(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  const { error, status } = spawnSync('cc', ['--version']);
  return (error ?? status !== 0) ? 'needs a C compiler, cc' : undefined;
}

/** The shim, ready to be preloaded. */
export class FaultShim {
  private constructor(private readonly folder: string) {}

  static compile(): FaultShim {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-shim-'));
    folders.push(folder);
    const args = ['-O1', '-shared', '-fPIC', '-o', join(folder, 'shim.so'), source, '-ldl'];
    const { status, stderr } = spawnSync('cc', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the shim does not compile:\n${stderr}`);
    return new FaultShim(folder);
  }

  /** The environment of a process in which this fault happens. The counts begin anew. */
  environment({ op, path, nth, action, sticky }: ShimFault): Record<string, string> {
    rmSync(this.countsFile, { force: true });
    return {
      LD_PRELOAD: join(this.folder, 'shim.so'),
      HOLDFAST_FAULT: `${op}:${path}:${nth}:${action}${sticky ? ':sticky' : ''}`,
      HOLDFAST_FAULT_COUNTS: this.countsFile,
    };
  }

  /** The counts of the last process, dead or alive. */
  get counts(): ShimCounts {
    const bytes = readFileSync(this.countsFile);
    const at = (index: number): number => Number(bytes.readBigUInt64LE(8 * index));
    const [open, write, fsync, fdatasync, rename, unlink, fired] = [0, 1, 2, 3, 4, 5, 6].map(at) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { open, write, fsync, fdatasync, rename, unlink, fired };
  }

  private get countsFile(): string {
    return join(this.folder, 'counts');
  }
}
