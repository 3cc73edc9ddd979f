// PutCheckpointWrites, CopyCheckpoints, DeleteCheckpoints, SetCheckpointRetention.

import type { Caller } from '../domain/command';
import { parseSession } from '../domain/sessions/agent-names';
import { CHECKPOINTS_OF_CALL_MAX } from '../domain/checkpoints/checkpoint-limits';
import { checkpointRowId, parseCheckpoint } from '../domain/checkpoints/checkpoint-names';
import { writeVarint, varintBytes } from './splice';
import type { Executed } from '../engine/executed';
import { oldestOf } from '../engine/saved-listing';
import type { LinesOf } from '../engine/saved-listing';
import { CheckpointData, EntityKind } from '../gen/holdfast/journal/v1/journal';
import { Checkpoint } from '../gen/holdfast/v1/checkpoint';
import type {
  CopyCheckpointsRequest,
  DeleteCheckpointsRequest,
  SetCheckpointRetentionRequest,
} from '../gen/holdfast/v1/session_service';
import type { StateSnapshot } from '../storage/state/state';
import { ALL_LINES } from './checkpoint-reads';
import { commandOf } from './command-of';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import { BytesOfCall } from './stored-bytes';

/** Bytes that copies repeat in one record; beyond, they share a blob. A third of what a record may have. */
const COPIED_BYTES_MAX = 1024 * 1024;

/** PutCheckpointWritesResponse {1: added, 2: position}, SetCheckpointRetentionResponse {1: deleted, 2: position}. */
export function countReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  return splice([{ field: 2, bytes: positions.bytes(sequence) }], countField(1, replies.length));
}

/** A field that holds a count; nothing for 0. */
export function countField(field: number, count: number): Uint8Array {
  if (count === 0) return new Uint8Array();
  const bytes = new Uint8Array(1 + varintBytes(count));
  bytes[0] = field << 3;
  writeVarint(bytes, count, 1);
  return bytes;
}

/** SetCheckpointRetention. */
export async function setCheckpointRetention(
  context: ServiceContext,
  request: SetCheckpointRetentionRequest,
  caller: Caller,
): Promise<Buffer> {
  const { project, id: session } = parseSession(request.parent, 'parent');
  const lines = { project, session, namespace: request.namespace };
  const listed = await list(context, lines, CHECKPOINTS_OF_CALL_MAX + 1);
  const command = { ...commandOf('setCheckpointRetention', request, caller), listed };
  return countReply(context, await context.engine.execute(command));
}

/** DeleteCheckpoints. DeleteCheckpointsResponse {1: deleted, 2: more, 3: position}. */
export async function deleteCheckpoints(
  context: ServiceContext,
  request: DeleteCheckpointsRequest,
  caller: Caller,
): Promise<Buffer> {
  const { engine, positions } = context;
  const { project, id: session } = parseSession(request.parent, 'parent');
  const lines = { project, session, namespace: request.namespace === ALL_LINES ? undefined : request.namespace };
  const listed = request.names.length > 0 ? undefined : await list(context, lines, CHECKPOINTS_OF_CALL_MAX);
  const command = { ...commandOf('deleteCheckpoints', request, caller), listed };
  const { replies, sequence } = await engine.execute(command);
  const more = await engine.withSnapshot((snapshot) => anyLeft(snapshot, request, lines));
  const parts = [{ field: 3, bytes: positions.bytes(sequence) }];
  return splice(parts, Buffer.concat([countField(1, replies.length), countField(2, Number(more))]));
}

async function anyLeft(snapshot: StateSnapshot, { names }: DeleteCheckpointsRequest, lines: LinesOf): Promise<boolean> {
  if (names.length === 0) return (await oldestOf(snapshot, lines, 1)).length > 0;
  return names.some((name, i) => {
    const { project, session, checkpoint } = parseCheckpoint(name, `names[${i}]`);
    return snapshot.rowNow(EntityKind.CHECKPOINT, project, checkpointRowId(session, checkpoint)) !== undefined;
  });
}

/** CopyCheckpoints. CopyCheckpointsResponse {1: checkpoints, 2: position}. */
export async function copyCheckpoints(
  context: ServiceContext,
  request: CopyCheckpointsRequest,
  caller: Caller,
): Promise<Buffer> {
  const { engine, positions } = context;
  const { project, id: session } = parseSession(request.parent, 'parent');
  const lines = { project, session, namespace: request.namespace };
  const checkpoints = await list(context, lines, CHECKPOINTS_OF_CALL_MAX + 1);
  const bytes = new BytesOfCall(engine.blobs);
  try {
    const shared = await share(context, lines, checkpoints, bytes);
    const command = { ...commandOf('copyCheckpoints', request, caller), line: { checkpoints, shared } };
    const { replies, sequence } = await engine.execute(command);
    const copies = replies.map(({ image }) => ({ field: 1, bytes: image }));
    return splice([...copies, { field: 2, bytes: positions.bytes(sequence) }]);
  } finally {
    bytes.release();
  }
}

/** Puts bytes that stand in rows into blobs, where copies of them would not fit one record. Gives their digests. */
async function share(
  { engine }: ServiceContext,
  { project, session }: LinesOf,
  ids: readonly string[],
  bytes: BytesOfCall,
): Promise<ReadonlySet<string>> {
  const shared = new Set<string>();
  if (ids.length > CHECKPOINTS_OF_CALL_MAX) return shared;
  let copied = 0;
  for (const id of ids) {
    const rowId = checkpointRowId(session, id);
    const row = await engine.read(EntityKind.CHECKPOINT, project, rowId);
    const data = await engine.read(EntityKind.CHECKPOINT_DATA, project, rowId);
    const { inline } = data ? CheckpointData.decode(data.image) : CheckpointData.create();
    if (!row || inline.length === 0) continue;
    copied += inline.length;
    if (copied <= COPIED_BYTES_MAX) continue;
    const { digest } = Checkpoint.decode(row.image);
    if (!shared.has(digest)) await bytes.pin(inline);
    shared.add(digest);
  }
  return shared;
}

function list({ engine }: ServiceContext, lines: LinesOf, max: number): Promise<string[]> {
  return engine.withSnapshot((snapshot) => oldestOf(snapshot, lines, max));
}
