/**
 * The file-system port: everything that the journal, the blobs and the checkpoints do to files goes through it, so that
 * tests can fail, shorten, lose and reorder each call. LevelDB does its own I/O.
 *
 * F1. `write` resolves with all bytes written, or rejects: short writes are continued by the implementation.
 * F2. After `datasync` resolves the file's bytes and size survive power loss; after `syncDirectory` the names in it do.
 * F3. Errors are Node's: classify them by `code`, never by `instanceof` (test runners have realms of their own).
 */
export interface OpenFile {
  /** Reads up to `length` bytes at `position`; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
  /** Writes all of `bytes` at `position`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  datasync(): Promise<void>;
  /** Flushes bytes and metadata. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** How a file is opened: `r` to read, `r+` to read and write an existing one, `wx+` to create a new one. */
export type OpenMode = 'r' | 'r+' | 'wx+';

export interface Files {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** A second name for a file, on the same file system: both name the same bytes. EEXIST if the name is taken, ENOENT if the file is gone. */
  link(from: string, to: string): Promise<void>;
  /** Names in a directory, sorted; an absent directory is ENOENT. */
  list(path: string): Promise<string[]>;
  /** Creates it and its parents; an existing one is fine. The caller syncs the parent. */
  makeDirectory(path: string): Promise<void>;
  /** Removes a directory with all that it holds; an absent one is fine. */
  removeTree(path: string): Promise<void>;
  syncDirectory(path: string): Promise<void>;
  /** Free bytes for this process on the file system of `path`. */
  freeBytes(path: string): Promise<number>;
}
