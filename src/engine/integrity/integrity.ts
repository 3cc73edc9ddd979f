/**
 * The keeper of integrity: checks that are asked for, the slow reading in the background, and what becomes of damage, wherever it is met.
 *
 * I1. One check or repair of the whole at a time: they would find each other's work.
 * I2. Each row that was put right, or that no source has, is journalled and told.
 */
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { IntegrityLevel, IntegrityReport } from '../../gen/holdfast/v1/system';
import type { IntegrityStatus } from '../../gen/holdfast/v1/system';
import { VerifyIntegrityRequest } from '../../gen/holdfast/v1/system_service';
import type { Any } from '../../gen/google/protobuf/any';
import { indexedOf } from '../../domain/indexed';
import { mendEntries } from '../../storage/state/mend';
import { damagedRequestIn } from '../../storage/state/state';
import type { DamagedRow } from '../../storage/state/state';
import type { ScrubReport } from '../../storage/state/scrub';
import { parseExternal } from '../../storage/state/values';
import { Turns } from '../../storage/state/turns';
import type { Backups } from '../backups/backups';
import type { Engine } from '../engine';
import { anyOf } from '../operations/long-work';
import type { LongWork, WorkContext } from '../operations/long-work';
import { externalKey } from '../../storage/state/keys';
import { Background } from './background';
import type { BackgroundTimes } from './background';
import { BackupRows } from './backup-rows';
import { check } from './check';
import { healRequest } from './heal-request';
import { rowsOf } from './check-relations';
import { Problems } from './problems';
import { repairReport } from './repair-report';
import { rereadWindows } from './reread-windows';
import type { RowBase } from './right-rows';
import { ToldRepairs } from './told-repairs';

export const VERIFY_INTEGRITY_TYPE = 'holdfast.v1.VerifyIntegrityRequest';

/** For how long copies of backups that gave rows are kept open, in milliseconds. */
const BASES_KEPT_MS = 60_000;
/** How long after a row was healed the windows are read anew, in milliseconds. */
const REREAD_MS = 1000;
/** For how long a check that ends in a rebuild leaves its operation to be told of, in milliseconds. */
const LAST_WORDS_MS = 2000;

