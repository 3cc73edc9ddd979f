// What changes on a server. Each method is one RPC of holdfast.v1.EventService, whose comments are its manual.

import type { CallOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf, timeoutOfWait } from './durations';
import type { Position } from './gen/holdfast/v1/common';
import { EventServiceService } from './gen/holdfast/v1/event_service';
import type { ReadEventsResponse } from './gen/holdfast/v1/event_service';
import { projectName } from './names';
import { headOf, Watch } from './watch';
import type { WatchOptions } from './watch';

export interface ReadEventsOptions extends CallOptions {
  /** Read after this position; without it from the oldest that the journal holds. */
  readonly after?: Position;
  /** Only events of these types; `task.*` stands for all of tasks. Default all. */
  readonly types?: readonly string[];
  /** The project, instead of the client's own; `-` for all. */
  readonly project?: string;
  /** How long to wait for a first event, in milliseconds. Default not at all; at most 60,000. */
  readonly waitMs?: number;
  /** At most so many events, but never a part of a command's. */
  readonly pageSize?: number;
  readonly includePrevious?: boolean;
}

export class Events {
  constructor(private readonly connection: Connection) {}

  /**
   * Follows the journal: without end, in order, each event once, through broken connections and restarts of the server. Throws
   * what cannot be mended: `POSITION_TOO_OLD`, `POSITION_UNKNOWN`, a malformed request.
   */
  watch(options: WatchOptions = {}): Watch {
    return new Watch(this.connection, options);
  }

  /** Reads a page of events, waiting for the first if asked to. Pass its `position` as `after` of the next call. */
  async read(options: ReadEventsOptions = {}): Promise<ReadEventsResponse> {
    const { after, types = [], project = this.connection.options.project, waitMs = 0 } = options;
    const { pageSize = 0, includePrevious = false } = options;
    const wait = durationOf('waitMs', waitMs);
    const request = { parent: projectName(project), types: [...types], after, wait, pageSize, includePrevious };
    const timeoutMs = options.timeoutMs ?? timeoutOfWait(waitMs, this.connection.options.timeoutMs);
    return this.connection.unary(EventServiceService.readEvents, request, { ...options, timeoutMs });
  }

  /** Where the journal is now. */
  head(options: Pick<CallOptions, 'signal'> = {}): Promise<Position> {
    return headOf(this.connection, options.signal);
  }
}
