import type { Server, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { EventServiceService } from '../gen/holdfast/v1/event_service';
import type { ReadEventsRequest, WatchEventsRequest } from '../gen/holdfast/v1/event_service';
import { durationMs, eventViewOf, startOf } from './event-start';
import { callerOfCall, serve, unary, UnreadRequest } from './method';
import { listEvents } from './list-events';
import { readEvents } from './read-events';
import type { ServiceContext } from './replies';
import { statusOf } from './status';
import { verifyAudit } from './verify-audit';
import { Watch } from './watch';
import type { WatchHub } from './watch-hub';

/** How often a watch says where it stands, in milliseconds: when not asked, at least and at most. */
const PROGRESS_MS = { fallbackMs: 15_000, minMs: 100, maxMs: 3_600_000 };

/** Unary methods that may wait longer than the operation timeout. */
export const waitingMethods: ReadonlySet<string> = new Set([EventServiceService.readEvents.path]);

/** What the service answers from. */
export interface EventContext extends ServiceContext {
  readonly hub: WatchHub;
}

/** Serves holdfast.v1.EventService. */
export function addEventService(server: Server, context: EventContext): void {
  const { hub } = context;
  server.addService(serve(EventServiceService), {
    watchEvents: (stream: ServerWritableStream<WatchEventsRequest | UnreadRequest, Buffer>) => watchEvents(hub, stream),
    readEvents: unary(hub.calls, (request: ReadEventsRequest, _caller, call: ServerUnaryCall<unknown, Buffer>) =>
      readEvents(hub, request, call),
    ),
    listEvents: unary(context, listEvents(context)),
    verifyAudit: unary(context, verifyAudit(context)),
  });
}

function watchEvents(hub: WatchHub, stream: ServerWritableStream<WatchEventsRequest | UnreadRequest, Buffer>): void {
  const { request } = stream;
  try {
    if (request instanceof UnreadRequest) throw request.refusal;
    callerOfCall(hub.calls, stream);
    const view = eventViewOf(request);
    const intervalMs = durationMs(request.progressInterval, 'progress_interval', PROGRESS_MS);
    const after = startOf(hub.engine, request.start);
    void new Watch(hub, stream, view, intervalMs).run(after);
  } catch (fault) {
    const { guard, log } = hub.calls;
    stream.emit('error', statusOf(fault, log, guard.spanOf(stream.metadata)?.traceId));
  }
}
