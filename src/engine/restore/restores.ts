/**
 * Restores of a store that is served: what one would do, and the long work that does it.
 *
 * Boundary: the old state is put together beside the work; the swap is done by whoever serves the engine, while it stands still.
 *
 * R1. Whatever goes wrong before the swap leaves the store as it was, and is the operation's error.
 * R2. An operation whose swap did not come about fails at the next start; it is not tried again by itself.
 */
import { formatBackup, parseBackup } from '../../domain/backup-name';
import { Refusal } from '../../domain/refusal';
import { millisecondsOf, timestampOf } from '../../domain/timestamp';
import type { Any } from '../../gen/google/protobuf/any';
import { RestorePlan } from '../../gen/holdfast/v1/backup';
import { RestoreBackupRequest } from '../../gen/holdfast/v1/backup_service';
import { clearIncoming } from '../../storage/incoming';
import { recordsBetween, sharedBy } from '../../storage/journal/lineage';
import { backupsDir } from '../../storage/layout';
import type { Engine } from '../engine';
import { takeIncoming } from '../incoming-use';
import type { LongWork, WorkContext } from '../operations/long-work';
import { differencesOf } from './differences';
import { prepareState } from './prepare';
import type { Prepared } from './prepare';
import { restoredOperation } from './restored-operation';
import { restoreRoom } from './room';
import type { RestoreSource } from './source';
import { newHistoryId, prepareSwap } from './swap';
import { findTarget } from './target';
import type { RestoreAsked, RestoreTarget } from './target';

export const RESTORE_TYPE = 'holdfast.v1.RestoreBackupRequest';
/** The cursor of an operation that has handed the store over. */
const SWAPPING = 'swapping';

export class Restores {
  readonly work: LongWork = { type: RESTORE_TYPE, run: (context) => this.run(context) };

  constructor(private readonly engine: Engine) {}

  /** Where a request leads, as far as that can be said without building the old state. Refuses as RestoreBackup does. */
  async outlook(request: RestoreBackupRequest): Promise<RestorePlan> {
    const source = this.source();
    const target = await findTarget(source, askedOf(request));
    await restoreRoom(source, target, this.engine.parts.disk.freeBytesMin);
    return this.planOf(target, { base: target.bases[0], passedOver: target.passedOver });
  }

  /** What a restore would change: the old state is built aside, compared and removed. Refuses as RestoreBackup does, and with QUOTA. */
  async dryRun(request: RestoreBackupRequest, signal: AbortSignal): Promise<RestorePlan> {
    const { files, dir } = this.engine.options;
    const release = takeIncoming(this.engine, 'a restore, or a dry run of one,');
    try {
      const { plan, prepared } = await this.prepare(request, { signal, onProgress: () => undefined });
      await prepared.state.close();
      return plan;
    } finally {
      // What cannot be removed now is removed at the next start.
      await clearIncoming(files, dir).catch(() => undefined);
      release();
    }
  }

  private async run(context: WorkContext): Promise<Any> {
    const { engine } = this;
    const startMs = performance.now();
    if (context.cursor === SWAPPING) throw notSwapped(engine.options.handedOver?.failure);
    const request = RestoreBackupRequest.decode(context.request);
    const release = takeIncoming(engine, 'a restore');
    try {
      const onProgress = (done: number, total: number): void =>
        context.report({ phase: 'preparing', done, total, unit: 'records' });
      const { plan, prepared, target, history } = await this.prepare(request, { signal: context.signal, onProgress });
      const { state, ...kept } = prepared;
      await state.close();
      const record = await restoredOperation(engine, context.name);
      context.signal.throwIfAborted();
      await context.keep(SWAPPING);
      engine.handOver({
        reason: `a restore to sequence ${target.sequence}`,
        run: async () => {
          await prepareSwap(this.source(), { target, prepared: kept, history, plan, startMs, record });
        },
      });
      return await handedOver(context.signal);
    } finally {
      release();
    }
  }

  private async prepare(
    request: RestoreBackupRequest,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<{ plan: RestorePlan; prepared: Prepared; target: RestoreTarget; history: string }> {
    const startMs = performance.now();
    const { engine } = this;
    const source = this.source();
    const target = await findTarget(source, askedOf(request));
    await restoreRoom(source, target, engine.parts.disk.freeBytesMin);
    await clearIncoming(source.files, source.dir);
    const history = newHistoryId();
    const prepared = await prepareState(source, target, { history, signal, onProgress });
    const restored = prepared.state.snapshot();
    try {
      const plan = await this.planOf(target, prepared);
      plan.replayedRecords = prepared.replayed;
      plan.differences = await engine.withSnapshot((present) => differencesOf(present, restored, signal));
      plan.tookMs = Math.round(performance.now() - startMs);
      return { plan, prepared, target, history };
    } catch (error) {
      await prepared.state.close();
      throw error;
    } finally {
      await restored.close();
    }
  }

  private async planOf(
    { history, sequence, inJournal, lineage }: RestoreTarget,
    { base, passedOver }: Pick<Prepared, 'base' | 'passedOver'>,
  ): Promise<RestorePlan> {
    const { journal } = this.engine.store;
    const head = journal.head().sequence;
    const timeMs = inJournal ? (await journal.record(sequence)).timeMs : (base?.manifest.journalAt ?? 0);
    return {
      ...RestorePlan.create(),
      backup: base === undefined ? '' : formatBackup(base.id),
      passedOver: [...passedOver],
      target: { history, sequence },
      targetTime: timestampOf(timeMs),
      abandoned: { history: journal.history, sequence: head },
      abandonedRecords: recordsBetween(journal.lineage(), sharedBy(journal.lineage(), lineage), head),
      newFirstSequence: head + 1,
      replayedRecords: inJournal ? recordsBetween(journal.lineage(), base?.manifest.sequence ?? 0, sequence) : 0,
    };
  }

  private source(): RestoreSource {
    const { options, store } = this.engine;
    return {
      files: options.files,
      dir: options.dir,
      backups: options.settings?.backups.dir ?? backupsDir(options.dir),
      journal: store.journal,
      wallMs: () => options.clock.wallMs(),
    };
  }
}

/** What a request asks for. Refuses with FIELD_INVALID. */
export function askedOf({ name, target }: RestoreBackupRequest): RestoreAsked {
  const backup = name === '' ? '' : parseBackup(name, 'name');
  if (target?.$case === 'position') return { backup, position: target.value };
  if (target?.$case === 'time') return { backup, timeMs: millisecondsOf(target.value) };
  return { backup };
}

/** The store is stopped now, and with it this work. */
function handedOver(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function notSwapped(failure: string | undefined): Refusal {
  const why = failure === undefined ? 'the server stopped before it' : failure;
  return new Refusal(
    'NOT_RECOVERABLE',
    `the swap did not come about, and the store is as it was: ${why}. Call RestoreBackup again`,
    { metadata: { strategy: '', why } },
  );
}
