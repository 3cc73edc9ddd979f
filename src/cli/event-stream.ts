// Following the journal from the client's side: one endless sequence of entries over as many streams as it takes.
//
// A broken stream is opened again after the last position that was handed out whole. The events of one record are handed
// out together, so that a record cut off by a crash does not come twice.

import { setTimeout as delay } from 'node:timers/promises';
import type { Position } from '../gen/holdfast/v1/common';
import type { Event, Resource } from '../gen/holdfast/v1/event';
import type { WatchEventsRequest, WatchEventsResponse } from '../gen/holdfast/v1/event_service';
import { EventServiceService } from '../gen/holdfast/v1/event_service';
import { ProjectServiceService } from '../gen/holdfast/v1/project_service';
import type { Answer, Connection } from './connection';
import type { CallFailure } from './failure';

export type Start = NonNullable<WatchEventsRequest['start']>;

export type StreamEntry =
  /** All events of one command. To store `position` with their effects is to see each exactly once. */
  | { readonly kind: 'events'; readonly events: readonly Event[]; readonly position: Position }
  | { readonly kind: 'snapshot'; readonly resources: readonly Resource[] }
  /** All that was there when the first stream began was handed out. */
  | { readonly kind: 'caught-up'; readonly position: Position };

export interface StreamOptions {
  readonly parent: string;
  readonly types: readonly string[];
  readonly start: Start;
  readonly includePrevious: boolean;
  /** Hears that the stream broke and is opened again. */
  readonly onReconnect?: (failure: CallFailure | undefined) => void;
  /** Ends the sequence when it aborts. */
  readonly signal?: AbortSignal;
}

const reconnectFirstMs = 50;
const reconnectLongestMs = 2000;

/** Where the journal is now. Rejects with a CallFailure if no server answers in time. */
export async function headPosition(connection: Connection): Promise<Position> {
  const request = { pageSize: 1, pageToken: '', showDeleted: true, atLeast: undefined };
  const { message } = await connection.call(ProjectServiceService.listProjects, request);
  return message.position ?? { history: '', sequence: 0 };
}

/**
 * The entries after `start`, without end: in order, none left out, none twice. Throws a CallFailure for what a new stream
 * cannot mend, such as a position that the journal no longer holds. Ends when the caller stops, or by `signal`.
 */
export async function* eventStream(connection: Connection, options: StreamOptions): AsyncGenerator<StreamEntry> {
  const { parent, types, includePrevious, signal } = options;
  // "Now" of a second stream would be later than that of the first: what happened between them would be lost.
  let start: Start =
    options.start.$case === 'now' ? { $case: 'after', value: await headPosition(connection) } : options.start;
  let caughtUp = false;
  let waitMs = reconnectFirstMs;
  while (!signal?.aborted) {
    const request: WatchEventsRequest = {
      parent,
      types: [...types],
      start,
      includePrevious,
      progressInterval: undefined,
    };
    const stream = connection.stream(EventServiceService.watchEvents, request);
    // The iteration has its own listener; this one stands for the time after it, when `cancel` makes an error of its own.
    stream.on('error', () => undefined);
    const cancel = () => stream.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    let failure: CallFailure | undefined;
    let record: Event[] = [];
    try {
      for await (const { message } of stream as AsyncIterable<Answer<WatchEventsResponse>>) {
        waitMs = reconnectFirstMs;
        const { payload } = message;
        const position = message.position ?? { history: '', sequence: 0 };
        if (payload?.$case === 'snapshot') yield { kind: 'snapshot', resources: payload.value.resources };
        if (payload?.$case === 'events') {
          record.push(...payload.value.events);
          if (payload.value.more) continue;
          yield { kind: 'events', events: record, position };
          record = [];
        }
        if (payload?.$case === 'caughtUp' && !caughtUp) {
          caughtUp = true;
          yield { kind: 'caught-up', position };
        }
        if (message.position) start = { $case: 'after', value: message.position };
      }
    } catch (error) {
      if (signal?.aborted) return;
      failure = connection.failureOf(error);
      if (!failure.passing && failure.reason !== 'SLOW_CONSUMER') throw failure;
    } finally {
      signal?.removeEventListener('abort', cancel);
      stream.cancel();
    }
    options.onReconnect?.(failure);
    await delay(waitMs);
    waitMs = Math.min(waitMs * 2, reconnectLongestMs);
  }
}
