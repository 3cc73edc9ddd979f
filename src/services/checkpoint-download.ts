// DownloadCheckpoint: the description, then the bytes, as fast as they are read.

import type { handleServerStreamingCall, ServerWritableStream } from '@grpc/grpc-js';
import { Refusal } from '../domain/refusal';
import type { DownloadCheckpointRequest } from '../gen/holdfast/v1/session_service';
import { blobParts } from './blob-bytes';
import { findCheckpoint } from './checkpoint-reads';
import { UnreadRequest } from './method';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import { statusOf } from './status';

/** How long a part may be left unread, in milliseconds: as long as a watch. */
const STALL_MS = 30_000;
const CHECKPOINT_FIELD = 1;
const CHUNK_FIELD = 2;

type Stream = ServerWritableStream<DownloadCheckpointRequest | UnreadRequest, Buffer>;

/** DownloadCheckpoint. */
export function downloadCheckpoint(
  context: ServiceContext,
): handleServerStreamingCall<DownloadCheckpointRequest | UnreadRequest, Buffer> {
  return (stream) => {
    serveDownload(context, stream).then(
      () => stream.end(),
      (fault: unknown) => {
        if (stream.cancelled) return;
        stream.emit('error', statusOf(fault, context.log, context.guard.spanOf(stream.metadata)?.traceId));
        // The status stands behind what the reader has not read; it gets as long again to come to it.
        if (fault instanceof Refusal && fault.reason === 'SLOW_CONSUMER')
          context.guard.cutOff(stream.metadata, STALL_MS);
      },
    );
  };
}

async function serveDownload({ engine }: ServiceContext, stream: Stream): Promise<void> {
  const { request } = stream;
  if (request instanceof UnreadRequest) throw request.refusal;
  engine.reach(request.atLeast);
  const { image, checkpoint, inline } = await findCheckpoint(engine, request.name);
  const send = sender(stream);
  await send(splice([{ field: CHECKPOINT_FIELD, bytes: image }]));
  const { name, digest, sizeBytes } = checkpoint;
  if (sizeBytes === 0) return;
  if (inline.length > 0) return send(splice([{ field: CHUNK_FIELD, bytes: inline }]));
  for await (const part of blobParts(engine, digest, { type: 'checkpoint', name })) {
    await send(splice([{ field: CHUNK_FIELD, bytes: part }]));
    if (stream.cancelled) return;
  }
}

/** Writes one message and waits until it has left, or the call has ended. Rejects with SLOW_CONSUMER when nobody reads. */
function sender(stream: Stream): (message: Buffer) => Promise<void> {
  return (message) =>
    new Promise((resolve, reject) => {
      const over = (fault?: Refusal): void => {
        clearTimeout(timer);
        stream.off('cancelled', done);
        stream.off('close', done);
        if (fault) reject(fault);
        else resolve();
      };
      const done = (): void => over();
      const seconds = STALL_MS / 1000;
      const slow = (): void =>
        over(new Refusal('SLOW_CONSUMER', `nothing was read for ${seconds} s; download it again`));
      const timer = setTimeout(slow, STALL_MS);
      stream.on('cancelled', done);
      stream.on('close', done);
      stream.write(message, done);
    });
}
