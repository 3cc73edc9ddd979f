// The stores that are mutated: a small one with a blob and a backup, as it is after a peaceful stop, after none, while a swap of journal and state was
// cut off, and without its state.

import { join } from 'node:path';
import { PRINCIPAL_LOCAL } from '../../../src/domain/command';
import { Engine } from '../../../src/engine/engine';
import { witnessOf } from '../../../src/engine/backups/witness';
import { silentObserver } from '../../../src/engine/observer';
import { EntityKind, Record as JournalRecord, SessionWork } from '../../../src/gen/holdfast/journal/v1/journal';
import type { RecoveryStrategy } from '../../../src/gen/holdfast/v1/recovery';
import { Session } from '../../../src/gen/holdfast/v1/session';
import { SaveCheckpointRequest, StartSessionRequest } from '../../../src/gen/holdfast/v1/session_service';
import { poolDir } from '../../../src/storage/backup/catalogue';
import { unpaced } from '../../../src/storage/backup/pace';
import { takeBackup } from '../../../src/storage/backup/take-backup';
import { Blobs } from '../../../src/storage/blobs/blobs';
import { clearIncoming, declareReady } from '../../../src/storage/incoming';
import { backupsDir } from '../../../src/storage/layout';
import { nodeFiles } from '../../../src/storage/node-files';
import { run } from '../../support/kept-store';
import type { Random } from '../../support/seed';
import { commandOf } from '../commands-of';
import { filesBelow, lay, moved, part } from './laid-files';
import type { LaidFiles } from './laid-files';

export const BACKUP_ID = 'b1';
const TASKS = 20;
const COMMANDS = 100;
const SEGMENT_BYTES = 8 * 1024;
const BLOB_BYTES = 500;

/** Everything that can be read of a store. */
export interface Contents {
  /** By id: the row's sequence and bytes. */
  readonly rows: ReadonlyMap<string, string>;
  readonly listed: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<number, string>;
}

export interface FilledStores {
  readonly clean: LaidFiles;
  readonly unclean: LaidFiles;
  /** A restore had prepared journal and state, and declared them ready. */
  readonly swapping: LaidFiles;
  /** The state is gone; there is a backup. */
  readonly backedUp: LaidFiles;
  /** What each of them holds. */
  readonly contents: Contents;
  /** SHA-256 of the blob that a row names, and its bytes. */
  readonly blob: { readonly digest: string; readonly bytes: Buffer };
}

const FIRST_MS = Date.UTC(2026, 0, 1);
/** Far above the time of the last record; the same for each start, so that a mutation goes as its seed says. */
const LATER_MS = FIRST_MS + 3_600_000;

/** Starts an engine on a store. Every start of a filled store is at the same time. */
export function start(dir: string, strategy?: RecoveryStrategy, fromMs = LATER_MS): Promise<Engine> {
  let timeMs = fromMs;
  const clock = { wallMs: () => timeMs, monotonicMs: () => (timeMs += 1) };
  const fixed = { files: nodeFiles, clock, observer: silentObserver, version: 'mutated', strategy };
  return Engine.start({ dir, ...fixed, segmentBytesMax: SEGMENT_BYTES, cacheEntries: 16, diskFreeBytesMin: 0 });
}

