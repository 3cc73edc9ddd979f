// A small state with blobs, and backups of it on a disk of the test's choice.

import { Blob, EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Blobs } from '../../src/storage/blobs/blobs';
import { poolDir } from '../../src/storage/backup/catalogue';
import type { BackupOrder, BackupSource } from '../../src/storage/backup/order';
import { Pace } from '../../src/storage/backup/pace';
import type { Files } from '../../src/storage/files';
import { blobsDir, stateDir } from '../../src/storage/layout';
import { nodeFiles } from '../../src/storage/node-files';
import type { LevelState } from '../../src/storage/state/level-state';
import { createState } from '../../src/storage/state/open-state';
import { HISTORY, stateOptions } from './state-store';
import { TaskHistory } from './task-history';
import { memoryDir } from './temp-dir';

export interface SourceWorld {
  readonly dir: string;
  readonly state: LevelState;
  readonly history: TaskHistory;
  readonly blobs: Blobs;
  /** Adds a blob that the state names. */
  addBlob(bytes: Buffer): Promise<string>;
  /** What `takeBackup` needs to write to `backups` on a disk. */
  source(files: Files, backups: string): Promise<BackupSource>;
}

export async function sourceWorld(): Promise<SourceWorld> {
  const dir = memoryDir();
  const history = new TaskHistory();
  const state = await createState(stateOptions(stateDir(dir)));
  const blobs = await Blobs.open(nodeFiles, blobsDir(dir));
  for (let i = 1; i <= 30; i++) await state.apply([history.task(`t${i}`, { title: `title ${i}` })]);
  await state.checkpoint();
  for (let i = 1; i <= 10; i++) await state.apply([history.task(`t${i}`, { title: `later ${i}` })]);
  return {
    ...{ dir, state, history, blobs },
    addBlob: async (bytes) => {
      const digest = await blobs.put(bytes);
      const image = Blob.encode({ references: 1, sizeBytes: bytes.length, dueMs: 0 }).finish();
      await state.apply([history.record([history.put(EntityKind.BLOB, '', digest, Buffer.from(image))])]);
      return digest;
    },
    source: async (files, backups) => {
      const witness: BackupSource['witness'] = (sequence) =>
        Promise.resolve({
          lineage: [{ history: HISTORY, first: 1, last: sequence }],
          chain: Buffer.alloc(32, 7),
          journalAt: 1,
        });
      return { files, dir, backups, state, blobs, pool: await Blobs.open(files, poolDir(backups)), witness };
    },
  };
}

export function order(id: string, more: Partial<BackupOrder> = {}): BackupOrder {
  return {
    ...{ id, kind: 'NAMED', description: '', operation: 'operations/op-1', serverVersion: 'test', createdAt: 1 },
    pace: new Pace(Infinity),
    onProgress: () => undefined,
    ...more,
  };
}

/** Backups on one disk, everything else on the real one, where LevelDB needs it. */
export function routed(backups: string, simulated: Files): Files {
  const of = (path: string): Files => (path.startsWith(backups) ? simulated : nodeFiles);
  return {
    open: (path, mode) => of(path).open(path, mode),
    rename: (from, to) => of(from).rename(from, to),
    unlink: (path) => of(path).unlink(path),
    link: (from, to) => of(from).link(from, to),
    list: (path) => of(path).list(path),
    makeDirectory: (path) => of(path).makeDirectory(path),
    removeTree: (path) => of(path).removeTree(path),
    syncDirectory: (path) => of(path).syncDirectory(path),
    freeBytes: (path) => of(path).freeBytes(path),
  };
}
