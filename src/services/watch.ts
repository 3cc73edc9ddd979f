// One WatchEvents call: a cursor over the journal and a stream to write to.
//
// W1. Events go out in order of sequence, each once, those of one record together. Nothing is dropped.
// W2. Every position that is sent is safe to resume from: all up to it was sent.
// W3. When the stream says stop, nothing more is written until it drains. A grpc-js stream that was canceled never drains, so
//     the wait ends with the call too.
// W4. An idle watch costs no timer: the hub's tick sends its progress and counts its stall.

import type { ServerWritableStream } from '@grpc/grpc-js';
import { Refusal } from '../domain/refusal';
import type { FeedCursor } from '../engine/feed';
import type { Record as JournalRecord } from '../gen/holdfast/journal/v1/journal';
import { FellBehind } from '../gen/holdfast/v1/event_service';
import type { SharedView } from './event-encoding';
import { sendSnapshot } from './snapshot-stream';
import { splice } from './splice';
import type { Part } from './splice';
import { statusOf } from './status';
import type { WatchHub } from './watch-hub';

/** Field numbers of WatchEventsResponse. */
const PROGRESS = 4;
const CAUGHT_UP = 5;
const FELL_BEHIND = 6;
/** Messages above this many bytes are waited for one by one: grpc-js counts messages, not bytes, before it says stop. */
const LARGE_MESSAGE_BYTES = 64 * 1024;

const EMPTY = Buffer.alloc(0);

type Stream = ServerWritableStream<unknown, Buffer>;

export class Watch {
  private readonly shared: ReturnType<WatchHub['share']>;
  /** Ends the wait for something to show; set while it waits. */
  wake: (() => void) | undefined;
  private cursor: FeedCursor | undefined;
  private over = false;
  /** All up to here was sent. */
  private sent = 0;
  private caughtUp = false;
  private behind = false;
  /** Waits for new records, with all earlier ones sent. */
  private idle = false;
  /** Set from when the stream says stop until it takes more. */
  private stall: { readonly sinceMs: number; readonly over: Promise<void> } | undefined;
  private lastSentMs = performance.now();
  private goOn: (() => void) | undefined;

  constructor(
    private readonly hub: WatchHub,
    private readonly stream: Stream,
    view: SharedView['view'],
    private readonly progressIntervalMs: number,
  ) {
    hub.join(this);
    this.shared = hub.share(view);
    stream.on('drain', this.resume);
    stream.on('cancelled', this.close);
    stream.on('close', this.close);
  }

  /** Follows the journal after a sequence, or after a snapshot, until the call ends. */
  async run(after: number | undefined): Promise<void> {
    try {
      const from = after ?? (await sendSnapshot(this.hub, this.shared.view, this));
      if (!this.over) await this.follow(from);
    } catch (fault) {
      this.end(fault);
    }
  }

  /** Whether the call has ended. */
  get ended(): boolean {
    return this.over;
  }

  /** Writes one message, then waits until the stream takes more. */
  async send(message: Buffer): Promise<void> {
    while (this.stall) await this.stall.over;
    if (this.over) return;
    this.lastSentMs = performance.now();
    const large = message.length > LARGE_MESSAGE_BYTES;
    const takesMore = large ? (this.stream.write(message, this.resume), false) : this.stream.write(message);
    if (takesMore) return;
    const over = new Promise<void>((resolve) => (this.goOn = resolve));
    this.stall = { sinceMs: this.lastSentMs, over };
    await over;
  }

  /** Ends the call with the status of `fault`. */
  end(fault: unknown): void {
    if (this.over) return;
    this.close();
    const { guard, log } = this.hub.calls;
    this.stream.emit('error', statusOf(fault, log, guard.spanOf(this.stream.metadata)?.traceId));
  }

  /** Progress and stalls (W4). */
  tick(nowMs: number): void {
    if (this.stall) {
      if (nowMs - this.stall.sinceMs < this.hub.stallTimeoutMs) return;
      const seconds = this.hub.stallTimeoutMs / 1000;
      this.end(new Refusal('SLOW_CONSUMER', `nothing was read for ${seconds} s; resume from the last position`));
      // The status stands behind what the reader has not read; it gets as long again to come to it.
      this.hub.calls.guard.cutOff(this.stream.metadata, this.hub.stallTimeoutMs);
    } else if (this.idle && nowMs - this.lastSentMs >= this.progressIntervalMs) {
      this.sent = Math.max(this.sent, this.shared.passed);
      void this.send(this.message(PROGRESS));
    }
  }

  private async follow(after: number): Promise<void> {
    const { feed } = this.hub.engine;
    const goal = feed.head;
    const cursor = (this.cursor = feed.open(after));
    this.sent = after;
    while (!this.over) {
      if (!this.caughtUp && this.sent >= goal) {
        this.caughtUp = true;
        await this.send(this.message(CAUGHT_UP));
      }
      const { records, fromDisk } = await cursor.next();
      if (records.length === 0) {
        this.idle = true;
        this.sent = await this.hub.idle(this.shared, cursor, this);
        this.idle = false;
        cursor.skip(this.sent);
        continue;
      }
      if (fromDisk && this.caughtUp && !this.behind) {
        await this.send(this.message(FELL_BEHIND, lagBytes(feed.head - this.sent)));
      }
      this.behind = fromDisk;
      await this.sendRecords(records, goal);
    }
  }

  private async sendRecords(records: readonly JournalRecord[], goal: number): Promise<void> {
    for (const record of records) {
      const messages = this.shared.messagesOf(record);
      for (const message of messages instanceof Promise ? await messages : messages) {
        if (this.over) return;
        await this.send(message);
      }
      this.sent = record.sequence;
      if (this.sent === goal && !this.caughtUp) {
        this.caughtUp = true;
        await this.send(this.message(CAUGHT_UP));
      }
      if (this.over) return;
    }
    if (performance.now() - this.lastSentMs >= this.progressIntervalMs) await this.send(this.message(PROGRESS));
  }

  private message(field: number, bytes: Uint8Array = EMPTY): Buffer {
    const position: Part = { field: 1, bytes: this.hub.positions.bytes(this.sent) };
    return splice([position, { field, bytes }]);
  }

  private readonly resume = (): void => {
    this.stall = undefined;
    this.goOn?.();
    this.goOn = undefined;
  };

  private readonly close = (): void => {
    if (this.over) return;
    this.over = true;
    this.hub.leave(this);
    this.hub.release(this.shared);
    this.cursor?.close();
    this.wake?.();
    this.resume();
  };
}

/** FellBehind {1: lag}. */
function lagBytes(lag: number): Uint8Array {
  return FellBehind.encode({ lag }).finish();
}
