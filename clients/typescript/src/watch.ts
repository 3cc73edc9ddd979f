// Following the journal over as many streams as it takes.
//
// W1. Events come in order, each once: a stream that breaks is opened again after the last position that was handed out whole.
// W2. The events of one command come together. A command whose events were cut off in the middle comes again from its start.
// W3. "Now" is one moment: that of the call of `watch`, not of a later stream.
// W4. A snapshot that breaks off begins again, and says so. Resumed by position it would lack what the journal no longer holds.

import { Backoff } from './backoff';
import type { Connection } from './connection';
import { HoldfastError } from './error';
import type { Position } from './gen/holdfast/v1/common';
import type { Event, Resource } from './gen/holdfast/v1/event';
import { EventServiceService } from './gen/holdfast/v1/event_service';
import type { WatchEventsRequest, WatchEventsResponse } from './gen/holdfast/v1/event_service';
import { ProjectServiceService } from './gen/holdfast/v1/project_service';
import { mustBeTime } from './options';
import { projectName } from './names';
import { resumedStream } from './resumed-stream';
import { noDetails } from './status-details';

/** Where a watch begins: after a position, or at one of these. */
export type WatchStart = Position | 'now' | 'earliest' | 'snapshot';

export interface WatchOptions {
  /** Default `now`: with the first event after the call of `watch`. */
  readonly start?: WatchStart;
  /** Only events of these types; `task.*` stands for all of tasks. Default all. */
  readonly types?: readonly string[];
  /** The project, instead of the client's own; `-` for all. */
  readonly project?: string;
  /** Fill `Event.previous`. */
  readonly includePrevious?: boolean;
  /** Hand out progress too: a position to store when nothing has matched for long. */
  readonly progress?: boolean;
  /** How often the server says where it is while nothing matches, in milliseconds. Default 15,000; from 100 to 3,600,000. */
  readonly progressIntervalMs?: number;
  /** Ends the watch, without an error. */
  readonly signal?: AbortSignal;
  /** Give up when no server has answered for so long, in milliseconds. Default: never. */
  readonly giveUpAfterMs?: number;
  /** Hears why a stream broke, before it is opened again. */
  readonly onReconnect?: (error: HoldfastError) => void;
}

/** A piece of a watch. To store `position` with the effects of `events` is to see each event exactly once, restarts included. */
export type WatchEntry =
  /** All events of one command that match. */
  | { readonly kind: 'events'; readonly events: readonly Event[]; readonly position: Position }
  /**
   * A part of the snapshot. `first`: a snapshot begins here, forget what an unfinished one brought. `last`: it is whole, and
   * `position` is where it stands; unset before.
   */
  | {
      readonly kind: 'snapshot';
      readonly resources: readonly Resource[];
      readonly first: boolean;
      readonly last: boolean;
      readonly position: Position | undefined;
    }
  /** All that was there when the iteration began was handed out. Comes once. */
  | { readonly kind: 'caught-up'; readonly position: Position }
  /** Nothing matched up to here. Only if asked for. */
  | { readonly kind: 'progress'; readonly position: Position };

type Start = NonNullable<WatchEventsRequest['start']>;

const PROGRESS_INTERVAL_MS = 15_000;
/** A stream without a message for so many intervals is dead, whatever the connection says. */
const SILENT_INTERVALS = 3;
/** Milliseconds beyond them, for a server that is busy. */
const SILENT_SPARE_MS = 2000;

/** A watch: iterate over it once. Leaving the loop ends it. */
export class Watch implements AsyncIterable<WatchEntry> {
  /** Resolves when it is settled where the watch begins: what changes from then on is in it. Rejects as the iteration does. */
  readonly ready: Promise<void>;
  private readonly beginning: Promise<Start | undefined>;
  private iterated = false;

  constructor(
    private readonly connection: Connection,
    private readonly options: WatchOptions,
  ) {
    mustBeTime('progressIntervalMs', options.progressIntervalMs ?? PROGRESS_INTERVAL_MS, 100);
    this.beginning = this.begin(options.start ?? 'now');
    this.ready = this.beginning.then(() => undefined);
    // The iteration throws it too, and most callers look at that alone.
    this.ready.catch(() => undefined);
  }

  [Symbol.asyncIterator](): AsyncGenerator<WatchEntry, void, undefined> {
    if (this.iterated)
      throw new TypeError('a watch is iterated once: call watch() again, after the position you have stored');
    this.iterated = true;
    return this.entries();
  }

