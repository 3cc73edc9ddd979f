// Any file-system port with one fault in it, at a call that is chosen by its number among all the calls that change something.
//
// L1. Calls are numbered in the order in which they come, over all paths: a clean run says how many there are.
// L2. A `crash` takes the power away before the call: it and all later ones reject. What becomes of unflushed bytes is for the disk below.
// L3. A flush that fails has lost what it should have kept. Only the disk below can do that: `breakFlush` asks it to fail the next flush of the path.

import type { Files, OpenFile, OpenMode } from '../../src/storage/files';

export type PortCall =
  | 'open'
  | 'write'
  | 'datasync'
  | 'sync'
  | 'truncate'
  | 'rename'
  | 'unlink'
  | 'link'
  | 'makeDirectory'
  | 'syncDirectory';
export type PortAction = 'EIO' | 'ENOSPC' | 'short' | 'crash';

export interface PortFault {
  /** The number of the call, from 1. */
  readonly nth: number;
  readonly action: PortAction;
  /** All later calls of the same kind fail too. */
  readonly sticky: boolean;
}

export class FailingFiles implements Files {
  /** What was called, in order. */
  readonly calls: { readonly call: PortCall; readonly path: string }[] = [];
  /** The call that failed first. */
  fired: { readonly call: PortCall; readonly path: string } | undefined;
  private down = false;

  constructor(
    private readonly below: Files,
    private readonly fault: PortFault | undefined,
    /** L3. Gives whether the disk below will fail it. */
    private readonly breakFlush: (call: 'datasync' | 'sync', path: string) => boolean = () => false,
  ) {}

  get isDown(): boolean {
    return this.down;
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    this.pass('open', path);
    return this.over(path, await this.below.open(path, mode));
  }

  rename(from: string, to: string): Promise<void> {
    return this.call('rename', to, () => this.below.rename(from, to));
  }

  unlink(path: string): Promise<void> {
    return this.call('unlink', path, () => this.below.unlink(path));
  }

  link(from: string, to: string): Promise<void> {
    return this.call('link', to, () => this.below.link(from, to));
  }

  makeDirectory(path: string): Promise<void> {
    return this.call('makeDirectory', path, () => this.below.makeDirectory(path));
  }

  syncDirectory(path: string): Promise<void> {
    return this.call('syncDirectory', path, () => this.below.syncDirectory(path));
  }

  list(path: string): Promise<string[]> {
    return this.look(path, () => this.below.list(path));
  }

  removeTree(path: string): Promise<void> {
    return this.call('unlink', path, () => this.below.removeTree(path));
  }

  freeBytes(path: string): Promise<number> {
    return this.look(path, () => this.below.freeBytes(path));
  }

  private over(path: string, file: OpenFile): OpenFile {
    return {
      read: (position, length) => this.look(path, () => file.read(position, length)),
      size: () => this.look(path, () => file.size()),
      // A process that is gone has closed its files.
      close: () => file.close(),
      truncate: (length) => this.call('truncate', path, () => file.truncate(length)),
      datasync: () => this.flush('datasync', path, () => file.datasync()),
      sync: () => this.flush('sync', path, () => file.sync()),
      write: async (bytes, position) => {
        if (this.due('write', path) === 'short') {
          await file.write(bytes.subarray(0, bytes.length >>> 1), position);
          throw failure('EIO', path);
        }
        return file.write(bytes, position);
      },
    };
  }

  private async flush(call: 'datasync' | 'sync', path: string, work: () => Promise<void>): Promise<void> {
    try {
      this.pass(call, path);
    } catch (error) {
      if (this.down || !this.breakFlush(call, path)) throw error;
    }
    await work();
  }

  private async call(call: PortCall, path: string, work: () => Promise<void>): Promise<void> {
    this.pass(call, path);
    await work();
  }

  /** A call that changes nothing: it fails only when the power is gone. */
  private async look<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
    if (this.down) throw failure('EPOWER', path);
    return work();
  }

  private pass(call: PortCall, path: string): void {
    this.due(call, path);
  }

  /** Numbers the call. Throws if it is to fail; gives `short` for a write that is to stop half-way. */
  private due(call: PortCall, path: string): 'short' | undefined {
    if (this.down) throw failure('EPOWER', path);
    this.calls.push({ call, path });
    if (!this.fault) return undefined;
    const { nth, action, sticky } = this.fault;
    const isFirst = this.calls.length === nth;
    if (!isFirst && !(sticky && this.fired?.call === call)) return undefined;
    this.fired ??= { call, path };
    if (action === 'crash') this.down = true;
    if (action === 'short' && call === 'write') return 'short';
    throw failure(action === 'ENOSPC' ? 'ENOSPC' : action === 'crash' ? 'EPOWER' : 'EIO', path);
  }
}

function failure(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
