// A reader that keeps its position together with what it saw, as the manual asks. It survives the server many times over.
//
// W1. A position is taken over only with the last piece of a command's events: what a broken stream cut off comes again.

import { credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { Position } from '../../src/gen/holdfast/v1/common';
import type { Event } from '../../src/gen/holdfast/v1/event';
import { EventServiceClient, WatchEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { WatchEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { digestOf } from './load';
import { callFailed } from './service-client';

/** What is kept of one event. */
export interface Seen {
  readonly sequence: number;
  readonly index: number;
  readonly type: string;
  readonly name: string;
  readonly requestId: string;
  readonly etag: string;
  readonly revision: number;
  /** Hash of the task after it; empty for other entities and for a purged one. */
  readonly digest: string;
}

export function seenOf(event: Event): Seen {
  const after = event.after?.resource;
  const entity = after?.$case === 'task' || after?.$case === 'project' ? after.value : undefined;
  return {
    sequence: event.position!.sequence,
    index: event.index,
    type: event.type,
    name: event.name,
    requestId: event.requestId,
    etag: entity?.etag ?? '',
    revision: entity?.revision ?? 0,
    digest: after?.$case === 'task' ? digestOf([after.value]) : '',
  };
}

export class Watcher {
  readonly seen: Seen[] = [];
  position: Position | undefined;
  /** What the stream did against its contract. */
  readonly violations: string[] = [];
  private pieces: Seen[] = [];
  private wanted: { readonly sequence: number; readonly resolve: () => void } | undefined;

  /** Follows all events of a server from where it stands, until the stream breaks. */
  async follow(address: string): Promise<void> {
    const client = new EventServiceClient(address, credentials.createInsecure(), {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': -1,
    });
    this.pieces = [];
    const request = WatchEventsRequest.fromPartial({
      parent: 'projects/-',
      start: this.position ? { $case: 'after', value: this.position } : { $case: 'earliest', value: true },
      progressInterval: { seconds: 0, nanos: 200_000_000 },
    });
    const stream = client.watchEvents(request);
    const error = await new Promise<ServiceError | undefined>((resolve) => {
      stream.on('data', (message: WatchEventsResponse) => this.take(message));
      stream.once('error', (failure: ServiceError) => resolve(failure));
      stream.once('end', () => resolve(undefined));
    });
    client.close();
    // Whoever waits for more from this stream waits in vain.
    this.wanted?.resolve();
    if (!error) return;
    const failed = callFailed(error);
    const gone = [status.UNAVAILABLE, status.CANCELLED, status.INTERNAL].map(Number).includes(failed.code);
    if (!gone) this.violations.push(`the watch after ${this.position?.sequence} ended: ${failed.message}`);
  }

  /** Resolves when everything up to this sequence was seen, or when the stream has ended before. */
  async reach(sequence: number): Promise<void> {
    if ((this.position?.sequence ?? 0) >= sequence) return;
    await new Promise<void>((resolve) => (this.wanted = { sequence, resolve }));
  }

  private take(message: WatchEventsResponse): void {
    const before = this.position?.sequence ?? 0;
    const now = message.position?.sequence ?? 0;
    if (now < before) this.violations.push(`the position runs back from ${before} to ${now}`);
    if (message.payload?.$case === 'events') {
      const { events, more } = message.payload.value;
      this.pieces.push(...events.map(seenOf));
      if (more) {
        if (now > before) this.violations.push(`the position moves to ${now} before the last piece`);
        return;
      }
      this.seen.push(...this.pieces.splice(0));
    } else if (this.pieces.length > 0) {
      this.violations.push(`the events of ${this.pieces[0]!.sequence} are broken up by ${message.payload?.$case}`);
    }
    if (message.position) this.position = message.position;
    if (this.wanted && now >= this.wanted.sequence) this.wanted.resolve();
  }
}
