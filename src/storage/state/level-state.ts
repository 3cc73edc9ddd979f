/**
 * The state in LevelDB: the `State` port.
 *
 * S1 to S3 are the port's. And:
 *
 * S4. Tallies, digest, request sums, cache and `applied` move together, right after LevelDB took the batch, in one turn of
 *     the event loop: whatever is read without waiting in between belongs together.
 * S5. Records at or below `applied` are left out: applied twice is applied once.
 * S6. `apply` and `heal` take turns; a checkpoint and reads go on beside them.
 * S7. After a failed write nothing more is written. Reads go on.
 */
import type { Row } from '../../domain/view';
import type { Change, Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { Checkpointer } from './checkpointer';
import type { BucketDigest } from './digest';
import type { Effect } from './effect';
import type { FrozenState } from './frozen-state';
import { healRow } from './heal';
import * as keys from './keys';
import { LevelSnapshot } from './level-snapshot';
import type { OnStaleEntry } from './level-snapshot';
import { tableName } from './level-files';
import type { LevelStore, WriteBatch } from './level-store';
import type { MendParts, StateMoment } from './mend';
import { dropRequestsBefore } from './old-requests';
import type { NewestFirst } from './newest-first';
import { pourRows } from './pour';
import { RequestSums } from './request-sums';
import type { RowCache } from './row-cache';
import type { ScrubReport } from './scrub';
import { scrub } from './scrub';
import { stageApplied, stageRecord } from './staging';
import type { Staged } from './staging';
import type { RequestFact, State, StateSnapshot } from './state';
import { damagedRequest, DamagedRow } from './state';
import type { ProjectTallies } from './tallies';
import { Turns } from './turns';
import { parseExternal, parseRequest, parseRow } from './values';

/** What a state is made of. */
export interface StateParts {
  readonly store: LevelStore;
  readonly checkpointer: Checkpointer;
  readonly cache: RowCache;
  readonly sequence: number;
  readonly tallies: ProjectTallies;
  readonly digest: BucketDigest;
  readonly requests: RequestSums;
  readonly onStaleEntry: OnStaleEntry;
}

export class LevelState implements State {
  private readonly turns = new Turns();
  private readonly checkpoints = new Turns();
  private closing = false;
  private dropping: Promise<void> = Promise.resolve();
  private appliedSequence: number;

  constructor(private readonly parts: StateParts) {
    this.appliedSequence = parts.sequence;
    this.dropOldRequests();
  }

  get applied(): number {
    return this.appliedSequence;
  }

  get checkpointed(): number {
    return this.parts.checkpointer.sequence;
  }

  /** The cache of rows, to look at. */
  get cache(): Readonly<Pick<RowCache, 'entries' | 'bytes' | 'hits' | 'misses' | 'limits'>> {
    return this.parts.cache;
  }

  get tallies(): ProjectTallies {
    return this.parts.tallies;
  }

  get digest(): BucketDigest {
    return this.parts.digest;
  }

  row(kind: EntityKind, project: string, id: string): Row | undefined {
    const { cache, store } = this.parts;
    const name = cacheKey(kind, project, id);
    const cached = cache.get(name);
    if (cached) return cached;
    const value = store.get(keys.rowKey(kind, project, id));
    if (value === undefined) return undefined;
    cache.misses++;
    const row = parseRow(kind, project, id, value);
    cache.set(name, row);
    return row;
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    const key = keys.externalKey(project, externalId);
    const value = this.parts.store.get(key);
    if (value === undefined) return undefined;
    const id = parseExternal(key, value);
    if (id === undefined) throw new DamagedRow(EntityKind.UNSPECIFIED, project, `external:${externalId}`);
    return id;
  }

  request(principal: string, requestId: Uint8Array): RequestFact | undefined {
    const { requests } = this.parts;
    for (const generation of [requests.generation, requests.oldest]) {
      if (!requests.has(generation)) continue;
      const key = keys.requestKey(generation, principal, requestId);
      const value = this.parts.store.get(key);
      if (value === undefined) continue;
      const fact = parseRequest(key, value);
      if (!fact) throw new DamagedRow(EntityKind.UNSPECIFIED, principal, damagedRequest(requestId));
      return fact;
    }
    return undefined;
  }

  apply(records: readonly JournalRecord[], effects?: readonly (readonly Effect[])[]): Promise<void> {
    return this.turns.take(() => this.write(records, effects, () => this.parts.store.chained()));
  }

  /** `apply` for redo and rebuild: memory stays flat over millions of records, and nothing is cached. Costs the main thread
   *  half as much again as `apply`. */
  applyBulk(records: readonly JournalRecord[]): Promise<void> {
    return this.turns.take(() => this.write(records, undefined, () => this.parts.store.array(), false));
  }

  snapshot(): StateSnapshot {
    return new LevelSnapshot(this.parts.store, this.parts.onStaleEntry);
  }

  checkpoint(chain?: Uint8Array): Promise<void> {
    return this.checkpoints.take(async () => {
      this.refuseAfterFailure();
      const marks = this.marks(chain);
      await this.parts.checkpointer.take(this.parts.store, marks);
      this.parts.cache.purge();
    });
  }

  /**
   * Calls `work` while nothing is written, with everything that was applied in LevelDB's tables. What is applied meanwhile waits, and soon
   * everybody does: keep it short.
   */
  async freeze<Result>(work: (frozen: FrozenState) => Promise<Result>): Promise<Result> {
    const { store, checkpointer } = this.parts;
    this.refuseAfterFailure();
    // What has gathered is written out beside the work: what is left for the turn is little.
    await store.flush();
    return this.turns.take(async () => {
      await store.flush();
      return work({
        ...checkpointer.place,
        marks: this.marks(undefined),
        digest: this.digest.total(),
        tasks: this.tallies.taskCount(),
        liveTables: () => store.liveTables().map(({ number }) => tableName(number)),
        known: (name) => checkpointer.known(name),
      });
    });
  }

  /** What LevelDB's tables take, in bytes. */
  get tableBytes(): number {
    return this.parts.store.liveTables().reduce((sum, { size }) => sum + size, 0);
  }

  heal(record: Pick<JournalRecord, 'sequence'>, change: Change): Promise<boolean> {
    return this.turns.take(async () => {
      this.refuseAfterFailure();
      this.parts.cache.delete(cacheKey(change.kind, change.project, change.id));
      return healRow(this.parts.store, record, change);
    });
  }

  /** Gives the state to a repair while nothing is applied: it says what `mend` offers, and writes nothing else. */
  mend<Result>(work: (parts: MendParts) => Promise<Result>): Promise<Result> {
    return this.turns.take(async () => {
      this.refuseAfterFailure();
      const { store, digest, requests, tallies, cache } = this.parts;
      const forget = ({ kind, project, id }: keys.RowName): void => cache.delete(cacheKey(kind, project, id));
      return work({ store, digest, requests, tallies, sequence: this.applied, forget });
    });
  }

  /** One moment of the state, to be looked at beside the work: it pins what is deleted meanwhile, until `look` ends. */
  async atMoment<Result>(look: (moment: StateMoment) => Promise<Result>): Promise<Result> {
    const { store, digest, requests, tallies } = this.parts;
    const moment = await this.turns.take(() => ({
      ...{ store, snapshot: store.snapshot(), sequence: this.applied },
      ...{ digest: digest.clone(), requests: requests.clone(), tallies: tallies.clone() },
    }));
    try {
      return await look(moment);
    } finally {
      await moment.snapshot.close();
    }
  }

  /** Reads all of one moment, `rowsPerSecond` at most, and compares it with the digest and itself. Rejects if the state is closed. */
  scrub(rowsPerSecond = Infinity): Promise<ScrubReport> {
    return this.atMoment((moment) => scrub(moment.store, moment.snapshot, moment, rowsPerSecond));
  }

  /** Hands all rows, live request ids and counts to a builder that has taken the records after this state. With `only`, what it accepts by sequence. */
  async pourInto(fold: NewestFirst, only?: (sequence: number) => boolean): Promise<void> {
    const { store, tallies } = this.parts;
    const snapshot = store.snapshot();
    try {
      await pourRows(store, snapshot, fold, only);
      fold.takeTallies(tallies);
    } finally {
      await snapshot.close();
    }
  }

  /** After it resolves the next start builds the state anew. Take no checkpoint after it. */
  distrust(why: string): Promise<void> {
    return this.checkpoints.take(() => this.parts.checkpointer.distrust(why));
  }

  /** Checks the files that opening left for later, `bytesPerSecond` at most. Resolves when all are read; calls `onDamage`
   *  for each file that is not what the checkpoint says. */
  verifyRest(onDamage: (file: string, problem: string) => void, bytesPerSecond = Infinity): Promise<void> {
    return this.parts.checkpointer.verifyRest(onDamage, bytesPerSecond, () => this.closing);
  }

  /** Ends what runs and closes. If everything was checkpointed, the next start is a clean one. */
  async close(): Promise<void> {
    this.closing = true;
    const { store, checkpointer } = this.parts;
    await this.turns.idle();
    await this.checkpoints.idle();
    await this.dropping;
    await store.close();
    if (!store.failure && checkpointer.sequence === this.applied) await checkpointer.seal();
  }

  private async write(
    records: readonly JournalRecord[],
    effects: readonly (readonly Effect[])[] | undefined,
    open: () => WriteBatch,
    keep = true,
  ): Promise<void> {
    this.refuseAfterFailure();
    const last = records[records.length - 1];
    if (!last || last.sequence <= this.applied) return;
    const batch = open();
    const staged: Staged[] = [];
    for (const [index, record] of records.entries()) {
      if (record.sequence > this.applied) staged.push(stageRecord(batch, record, effects?.[index]));
    }
    stageApplied(batch, last.sequence);
    await batch.write();
    for (const one of staged) this.settle(one, keep);
    this.appliedSequence = last.sequence;
  }

  /** S4. */
  private settle({ record, effects, requestCrc }: Staged, keep: boolean): void {
    const { cache, digest, tallies, requests } = this.parts;
    for (const { change, entityHash, row, derived } of effects) {
      digest.replace(entityHash, change.previousCrc, row?.crc ?? 0);
      tallies.add(change, derived);
      const name = cacheKey(change.kind, change.project, change.id);
      if (keep && row) cache.refresh(name, row);
      else cache.delete(name);
    }
    if (requests.advance(record.timeMs)) this.dropOldRequests();
    if (requestCrc !== undefined) requests.add(RequestSums.of(record.timeMs), requestCrc);
  }

  private marks(chain: Uint8Array | undefined) {
    const { tallies, digest, requests } = this.parts;
    return {
      sequence: this.applied,
      chain: chain ? Buffer.from(chain).toString('hex') : '',
      digest: Buffer.from(digest.encode()).toString('base64'),
      tallies: Buffer.from(tallies.encode()).toString('base64'),
      generation: requests.generation,
      requests: requests.encode(),
    };
  }

  /** Deletes the request ids of dead generations, beside the work. */
  private dropOldRequests(): void {
    const { store, requests } = this.parts;
    this.dropping = this.dropping.then(() => dropRequestsBefore(store, requests.oldest, () => this.closing));
  }

  private refuseAfterFailure(): void {
    if (this.parts.store.failure) throw this.parts.store.failure;
  }
}

const cacheKey = (kind: EntityKind, project: string, id: string): string => `${kind}/${project}/${id}`;
