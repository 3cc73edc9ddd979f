/**
 * Kept backups are read again by themselves, so that rot is found before a backup is needed.
 *
 * K1. Each backup is verified anew when its last verification is older than the interval, the oldest verification first, one at a time. It is an
 *     operation of the server's own: journalled, written down beside the backup, and gone on with after a restart.
 * K2. One that was damaged is read again as well: a blob that the pool has anew, or a disk that reads again, makes it good.
 * K3. A base that is damaged gives its place to a good backup that holds what the trimmed journal stands on, as soon as there is one. Until then
 *     it stays what it is. One that could not take it is tried again an hour later, and keeps no other look from what is due.
 */
import { formatBackup } from '../../domain/backup-name';
import { VerifyBackupRequest } from '../../gen/holdfast/v1/backup_service';
import { isGood } from '../../storage/backup/catalogue';
import type { KeptBackup } from '../../storage/backup/catalogue';
import { Pace } from '../../storage/backup/pace';
import type { Engine } from '../engine';
import { VERIFY_TYPE } from './backup-works';
import type { Backups } from './backups';
import { isAncestor } from './debt';
import { beginOwn } from './own-work';
import type { WorkRunner } from './own-work';

/** How often it looks, in milliseconds. */
const LOOK_MS = 60_000;
/** When a verification that did not come to an end is begun again, in milliseconds. */
const RETRY_MS = 3_600_000;

export class Rechecks {
  /** When a verification of a backup was begun last, by the monotonic clock in milliseconds. */
  private readonly begun = new Map<string, number>();
  /** When a backup was last tried in the place of a base, by the same clock. */
  private readonly tried = new Map<string, number>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private lastFailure = '';

  constructor(
    private readonly engine: Engine,
    private readonly backups: Backups,
    private readonly runner: () => WorkRunner | undefined,
  ) {}

  /** Looks each minute from now on; not for a store without settings. */
  start(): void {
    if (this.engine.options.settings) this.timer = setInterval(() => void this.tick(), LOOK_MS).unref();
  }

  /** Resolves when no look is under way. A verification belongs to its operation. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.timer);
    await this.round;
  }

  /** Looks whether one is due. Resolves when its operation has begun, not when it has ended. */
  tick(): Promise<void> {
    this.round ??= this.look()
      .then(() => (this.lastFailure = ''))
      .catch((error: Error) => {
        if (this.stopping.signal.aborted || error.message === this.lastFailure) return;
        this.lastFailure = error.message;
        const message = `backups could not be looked at: ${error.message}; it is tried again`;
        this.engine.notice({ level: 'warn', message });
      })
      .then(() => (this.round = undefined));
    return this.round;
  }

  private async look(): Promise<void> {
    const { engine } = this;
    const runner = this.runner();
    const { halted, draining } = engine.status;
    if (!runner || this.stopping.signal.aborted || halted !== undefined || draining) return;
    const all = await this.backups.list();
    for (const base of all.filter((each) => each.base !== undefined && !isGood(each))) await this.replace(base, all);
    if (runner.isRunning(VERIFY_TYPE)) return;
    // Listed anew: what was read to take a base's place is not read again.
    const due = this.due(await this.backups.list());
    if (!due) return;
    this.begun.set(due.id, engine.options.clock.monotonicMs());
    const request = VerifyBackupRequest.fromPartial({ name: formatBackup(due.id) });
    await beginOwn(engine, runner, VERIFY_TYPE, VerifyBackupRequest.encode(request).finish(), 'bytes');
  }

  /** K1, K2. One whose manifest is damaged has nothing to be held against. */
  private due(all: readonly KeptBackup[]): KeptBackup | undefined {
    const { clock, settings } = this.engine.options;
    const [nowMs, wallMs] = [clock.monotonicMs(), clock.wallMs()];
    const intervalMs = settings?.backups.verifyIntervalMs ?? Infinity;
    // A verification from the future: the clock was set back. Its age is not known, so it counts as old.
    const isOld = ({ verifiedAt }: KeptBackup): boolean => verifiedAt > wallMs || wallMs - verifiedAt >= intervalMs;
    const isTried = ({ id }: KeptBackup): boolean => isRecent(this.begun, id, nowMs);
    return all
      .filter((each) => each.manifest !== undefined && isOld(each) && !isTried(each))
      .reduce<KeptBackup | undefined>(
        (old, each) => (old && old.verifiedAt <= each.verifiedAt ? old : each),
        undefined,
      );
  }

  /** K3. The oldest good one that will do is read whole first: a mark must not go to one that has rotted, too. */
  private async replace(damaged: KeptBackup, all: readonly KeptBackup[]): Promise<void> {
    const { journal } = this.engine.parts;
    const lineage = journal.lineage();
    const fit = all
      .filter(isGood)
      .filter((each) => isAncestor(each, lineage) && each.manifest.sequence >= journal.floor())
      .reverse();
    for (const { id } of fit) {
      const nowMs = this.engine.options.clock.monotonicMs();
      const pair = `${damaged.id} ${id}`;
      if (isRecent(this.tried, pair, nowMs)) continue;
      this.tried.set(pair, nowMs);
      if (await this.replaced(damaged.id, id)) return;
    }
  }

  /** Whether the one is the base in place of the other now. A failure is told: it is no reason to leave out the rest of the look. */
  private async replaced(damagedId: string, id: string): Promise<boolean> {
    const [damaged, good] = [formatBackup(damagedId), formatBackup(id)];
    try {
      const pace = new Pace(this.backups.bytesPerSecond, this.stopping.signal);
      await this.backups.verify(id, { pace, deep: false });
      const found = (await this.backups.list()).find((each) => each.id === id);
      if (!found || !isGood(found)) return false;
      await this.backups.replaceBase(damagedId, id);
      const message = `${damaged} is damaged: ${good} is the base of the journal in its place`;
      this.engine.notice({ level: 'warn', message });
      return true;
    } catch (error) {
      if (this.stopping.signal.aborted) throw error;
      const why = (error as Error).message;
      const message = `${damaged} is damaged, and ${good} could not take its place: ${why}; it is tried again`;
      this.engine.notice({ level: 'error', message });
      return false;
    }
  }
}

function isRecent(times: ReadonlyMap<string, number>, of: string, nowMs: number): boolean {
  return nowMs - (times.get(of) ?? -Infinity) < RETRY_MS;
}
