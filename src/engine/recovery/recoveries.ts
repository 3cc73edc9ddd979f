/**
 * Recoveries of a store that is served: what each strategy would cost, the long work that does one, and the report of the last.
 *
 * Boundary: a new state is built in `incoming` beside the work; it takes the present one's place while nobody has the store.
 *
 * R1. Whatever goes wrong before the swap leaves the store as it is, and is the operation's error.
 * R2. Nothing that is durable is given up: behind the swap the state is applied up to the journal's head, and its digest is the journal's.
 * R3. The report is in a file before anything is served again; what it says is journalled and told after the start.
 */
import { basename, join } from 'node:path';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { NO_PROJECT } from '../../domain/operation';
import { Refusal } from '../../domain/refusal';
import type { Any } from '../../gen/google/protobuf/any';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { RecoveryReport, RecoveryStrategy } from '../../gen/holdfast/v1/recovery';
import type { RecoveryOutlook } from '../../gen/holdfast/v1/recovery';
import { RecoverRequest } from '../../gen/holdfast/v1/recovery_service';
import { clearIncoming, declareReady } from '../../storage/incoming';
import { openFileJournal } from '../../storage/journal/open-journal';
import { capsuleFile, incomingDir, journalDir } from '../../storage/layout';
import { readReport, writeReport } from '../../storage/recovery-report';
import { openState } from '../../storage/state/open-state';
import type { StateOptions } from '../../storage/state/open-state';
import { lockDirectory } from '../../storage/state/process-lock';
import type { Engine } from '../engine';
import { takeIncoming } from '../incoming-use';
import { anyOf } from '../operations/long-work';
import type { LongWork, WorkContext } from '../operations/long-work';
import { replay } from '../replay';
import { candidates } from './bases';
import { bringBack, NotRecovered, recoveryFacts } from './bring-back';
import type { RecoveryMeans } from './bring-back';
import { mendOnline } from './mend-online';
import { meansOf } from './start-recovery';
import { nextStart, recoveryOutlook, STRATEGY_NAMES } from './strategy';

export const RECOVER_TYPE = 'holdfast.v1.RecoverRequest';
const REPORT_TYPE = 'holdfast.v1.RecoveryReport';
/** The cursor of an operation that has handed the store over. */
const SWAPPING = 'swapping';
/** Rows that a state in the making keeps in memory: nobody reads them twice. */
const CACHE_ROWS = 1000;

const { WARM, EMERGENCY } = RecoveryStrategy;

export class Recoveries {
  readonly work: LongWork = { type: RECOVER_TYPE, run: (context) => this.run(context) };
  private telling: Promise<void> = Promise.resolve();

  constructor(private readonly engine: Engine) {
    engine.parts.guard.outlook = async () => nextStart(await this.outlook());
  }

  /** Tells of a recovery that this start, or the swap before it, was. */
  start(): void {
    const { onNotice } = this.engine.options;
    this.telling = this.tell().catch((fault: Error) =>
      onNotice?.({ level: 'warn', message: `the report of the recovery could not be journalled: ${fault.message}` }),
    );
  }

  stop(): Promise<void> {
    return this.telling;
  }

  /** The report of the last recovery; undefined if there was none. */
  async report(): Promise<RecoveryReport | undefined> {
    const row = await this.engine.read(EntityKind.RECOVERY, NO_PROJECT, '');
    const kept = await readReport(this.engine.options.files, this.engine.options.dir);
    const told = row && RecoveryReport.decode(row.image);
    return kept && isNewer(kept, told) ? kept : told;
  }

  /** What each strategy would cost now. */
  async outlook(): Promise<RecoveryOutlook[]> {
    const means = this.means(this.engine.options.dir, undefined);
    const found = await candidates(means.files, means.backupsDir!, means.journal);
    const { dir } = this.engine.options;
    const hasCapsule = (await means.files.list(dir)).includes(basename(capsuleFile(dir)));
    return recoveryOutlook({ ...(await recoveryFacts(means, found)), hasCapsule });
  }

  /** Refuses with NOT_RECOVERABLE when the strategy cannot succeed. */
  async admit(strategy: RecoveryStrategy): Promise<void> {
    const found = (await this.outlook()).find((each) => each.strategy === strategy);
    if (found && !found.possible && strategy !== EMERGENCY) throw notRecoverable(strategy, found.detail);
  }

  private async run(context: WorkContext): Promise<Any> {
    const { engine } = this;
    if (context.cursor.startsWith(SWAPPING)) return this.swapped(context);
    const { strategy } = RecoverRequest.decode(context.request);
    if (strategy === EMERGENCY) return this.emergency(context);
    const release = takeIncoming(engine, 'a recovery');
    try {
      if (strategy === WARM) {
        const report = await mendOnline(engine, context);
        await this.complete(report);
        return anyOf(REPORT_TYPE, RecoveryReport.encode(report).finish());
      }
      return await this.rebuild(context, strategy);
    } finally {
      release();
    }
  }

