/**
 * The last steps of a restore, while nobody has the store: the journal of the new history, its first record, and the mark that puts both
 * in place.
 *
 * Boundary: whoever calls it holds the process lock, and settles `incoming` afterwards, or leaves that to the next start.
 *
 * N1. Nothing of the present store is changed before the mark is durable, but for blobs that come back and backups that become bases.
 * N2. The first number of the new history lies above every number that was ever given.
 * N3. A history that begins without a journal before it, or with a trimmed one, stands on its backup, which is never deleted.
 * N4. What the operation's row says of the restore is in the first record: it is told with the new history or not at all.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BACKUP_POOL } from '../../domain/backup-name';
import { PRINCIPAL_SYSTEM } from '../../domain/command';
import { Record as RecordCodec, Verb } from '../../gen/holdfast/journal/v1/journal';
import type { Record as JournalRecord } from '../../gen/holdfast/journal/v1/journal';
import type { RestorePlan } from '../../gen/holdfast/v1/backup';
import { listBackups, poolDir } from '../../storage/backup/catalogue';
import { writeBase } from '../../storage/backup/marks';
import { unpaced } from '../../storage/backup/pace';
import { copyBlob } from '../../storage/backup/pool';
import { BlobCorruption, BlobMissing, Blobs } from '../../storage/blobs/blobs';
import type { Files } from '../../storage/files';
import { declareReady } from '../../storage/incoming';
import { cutJournal } from '../../storage/journal/cut-journal';
import type { JournalSource } from '../../storage/journal/cut-journal';
import type { JournalHead } from '../../storage/journal/journal';
import { recordsBetween, sharedBy } from '../../storage/journal/lineage';
import { firstOfHistory } from '../../storage/journal/new-history';
import type { KnownNumbers } from '../../storage/journal/new-history';
import { sealedHead } from '../../storage/journal/read-journal';
import { blobsDir, incomingDir, journalDir, stateDir } from '../../storage/layout';
import { readCheckpoint } from '../../storage/state/checkpoint-file';
import type { LevelState } from '../../storage/state/level-state';
import { openState } from '../../storage/state/open-state';
import { firstChanges } from './first-record';
import { namedBlobs, preparedStateDir } from './prepare';
import type { Prepared } from './prepare';
import { readLeft } from './source';
import type { RestoreSource } from './source';
import type { RestoreTarget } from './target';

/** What was prepared, as far as the swap needs it. The state is closed. */
export interface SwapOrder {
  readonly target: RestoreTarget;
  readonly prepared: Omit<Prepared, 'state'>;
  /** The history that begins. */
  readonly history: string;
  /** What the dry run said; the rest is filled in. */
  readonly plan: RestorePlan;
  /** `performance.now()` when the restore began. */
  readonly startMs: number;
  /** What the first record says besides: the operation's row, and whose request it was. */
  readonly record: (plan: RestorePlan, timeMs: number) => Partial<JournalRecord>;
}

/** Blobs that are named in a plan. */
const MISSING_MAX = 100;

export const newHistoryId = (): string => randomBytes(8).toString('hex');

/** Makes `incoming` ready. Gives the plan as it came out. Throws with the store as it was. */
export async function prepareSwap(
  source: Omit<RestoreSource, 'journal'>,
  order: SwapOrder,
  /** A test plants another. */
  firstOf = firstOfHistory,
): Promise<RestorePlan> {
  const { files, dir } = source;
  const { target, history, prepared } = order;
  const left = await readLeft(files, dir);
  try {
    const first = firstOf(await knownNumbers(source, left.stopped?.set.last.head));
    const head = left.stopped?.set.last.head;
    const spans = left.stopped?.set.lineage ?? [];
    const timeMs = Math.max(source.wallMs(), prepared.timeMs, head?.timeMs ?? 0);
    const archive = `${left.stopped?.set.last.header.history ?? target.history}-${stamp(source.wallMs())}`;
    const plan: RestorePlan = {
      ...order.plan,
      abandoned: head && left.stopped && { history: left.stopped.set.last.header.history, sequence: head.sequence },
      abandonedRecords: head ? recordsBetween(spans, sharedBy(spans, target.lineage), head.sequence) : 0,
      newHistory: history,
      newFirstSequence: first,
      archive: (await files.list(dir)).includes('journal') ? `archive/${archive}` : '',
    };
    const cut = target.inJournal ? left.stopped && { set: left.stopped.set, from: 0 } : undefined;
    const { state } = await openState({ dir: preparedStateDir(dir), files, history });
    try {
      plan.missingBlobs = await bringBackBlobs(source, state);
      plan.tookMs = Math.round(performance.now() - order.startMs);
      await begin(files, dir, order, plan, { state, cut, timeMs });
    } finally {
      await state.close();
    }
    if (prepared.base && (cut === undefined || cut.set.floor > 0)) {
      await writeBase(files, prepared.base.dir, `history ${history} begins with it`);
    }
    await declareReady(files, dir, { archive, kept: ['journal'] });
    return plan;
  } finally {
    left.stopped?.close();
  }
}

