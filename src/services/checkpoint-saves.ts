// SaveCheckpoint and UploadCheckpoint.

import type { handleClientStreamingCall, ServerReadableStream } from '@grpc/grpc-js';
import type { Caller, Command } from '../domain/command';
import { CHECKPOINT_BYTES_MAX, CHUNK_BYTES_MAX, INLINE_BYTES_MAX } from '../domain/checkpoints/checkpoint-limits';
import { parseSession } from '../domain/sessions/agent-names';
import { fieldInvalid, Refusal } from '../domain/refusal';
import type { BlobUpload } from '../engine/blobs/blob-store';
import type { Engine } from '../engine/engine';
import { oldestOf } from '../engine/saved-listing';
import { CheckpointLine, EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { SaveCheckpointRequest, UploadCheckpointRequest } from '../gen/holdfast/v1/session_service';
import { commandOf } from './command-of';
import { callerOfCall, UnreadRequest } from './method';
import { rowOf } from './reading';
import { entityReply } from './replies';
import type { ServiceContext } from './replies';
import { statusOf } from './status';
import { BytesOfCall, executeWithBytes } from './stored-bytes';
import type { PlacedBytes } from './stored-bytes';

/** Checkpoints that a save names beyond what it takes away: others may take some of them first. */
const SPARE = 16;

type UploadCall = ServerReadableStream<UploadCheckpointRequest | UnreadRequest, Buffer>;

/** SaveCheckpoint. */
export function saveCheckpoint(
  context: ServiceContext,
): (request: SaveCheckpointRequest, caller: Caller) => Promise<Buffer> {
  return async (request, caller) => {
    const command = await withOldest(context.engine, commandOf('saveCheckpoint', request, caller));
    return entityReply(context, await executeWithBytes(context.engine, command));
  };
}

/** UploadCheckpoint: the same with bytes that come in parts. Nothing of it shows before the last one is stored. */
export function uploadCheckpoint(
  context: ServiceContext,
): handleClientStreamingCall<UploadCheckpointRequest | UnreadRequest, Buffer> {
  return (call, callback) => {
    serveUpload(context, call).then(
      (reply) => callback(null, reply),
      (fault: unknown) => {
        // A caller that went away is told nothing.
        if (call.cancelled) return;
        callback(statusOf(fault, context.log, context.guard.spanOf(call.metadata)?.traceId));
      },
    );
  };
}

async function serveUpload(context: ServiceContext, call: UploadCall): Promise<Buffer> {
  const { engine } = context;
  const caller = callerOfCall(context, call);
  const upload = new Upload(engine);
  try {
    let begin: SaveCheckpointRequest | undefined;
    // A loop that is left must not destroy the stream: its status has yet to go out.
    for await (const message of call.iterator({ destroyOnReturn: false }) as AsyncIterable<
      UploadCheckpointRequest | UnreadRequest
    >) {
      if (message instanceof UnreadRequest) throw message.refusal;
      const { part } = message;
      if (!part) throw fieldInvalid('part', 'is required: begin or chunk');
      if (part.$case === 'begin') {
        if (begin) throw fieldInvalid('begin', 'comes once, as the first message');
        begin = part.value;
        await refuseEarly(engine, begin, caller);
      } else {
        if (!begin) throw fieldInvalid('chunk', 'comes after begin');
        await upload.take(part.value);
      }
    }
    if (!begin?.checkpoint) throw fieldInvalid('begin', 'is required, with the checkpoint without its bytes');
    const request = { ...begin, checkpoint: { ...begin.checkpoint, ...(await upload.finish()) } };
    const command = await withOldest(engine, commandOf('saveCheckpoint', request, caller));
    return entityReply(context, await engine.execute(command));
  } finally {
    await upload.end();
  }
}

/** What would be refused at the end is refused at the start: a dry run, of the checkpoint without its bytes. */
async function refuseEarly(engine: Engine, request: SaveCheckpointRequest, caller: Caller): Promise<void> {
  if (request.checkpoint && request.checkpoint.data.length > 0) {
    throw fieldInvalid('begin.checkpoint.data', 'is left empty: the bytes come in chunks');
  }
  try {
    await engine.execute(commandOf('saveCheckpoint', { ...request, requestId: '', validateOnly: true }, caller));
  } catch (fault) {
    // It may be the same one, sent again: that is known by its bytes.
    if (fault instanceof Refusal && fault.reason === 'ALREADY_EXISTS') return;
    throw fault;
  }
}

/** Bytes of one upload: in memory while they are few, in a blob beyond. */
class Upload {
  private readonly small: Buffer[] = [];
  private sizeBytes = 0;
  private blob: BlobUpload | undefined;
  private readonly placed: BytesOfCall;
  private release: (() => void) | undefined;

  constructor(private readonly engine: Engine) {
    this.placed = new BytesOfCall(engine.blobs);
  }

  async take(chunk: Buffer): Promise<void> {
    if (chunk.length > CHUNK_BYTES_MAX) {
      throw fieldInvalid('chunk', `takes ${chunk.length} bytes, at most ${CHUNK_BYTES_MAX} are allowed`);
    }
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > CHECKPOINT_BYTES_MAX) {
      throw new Refusal('TOO_LARGE', `the checkpoint is larger than ${CHECKPOINT_BYTES_MAX} bytes`, {
        metadata: { limit_bytes: String(CHECKPOINT_BYTES_MAX) },
      });
    }
    if (!this.blob && this.sizeBytes <= INLINE_BYTES_MAX) {
      this.small.push(chunk);
      return;
    }
    this.blob ??= await this.engine.blobs.begin();
    for (const held of this.small.splice(0)) await this.blob.write(held);
    await this.blob.write(chunk);
  }

  async finish(): Promise<PlacedBytes> {
    if (!this.blob) return this.placed.place(Buffer.concat(this.small));
    const { digest, sizeBytes, release } = await this.blob.commit();
    this.release = release;
    return { data: Buffer.alloc(0), digest, sizeBytes };
  }

  /** The command is settled, or there was none. */
  async end(): Promise<void> {
    this.placed.release();
    this.release?.();
    await this.blob?.abort();
  }
}

/** The command with the oldest of a line that keeps only so many, where one has to go. */
async function withOldest(engine: Engine, command: Command): Promise<Command> {
  if (command.kind !== 'saveCheckpoint') return command;
  const { parent, checkpoint } = command.request;
  const { project, id: session } = parseSession(parent, 'parent');
  const namespace = checkpoint?.namespace ?? '';
  const row = await rowOf(engine, EntityKind.CHECKPOINT_LINE, project, `${session}/${namespace}`);
  if (!row) return command;
  const { count, maxCount } = CheckpointLine.decode(row.image);
  if (maxCount === 0 || count < maxCount) return command;
  const max = count - maxCount + 1 + SPARE;
  const lines = { project, session, namespace };
  return { ...command, listed: await engine.withSnapshot((snapshot) => oldestOf(snapshot, lines, max)) };
}
