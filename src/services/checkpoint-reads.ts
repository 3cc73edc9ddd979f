// GetCheckpoint, ListCheckpoints.

import type { Caller } from '../domain/command';
import { CHECKPOINT_MESSAGE_BYTES_MAX } from '../domain/checkpoints/checkpoint-limits';
import {
  checkpointRowId,
  formatCheckpoint,
  parseCheckpoint,
  parseCheckpointOrSession,
} from '../domain/checkpoints/checkpoint-names';
import type { CheckpointName } from '../domain/checkpoints/checkpoint-names';
import { parseStructFilter } from '../domain/query/struct-filter';
import { fieldInvalid, notFound } from '../domain/refusal';
import type { Look } from '../domain/standing';
import type { Engine } from '../engine/engine';
import { CheckpointData, EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Checkpoint, PendingWrite } from '../gen/holdfast/v1/checkpoint';
import type { GetCheckpointRequest, ListCheckpointsRequest } from '../gen/holdfast/v1/session_service';
import { checkpointCursor } from '../storage/state/scan-ranges';
import type { StateSnapshot } from '../storage/state/state';
import { blobBytes } from './blob-bytes';
import { readExaminedPage } from './examined-page';
import { decodePageToken, encodePageToken } from './page-token';
import { lookingNow } from './readiness';
import { pageSizeOf, rowOf } from './reading';
import type { ServiceContext } from './replies';
import { canonicalText } from './request-hash';
import { findSession } from './session-view';
import { splice } from './splice';

/** All lines of a session. */
export const ALL_LINES = '-';
/** ListCheckpointsResponse.scan_limited, true. */
const SCAN_LIMITED = Uint8Array.of(4 << 3, 1);
const DATA_FIELD = 5;
const WRITES_FIELD = 11;

/** A checkpoint as it is stored. */
export interface StoredCheckpoint {
  /** Its row: without bytes and writes. */
  readonly image: Uint8Array;
  readonly checkpoint: Checkpoint;
  /** Its bytes, where they stand in a row; empty for those in a blob. */
  readonly inline: Buffer;
  /** Its pending writes, encoded. */
  readonly writes: readonly Uint8Array[];
}

/** GetCheckpoint. */
export async function getCheckpoint(
  { engine, positions }: ServiceContext,
  request: GetCheckpointRequest,
): Promise<Buffer> {
  const sequence = engine.reach(request.atLeast);
  const named = parseCheckpointOrSession(request.name, 'name');
  if ('checkpoint' in named && request.namespace !== '') {
    throw fieldInvalid('namespace', 'goes with the name of a session: then the newest of the namespace is returned');
  }
  const place = 'checkpoint' in named ? named : await newestOf(engine, request);
  const found = await lookingNow(engine, (look) => storedCheckpoint(look, place));
  if (!found) throw notFound('checkpoint', 'checkpoint' in named ? request.name : nameOf(place));
  const { image, writes } = found;
  const bytes = await messageBytes(engine, found);
  const parts = [
    ...(bytes.length > 0 ? [{ field: DATA_FIELD, bytes }] : []),
    ...writes.map((write) => ({ field: WRITES_FIELD, bytes: write })),
  ];
  return positions.entityReply(Buffer.concat([image, splice(parts)]), sequence);
}

/** What is stored of a checkpoint, or undefined. */
export function storedCheckpoint(
  look: Look,
  { project, session, checkpoint: id }: CheckpointName,
): StoredCheckpoint | undefined {
  const rowId = checkpointRowId(session, id);
  const image = look(EntityKind.CHECKPOINT, project, rowId);
  if (!image) return undefined;
  const row = look(EntityKind.CHECKPOINT_DATA, project, rowId);
  const data = row ? CheckpointData.decode(row) : CheckpointData.create();
  const writes: Uint8Array[] = [];
  for (let number = 1; number <= data.writes; number++) {
    writes.push(look(EntityKind.CHECKPOINT_WRITE, project, `${rowId}/${number}`)!);
  }
  return { image, checkpoint: Checkpoint.decode(image), inline: data.inline, writes: inOrder(writes) };
}

