/**
 * The file-system port over Node's callbacks: one trip to libuv's pool per call.
 *
 * Boundary: paths and bytes. It knows nothing of what is stored.
 *
 * N1. A short write is continued; a write that makes no progress rejects. (F1)
 * N2. A short read is continued up to the end of the file.
 */
import * as nodeFs from 'node:fs';
import type { Files, OpenFile, OpenMode } from './files';

/** What is called of node:fs: the seam where a test shortens and fails single calls. */
export type FileCalls = Pick<
  typeof nodeFs,
  | 'open'
  | 'read'
  | 'write'
  | 'fdatasync'
  | 'fsync'
  | 'ftruncate'
  | 'fstat'
  | 'close'
  | 'rename'
  | 'unlink'
  | 'link'
  | 'readdir'
  | 'mkdir'
  | 'rm'
  | 'statfs'
>;

/** The store holds what agents wrote: only the server's user reads it. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

type Done = (error: NodeJS.ErrnoException | null) => void;

function settled(start: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

class NodeOpenFile implements OpenFile {
  constructor(
    private readonly fs: FileCalls,
    private readonly descriptor: number,
  ) {}

  read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    return new Promise((resolve, reject) => {
      const step = (filled: number): void => {
        if (filled === length) return resolve(bytes);
        this.fs.read(this.descriptor, bytes, filled, length - filled, position + filled, (error, count) => {
          if (error) reject(error);
          else if (count === 0) resolve(bytes.subarray(0, filled));
          else step(filled + count);
        });
      };
      step(0);
    });
  }

  write(bytes: Uint8Array, position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (written: number): void => {
        if (written === bytes.length) return resolve();
        this.fs.write(this.descriptor, bytes, written, bytes.length - written, position + written, (error, count) => {
          if (error) reject(error);
          else if (count === 0) reject(Object.assign(new Error('a write made no progress'), { code: 'EIO' }));
          else step(written + count);
        });
      };
      step(0);
    });
  }

  datasync(): Promise<void> {
    return settled((done) => this.fs.fdatasync(this.descriptor, done));
  }

  sync(): Promise<void> {
    return settled((done) => this.fs.fsync(this.descriptor, done));
  }

  truncate(length: number): Promise<void> {
    return settled((done) => this.fs.ftruncate(this.descriptor, length, done));
  }

  size(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.fs.fstat(this.descriptor, (error, stats) => (error ? reject(error) : resolve(stats.size))),
    );
  }

  close(): Promise<void> {
    return settled((done) => this.fs.close(this.descriptor, done));
  }
}

class NodeFiles implements Files {
  constructor(private readonly fs: FileCalls) {}

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    return new NodeOpenFile(this.fs, await this.descriptor(path, mode));
  }

  rename(from: string, to: string): Promise<void> {
    return settled((done) => this.fs.rename(from, to, done));
  }

  unlink(path: string): Promise<void> {
    return settled((done) => this.fs.unlink(path, done));
  }

  link(from: string, to: string): Promise<void> {
    return settled((done) => this.fs.link(from, to, done));
  }

  list(path: string): Promise<string[]> {
    return new Promise((resolve, reject) =>
      this.fs.readdir(path, (error, names) => (error ? reject(error) : resolve(names.sort()))),
    );
  }

  makeDirectory(path: string): Promise<void> {
    return settled((done) => this.fs.mkdir(path, { recursive: true, mode: DIRECTORY_MODE }, (error) => done(error)));
  }

  removeTree(path: string): Promise<void> {
    return settled((done) => this.fs.rm(path, { recursive: true, force: true }, done));
  }

  async syncDirectory(path: string): Promise<void> {
    const descriptor = await this.descriptor(path, 'r');
    try {
      await settled((done) => this.fs.fsync(descriptor, done));
    } finally {
      await settled((done) => this.fs.close(descriptor, done));
    }
  }

  freeBytes(path: string): Promise<number> {
    return new Promise((resolve, reject) =>
      this.fs.statfs(path, (error, stats) => (error ? reject(error) : resolve(stats.bavail * stats.bsize))),
    );
  }

  private descriptor(path: string, mode: OpenMode): Promise<number> {
    return new Promise((resolve, reject) =>
      this.fs.open(path, mode, FILE_MODE, (error, descriptor) => (error ? reject(error) : resolve(descriptor))),
    );
  }
}

/** The files of this machine. `calls` is node:fs unless a test puts itself between. */
export function createNodeFiles(calls: FileCalls = nodeFs): Files {
  return new NodeFiles(calls);
}

/** The files of this machine. */
export const nodeFiles: Files = createNodeFiles();
