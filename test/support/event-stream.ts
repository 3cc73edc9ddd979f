import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { WatchEventsRequest } from '../../src/gen/holdfast/v1/event_service';
import type { EventServiceClient, WatchEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import type { Event } from '../../src/gen/holdfast/v1/event';

type Case = NonNullable<WatchEventsResponse['payload']>['$case'];

/** The client's end of a WatchEvents call: keeps what came, and waits for what is to come. */
export class EventStream {
  readonly messages: WatchEventsResponse[] = [];
  /** Why the stream ended; undefined while it has not. */
  fault: ServiceError | undefined;
  private readonly stream: ClientReadableStream<WatchEventsResponse>;
  private waiting: (() => void)[] = [];

  constructor(client: EventServiceClient, partial: Parameters<typeof WatchEventsRequest.fromPartial>[0]) {
    this.stream = client.watchEvents(WatchEventsRequest.fromPartial({ parent: 'projects/-', ...partial }));
    this.stream.on('data', (message: WatchEventsResponse) => {
      this.messages.push(message);
      this.wake();
    });
    this.stream.on('error', (fault: ServiceError) => {
      this.fault = fault;
      this.wake();
    });
    this.stream.on('end', () => this.wake());
  }

  /** All events so far, in the order in which they came. */
  get events(): Event[] {
    return this.messages.flatMap(({ payload }) => (payload?.$case === 'events' ? payload.value.events : []));
  }

  of(kind: Case): WatchEventsResponse[] {
    return this.messages.filter(({ payload }) => payload?.$case === kind);
  }

  /** The position of the last message. */
  get position(): number {
    return this.messages[this.messages.length - 1]?.position?.sequence ?? -1;
  }

  /** Waits until the condition holds; rejects when the stream ends before it does. */
  async until(condition: (stream: this) => boolean): Promise<void> {
    while (!condition(this)) {
      if (this.fault) throw this.fault;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Waits for the end and gives its error. */
  async end(): Promise<ServiceError> {
    while (!this.fault) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.fault;
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  cancel(): void {
    this.stream.cancel();
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
