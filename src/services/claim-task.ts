// ClaimTask: what was claimed, or why there was nothing.

import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { timestampOf } from '../domain/timestamp';
import type { WhyEmpty } from '../engine/claims/why-empty';
import { EmptyClaim, TaskServiceService } from '../gen/holdfast/v1/task_service';
import type { ClaimTaskRequest } from '../gen/holdfast/v1/task_service';
import { commandOf } from './command-of';
import { tasksIn } from './replies';
import type { ServiceContext } from './replies';
import { splice } from './splice';

/** Unary methods that may wait longer than the operation timeout. */
export const waitingTaskMethods: readonly string[] = [TaskServiceService.claimTask.path];

/** ClaimTask. A claim that waits leaves with its call. ClaimTaskResponse {1: tasks, 2: position, 3: empty}. */
export async function claimTask(
  { engine, positions }: ServiceContext,
  request: ClaimTaskRequest,
  caller: Caller,
  call: ServerUnaryCall<unknown, Buffer>,
): Promise<Buffer> {
  const command = commandOf('claimTask', request, caller);
  const { replies, sequence } = await withCall(call, (signal) => engine.execute(command, signal));
  const tasks = (await tasksIn(engine, replies)).map((bytes) => ({ field: 1, bytes }));
  const position = { field: 2, bytes: positions.bytes(sequence) };
  const why = tasks.length === 0 ? engine.claims.whyEmpty(command) : undefined;
  return splice(why ? [position, { field: 3, bytes: emptyClaim(why) }] : [...tasks, position]);
}

/** Runs something that ends early if the caller goes first. */
async function withCall<Result>(
  call: ServerUnaryCall<unknown, Buffer>,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const gone = new AbortController();
  const abort = (): void => gone.abort();
  call.on('cancelled', abort);
  try {
    return await run(gone.signal);
  } finally {
    // Each call is told in the end, whether it was answered or not: an abort then would only cost its exception.
    call.off('cancelled', abort);
  }
}

function emptyClaim({ counts, paused, concurrencyLimit, nextTimeMs }: WhyEmpty): Uint8Array {
  const nextTime = nextTimeMs === undefined ? undefined : timestampOf(nextTimeMs);
  return EmptyClaim.encode({ counts, paused, concurrencyLimit, nextTime }).finish();
}
