import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { FeedCursor } from '../engine/feed';
import type { ReadEventsRequest } from '../gen/holdfast/v1/event_service';
import { fieldInvalid } from '../domain/refusal';
import { eventBytes, selects } from './event-encoding';
import { afterOf, durationMs, eventViewOf } from './event-start';
import { PAGE_BYTES_MAX } from './reading';
import { splice } from './splice';
import type { Part } from './splice';
import type { WatchHub } from './watch-hub';

/** Events of one answer when the caller does not say, and at most. */
const EVENTS_DEFAULT = 100;
const EVENTS_MAX = 1000;
/** How long a call may wait for its first event, in milliseconds. */
const WAIT_MS = { fallbackMs: 0, minMs: 0, maxMs: 60_000 };
/** ReadEventsResponse.caught_up, true. */
const CAUGHT_UP = Uint8Array.of(3 << 3, 1);

/** ReadEvents: the events after a position, waiting for the first if asked to. */
export async function readEvents(
  hub: WatchHub,
  request: ReadEventsRequest,
  call: ServerUnaryCall<unknown, Buffer>,
): Promise<Buffer> {
  const { engine, positions } = hub;
  const view = eventViewOf(request);
  const waitMs = durationMs(request.wait, 'wait', WAIT_MS);
  if (request.pageSize < 0) throw fieldInvalid('page_size', 'must not be negative');
  const countMax = request.pageSize === 0 ? EVENTS_DEFAULT : Math.min(request.pageSize, EVENTS_MAX);
  const goal = engine.feed.head;
  let position = request.after ? afterOf(engine, request.after, 'after') : engine.feed.floor();
  const cursor = engine.feed.open(position);
  const patience = new Patience(cursor, hub, call, waitMs);
  const parts: Part[] = [];
  let bytes = 0;
  try {
    reading: for (;;) {
      const { records } = await cursor.next();
      for (const record of records) {
        if (selects(view, record)) {
          const events = await eventBytes(engine, positions, view, record);
          const size = events.reduce((sum, event) => sum + event.length, 0);
          if (parts.length > 0 && bytes + size > PAGE_BYTES_MAX) break reading;
          for (const event of events) parts.push({ field: 2, bytes: event });
          bytes += size;
        }
        position = record.sequence;
        if (parts.length >= countMax) break reading;
      }
      // What is there goes out at once; only an empty answer waits.
      const atHead = position >= engine.feed.head;
      if (atHead && (parts.length > 0 || patience.over)) break;
      if (patience.ended) break;
      if (records.length === 0) await cursor.changed();
    }
  } finally {
    patience.leave();
    cursor.close();
  }
  const head: Part = { field: 1, bytes: positions.bytes(position) };
  return splice([head, ...parts], position >= goal ? CAUGHT_UP : undefined);
}

/** How long a reader waits: until its time is up, it goes away, or the server shuts down. */
class Patience {
  /** Nothing more is waited for. */
  over: boolean;
  /** Nobody wants an answer any more, or nobody can give one. */
  ended = false;
  private readonly timer: NodeJS.Timeout | undefined;
  private readonly forget: () => void;

  constructor(
    private readonly cursor: FeedCursor,
    hub: WatchHub,
    call: ServerUnaryCall<unknown, Buffer>,
    waitMs: number,
  ) {
    this.over = waitMs === 0 || hub.draining;
    const end = (): void => {
      this.ended = true;
      this.stop();
    };
    if (!this.over) this.timer = setTimeout(() => this.stop(), waitMs).unref();
    call.on('cancelled', end);
    this.forget = hub.onDrain(end);
  }

  leave(): void {
    clearTimeout(this.timer);
    this.forget();
  }

  private stop(): void {
    this.over = true;
    this.cursor.close();
  }
}