/** The first record of the new history: in the state, then in the journal. */
async function begin(
  files: Files,
  dir: string,
  order: SwapOrder,
  plan: RestorePlan,
  { state, cut, timeMs }: { state: LevelState; cut: JournalSource | undefined; timeMs: number },
): Promise<void> {
  const { target, prepared, history } = order;
  const fork = {
    sequence: target.sequence,
    timeMs: prepared.timeMs,
    digest: state.digest.total(),
    chain: cut ? undefined : Buffer.from(prepared.base!.manifest.chain, 'hex'),
  };
  const own = order.record(plan, timeMs);
  const record = RecordCodec.fromPartial({
    principal: PRINCIPAL_SYSTEM,
    ...own,
    changes: await firstChanges(state, own.changes ?? [], timeMs),
    sequence: plan.newFirstSequence,
    timeMs,
    verb: Verb.BEGIN_HISTORY,
    lineage: { parent: target.history, fork: target.sequence },
  });
  await state.applyBulk([record]);
  const to = join(incomingDir(dir), 'journal');
  await files.makeDirectory(to);
  const head = await cutJournal({
    ...{ files, to, source: cut, random: randomBytes },
    begin: {
      ...{ history, parent: target.history, fork, stateDigest: state.digest.total() },
      record: RecordCodec.encode(record).finish(),
    },
  });
  await state.checkpoint(head.chain);
}

/** N2. */
async function knownNumbers(
  { files, dir, backups, mirrored = 0, wallMs }: Omit<RestoreSource, 'journal'>,
  readable: JournalHead | undefined,
): Promise<KnownNumbers> {
  const manifests = (await listBackups(files, backups)).flatMap(({ manifest }) => manifest ?? []);
  const checkpoint = await readCheckpoint(files, stateDir(dir)).catch(() => undefined);
  return {
    head: (await sealedHead(files, journalDir(dir)))?.sequence,
    witnesses: [
      readable?.sequence ?? 0,
      checkpoint?.sequence ?? 0,
      mirrored,
      ...manifests.map(({ sequence }) => sequence),
    ],
    timesMs: [wallMs(), readable?.timeMs ?? 0, ...manifests.map(({ journalAt }) => journalAt)],
  };
}

/** Copies what the state needs and the store has lost out of the backups. Gives the digests of what nobody has, at most 100. */
async function bringBackBlobs(
  { files, dir, backups }: Pick<RestoreSource, 'files' | 'dir' | 'backups'>,
  state: LevelState,
): Promise<string[]> {
  const live = await Blobs.open(files, blobsDir(dir));
  const hasPool = (await files.list(backups).catch(() => [] as string[])).includes(BACKUP_POOL);
  const pool = hasPool ? await Blobs.open(files, poolDir(backups)) : undefined;
  const missing: string[] = [];
  for (const { digest } of await namedBlobs(state)) {
    if (await live.has(digest)) continue;
    const came = pool !== undefined && (await bringBack(pool, live, digest));
    if (!came && missing.length < MISSING_MAX) missing.push(digest);
  }
  return missing;
}

async function bringBack(pool: Blobs, live: Blobs, digest: string): Promise<boolean> {
  try {
    await copyBlob(pool, live, digest, unpaced);
    return true;
  } catch (error) {
    // What no backup has either is named in the plan.
    if (error instanceof BlobMissing || error instanceof BlobCorruption) return false;
    throw error;
  }
}

/** A time as a part of a file's name: 20260131T120000123. */
function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:.Z]/g, '');
}
