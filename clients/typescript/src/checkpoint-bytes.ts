// The bytes of large checkpoints: up and down as streams.

import type { CallOptions } from './call-options';
import type { Connection } from './connection';
import { SessionServiceService as Service } from './gen/holdfast/v1/session_service';
import type {
  DownloadCheckpointResponse,
  SaveCheckpointRequest,
  UploadCheckpointRequest,
} from './gen/holdfast/v1/session_service';

/** Bytes as they come: a file's stream is one. */
export type Bytes = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What one message may hold, by the contract. */
const CHUNK_BYTES_MAX = 1 << 20;

/** The messages of an upload: what it is, then its bytes in pieces that are small enough. */
export async function* uploadMessages(
  begin: SaveCheckpointRequest,
  bytes: Bytes,
): AsyncGenerator<UploadCheckpointRequest, void, undefined> {
  yield { part: { $case: 'begin', value: begin } };
  for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
    for (let at = 0; at < piece.length; at += CHUNK_BYTES_MAX) {
      yield { part: { $case: 'chunk', value: Buffer.from(piece.subarray(at, at + CHUNK_BYTES_MAX)) } };
    }
  }
}

/** The pieces of a download. Throws a HoldfastError. */
export async function* downloaded(
  connection: Connection,
  checkpoint: string,
  options: CallOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const request = { name: checkpoint, atLeast: connection.positions.current };
  const { stream, release } = connection.serverStream(Service.downloadCheckpoint, request, options);
  try {
    for await (const { part } of stream as AsyncIterable<DownloadCheckpointResponse>) {
      if (part?.$case === 'chunk') yield part.value;
    }
  } catch (error) {
    connection.mustBeOpen(options.signal, '', error);
    throw connection.errorOf(error);
  } finally {
    release();
  }
}
