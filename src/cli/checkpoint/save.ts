// Saving a checkpoint of any size: small ones in one call, large ones in a stream.

import { once } from 'node:events';
import type { ClientWritableStream } from '@grpc/grpc-js';
import type { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import type { SaveCheckpointRequest } from '../../gen/holdfast/v1/session_service';
import { SessionServiceService, UploadCheckpointRequest } from '../../gen/holdfast/v1/session_service';
import type { Answer, Connection } from '../connection';

/** What SaveCheckpoint takes; more goes by UploadCheckpoint. */
const saveBytesMax = 3 * 1024 * 1024;
/** What a message of an upload takes. */
const chunkBytesMax = 1024 * 1024;

type Saved = Answer<{ checkpoint?: Checkpoint | undefined }>;

/** Saves the bytes under what `request` says. Resolves when they are durable. Rejects with a CallFailure. */
export async function saveCheckpoint(
  connection: Connection,
  request: SaveCheckpointRequest,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ method: { readonly path: string }; answer: Saved }> {
  const head: Buffer[] = [];
  let headBytes = 0;
  const source = bytes[Symbol.asyncIterator]();
  for (;;) {
    const next = await source.next();
    if (next.done) break;
    head.push(Buffer.from(next.value));
    headBytes += next.value.length;
    if (headBytes > saveBytesMax) {
      const rest = { [Symbol.asyncIterator]: () => source };
      return { method: SessionServiceService.uploadCheckpoint, answer: await upload(connection, request, head, rest) };
    }
  }
  const checkpoint = { ...request.checkpoint!, data: Buffer.concat(head) };
  const method = SessionServiceService.saveCheckpoint;
  return { method, answer: await connection.call(method, { ...request, checkpoint }) };
}

async function upload(
  connection: Connection,
  request: SaveCheckpointRequest,
  head: readonly Buffer[],
  rest: AsyncIterable<Uint8Array>,
): Promise<Saved> {
  const { stream, answer } = connection.upload(SessionServiceService.uploadCheckpoint);
  // A refusal ends the stream at any time; it is told by `answer`, and nothing more is written.
  let refused = false;
  answer.catch(() => (refused = true));
  stream.on('error', () => undefined);
  const send = async (part: NonNullable<UploadCheckpointRequest['part']>) => {
    if (!refused) await write(stream, answer, UploadCheckpointRequest.fromPartial({ part }));
  };
  await send({ $case: 'begin', value: request });
  for (const piece of head) for (const chunk of chunksOf(piece)) await send({ $case: 'chunk', value: chunk });
  for await (const piece of rest) {
    if (refused) break;
    for (const chunk of chunksOf(Buffer.from(piece))) await send({ $case: 'chunk', value: chunk });
  }
  stream.end();
  return answer;
}

async function write<Q>(stream: ClientWritableStream<Q>, answer: Promise<unknown>, message: Q): Promise<void> {
  if (stream.write(message)) return;
  // A server that has refused reads no more: then there is nothing to wait for.
  await Promise.race([once(stream, 'drain'), answer.catch(() => undefined)]);
}

function chunksOf(piece: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < piece.length; at += chunkBytesMax) chunks.push(piece.subarray(at, at + chunkBytesMax));
  return chunks;
}
