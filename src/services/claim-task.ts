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
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort());
  const command = commandOf('claimTask', request, caller);
  const { replies, sequence } = await engine.execute(command, gone.signal);
  const tasks = (await tasksIn(engine, replies)).map((bytes) => ({ field: 1, bytes }));
  const position = { field: 2, bytes: positions.bytes(sequence) };
  const why = tasks.length === 0 ? engine.claims.whyEmpty(command) : undefined;
  return splice(why ? [position, { field: 3, bytes: emptyClaim(why) }] : [...tasks, position]);
}

function emptyClaim({ counts, paused, concurrencyLimit, nextTimeMs }: WhyEmpty): Uint8Array {
  const nextTime = nextTimeMs === undefined ? undefined : timestampOf(nextTimeMs);
  return EmptyClaim.encode({ counts, paused, concurrencyLimit, nextTime }).finish();
}
