// How long work that belongs to no project begins: an operation is journalled, and the work on it starts.

import type { Caller, Command } from '../domain/command';
import { Refusal } from '../domain/refusal';
import { anyOf } from '../engine/operations/long-work';
import { Operation } from '../gen/holdfast/v1/operation';
import type { ServiceContext } from './replies';
import { requestHash } from './request-hash';
import { parseRequestId } from './request-id';

/** What the request of a mutation has. */
interface WorkRequest {
  readonly requestId: string;
  readonly validateOnly: boolean;
}

/** What came of it. */
export interface StartedWork {
  /** The operation's name; empty in a dry run. */
  readonly name: string;
  /** The operation, encoded; undefined in a dry run. */
  readonly image: Uint8Array | undefined;
  /** What the reply rests on. */
  readonly sequence: number;
}

/**
 * Starts the long work of a type, or finds the operation that an earlier call with the same request id started. `encoded` is the request as the
 * operation keeps it, without what is about the call alone; `unit` is what is counted, in the plural. Refuses with QUOTA while work of
 * the type is under way, or as `isBusy` says, with what `admit` throws, and as `startWork` does; a retry meets none of these. The operation is durable when this
 * resolves.
 */
export async function startedWork(
  { engine, operations }: ServiceContext,
  type: string,
  encoded: Uint8Array,
  unit: string,
  request: WorkRequest,
  caller: Caller,
  admit: () => Promise<void> = () => Promise.resolve(),
  /** Whether work is under way that this must not run beside. */
  isBusy = (): boolean => operations.isRunning(type),
): Promise<StartedWork> {
  const requestId = parseRequestId(request.requestId);
  const command = {
    kind: 'startWork',
    request: { metadata: anyOf(type, encoded), unit },
    caller,
    requestId,
    requestHash: requestId && requestHash(type, request),
    validateOnly: request.validateOnly,
  } as Command;
  // A retry finds the work that it began; a dry run changes nothing, and says whether it is one.
  const isRetry = requestId !== undefined && (await engine.execute({ ...command, validateOnly: true })).replayed;
  if (!isRetry) {
    if (isBusy()) throw isUnderWay(type);
    await admit();
  }
  const { replies, sequence, replayed } = await engine.execute(command);
  if (request.validateOnly && !replayed) return { name: '', image: undefined, sequence };
  const { image } = replies[0]!;
  const { name } = Operation.decode(image);
  // Two calls of one moment may both come here: work that must be alone takes turns.
  operations.begin(name, type);
  return { name, image, sequence };
}

function isUnderWay(type: string): Refusal {
  const what = type.slice(type.lastIndexOf('.') + 1).replace(/Request$/, '');
  return new Refusal('QUOTA', `${what} is under way already, and one at a time is allowed: wait for its operation`, {
    metadata: { limit: '1' },
  });
}
