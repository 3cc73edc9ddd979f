/**
 * A second place for everything that the store rests on: journal, blobs and backups, in the layout of a data directory.
 *
 * I1. It follows within a second or two, and never holds anybody up: a mirror that fails is told, remembered as `lastFailure`, and tried
 *     again.
 * I2. The bytes that a record names are in the mirror before the record is.
 * I3. A backup is in the mirror only after the journal up to its sequence is: the mirror's journal never ends below a witness of its own.
 * I4. After a restore the journal that was mirrored is put aside in the mirror, and the new one copied. A mirror of another store is left
 *     alone.
 * I5. A segment goes from the mirror only when a good copy of every base is there, and one of them holds it. The journal itself keeps what the mirror has not yet, for a day, and
 *     while its disk has room.
 */
import { recordsBetween } from '../../storage/journal/lineage';
import { join } from 'node:path';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { listBackups, NEW_PREFIX, poolDir, isGood } from '../../storage/backup/catalogue';
import { copyBackup } from '../../storage/backup/copy-backup';
import { JournalMirror, MirrorRefused, mirroredHistory } from '../../storage/backup/journal-mirror';
import type { Untrimmed } from '../../storage/backup/journal-mirror';
import { writeBase } from '../../storage/backup/marks';
import { Pace } from '../../storage/backup/pace';
import { copyBlob, dropUnnamed } from '../../storage/backup/pool';
import { BlobCorruption, BlobMissing, Blobs } from '../../storage/blobs/blobs';
import { archiveDir, backupsDir, blobsDir, journalDir } from '../../storage/layout';
import { makeDataDirectory } from '../data-directory';
import type { Engine } from '../engine';
import { DISK_LOW_FACTOR } from '../health/thresholds';
import type { Backups } from './backups';
import { isAncestor } from './debt';

/** From the end of a round to the next, in milliseconds; twice as long after each failure. */
const ROUND_MS = 1000;
const ROUND_MAX_MS = 60_000;
/** How often backups are looked at, in milliseconds. */
const BACKUPS_MS = 10_000;
/** How long a trim waits for a mirror that does not follow, in milliseconds: a day. */
const HOLD_MS = 24 * 3_600_000;
/** How long a stop waits for a round: a disk that hangs must not keep the server from stopping. In milliseconds. */
const STOP_MS = 3000;

/** The places of a mirror. */
interface Places {
  readonly journal: JournalMirror;
  readonly blobs: Blobs;
  readonly backups: string;
  readonly pool: Blobs;
}