  /** HOT, COLD and AUTO: a state of their own, beside the work. */
  private async rebuild(context: WorkContext, strategy: RecoveryStrategy): Promise<Any> {
    const { engine } = this;
    const { files, dir } = engine.options;
    await clearIncoming(files, dir);
    await this.makeRoom();
    const means = this.means(incomingDir(dir), context);
    let report: RecoveryReport;
    try {
      const built = await bringBack(means, strategy, 'requested');
      ({ report } = built);
      await built.state.close();
    } catch (error) {
      await clearIncoming(files, dir);
      if (error instanceof NotRecovered) throw notRecoverable(strategy, error.message);
      throw error;
    }
    context.signal.throwIfAborted();
    await context.keep(`${SWAPPING} ${report.startTime!.seconds}.${report.startTime!.nanos}`);
    engine.handOver({
      reason: `a ${STRATEGY_NAMES[report.attempts.at(-1)!.strategy]} recovery`,
      run: () => this.swap(means.state, report),
    });
    return whenStopped(context.signal);
  }

  /** R2, R3. Nobody has the store. */
  private async swap(options: StateOptions, report: RecoveryReport): Promise<void> {
    const { files, dir, segmentBytesMax } = this.engine.options;
    const lock = await lockDirectory(dir);
    try {
      const { journal } = await openFileJournal({ files, dir: journalDir(dir), witnesses: [], segmentBytesMax });
      let reached: RecoveryReport['reached'];
      try {
        const { state } = await openState(options);
        try {
          await replay(journal, state, () => undefined);
          await state.checkpoint(journal.head().chain);
        } finally {
          await state.close();
        }
        reached = { history: journal.history, sequence: journal.head().sequence };
      } finally {
        await journal.close(true);
      }
      await declareReady(files, dir, { archive: 'recovery', kept: [] });
      // Only now: a report of what did not come about would be taken for the operation's success.
      await writeReport(files, dir, { ...report, reached });
    } finally {
      await lock.release();
    }
  }

  /** The operation's second life, behind the swap. */
  private async swapped({ cursor }: WorkContext): Promise<Any> {
    const { options } = this.engine;
    const failure = options.handedOver?.failure;
    // An EMERGENCY recovery is what this start did, and nothing that an earlier one left.
    const report =
      cursor === SWAPPING ? this.engine.store.found.state.report : await readReport(options.files, options.dir);
    const { seconds, nanos } = report?.startTime ?? { seconds: 0, nanos: 0 };
    const isOurs = cursor === `${SWAPPING} ${seconds}.${nanos}` || cursor === SWAPPING;
    if (failure !== undefined || !report || !isOurs) {
      throw notRecoverable(
        RecoveryStrategy.UNSPECIFIED,
        failure ?? 'the server stopped before the swap; the store is as it was',
      );
    }
    return anyOf(REPORT_TYPE, RecoveryReport.encode(report).finish());
  }

  /** COLD at the next start, while the capsule is served. */
  private async emergency(context: WorkContext): Promise<Any> {
    await context.keep(SWAPPING);
    const rebuild = 'an EMERGENCY recovery was requested';
    this.engine.handOver({ reason: rebuild, rebuild, run: () => Promise.resolve() });
    return whenStopped(context.signal);
  }

  /** Refuses with DISK_FULL unless a second state fits beside the first and what is kept free. */
  private async makeRoom(): Promise<void> {
    const { files, dir } = this.engine.options;
    const needed = 2 * this.engine.store.state.tableBytes + ROOM_BYTES_MIN;
    const free = await files.freeBytes(dir);
    if (free >= needed) return;
    throw new Refusal('DISK_FULL', `a recovery needs ${needed} bytes free on the disk, and there are ${free}`);
  }

  private means(stateParent: string, context: WorkContext | undefined): RecoveryMeans {
    const { options, store, history, notice } = this.engine;
    const state = { dir: join(stateParent, 'state'), files: options.files, history, cache: { entries: CACHE_ROWS } };
    const means = meansOf(options, state, store.journal, (said) => {
      notice(said);
      context?.report({ phase: said.message.slice(0, 100), done: 0, total: 0, unit: 'records' });
    });
    return { ...means, signal: context?.signal };
  }

  /** The report of this start, or of the swap before it, as a row: once. */
  private async tell(): Promise<void> {
    const { options, store } = this.engine;
    const report = store.found.state.report ?? (await readReport(options.files, options.dir));
    if (!report) return;
    const row = await this.engine.read(EntityKind.RECOVERY, NO_PROJECT, '');
    if (isNewer(report, row && RecoveryReport.decode(row.image))) await this.complete(report);
  }

  private async complete(report: RecoveryReport): Promise<void> {
    await this.engine.execute({
      kind: 'completeRecovery',
      request: report,
      caller: { principal: PRINCIPAL_SYSTEM, session: '', sessionToken: '' },
      validateOnly: false,
    });
  }
}

/** What a state takes at least, in bytes, besides its tables. */
const ROOM_BYTES_MIN = 64 * 1024 * 1024;

function isNewer(report: RecoveryReport, than: RecoveryReport | undefined): boolean {
  const at = (each: RecoveryReport): number => (each.endTime?.seconds ?? 0) * 1e9 + (each.endTime?.nanos ?? 0);
  return than === undefined || at(report) > at(than);
}

function notRecoverable(strategy: RecoveryStrategy, why: string): Refusal {
  const name = STRATEGY_NAMES[strategy];
  return new Refusal('NOT_RECOVERABLE', `${name} cannot bring the state back: ${why}`, {
    metadata: { strategy: name, why },
  });
}

/** The store is stopped now, and with it this work. */
function whenStopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(signal.reason as Error);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
