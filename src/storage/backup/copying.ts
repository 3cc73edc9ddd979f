// The copies of one backup: its state, its blobs, and a second look at both.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobCorruption, BlobMissing } from '../blobs/blobs';
import type { StateCheckpoint } from '../state/checkpoint-file';
import { encodeCheckpoint } from '../state/checkpoint-file';
import type { FrozenState, HeldFiles } from '../state/frozen-state';
import type { FileFact } from '../state/level-files';
import { tableProblem } from '../state/table-check';
import { STATE_NAME } from './catalogue';
import { copyFile, sumsOf, writeNew } from './copy-file';
import type { FileSums } from './copy-file';
import type { BackupBlob, BackupFile } from './manifest';
import type { BackupOrder, BackupPhase, BackupSource } from './order';
import { blobProblem, copyBlob } from './pool';

/** What became of the blobs. */
export interface CopiedBlobs {
  readonly kept: readonly BackupBlob[];
  /** Digests of those that are damaged or gone. */
  readonly missing: readonly string[];
  /** Bytes that no other backup had. */
  readonly addedBytes: number;
}

export class Copying {
  private phase: BackupPhase = 'copying';
  private done = 0;
  private total = 0;

  constructor(
    private readonly source: BackupSource,
    private readonly order: BackupOrder,
    private readonly aside: string,
  ) {}

  /** Copies LevelDB's files and writes the checkpoint with which `openState` opens them. All of it is flushed. */
  async state(
    frozen: FrozenState,
    { contents, tables }: HeldFiles,
    links: string,
    chain: Uint8Array,
    blobs: readonly BackupBlob[],
  ): Promise<BackupFile[]> {
    const { files } = this.source;
    const sizes = await Promise.all(tables.map((name) => stat(join(links, name))));
    this.total = [...sizes, ...blobs].reduce((sum, { size }) => sum + size, 0);
    const [stateAside, levelAside] = [join(this.aside, STATE_NAME), join(this.aside, STATE_NAME, frozen.store)];
    await files.makeDirectory(levelAside);
    const facts: FileFact[] = [];
    const written: BackupFile[] = [];
    const add = (name: string, sums: FileSums): void => {
      facts.push({ name, size: sums.size, crc: sums.crc });
      written.push({ path: `${STATE_NAME}/${frozen.store}/${name}`, size: sums.size, sha256: sums.sha256 });
    };
    for (const [name, bytes] of contents) add(name, await writeNew(files, join(levelAside, name), bytes));
    for (const name of tables) {
      const sums = await copyFile(files, join(links, name), join(levelAside, name), this.order.pace);
      await mustBeSound(links, frozen.known(name), { name, size: sums.size, crc: sums.crc });
      add(name, sums);
      this.report(sums.size);
    }
    const { marks, store, history } = frozen;
    const checkpoint: StateCheckpoint = {
      ...marks,
      chain: Buffer.from(chain).toString('hex'),
      ...{ history, store, clean: true, files: facts },
    };
    const sums = await writeNew(files, join(stateAside, 'checkpoint'), encodeCheckpoint(checkpoint));
    written.push({ path: `${STATE_NAME}/checkpoint`, size: sums.size, sha256: sums.sha256 });
    for (const directory of [levelAside, stateAside, this.aside]) await files.syncDirectory(directory);
    return written;
  }

  /** Copies the blobs that the pool does not have. Nobody may remove a live one meanwhile. */
  async blobs(named: readonly BackupBlob[]): Promise<CopiedBlobs> {
    const { pool } = this.source;
    const kept: BackupBlob[] = [];
    const missing: string[] = [];
    let addedBytes = 0;
    for (const blob of named) {
      const isThere = await pool.has(blob.digest);
      if (isThere || (await this.copied(blob.digest))) kept.push(blob);
      else missing.push(blob.digest);
      if (!isThere && kept.at(-1) === blob) addedBytes += blob.size;
      this.report(blob.size);
    }
    return { kept, missing, addedBytes };
  }

  /** Reads everything again (T2). Throws if a file differs. A blob of the pool that has been damaged since an earlier backup is copied anew;
   *  gives those that have no intact copy any more. */
  async verify(written: readonly BackupFile[], blobs: readonly BackupBlob[]): Promise<ReadonlySet<BackupBlob>> {
    const { files, pool } = this.source;
    const { pace } = this.order;
    this.phase = 'verifying';
    this.done = 0;
    // The checkpoint and LevelDB's small files are read as well: what is done never exceeds the total.
    this.total = [...written, ...blobs].reduce((sum, { size }) => sum + size, 0);
    for (const { path, size, sha256 } of written) {
      const found = await sumsOf(files, join(this.aside, path), pace);
      if (found?.sha256 !== sha256)
        throw new Error(`${path} is not what was written a moment ago: the disk is not to be trusted`);
      this.report(size);
    }
    const lost = new Set<BackupBlob>();
    for (const blob of blobs) {
      const isGood = async (): Promise<boolean> => (await blobProblem(pool, blob, pace)) === undefined;
      if (!(await isGood()) && !((await this.copied(blob.digest)) && (await isGood()))) lost.add(blob);
      this.report(blob.size);
    }
    return lost;
  }

  /** False if the live blob is damaged or gone. */
  private async copied(digest: string): Promise<boolean> {
    try {
      await copyBlob(this.source.blobs, this.source.pool, digest, this.order.pace);
      return true;
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof BlobCorruption) return false;
      throw error;
    }
  }

  private report(bytes: number): void {
    this.done += bytes;
    this.order.onProgress(this.phase, this.done, this.total);
  }
}

/** T3. */
async function mustBeSound(links: string, known: FileFact | undefined, found: FileFact): Promise<void> {
  if (known) {
    if (known.size === found.size && known.crc === found.crc) return;
    throw new Error(`${found.name} of the state is damaged: it is not what it was when it was written`);
  }
  const problem = await tableProblem(links, found.name);
  if (problem !== undefined) throw new Error(`${found.name} of the state is damaged: it ${problem}`);
}
