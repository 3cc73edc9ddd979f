// The signs of life of a session while a program works in it.

import { setTimeout as delay } from 'node:timers/promises';
import type { HeartbeatSessionResponse } from '../../gen/holdfast/v1/session_service';
import { HeartbeatSessionRequest, SessionServiceService } from '../../gen/holdfast/v1/session_service';
import type { Run } from '../command-run';
import { CallFailure } from '../failure';
import { uuidV7 } from '../uuid';

interface Listener {
  /** What the server said with a sign of life. */
  readonly told: (answer: HeartbeatSessionResponse) => void;
  /** The session is over, or somebody else's: nothing that it holds is sure any more. */
  readonly lost: (failure: CallFailure) => void;
}

/** Signs of life for each ttl: two may be lost. */
const beatsPerTtl = 3;
/** A session without a ttl needs none, but wants to hear what is wanted of it. */
const beatWithoutTtlMs = 60_000;

const overReasons: readonly string[] = ['SESSION_LOST', 'SESSION_ENDED', 'FENCED', 'NOT_FOUND'];

/** Gives signs of life until it is told to stop. The function given back resolves when the last one is through. */
export function keepAlive(run: Run, session: string, ttlMs: number, listener: Listener): () => Promise<void> {
  const pauseMs = ttlMs > 0 ? ttlMs / beatsPerTtl : beatWithoutTtlMs;
  const beat = async () => {
    const request = HeartbeatSessionRequest.fromPartial({ name: session, requestId: uuidV7() });
    const { message } = await run.connection.call(SessionServiceService.heartbeatSession, request);
    listener.told(message);
  };
  return repeat(run, pauseMs, `session ${session}`, beat, (failure) => listener.lost(failure));
}

/**
 * Does something again and again, with a pause before each time. A failure that says that it is over ends it; any other is told
 * once, and it goes on.
 */
export function repeat(
  { output }: Pick<Run, 'output'>,
  pauseMs: number,
  what: string,
  act: () => Promise<void>,
  over: (failure: CallFailure) => void,
): () => Promise<void> {
  const stop = new AbortController();
  const loop = async () => {
    let failing = false;
    for (;;) {
      try {
        await delay(pauseMs, undefined, { signal: stop.signal });
      } catch {
        return;
      }
      try {
        await act();
        if (failing) output.remark(`holdfast: ${what} is renewed again`);
        failing = false;
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error;
        if (overReasons.includes(error.reason)) return over(error);
        if (!failing) output.remark(`holdfast: ${what} could not be renewed: ${error.said}; trying again`);
        failing = true;
      }
    }
  };
  const looping = loop();
  return async () => {
    stop.abort();
    await looping;
  };
}