/** Fills a store in `home`. */
export async function fillStores(home: string, random: Random): Promise<FilledStores> {
  const dir = join(home, 'filled');
  let engine = await start(dir, undefined, FIRST_MS);
  let blob: FilledStores['blob'] | undefined;
  for (let count = 0; count < COMMANDS; count++) {
    if (count === COMMANDS / 2) {
      await engine.stop();
      engine = await start(dir, undefined, FIRST_MS);
    }
    if (count === (COMMANDS * 3) / 4) {
      blob = await saveBlob(engine, random.bytes(BLOB_BYTES));
      await backUp(engine, dir);
    }
    const id = `m${count % TASKS}`;
    const title = `${id}, ${count} ${'x'.repeat(random.below(200))}`;
    const asked =
      count < TASKS
        ? { kind: 'create' as const, id, title }
        : { kind: 'update' as const, id, title, etag: 'any' as const };
    await engine.execute(commandOf(asked, '', random.bytes(16)));
  }
  await engine.parts.marks.whenApplied(engine.parts.marks.durable);
  const contents = await read(engine);
  const unclean = part(filesBelow(dir), 'journal', 'state', 'blobs');
  await engine.stop();
  const all = filesBelow(dir);
  const clean = part(all, 'journal', 'state', 'blobs');
  return {
    ...{ clean, unclean, contents, blob: blob! },
    swapping: await swapping(join(home, 'swapping'), clean),
    backedUp: part(all, 'journal', 'blobs', 'backups'),
  };
}

/** A checkpoint whose bytes are a blob. */
async function saveBlob(engine: Engine, bytes: Buffer): Promise<FilledStores['blob']> {
  const begun = await run(engine, {
    kind: 'startSession',
    request: StartSessionRequest.fromPartial({ parent: 'projects/default', agent: 'eve' }),
  });
  const [session, work] = begun.replies;
  const { name } = Session.decode(session!.image);
  const { token } = SessionWork.decode(work!.image);
  const caller = { principal: PRINCIPAL_LOCAL, session: name, sessionToken: token };
  const { digest, sizeBytes, release } = await engine.blobs.keep(bytes);
  const request = SaveCheckpointRequest.fromPartial({ parent: name, checkpoint: { digest, sizeBytes } });
  await run(engine, { kind: 'saveCheckpoint', request }, undefined, caller);
  release();
  return { digest, bytes };
}

async function backUp({ parts, store }: Engine, dir: string): Promise<void> {
  const { journal, state, marks } = parts;
  await marks.whenApplied(marks.durable);
  const backups = backupsDir(dir);
  const pool = await Blobs.open(nodeFiles, poolDir(backups));
  const witness = (sequence: number, digest: Uint8Array) => witnessOf(journal, sequence, digest);
  const order = { id: BACKUP_ID, kind: 'NAMED' as const, description: '', operation: '', serverVersion: 'mutated' };
  await takeBackup(
    { files: nodeFiles, dir, backups, state, blobs: store.blobs, pool, witness },
    { ...order, createdAt: FIRST_MS, pace: unpaced, onProgress: () => undefined },
  );
}

/** A store in which neither journal nor state are in place yet. */
async function swapping(dir: string, clean: LaidFiles): Promise<LaidFiles> {
  lay(part(clean, 'blobs'), dir);
  await clearIncoming(nodeFiles, dir);
  await declareReady(nodeFiles, dir, { archive: 'before', kept: ['journal'] });
  return new Map([...filesBelow(dir), ...moved(part(clean, 'journal', 'state'), 'incoming')]);
}

export async function read(engine: Engine): Promise<Contents> {
  const rows = new Map<string, string>();
  for (let task = 0; task < TASKS; task++) {
    const row = await engine.read(EntityKind.TASK, 'default', `m${task}`);
    if (row) rows.set(`m${task}`, `${row.sequence} ${Buffer.from(row.image).toString('latin1')}`);
  }
  const listed = await engine.withSnapshot(async (snapshot) => {
    const found = new Map<string, string>();
    for await (const { kind, row, id } of snapshot.scan({ by: 'tasks', project: 'default' })) {
      if (kind === EntityKind.TASK) found.set(id, `${row.sequence} ${Buffer.from(row.image).toString('latin1')}`);
    }
    return found;
  });
  const records = new Map<number, string>();
  const cursor = engine.feed.open(engine.parts.journal.floor());
  for (;;) {
    const { records: next } = await cursor.next();
    if (next.length === 0) break;
    for (const record of next) {
      records.set(record.sequence, Buffer.from(JournalRecord.encode(record).finish()).toString('latin1'));
    }
  }
  cursor.close();
  return { rows, listed, records };
}
