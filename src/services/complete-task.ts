// CompleteTask, and the claim of the next task in the same call.

import { hash } from 'node:crypto';
import type { Caller } from '../domain/command';
import { indexedOf } from '../domain/indexed';
import { formatProject } from '../domain/names';
import { Refusal } from '../domain/refusal';
import { ClaimTaskRequest } from '../gen/holdfast/v1/task_service';
import type { CompleteTaskRequest } from '../gen/holdfast/v1/task_service';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { commandOf } from './command-of';
import { tasksIn } from './replies';
import type { ServiceContext } from './replies';
import { parseRequestId, requestIdText } from './request-id';
import { splice } from './splice';
import { executeWithBytes } from './stored-bytes';
import type { Part } from './splice';

/** CompleteTask. CompleteTaskResponse {1: task, 2: position, 3: follow_ups, 4: next, 5: next_refusal}. */
export function completeTask(
  context: ServiceContext,
): (request: CompleteTaskRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, caller) => {
    const done = await executeWithBytes(engine, commandOf('completeTask', request, caller));
    const completed = done.replies.find(({ kind }) => kind === EntityKind.TASK)!;
    const next = await claimNext(context, request, caller, completed);
    const [task, ...followUps] = await tasksIn(engine, done.replies);
    return splice([
      { field: 1, bytes: task! },
      { field: 2, bytes: positions.bytes(next.sequence ?? done.sequence) },
      ...followUps.map((bytes) => ({ field: 3, bytes })),
      ...next.parts,
    ]);
  };
}

interface Next {
  readonly parts: readonly Part[];
  /** What the claim rests on; undefined without one. */
  readonly sequence?: number;
}

/** Claims the next task, if that was asked for. The task that is done stays done whatever comes of it. */
async function claimNext(
  { engine }: ServiceContext,
  { claimNext: asked, requestId, validateOnly }: CompleteTaskRequest,
  caller: Caller,
  { project, image }: Change,
): Promise<Next> {
  if (!asked) return { parts: [] };
  const { queue, capabilities, filter, leaseTtl } = asked;
  const request = ClaimTaskRequest.fromPartial({
    ...{ parent: formatProject(project), queue: queue || indexedOf(image).queue, capabilities, filter, leaseTtl },
    ...{ requestId: nextRequestId(requestId), validateOnly },
  });
  try {
    const { replies, sequence } = await engine.execute(commandOf('claimTask', request, caller));
    const [task] = await tasksIn(engine, replies);
    return { parts: task ? [{ field: 4, bytes: task }] : [], sequence };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return { parts: [{ field: 5, bytes: Buffer.from(`${fault.reason}: ${fault.message}`) }] };
  }
}

/** The request id of the claim: the same whenever the completion is sent again, so that a retry gets the task of the first call. */
function nextRequestId(requestId: string): string {
  const bytes = parseRequestId(requestId);
  if (!bytes) return '';
  const digest = hash('sha256', Buffer.concat([bytes, Buffer.from('claim_next')]), 'buffer');
  return requestIdText(digest.subarray(0, bytes.length));
}