/** The bytes, as far as one message takes them: empty for more. */
async function messageBytes(engine: Engine, { checkpoint, inline, writes }: StoredCheckpoint): Promise<Buffer> {
  const { name, digest, sizeBytes } = checkpoint;
  const writesBytes = writes.reduce((sum, { length }) => sum + length, 0);
  if (sizeBytes + writesBytes > CHECKPOINT_MESSAGE_BYTES_MAX) return Buffer.alloc(0);
  if (inline.length > 0 || sizeBytes === 0) return inline;
  return blobBytes(engine, digest, { type: 'checkpoint', name });
}

/** By part and index: what came first does not matter. */
function inOrder(writes: readonly Uint8Array[]): Uint8Array[] {
  const keyed = writes.map((image) => ({ image, write: PendingWrite.decode(image) }));
  keyed.sort(({ write: a }, { write: b }) => (a.task === b.task ? a.index - b.index : a.task < b.task ? -1 : 1));
  return keyed.map(({ image }) => image);
}

/** The newest checkpoint of a session's namespace. */
async function newestOf(engine: Engine, { name, namespace }: GetCheckpointRequest): Promise<CheckpointName> {
  const { project, id: session } = await findSession(engine, name, 'name');
  const range = { by: 'checkpoints', project, session, namespace } as const;
  return engine.withSnapshot(async (snapshot) => {
    for await (const { id } of snapshot.scan(range, { reverse: true })) {
      return { project, session, checkpoint: id.slice(id.indexOf('/') + 1) };
    }
    throw notFound('checkpoint', `${name}/checkpoints`, `has none in the namespace ${JSON.stringify(namespace)}`);
  });
}

function nameOf({ project, session, checkpoint }: CheckpointName): string {
  return formatCheckpoint(project, session, checkpoint);
}

/** ListCheckpoints: newest first. */
export async function listCheckpoints(
  { engine, positions }: ServiceContext,
  request: ListCheckpointsRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const size = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const { project, id: session } = await findSession(engine, request.parent, 'parent');
  const namespace = request.namespace === ALL_LINES ? undefined : request.namespace;
  const test = parseStructFilter(request.filter, 'metadata', 'filter');
  const query = canonicalText('listCheckpoints', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
  const place = decodePageToken(request.pageToken, query, principal);
  const range = { by: 'checkpoints', project, session, namespace } as const;
  return engine.withSnapshot(async (snapshot) => {
    const after = place ?? (request.before === '' ? undefined : await cursorBefore(snapshot, range, request.before));
    const rows = snapshot.scan(range, { after, reverse: true });
    const matches = (image: Uint8Array): boolean => request.filter === '' || test(Checkpoint.decode(image).metadata);
    const { parts, next, scanLimited } = await readExaminedPage(rows, size, matches);
    if (next !== undefined) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts, scanLimited ? SCAN_LIMITED : undefined);
  });
}

/** Where a checkpoint stands in the listing. Refuses one that is gone with NOT_FOUND: its time is not known any more. */
async function cursorBefore(
  snapshot: StateSnapshot,
  range: Parameters<typeof checkpointCursor>[0],
  name: string,
): Promise<string> {
  const { project, session, checkpoint } = parseCheckpoint(name, 'before');
  if (project !== range.project || session !== range.session) {
    throw fieldInvalid('before', 'is a checkpoint of the session that is listed');
  }
  const id = checkpointRowId(session, checkpoint);
  const row = await snapshot.row(EntityKind.CHECKPOINT, project, id);
  if (!row) throw notFound('checkpoint', name);
  return checkpointCursor(range, id, row.image);
}

/** A checkpoint that exists. Refuses with FIELD_INVALID and NOT_FOUND. */
export async function findCheckpoint(engine: Engine, name: string): Promise<StoredCheckpoint> {
  const named = parseCheckpoint(name, 'name');
  // Heals the row if it is damaged, before all of it is read in one turn.
  await rowOf(engine, EntityKind.CHECKPOINT, named.project, checkpointRowId(named.session, named.checkpoint));
  const found = await lookingNow(engine, (look) => storedCheckpoint(look, named));
  if (!found) throw notFound('checkpoint', name);
  return found;
}
