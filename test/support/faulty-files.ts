// A disk in memory that keeps no promise that the port does not make. What was not flushed may be lost, kept in part (in
// sectors) or in another order at `powerCut`; single calls can fail; a failed flush drops what it should have kept, while
// it stays readable, as a page cache does.

import { posix } from 'node:path';
import type { Files, OpenFile, OpenMode } from '../../src/storage/files';
import { DiskFile, DiskDirectory } from './faulty-disk';
import { randomFrom } from './seed';
import type { Random } from './seed';

export type FileCall =
  | 'open'
  | 'read'
  | 'write'
  | 'datasync'
  | 'sync'
  | 'truncate'
  | 'size'
  | 'close'
  | 'rename'
  | 'unlink'
  | 'link'
  | 'list'
  | 'makeDirectory'
  | 'removeTree'
  | 'syncDirectory'
  | 'freeBytes';

/** Calls that change what the disk holds or will hold: the places where a crash makes a difference. */
const CHANGES: ReadonlySet<FileCall> = new Set<FileCall>([
  'write',
  'datasync',
  'sync',
  'truncate',
  'rename',
  'unlink',
  'link',
  'makeDirectory',
  'removeTree',
  'syncDirectory',
]);

export interface Fault {
  readonly call: FileCall;
  /** Only calls on paths that match; all if not given. */
  readonly path?: RegExp;
  /** The first matching call that fails, from 1; 1 if not given. */
  readonly nth?: number;
  /** Every later one fails too. */
  readonly sticky?: boolean;
  readonly code: 'EIO' | 'ENOSPC';
  /** A write goes half-way before it fails. */
  readonly short?: boolean;
}

interface SetFault extends Fault {
  seen: number;
}

export class FaultyFiles implements Files {
  private root = new DiskDirectory();
  private faults: SetFault[] = [];
  private random: Random;
  private generation = 0;
  private down = false;
  private crashAt: number | undefined;
  /** Calls so far that changed something: numbers for `crashAtChange`. */
  changes = 0;
  /** Calls so far, by name. */
  readonly counts = new Map<FileCall, number>();
  /** Bytes that the disk holds at most. */
  capacity = Infinity;

  constructor(seed = 1) {
    this.random = randomFrom(seed);
  }

  fail(fault: Fault): void {
    this.faults.push({ ...fault, seen: 0 });
  }

  heal(): void {
    this.faults = [];
    this.capacity = Infinity;
  }

  /** The power goes at the nth change from the start: that call, done or not, and all later ones reject. */
  crashAtChange(nth: number): void {
    this.crashAt = nth;
  }

  get isDown(): boolean {
    return this.down;
  }

  /** The power went, and is back: what was not flushed is lost, kept or torn, as the seed decides. Old handles are dead. */
  powerCut(seed: number): void {
    this.random = randomFrom(seed);
    this.restart();
    this.root.settle(this.random);
  }

  /** The process died, the system did not: all that was written is there. Old handles are dead. */
  kill(): void {
    this.restart();
  }

  /** The same disk once more, as it would be after everything was flushed. */
  clone(): FaultyFiles {
    const copy = new FaultyFiles();
    copy.root = this.root.copy();
    return copy;
  }

  bytesOf(path: string): Buffer {
    return this.fileAt(path).bytes();
  }

  /** Puts bytes on the disk, flushed, past all faults. */
  setBytes(path: string, bytes: Buffer): void {
    const { directory, name } = this.parentOf(path);
    directory.put(name, DiskFile.of(bytes));
  }

  removeNow(path: string): void {
    const { directory, name } = this.parentOf(path);
    directory.take(name);
  }

  namesIn(path: string): string[] {
    return [...this.directoryAt(path).entries.keys()].sort();
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    await this.call('open', path);
    const { directory, name } = this.parentOf(path);
    const found = directory.entries.get(name);
    if (mode === 'wx+') {
      if (found !== undefined) throw fault('EEXIST', path);
      const file = new DiskFile();
      directory.link(name, file);
      return this.handle(path, file, true);
    }
    if (!(found instanceof DiskFile)) throw fault(found === undefined ? 'ENOENT' : 'EISDIR', path);
    return this.handle(path, found, mode === 'r+');
  }

  async rename(from: string, to: string): Promise<void> {
    await this.call('rename', to);
    const source = this.parentOf(from);
    const target = this.parentOf(to);
    const node = source.directory.entries.get(source.name);
    if (node === undefined) throw fault('ENOENT', from);
    if (source.directory === target.directory) return source.directory.rename(source.name, target.name);
    if (node instanceof DiskDirectory) {
      if ((target.directory.entries.get(target.name) as DiskDirectory | undefined)?.entries.size) {
        throw fault('ENOTEMPTY', to);
      }
      return target.directory.adopt(target.name, node, source.directory, source.name);
    }
    // Two directories are flushed apart: either half may survive without the other.
    target.directory.link(target.name, node);
    source.directory.remove(source.name);
  }

  async unlink(path: string): Promise<void> {
    await this.call('unlink', path);
    const { directory, name } = this.parentOf(path);
    if (!(directory.entries.get(name) instanceof DiskFile)) throw fault('ENOENT', path);
    directory.remove(name);
  }

