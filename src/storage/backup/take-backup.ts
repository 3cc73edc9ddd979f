/**
 * Makes a backup of a state that goes on being written.
 *
 * Boundary: files. When one is made, who may ask, and what it is held against is for engine/backups.
 *
 * T1. The state in it is exactly the one at its sequence: LevelDB is flushed and its files are linked while nothing is applied; they are
 *     copied from the links afterwards.
 * T2. It has its name only when every file was flushed and read again and is what was copied. Whatever ends it before leaves nothing but a
 *     directory that is removed at the next start.
 * T3. The copy of a table is the table that LevelDB wrote: known ones are held against their checksum, new ones against those in them.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Blob, EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { stateDir } from '../layout';
import { holdFiles } from '../state/frozen-state';
import type { FrozenState, HeldFiles } from '../state/frozen-state';
import type { StateSnapshot } from '../state/state';
import { MANIFEST_NAME, NEW_PREFIX } from './catalogue';
import { writeNew } from './copy-file';
import { Copying } from './copying';
import { encodeManifest } from './manifest';
import type { BackupBlob, BackupManifest } from './manifest';
import type { BackupOrder, BackupSource } from './order';

/** Directories of links begin with this, in the state's directory: LevelDB's files cannot be linked to another file system. */
export const LINKS_PREFIX = 'links-';

/** What was frozen. */
interface Held {
  readonly frozen: FrozenState;
  readonly held: HeldFiles;
  readonly snapshot: StateSnapshot;
}

/** Makes a backup. When it resolves the backup survives power loss. One at a time for one backups' directory. */
export async function takeBackup(source: BackupSource, order: BackupOrder): Promise<BackupManifest> {
  const startMs = performance.now();
  const { files, dir, backups } = source;
  const links = join(stateDir(dir), `${LINKS_PREFIX}${randomBytes(4).toString('hex')}`);
  const aside = join(backups, `${NEW_PREFIX}${order.id}`);
  order.onProgress('freezing', 0, 0);
  try {
    await files.makeDirectory(links);
    await files.removeTree(aside);
    const { frozen, held, snapshot } = await freeze(source, links);
    let blobs: BackupBlob[];
    try {
      blobs = await namedBlobs(snapshot);
    } finally {
      await snapshot.close();
    }
    const { sequence } = frozen.marks;
    const witness = await source.witness(sequence, frozen.digest);
    const copying = new Copying(source, order, aside);
    const written = await copying.state(frozen, held, links, witness.chain, blobs);
    const { kept, missing, addedBytes } = await copying.blobs(blobs);
    const lost = await copying.verify(written, kept);
    const manifest: BackupManifest = {
      ...{ id: order.id, kind: order.kind, description: order.description, operation: order.operation },
      ...{ history: frozen.history, lineage: witness.lineage, sequence },
      chain: Buffer.from(witness.chain).toString('hex'),
      digest: Buffer.from(frozen.digest).toString('hex'),
      tasks: frozen.tasks,
      ...{ createdAt: order.createdAt, journalAt: witness.journalAt, serverVersion: order.serverVersion },
      files: written,
      blobs: kept.filter((blob) => !lost.has(blob)),
      missingBlobs: [...missing, ...[...lost].map(({ digest }) => digest)],
      addedBytes: addedBytes + written.reduce((sum, { size }) => sum + size, 0),
      tookMs: Math.round(performance.now() - startMs),
    };
    await writeNew(files, join(aside, MANIFEST_NAME), encodeManifest(manifest));
    await files.syncDirectory(aside);
    order.pace.signal?.throwIfAborted();
    // The last moment at which nothing has happened.
    await files.rename(aside, join(backups, order.id));
    await files.syncDirectory(backups);
    return manifest;
  } catch (error) {
    // What cannot be removed now is removed at the next start; the first error says why there is no backup.
    await files.removeTree(aside).catch(() => undefined);
    throw error;
  } finally {
    await files.removeTree(links).catch(() => undefined);
  }
}

async function freeze({ files, state }: BackupSource, links: string): Promise<Held> {
  return state.freeze(async (frozen) => {
    const held = await holdFiles(files, frozen, links);
    return { frozen, held, snapshot: state.snapshot() };
  });
}

/** The blobs that the state needs. One that nothing names any more is not: its bytes come anew with the next record that names them. */
async function namedBlobs(snapshot: StateSnapshot): Promise<BackupBlob[]> {
  const found: BackupBlob[] = [];
  for await (const { id, row } of snapshot.scan({ by: 'rows', kind: EntityKind.BLOB, project: '' })) {
    const { references, sizeBytes } = Blob.decode(row.image);
    if (references > 0) found.push({ digest: id, size: sizeBytes });
  }
  return found;
}