export class Mirror {
  /** Why the last round failed; empty if it did not. */
  lastFailure = '';
  /** The last sequence in it, as far as it was looked at; 0 before the first round. */
  sequence = 0;
  private readonly come = new Set<string>();
  private readonly gone = new Set<string>();
  /** Ids of backups that were deleted. */
  private readonly deleted = new Set<string>();
  private readonly stopping = new AbortController();
  private places: Places | undefined;
  private failures = 0;
  /** When the journal was last copied as far as it reached, or this began, by the monotonic clock in milliseconds. */
  private followedMs: number;
  private backupsMs = -Infinity;
  /** Whether its last trim waits for a base. */
  private isHeld = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    private readonly backups: Backups,
    private readonly dir: string,
  ) {
    this.followedMs = engine.options.clock.monotonicMs();
    engine.blobs.onChange((digest, isThere) => {
      (isThere ? this.come : this.gone).add(digest);
      (isThere ? this.gone : this.come).delete(digest);
    });
    backups.onChange((id, isThere) => {
      if (!isThere) this.deleted.add(id);
      this.backupsMs = -Infinity;
    });
  }

  /** How far it is behind, in records. */
  get lag(): number {
    return recordsBetween(this.engine.parts.journal.lineage(), this.sequence, this.engine.status.durable);
  }

  /** The sequence above which a trim keeps everything, because the mirror does not have it yet; undefined if it need not wait for the mirror any more:
   *  one that has not followed for a day must not fill the disk (I5). */
  async keepsAbove(): Promise<number | undefined> {
    const { files, dir, clock } = this.engine.options;
    if (clock.monotonicMs() - this.followedMs > HOLD_MS) return undefined;
    const freeBytes = await files.freeBytes(dir);
    return freeBytes < DISK_LOW_FACTOR * this.engine.parts.disk.freeBytesMin ? undefined : this.sequence;
  }

  start(): void {
    this.next(0);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.stopping.abort();
    let bound: NodeJS.Timeout | undefined;
    await Promise.race([this.running, new Promise((resolve) => (bound = setTimeout(resolve, STOP_MS)))]);
    clearTimeout(bound);
  }

  /** Copies what is new. Rejects with what went wrong. One at a time. */
  async round(): Promise<void> {
    const { files } = this.engine.options;
    const pace = new Pace(this.backups.bytesPerSecond, this.stopping.signal);
    const head = this.engine.status.durable;
    this.places ??= await this.open();
    const { journal, blobs } = this.places;
    for (const digest of this.come) await this.copyBlob(blobs, digest, pace);
    const untrimmed = await journal.untrimmed();
    const isDue = (untrimmed !== undefined && !this.isHeld) || performance.now() - this.backupsMs >= BACKUPS_MS;
    // What changes from here on is for the next round.
    if (isDue) this.backupsMs = performance.now();
    // Listed before the journal is copied, and copied after it (I3).
    const listed = isDue ? await this.backups.list() : [];
    await journal.round(head, pace);
    this.sequence = journal.sequence;
    this.followedMs = this.engine.options.clock.monotonicMs();
    for (const digest of this.gone) {
      await blobs.remove(digest);
      this.gone.delete(digest);
    }
    if (!isDue) return;
    const pools = { from: await this.backups.pool(), to: this.places.pool };
    const there = new Map((await listBackups(files, this.places.backups)).map((each) => [each.id, each]));
    for (const backup of listed) {
      const copy = there.get(backup.id);
      // One that became a base since it was copied: a store that is put together from the mirror must not delete it.
      if (copy && copy.base === undefined && backup.base !== undefined) await writeBase(files, copy.dir, backup.base);
      if (copy || !isGood(backup) || backup.manifest.sequence > this.sequence) continue;
      await copyBackup(files, backup, pools, this.places.backups, pace);
    }
    if (untrimmed) await this.trim(untrimmed, this.places);
    await this.dropDeleted(this.places);
  }

  /** I5. The bases are listed anew: copying takes its time, and a trim of the journal may have chosen another one since. A base that is damaged counts
   *  as well: the mirror may have the last whole copy of what it held. */
  private async trim(untrimmed: Untrimmed, { journal, backups }: Places): Promise<void> {
    const bases = (await this.backups.list()).filter(({ base }) => base !== undefined);
    const copies = (await listBackups(this.engine.options.files, backups))
      .filter(isGood)
      .filter(({ base }) => base !== undefined);
    const lineage = this.engine.parts.journal.lineage();
    const floor = (untrimmed.sequence ?? 0) - 1;
    const isUnder = copies.some(
      (copy) => isAncestor(copy, lineage) && recordsBetween(lineage, copy.manifest.sequence, floor) === 0,
    );
    this.isHeld = !isUnder || !bases.every(({ id }) => copies.some((copy) => copy.id === id));
    if (!this.isHeld) await journal.trim(untrimmed);
  }

  private next(afterMs: number): void {
    if (this.stopping.signal.aborted) return;
    this.timer = setTimeout(() => void (this.running = this.attempt()), afterMs).unref();
  }

  /** I1. */
  private async attempt(): Promise<void> {
    try {
      await this.round();
      if (this.failures > 0) this.engine.notice({ level: 'info', message: 'the mirror follows again' });
      this.failures = 0;
      this.lastFailure = '';
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      const { message } = error as Error;
      if (message !== this.lastFailure) {
        this.engine.notice({ level: 'error', message: `the mirror does not follow: ${message}; it is tried again` });
      }
      this.lastFailure = message;
      this.failures += 1;
      // What was known of a disk that fails may be wrong: it is looked at again.
      this.places = undefined;
    }
    this.next(Math.min(ROUND_MS * 2 ** this.failures, ROUND_MAX_MS));
  }

  private async open(): Promise<Places> {
    const { files, dir } = this.engine.options;
    const [journalAt, backups] = [journalDir(this.dir), backupsDir(this.dir)];
    await makeDataDirectory(files, journalAt);
    await makeDataDirectory(files, backups);
    await this.putAside(journalAt);
    for (const name of await files.list(backups)) {
      if (name.startsWith(NEW_PREFIX)) await files.removeTree(join(backups, name));
    }
    const journal = new JournalMirror(files, journalDir(dir), journalAt);
    const blobs = await Blobs.open(files, blobsDir(this.dir));
    const pool = await Blobs.open(files, poolDir(backups));
    await this.compareBlobs(blobs);
    this.backupsMs = -Infinity;
    return { journal, blobs, backups, pool };
  }

  /** I4. */
  private async putAside(journalAt: string): Promise<void> {
    const { files } = this.engine.options;
    const history = await mirroredHistory(files, journalAt);
    if (history === undefined || history === this.engine.history) return;
    if (!this.engine.parts.journal.lineage().some((span) => span.history === history)) {
      throw new MirrorRefused(`${this.dir} is the mirror of another store, of history ${history}`);
    }
    const archive = archiveDir(this.dir);
    await files.makeDirectory(archive);
    await files.syncDirectory(this.dir);
    const aside = join(archive, `${history}-until-${this.engine.history}`);
    await files.rename(journalAt, aside);
    await files.syncDirectory(archive);
    await makeDataDirectory(files, journalAt);
    await files.syncDirectory(this.dir);
    this.engine.notice({ level: 'warn', message: `the mirror of the journal that a restore left is kept as ${aside}` });
  }

  /** All live blobs, once: what came and went while nobody listened. */
  private async compareBlobs(mirrored: Blobs): Promise<void> {
    const live = new Set<string>();
    for await (const digest of this.engine.store.blobs.list()) {
      live.add(digest);
      if (!(await mirrored.has(digest))) this.come.add(digest);
    }
    for await (const digest of mirrored.list()) {
      if (!live.has(digest) && !this.engine.readNow(EntityKind.BLOB, '', digest)) this.gone.add(digest);
    }
  }

  private async copyBlob(blobs: Blobs, digest: string, pace: Pace): Promise<void> {
    try {
      await copyBlob(this.engine.store.blobs, blobs, digest, pace);
    } catch (error) {
      // One that is missing has gone meanwhile, or is lost, as a damaged one is: its owner is told when it is read, and the rest goes on.
      if (!(error instanceof BlobMissing || error instanceof BlobCorruption)) throw error;
    }
    this.come.delete(digest);
  }

  /** Backups that were deleted go in the mirror as well, and their blobs. What merely vanished stays here: that is what a mirror is for. */
  private async dropDeleted({ backups, pool }: Places): Promise<void> {
    const { files } = this.engine.options;
    for (const id of this.deleted) {
      await files.removeTree(join(backups, id));
      await dropUnnamed(files, backups, pool);
      this.deleted.delete(id);
    }
  }
}
