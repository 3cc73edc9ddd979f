/**
 * Rows out of backups, for rows that the journal no longer has.
 *
 * Boundary: one backup's state is opened beside the backups, from a copy that is checked byte by byte; the backup itself is only read.
 *
 * K1. Only backups that the journal continues are asked: of its histories, with its chain, newest first, two at most.
 * K2. A copy lives until `close`, and what a crash leaves of one goes when copies are made again. Their names are their own: whoever clears away
 *     what is left of a backup in the making leaves them alone.
 */
import { join } from 'node:path';
import { RecoverySource } from '../../gen/holdfast/v1/recovery';
import { bucketOfRow } from '../../storage/state/bucket-contents';
import type { RowName } from '../../storage/state/keys';
import type { LevelState } from '../../storage/state/level-state';
import { openState } from '../../storage/state/open-state';
import { DamagedRow, StateUnusable } from '../../storage/state/state';
import type { Engine } from '../engine';
import { candidates, copyBase } from '../recovery/bases';
import { rowsOf } from './check-relations';
import { requestsOf } from './repair-requests';
import type { BaseRow, RequestEntry, RowBase } from './right-rows';

/** What the names of copies begin with; backups' names begin with a letter. */
const COPY_PREFIX = '.rows-';
/** Backups that are opened at most: each is a copy on the disk. */
const BASES_MAX = 2;
/** Entries of request ids that are handed over at a time. */
const REQUESTS_AT_ONCE = 500;

export class BackupRows {
  private opening: Promise<readonly OpenBase[]> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly backupsDir: string,
  ) {}

  /** The bases there are, newest first; opened once until `close`. */
  open(): Promise<readonly RowBase[]> {
    return (this.opening ??= this.openAll());
  }

  /** Closes them and removes their copies. */
  async close(): Promise<void> {
    const { opening } = this;
    this.opening = undefined;
    const { files } = this.engine.options;
    for (const base of await (opening ?? [])) {
      await base.state.close().finally(() => files.removeTree(base.at));
    }
  }

  private async openAll(): Promise<readonly OpenBase[]> {
    const { engine, backupsDir } = this;
    const { files } = engine.options;
    const bases: OpenBase[] = [];
    for (const name of await files.list(backupsDir).catch(noNames)) {
      if (name.startsWith(COPY_PREFIX)) await files.removeTree(join(backupsDir, name));
    }
    for (const { name, backup } of await candidates(files, backupsDir, engine.store.journal)) {
      if (!backup || bases.length === BASES_MAX) continue;
      const at = join(backupsDir, `${COPY_PREFIX}${backup.id}`);
      try {
        await copyBase(files, backup, engine.history, at);
        const { state } = await openState({ dir: at, files, history: engine.history, verifyBytes: 0 });
        bases.push(new OpenBase(name, state, at));
      } catch (error) {
        await files.removeTree(at);
        if (!(error instanceof StateUnusable)) throw error;
        engine.notice({ level: 'warn', message: `${name} gives no rows: ${error.message}` });
      }
    }
    return bases;
  }
}

class OpenBase implements RowBase {
  readonly source = RecoverySource.BACKUP;

  constructor(
    readonly name: string,
    readonly state: LevelState,
    readonly at: string,
  ) {}

  get sequence(): number {
    return this.state.applied;
  }

  row({ kind, project, id }: RowName): Promise<BaseRow | 'damaged' | undefined> {
    try {
      return Promise.resolve(this.state.row(kind, project, id));
    } catch (error) {
      if (error instanceof DamagedRow) return Promise.resolve('damaged');
      throw error;
    }
  }

  requests(days: ReadonlySet<number>, take: (entries: readonly RequestEntry[]) => Promise<void>): Promise<void> {
    return this.state.atMoment(async ({ store, snapshot }) => {
      let entries: RequestEntry[] = [];
      for await (const [key, value] of requestsOf(store, snapshot, days, new AbortController().signal)) {
        entries.push([Buffer.from(key), Buffer.from(value)]);
        if (entries.length < REQUESTS_AT_ONCE) continue;
        await take(entries);
        entries = [];
      }
      await take(entries);
    });
  }

  names(buckets: ReadonlySet<number>): Promise<readonly RowName[]> {
    const watch = { nowMs: 0, signal: new AbortController().signal, onRows: () => undefined };
    return this.state.atMoment(async (moment) => {
      const names: RowName[] = [];
      for await (const { kind, project, id } of rowsOf(moment, watch)) {
        if (buckets.has(bucketOfRow({ kind, project, id }))) names.push({ kind, project, id });
      }
      return names;
    });
  }
}

/** Without a directory there are no backups either. */
function noNames(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