  async link(from: string, to: string): Promise<void> {
    await this.call('link', to);
    const source = this.parentOf(from);
    const target = this.parentOf(to);
    const node = source.directory.entries.get(source.name);
    if (!(node instanceof DiskFile)) throw fault(node === undefined ? 'ENOENT' : 'EPERM', from);
    if (target.directory.entries.has(target.name)) throw fault('EEXIST', to);
    target.directory.link(target.name, node);
  }

  async list(path: string): Promise<string[]> {
    await this.call('list', path);
    return this.namesIn(path);
  }

  async makeDirectory(path: string): Promise<void> {
    await this.call('makeDirectory', path);
    let directory = this.root;
    for (const name of parts(path)) {
      const found = directory.entries.get(name);
      if (found instanceof DiskFile) throw fault('ENOTDIR', path);
      const next = found ?? new DiskDirectory();
      if (found === undefined) directory.link(name, next);
      directory = next;
    }
  }

  async removeTree(path: string): Promise<void> {
    await this.call('removeTree', path);
    const names = parts(path);
    const name = names.pop()!;
    const directory = this.find(names);
    if (directory instanceof DiskDirectory && directory.entries.has(name)) directory.remove(name);
  }

  async syncDirectory(path: string): Promise<void> {
    await this.call('syncDirectory', path);
    this.directoryAt(path).flush();
  }

  async freeBytes(path: string): Promise<number> {
    await this.call('freeBytes', path);
    return this.capacity === Infinity ? 2 ** 40 : Math.max(0, this.capacity - this.root.size());
  }

  private handle(path: string, file: DiskFile, writable: boolean): OpenFile {
    const { generation } = this;
    let errorsSeen = file.errors;
    let open = true;
    const call = async (name: FileCall): Promise<void> => {
      if (!open || (generation !== this.generation && !this.down)) throw fault('EBADF', path);
      await this.call(name, path, name.endsWith('sync') ? file : undefined);
    };
    const flush = async (name: 'datasync' | 'sync'): Promise<void> => {
      await call(name);
      // As the kernel does it: each handle hears of a failed write-back once, whoever asked for it.
      const failed = errorsSeen < file.errors;
      errorsSeen = file.errors;
      if (failed) throw fault('EIO', path);
      file.flush();
    };
    return {
      read: async (position, length) => {
        await call('read');
        return Buffer.from(file.bytes().subarray(position, position + length));
      },
      write: async (bytes, position) => {
        if (!writable) throw fault('EBADF', path);
        // The bytes as they are at the call: a writer that changes its buffer too early is not helped.
        await call('write').catch((error: NodeJS.ErrnoException & { short?: boolean }) => {
          if (error.short) file.write(bytes.subarray(0, bytes.length >>> 1), position);
          throw error;
        });
        const growth = position + bytes.length - file.length;
        const left = this.capacity - this.root.size();
        if (growth > 0 && growth > left) {
          const kept = Math.max(0, bytes.length - growth + Math.max(0, left));
          file.write(bytes.subarray(0, kept), position);
          throw fault('ENOSPC', path);
        }
        file.write(bytes, position);
      },
      datasync: () => flush('datasync'),
      sync: () => flush('sync'),
      truncate: async (length) => {
        await call('truncate');
        file.truncate(length);
      },
      size: async () => {
        await call('size');
        return file.length;
      },
      close: async () => {
        await call('close');
        open = false;
      },
    };
  }

  /** Counts the call, lets others run, and fails it if that was asked for. */
  private async call(name: FileCall, path: string, flushed?: DiskFile): Promise<void> {
    const { generation } = this;
    await Promise.resolve();
    for (let hops = this.random.below(3); hops > 0; hops -= 1) await Promise.resolve();
    if (this.down || generation !== this.generation) throw fault('EPOWER', path);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (CHANGES.has(name)) {
      this.changes += 1;
      if (this.changes === this.crashAt) {
        this.down = true;
        throw fault('EPOWER', path, name === 'write' && this.random.chance(0.5));
      }
    }
    for (const set of this.faults) {
      if (set.call !== name || !(set.path?.test(path) ?? true)) continue;
      set.seen += 1;
      const nth = set.nth ?? 1;
      if (set.seen !== nth && !(set.sticky && set.seen > nth)) continue;
      if (flushed !== undefined) flushed.loseUnflushed(this.random);
      throw fault(set.code, path, set.short);
    }
  }

  private restart(): void {
    this.generation += 1;
    this.down = false;
    this.crashAt = undefined;
    this.faults = [];
  }

  private find(names: readonly string[]): DiskDirectory | DiskFile | undefined {
    let node: DiskDirectory | DiskFile | undefined = this.root;
    for (const name of names) node = node instanceof DiskDirectory ? node.entries.get(name) : undefined;
    return node;
  }

  private directoryAt(path: string): DiskDirectory {
    const node = this.find(parts(path));
    if (!(node instanceof DiskDirectory)) throw fault(node === undefined ? 'ENOENT' : 'ENOTDIR', path);
    return node;
  }

  private fileAt(path: string): DiskFile {
    const node = this.find(parts(path));
    if (!(node instanceof DiskFile)) throw fault('ENOENT', path);
    return node;
  }

  private parentOf(path: string): { directory: DiskDirectory; name: string } {
    return { directory: this.directoryAt(posix.dirname(path)), name: posix.basename(path) };
  }
}

function parts(path: string): string[] {
  return posix
    .normalize(path)
    .split('/')
    .filter((name) => name !== '' && name !== '.');
}

function fault(code: string, path: string, short = false): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${path}`), { code, short });
}
