/**
 * The backups of one store: made, verified, deleted.
 *
 * Boundary: what happens, and that it does not get in its own way. When backups are made by themselves is for `automatic`; who asks, and how it is
 * told, for `backup-works` and the service.
 *
 * B1. One backup is made at a time, and blobs of the pool go only between two.
 * B2. Neither a base nor the last good backup is deleted.
 * B3. While one is made, no live blob goes: what its state names is there until it is copied.
 */
import { join } from 'node:path';
import { formatBackup } from '../../domain/backup-name';
import { notFound, Refusal } from '../../domain/refusal';
import type { Backup } from '../../gen/holdfast/v1/backup';
import { Blob, EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { GONE_PREFIX, listBackups, poolDir, readBackup } from '../../storage/backup/catalogue';
import type { KeptBackup } from '../../storage/backup/catalogue';
import { clearBase, writeBase, writeVerification } from '../../storage/backup/marks';
import type { BackupOrder } from '../../storage/backup/order';
import { dropUnnamed } from '../../storage/backup/pool';
import { takeBackup } from '../../storage/backup/take-backup';
import { verifyBackup } from '../../storage/backup/verify-backup';
import type { VerifyOptions } from '../../storage/backup/verify-backup';
import type { Blobs } from '../../storage/blobs/blobs';
import { backupsDir } from '../../storage/layout';
import { Turns } from '../../storage/state/turns';
import { makeDataDirectory } from '../data-directory';
import type { Engine } from '../engine';
import { backupOf, keptBecause } from './backup-message';
import { openPlaces } from './places';
import { fullAsRefusal, mustFit } from './room';
import { witnessOf } from './witness';

/** What is asked of a new backup. */
export type NewBackup = Pick<BackupOrder, 'id' | 'kind' | 'description' | 'operation' | 'pace' | 'onProgress'>;

/** Bytes a second for a store without settings. */
const BYTES_PER_SECOND = 64_000_000;

export class Backups {
  /** Where they are. */
  readonly dir: string;
  /** How fast they are copied, in bytes a second. */
  readonly bytesPerSecond: number;
  private opened: Promise<Blobs> | undefined;
  /** B1. */
  private readonly making = new Turns();
  private readonly deleting = new Turns();
  /** What verifications found is written down one after the other. */
  private readonly telling = new Turns();
  private readonly listeners: ((id: string, isThere: boolean) => void)[] = [];

  constructor(private readonly engine: Engine) {
    const { dir, settings } = engine.options;
    this.dir = settings?.backups.dir ?? backupsDir(dir);
    this.bytesPerSecond = settings?.backups.bytesPerSecond ?? BYTES_PER_SECOND;
  }

  /** All of them, newest first, damaged ones last. */
  list(): Promise<KeptBackup[]> {
    return listBackups(this.engine.options.files, this.dir);
  }

  /** One of them as callers see it. Refuses with NOT_FOUND. */
  async get(id: string): Promise<Backup> {
    const all = await this.list();
    return backupOf(this.found(all, id), all);
  }

  /** Whether one could be made now: refuses with ALREADY_EXISTS or DISK_FULL. */
  async admit(id: string): Promise<void> {
    const { options, parts } = this.engine;
    await this.pool();
    // A disk that was away may have come back empty.
    await makeDataDirectory(options.files, poolDir(this.dir));
    if (id !== '' && (await readBackup(options.files, this.dir, id))) throw alreadyExists(id);
    const freeBytes = await options.files.freeBytes(this.dir);
    mustFit(parts.state.tableBytes + (await this.newBlobBytes()), freeBytes, parts.disk.freeBytesMin);
  }

  /** Makes a backup and verifies it. Durable when it resolves. Refuses as `admit` does; nothing is left then. */
  make(order: NewBackup): Promise<void> {
    const { engine } = this;
    return this.making.take(async () => {
      order.pace.signal?.throwIfAborted();
      await this.admit(order.id);
      const pool = await this.pool();
      const release = engine.blobs.hold();
      try {
        // What was durable before the hold is applied: no row that is copied names a file that went before it.
        await engine.withApplied(() => undefined);
        const { journal, state } = engine.parts;
        const { files, dir, version, clock } = engine.options;
        const witness = (sequence: number, digest: Uint8Array) => witnessOf(journal, sequence, digest);
        const source = { files, dir, backups: this.dir, state, blobs: engine.store.blobs, pool, witness };
        const { missingBlobs } = await takeBackup(source, {
          ...order,
          serverVersion: version,
          createdAt: clock.wallMs(),
        });
        this.tell(order.id, true);
        if (missingBlobs.length > 0) this.tellMissing(order.id, missingBlobs);
      } catch (error) {
        await this.dropUnnamed(pool);
        throw fullAsRefusal(error);
      } finally {
        release();
      }
    });
  }

  /** Verifies a backup and writes down what was found. Refuses with NOT_FOUND. */
  async verify(id: string, options: VerifyOptions): Promise<Backup> {
    const { files, clock } = this.engine.options;
    const backup = this.found(await this.list(), id);
    const problems = await verifyBackup(files, await this.pool(), backup, options);
    if (problems.length > 0) {
      this.engine.notice({ level: 'error', message: `${formatBackup(id)} is damaged: ${problems.join('; ')}` });
    }
    // Two may have read the same one at once.
    const at = clock.wallMs();
    const written = this.telling.take(() => writeVerification(files, backup.dir, { at, problems }));
    await written.catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw notFound('backup', formatBackup(id));
      throw error;
    });
    return this.get(id);
  }

  /** Deletes a backup for good. Refuses with NOT_FOUND, and with BACKUP_NEEDED (B2). With `validateOnly` it only says whether it would. */
  delete(id: string, validateOnly: boolean): Promise<void> {
    return this.deleting.take(async () => {
      const all = await this.list();
      const backup = this.found(all, id);
      const why = keptBecause(backup, all);
      if (why !== undefined) throw isNeeded(id, why);
      if (!validateOnly) await this.remove(backup);
    });
  }

  /** Marks a backup as a base: from then on nothing deletes it. Refuses with NOT_FOUND if it was deleted meanwhile. */
  markBase(id: string, because: string): Promise<void> {
    return this.deleting.take(async () => {
      const { dir } = this.found(await this.list(), id);
      await writeBase(this.engine.options.files, dir, because);
      this.tell(id, true);
    });
  }

  /** Lets a good backup take the place of a damaged base: marks it, then takes the mark from the other. Refuses with NOT_FOUND. */
  replaceBase(damagedId: string, id: string): Promise<void> {
    return this.deleting.take(async () => {
      const { files } = this.engine.options;
      const all = await this.list();
      const [damaged, good] = [this.found(all, damagedId), this.found(all, id)];
      if (damaged.base === undefined) return;
      if (good.base === undefined) await writeBase(files, good.dir, damaged.base);
      this.tell(id, true);
      await clearBase(files, damaged.dir);
    });
  }

  /** Removes a backup, unless it has come to be needed (B2) or is gone. */
  removeIfFree(id: string): Promise<boolean> {
    return this.deleting.take(async () => {
      const all = await this.list();
      const backup = all.find((each) => each.id === id);
      if (!backup || keptBecause(backup, all) !== undefined) return false;
      await this.remove(backup);
      return true;
    });
  }

  /** Removes a backup that may go. Its blobs go when no backup is being made. */
  private async remove({ id, dir }: KeptBackup): Promise<void> {
    const { files } = this.engine.options;
    const aside = join(this.dir, `${GONE_PREFIX}${id}`);
    await files.removeTree(aside);
    await files.rename(dir, aside);
    await files.syncDirectory(this.dir);
    await files.removeTree(aside);
    this.tell(id, false);
    void this.making.take(async () => this.dropUnnamed(await this.pool()));
  }

  /** Tells of each backup that was made, marked or deleted. */
  onChange(listener: (id: string, isThere: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** The blobs of all backups. */
  pool(): Promise<Blobs> {
    const { files, dir } = this.engine.options;
    // A directory that could not be opened is tried again: its disk may come back.
    this.opened ??= openPlaces(files, dir, this.dir).catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  /** Resolves when nothing is at work there. What runs must have been told to stop. */
  async idle(): Promise<void> {
    await this.making.idle();
    await this.deleting.idle();
    await this.opened?.catch(() => undefined);
  }

  private found(all: readonly KeptBackup[], id: string): KeptBackup {
    const backup = all.find((each) => each.id === id);
    if (!backup) throw notFound('backup', formatBackup(id));
    return backup;
  }

  /** Files that stay too long are no failure: the next round looks again. */
  private async dropUnnamed(pool: Blobs): Promise<void> {
    await dropUnnamed(this.engine.options.files, this.dir, pool).catch((error: Error) =>
      this.engine.notice({
        level: 'warn',
        message: `blobs that no backup names could not be removed: ${error.message}`,
      }),
    );
  }

  private async newBlobBytes(): Promise<number> {
    const pool = await this.pool();
    return this.engine.withSnapshot(async (snapshot) => {
      let bytes = 0;
      for await (const { id, row } of snapshot.scan({ by: 'rows', kind: EntityKind.BLOB, project: '' })) {
        const { references, sizeBytes } = Blob.decode(row.image);
        if (references > 0 && !(await pool.has(id))) bytes += sizeBytes;
      }
      return bytes;
    });
  }

  private tell(id: string, isThere: boolean): void {
    for (const listener of this.listeners) listener(id, isThere);
  }

  private tellMissing(id: string, missing: readonly string[]): void {
    const message = `${formatBackup(id)} lacks ${missing.length} blobs that are damaged or gone: ${missing.slice(0, 5).join(', ')}`;
    this.engine.notice({ level: 'error', message });
  }
}

function alreadyExists(id: string): Refusal {
  const name = formatBackup(id);
  return new Refusal('ALREADY_EXISTS', `${name} exists already: choose another id, or delete it first`, {
    metadata: { name },
    resource: { type: 'backup', name },
  });
}

function isNeeded(id: string, why: string): Refusal {
  const name = formatBackup(id);
  const advice = why === 'it is the last good backup' ? ': make another one first' : '';
  return new Refusal('BACKUP_NEEDED', `${name} stays, because ${why}${advice}`, {
    metadata: { name },
    resource: { type: 'backup', name },
  });
}