  private async *entries(): AsyncGenerator<WatchEntry, void, undefined> {
    const { connection } = this;
    const { signal, onReconnect, giveUpAfterMs, progressIntervalMs: intervalMs = PROGRESS_INTERVAL_MS } = this.options;
    const beginning = await this.beginning;
    if (!beginning) return;
    const reader = new Reader(beginning, this.options.progress === true);
    const requestOf = (): WatchEventsRequest => this.request(reader.opened(), intervalMs);
    const silentMs = intervalMs * SILENT_INTERVALS + SILENT_SPARE_MS;
    const kept = { signal, onReconnect, giveUpAfterMs, silentMs };
    try {
      for await (const message of resumedStream(connection, EventServiceService.watchEvents, requestOf, kept)) {
        const entry = reader.read(message);
        if (entry?.position) connection.positions.seen(entry.position);
        if (entry) yield entry;
      }
    } catch (error) {
      if (connection.stopped(signal)) return;
      throw error;
    }
  }

  /** W3. Undefined when the caller has stopped it before it was known. */
  private async begin(start: WatchStart): Promise<Start | undefined> {
    if (start === 'earliest') return { $case: 'earliest', value: true };
    if (start === 'snapshot') return { $case: 'snapshot', value: true };
    if (start !== 'now') return { $case: 'after', value: { history: start.history, sequence: start.sequence } };
    const { signal, onReconnect, giveUpAfterMs = Infinity } = this.options;
    const backoff = new Backoff(giveUpAfterMs);
    for (;;) {
      try {
        return { $case: 'after', value: await headOf(this.connection, signal, 0) };
      } catch (error) {
        if (this.connection.stopped(signal)) return undefined;
        const waitMs = backoff.waitAfter(error);
        if (waitMs === undefined) throw error;
        onReconnect?.(error as HoldfastError);
        await this.connection.pause(waitMs, signal);
      }
    }
  }

  private request(start: Start, intervalMs: number): WatchEventsRequest {
    const { types = [], project = this.connection.options.project, includePrevious = false } = this.options;
    const progressInterval = { seconds: Math.floor(intervalMs / 1000), nanos: Math.round((intervalMs % 1000) * 1e6) };
    return { parent: projectName(project), types: [...types], start, includePrevious, progressInterval };
  }
}

/** What is known between two streams: where to go on, and what has come in part. */
class Reader {
  private record: Event[] = [];
  private caughtUp = false;
  private snapshotBegun = false;

  constructor(
    private start: Start,
    private readonly progress: boolean,
  ) {}

  /** Where a new stream begins. What the one before it left in part is dropped (W2, W4). */
  opened(): Start {
    this.record = [];
    this.snapshotBegun = false;
    return this.start;
  }

  /** What a message completes; undefined for nothing. */
  read({ payload, position }: WatchEventsResponse): WatchEntry | undefined {
    if (!position || !payload) return undefined;
    if (payload.$case === 'events') {
      this.record.push(...payload.value.events);
      if (payload.value.more) return undefined;
      const events = this.record;
      this.record = [];
      this.goOnAfter(position);
      return { kind: 'events', events, position };
    }
    if (payload.$case === 'snapshot') {
      const { resources, last } = payload.value;
      const first = !this.snapshotBegun;
      this.snapshotBegun = true;
      if (last) this.goOnAfter(position);
      return { kind: 'snapshot', resources, first, last, position: last ? position : undefined };
    }
    this.goOnAfter(position);
    if (payload.$case === 'caughtUp' && !this.caughtUp) {
      this.caughtUp = true;
      return { kind: 'caught-up', position };
    }
    return payload.$case === 'progress' && this.progress ? { kind: 'progress', position } : undefined;
  }

  private goOnAfter(position: Position): void {
    this.start = { $case: 'after', value: position };
  }
}

/** The head of the journal. */
export async function headOf(
  connection: Connection,
  signal: AbortSignal | undefined,
  retryForMs?: number,
): Promise<Position> {
  // Any read says where the server is; this is the cheapest.
  const request = { pageSize: 1, pageToken: '', showDeleted: true, atLeast: undefined };
  const { position } = await connection.unary(ProjectServiceService.listProjects, request, { signal }, retryForMs);
  if (position) return position;
  throw new HoldfastError('INTERNAL', { ...noDetails, message: 'the server did not say where its journal is' });
}
