// WaitOperation: the operation when it has ended, or as it is when the time is up.
//
// It wakes by the journal's feed and polls nothing. It ends with the call, and with DRAINING when the server shuts down.

import type { ServerUnaryCall } from '@grpc/grpc-js';
import { parseOperation } from '../domain/names';
import type { WaitOperationRequest } from '../gen/holdfast/v1/operation_service';
import { durationMs } from './event-start';
import { findOperation, isRunning } from './operation-row';
import type { OperationContext } from './operation-row';

/** How long a call waits, in milliseconds: when it does not say, at least and at most. */
const WAIT_MS = { fallbackMs: 600_000, minMs: 0, maxMs: 600_000 };

/** WaitOperation. */
export async function waitOperation(
  { engine, positions, hub, changes }: OperationContext,
  { name, timeout }: WaitOperationRequest,
  call: ServerUnaryCall<unknown, Buffer>,
): Promise<Buffer> {
  const waitMs = durationMs(timeout, 'timeout', WAIT_MS);
  const id = parseOperation(name, 'name');
  let over = waitMs === 0;
  let wake = (): void => undefined;
  const stop = (): void => {
    over = true;
    wake();
  };
  const timer = over ? undefined : setTimeout(stop, waitMs).unref();
  call.on('cancelled', stop);
  const forget = [hub.onDrain(stop), changes.listen(id, () => wake())];
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const sequence = engine.reach(undefined);
      const { image } = await findOperation(engine, name);
      if (over || !isRunning(image)) return positions.entityReply(image, sequence);
      hub.mustGoOn();
      await changed;
      hub.mustGoOn();
    }
  } finally {
    clearTimeout(timer);
    for (const each of forget) each();
  }
}
