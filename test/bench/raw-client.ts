// The least client that speaks gRPC: node:http2 and bytes. It loads and watches servers at a fraction of what a whole
// client would cost, and it is the load generator where h2load is not installed.

import http2 from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import { framed } from './reference';

export interface RawClient {
  /** The reply's message. Rejects with the gRPC code and message otherwise. */
  unary(method: string, message: Uint8Array): Promise<Buffer>;
  /** The same with a frame made before. */
  unaryFramed(method: string, frame: Uint8Array): Promise<Buffer>;
  /** Messages of a server stream as they come, until `cancel`. `onEnd` hears why it ended otherwise. */
  stream(
    method: string,
    message: Uint8Array,
    onMessage: (message: Buffer) => void,
    onEnd: (why: string) => void,
  ): RawStream;
  close(): void;
}

export interface RawStream {
  cancel(): void;
}

/** A connection that is made on first use. `headers` go with each call. */
export function connect(address: string, headers: Readonly<Record<string, string>> = {}): RawClient {
  let session: ClientHttp2Session | undefined;
  const open = () => {
    if (session === undefined || session.closed || session.destroyed) {
      session = http2.connect(`http://${address}`, { settings: { initialWindowSize: 1 << 20 } });
      session.once('connect', () => session!.setLocalWindowSize(16 << 20));
      // Each stream reports the failure too.
      session.on('error', () => undefined);
    }
    return session;
  };
  const call = (method: string, frame: Uint8Array): ClientHttp2Stream => {
    const stream = open().request({
      ':method': 'POST',
      ':path': `/holdfast.v1.${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.end(frame);
    return stream;
  };
  const unaryFramed = (method: string, frame: Uint8Array) => {
    return new Promise<Buffer>((resolve, reject) => {
      const stream = call(method, frame);
      const chunks: Buffer[] = [];
      let status: string | undefined;
      const look = (headers: IncomingHttpHeaders) => (status ??= statusIn(headers));
      stream.on('response', look);
      stream.on('trailers', look);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('close', () => {
        const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
        if (status === 'OK' && body.length >= 5) resolve(body.subarray(5));
        else reject(new Error(`${method}: ${status ?? 'no gRPC status'}`));
      });
    });
  };
  return {
    unary: (method, message) => unaryFramed(method, framed(message)),
    unaryFramed,
    stream: (method, message, onMessage, onEnd) => {
      const stream = call(method, framed(message));
      let ended = false;
      const end = (why: string) => {
        if (ended) return;
        ended = true;
        onEnd(why);
      };
      stream.on('data', splitter(onMessage));
      const look = (headers: IncomingHttpHeaders) => {
        const status = statusIn(headers);
        if (status !== undefined) end(status);
      };
      stream.on('response', look);
      stream.on('trailers', look);
      stream.on('error', (error: Error) => end(error.message));
      stream.on('close', () => end('closed'));
      return {
        cancel: () => {
          ended = true;
          stream.close(http2.constants.NGHTTP2_CANCEL);
        },
      };
    },
    close: () => session?.destroy(),
  };
}

/** `OK`, or the code and message of a refusal; undefined where the headers do not say yet. */
function statusIn(headers: IncomingHttpHeaders): string | undefined {
  const { 'grpc-status': code, 'grpc-message': message } = headers as Record<string, string | undefined>;
  if (code === undefined) return undefined;
  return code === '0' ? 'OK' : `gRPC status ${code}: ${message ?? 'no message'}`;
}

/** Cuts a stream of bytes into gRPC messages; each byte is copied at most once, however long the message. */
function splitter(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  // How many bytes make the next step possible: a header, or a header and its message.
  let wanted = 5;
  return (chunk) => {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < wanted) return;
    let bytes = held.length === 1 ? chunk : Buffer.concat(held);
    for (wanted = 5; bytes.length >= wanted; wanted = 5) {
      wanted = 5 + bytes.readUInt32BE(1);
      if (bytes.length < wanted) break;
      onMessage(bytes.subarray(5, wanted));
      bytes = bytes.subarray(wanted);
    }
    held = bytes.length === 0 ? [] : [bytes];
    heldBytes = bytes.length;
  };
}
