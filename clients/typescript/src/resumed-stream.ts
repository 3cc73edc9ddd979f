// One endless sequence of messages over as many server streams as it takes.

import { Backoff } from './backoff';
import type { CallOptions } from './call-options';
import type { Connection, Method } from './connection';
import { HoldfastError } from './error';
import { noDetails } from './status-details';

/** How a stream is kept alive. */
export interface ResumeOptions extends Pick<CallOptions, 'signal' | 'metadata'> {
  /** A stream that brings nothing for so long is taken for dead, in milliseconds. Unset: the signs of life of the connection decide. */
  readonly silentMs?: number;
  /** Give up after failing for so long, in milliseconds. Unset: never. */
  readonly giveUpAfterMs?: number;
  /** Hears why a stream broke, before it is opened again. */
  readonly onReconnect?: (error: HoldfastError) => void;
}

/**
 * The messages of a server stream. `requestOf` is asked at each opening, so that it can say where to go on. Throws a
 * HoldfastError for what a new stream cannot mend, and CANCELLED when the caller's signal aborts or the client is closed.
 */
export async function* resumedStream<Q, S>(
  connection: Connection,
  method: Method<Q, S>,
  requestOf: () => Q,
  options: ResumeOptions,
): AsyncGenerator<S, void, undefined> {
  const { signal, metadata, silentMs, giveUpAfterMs = Infinity, onReconnect } = options;
  const backoff = new Backoff(giveUpAfterMs);
  for (;;) {
    const { stream, release } = connection.serverStream(method, requestOf(), { signal, metadata });
    const messages = (stream as AsyncIterable<S>)[Symbol.asyncIterator]();
    let failure: HoldfastError;
    try {
      for (;;) {
        const next = await withinSilence(messages.next(), silentMs, release);
        if (next.done) break;
        backoff.reset();
        yield next.value;
      }
      failure = lost('the server ended the stream');
    } catch (error) {
      connection.mustBeOpen(signal, '');
      failure = connection.errorOf(error);
      connection.positions.refused(failure);
    } finally {
      release();
    }
    connection.mustBeOpen(signal, '');
    // The server let go of a reader that was slow: it reads again now.
    const waitMs = failure.is('SLOW_CONSUMER') ? 0 : backoff.waitAfter(failure);
    if (waitMs === undefined) throw failure;
    onReconnect?.(failure);
    await connection.pause(waitMs, signal);
  }
}

/** Waits for the next message; `end` ends the stream when it takes too long. Only the wait counts, not the reader's own time. */
async function withinSilence<T>(next: Promise<T>, silentMs: number | undefined, end: () => void): Promise<T> {
  if (silentMs === undefined) return next;
  const timer = setTimeout(end, silentMs);
  try {
    return await next;
  } finally {
    clearTimeout(timer);
  }
}

function lost(message: string): HoldfastError {
  return new HoldfastError('UNAVAILABLE', { ...noDetails, message });
}
