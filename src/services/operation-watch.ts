// WatchOperation: the operation as it is, then at each change, until it has ended.
//
// P1. What is sent is the newest row, never an older one after a newer one. A reader that is slower than the changes gets the
//     newest when it is ready: an operation is a state, not a history (that is EventService's).
// P2. One message at most is under way: the next is written when the stream has taken the one before.
// P3. A reader that stalls too long ends with SLOW_CONSUMER, and every reader with DRAINING when the server shuts down.

import type { ServerWritableStream } from '@grpc/grpc-js';
import { parseOperation } from '../domain/names';
import { Refusal } from '../domain/refusal';
import type { WatchOperationRequest } from '../gen/holdfast/v1/operation_service';
import { callerOfCall, UnreadRequest } from './method';
import { findOperation, isRunning } from './operation-row';
import type { OperationContext } from './operation-row';
import { statusOf } from './status';

type Stream = ServerWritableStream<WatchOperationRequest | UnreadRequest, Buffer>;

/** WatchOperation. */
export function watchOperation(context: OperationContext, stream: Stream): void {
  const { guard, log } = context;
  try {
    if (stream.request instanceof UnreadRequest) throw stream.request.refusal;
    callerOfCall(context, stream);
    const { name } = stream.request;
    const id = parseOperation(name, 'name');
    void new OperationWatch(context, stream, name, id).run();
  } catch (fault) {
    stream.emit('error', statusOf(fault, log, guard.spanOf(stream.metadata)?.traceId));
  }
}

class OperationWatch {
  private over = false;
  /** When the message under way was written; undefined when there is none. */
  private writtenMs: number | undefined;
  private wake = (): void => undefined;
  private readonly forget: () => void;

  /** Throws DRAINING. */
  constructor(
    private readonly context: OperationContext,
    private readonly stream: Stream,
    private readonly name: string,
    id: string,
  ) {
    context.hub.join(this);
    this.forget = context.changes.listen(id, () => this.wake());
    stream.on('cancelled', this.close);
    stream.on('close', this.close);
  }

  async run(): Promise<void> {
    const { engine, positions } = this.context;
    let sent = 0;
    try {
      while (!this.over) {
        const changed = new Promise<void>((resolve) => (this.wake = resolve));
        if (this.writtenMs === undefined) {
          const position = engine.reach(undefined);
          const { image, sequence } = await findOperation(engine, this.name);
          if (this.over) return;
          if (sequence !== sent) this.send(positions.entityReply(image, position));
          sent = sequence;
          if (!isRunning(image)) {
            this.close();
            this.stream.end();
            return;
          }
        }
        await changed;
      }
    } catch (fault) {
      this.end(fault);
    }
  }

  /** Ends the call with the status of `fault`. */
  end(fault: unknown): void {
    if (this.over) return;
    this.close();
    const { guard, log } = this.context;
    this.stream.emit('error', statusOf(fault, log, guard.spanOf(this.stream.metadata)?.traceId));
  }

  /** The hub's: counts the stall. */
  tick(nowMs: number): void {
    const { hub, guard } = this.context;
    if (this.writtenMs === undefined || nowMs - this.writtenMs < hub.stallTimeoutMs) return;
    this.end(new Refusal('SLOW_CONSUMER', `nothing was read for ${hub.stallTimeoutMs / 1000} s; watch again`));
    guard.cutOff(this.stream.metadata, hub.stallTimeoutMs);
  }

  private send(message: Buffer): void {
    this.writtenMs = performance.now();
    this.stream.write(message, () => {
      this.writtenMs = undefined;
      this.wake();
    });
  }

  private readonly close = (): void => {
    if (this.over) return;
    this.over = true;
    this.forget();
    this.context.hub.leave(this);
    this.wake();
  };
}