export class Integrity {
  readonly works: readonly LongWork[];
  private readonly told: ToldRepairs;
  private readonly background: Background;
  private readonly alone = new Turns();
  private readonly stopping = new AbortController();
  /** Opened for rows that are healed where they are read; closed when the last of them is. */
  private readonly rowBases: BackupRows;
  private last: IntegrityReport | undefined;
  private loading: Promise<void> | undefined;
  private closing: NodeJS.Timeout | undefined;
  private rereading: NodeJS.Timeout | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly backups: Backups,
    times?: BackgroundTimes,
  ) {
    this.told = new ToldRepairs(engine);
    this.rowBases = new BackupRows(engine, backups.dir);
    this.background = new Background({ engine, repair: (report) => this.putRight(report) }, times);
    this.works = [{ type: VERIFY_INTEGRITY_TYPE, run: (context) => this.verify(context) }];
    const { healer, guard } = engine.parts;
    healer.help = {
      bases: () => this.openBases(),
      onRepaired: (repaired) => {
        this.told.tell(repaired);
        this.rereadSoon();
      },
      healEntry: (damaged) => this.healEntry(damaged),
    };
    guard.repair = (report) => this.putRight(report);
  }

  status(): IntegrityStatus {
    return {
      last: this.last,
      scrubbedRows: this.background.rows,
      scrubRounds: this.background.rounds,
      repairs: this.told.repairs,
      quarantined: this.told.quarantined,
    };
  }

  /** Begins the reading in the background; not for a store without settings. */
  start(): void {
    this.loading = this.told.load().catch((error: Error) => {
      this.engine.notice({ level: 'warn', message: `which rows are lost could not be read: ${error.message}` });
    });
    if (this.engine.options.settings) this.background.start();
  }

  /** Resolves when nothing of it touches the store any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.background.stop();
    await this.loading;
    await this.alone.idle();
    await this.told.idle();
    clearTimeout(this.closing);
    clearTimeout(this.rereading);
    await this.rowBases.close();
  }

  /** Their copies take room: they go when nobody has asked for a minute. */
  private openBases(): Promise<readonly RowBase[]> {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => void this.rowBases.close(), BASES_KEPT_MS).unref();
    return this.rowBases.open();
  }

  /** A table that is damaged damages many rows: they share one reading. */
  private rereadSoon(): void {
    this.rereading ??= setTimeout(() => {
      this.rereading = undefined;
      rereadWindows(this.engine);
    }, REREAD_MS).unref();
  }

  private async verify(context: WorkContext): Promise<Any> {
    const { level, reportOnly } = VerifyIntegrityRequest.decode(context.request);
    return this.alone.take(async () => {
      const checked = await check({
        ...{ engine: this.engine, backups: this.backups, level: this.levelOf(level), reportOnly },
        signal: AbortSignal.any([context.signal, this.stopping.signal]),
        onProgress: (phase, done, total) => context.report({ phase, done, total, unit: unitOf(phase) }),
        onRepaired: this.told.tell,
        onRepairedBeside: this.told.tellOf,
      });
      this.last = checked.report;
      if (checked.hopeless !== undefined) this.giveUpSoon(checked.hopeless);
      return anyOf('holdfast.v1.IntegrityReport', IntegrityReport.encode(checked.report).finish());
    });
  }

  private levelOf(asked: IntegrityLevel): IntegrityLevel {
    const wanted = asked || this.engine.options.settings?.validationLevel;
    return wanted || IntegrityLevel.STANDARD;
  }

  /** Resolves when every repair so far is journalled. */
  idle(): Promise<void> {
    return this.told.idle();
  }

  /** Puts right what a scrub found; gives the state up if that does not bring it back. */
  putRight(report: ScrubReport): Promise<void> {
    return this.alone.take(async () => {
      const isWhole = report.sequence > 0;
      if (isWhole) this.told.keepOnly(report.damaged);
      if (report.sound) return;
      const { engine, backups } = this;
      const problems = new Problems();
      const { tell: onRepaired, tellOf: onRepairedBeside } = this.told;
      const { signal } = this.stopping;
      const run = { engine, backupsDir: backups.dir, signal, onRepaired, onRepairedBeside };
      const hopeless = await repairReport(run, report, problems);
      const words = problems.named.map(({ name, problem, remedy }) => `${name}: ${problem}; ${remedy}`);
      const more = problems.count > words.length ? ` and ${problems.count - words.length} more` : '';
      engine.notice({ level: 'warn', message: `the state was damaged: ${words.slice(0, 10).join('. ')}${more}` });
      if (hopeless !== undefined) await engine.parts.guard.giveUp(hopeless);
    });
  }

  /** Whoever asked for the check hears of it before the server stops. */
  private giveUpSoon(why: string): void {
    const timer = setTimeout(() => void this.engine.parts.guard.giveUp(why).catch(() => undefined), LAST_WORDS_MS);
    this.stopping.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    // A server that is stopped before that must rebuild all the same.
    void this.engine.store.state.distrust(why).catch(() => undefined);
  }

  private async healEntry(damaged: DamagedRow): Promise<boolean> {
    const requestId = damagedRequestIn(damaged);
    if (requestId === undefined) return this.healExternal(damaged);
    const { state, journal } = this.engine.store;
    const parts = { state, journal, signal: this.stopping.signal, bases: () => this.openBases() };
    const healed = await healRequest(parts, damaged.project, requestId);
    if (healed) this.told.tellOf(`requests/${requestId.toString('hex')}`, 'its entry failed its checksum');
    return healed;
  }

  /** An external id's entry that fails its checksum: its task is looked for, some seconds for a million. */
  private async healExternal({ project, id }: DamagedRow): Promise<boolean> {
    if (!id.startsWith(EXTERNAL)) return false;
    const externalId = id.slice(EXTERNAL.length);
    const { state } = this.engine.store;
    const watch = { nowMs: 0, signal: this.stopping.signal, onRows: () => undefined };
    const owner = await state.atMoment(async (moment) => {
      for await (const row of rowsOf(moment, watch)) {
        if (row.kind > EntityKind.TASK) return undefined;
        if (row.kind === EntityKind.TASK && row.project === project && indexedOf(row.image).externalId === externalId)
          return row;
      }
      return undefined;
    });
    await state.mend(async (mend) => {
      // Written over, not taken out first: whoever looks meanwhile must not find that nobody has the id.
      if (owner) await mendEntries(mend, [owner], []);
      const key = Buffer.from(externalKey(project, externalId));
      const value = mend.store.get(key);
      if (value === undefined || parseExternal(key, value) !== undefined) return;
      const batch = mend.store.array();
      batch.del(key);
      await batch.write();
    });
    const message = `the entry of the external id ${externalId} in ${project} failed its checksum; put right from the rows`;
    this.engine.notice({ level: 'warn', message });
    return true;
  }
}

const EXTERNAL = 'external:';

function unitOf(phase: string): string {
  if (phase === 'journal') return 'sequences';
  return phase === 'blobs' || phase === 'backups' ? phase : 'rows';
}
