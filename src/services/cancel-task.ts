// CancelTask: with `cascade` the descendants are listed first, and the decision checks them by points.

import { CascadeChanged } from '../domain/cancel-task';
import type { Caller } from '../domain/command';
import { indexedOf } from '../domain/indexed';
import { isLive } from '../domain/derive';
import { CASCADE_TASKS_MAX } from '../domain/limits';
import { formatTask } from '../domain/names';
import { Refusal } from '../domain/refusal';
import type { Executed } from '../engine/executed';
import type { CancelTaskRequest } from '../gen/holdfast/v1/task_service';
import type { StateSnapshot } from '../storage/state/state';
import { commandOf } from './command-of';
import { findTask } from './reading';
import { tasksIn } from './replies';
import type { ServiceContext } from './replies';
import { splice } from './splice';

/** How often the descendants are listed when they change meanwhile: each try loses only to a change that won. */
const TRIES = 5;

/** CancelTask. */
export function cancelTask(context: ServiceContext): (request: CancelTaskRequest, caller: Caller) => Promise<Buffer> {
  const { engine } = context;
  return async (request, caller) => {
    const command = commandOf('cancelTask', request, caller);
    if (!request.cascade) return cancelReply(context, await engine.execute(command));
    const { project, id } = await findTask(engine, request.name, 'name');
    for (let tries = 0; tries < TRIES; tries++) {
      const descendants = await engine.withSnapshot((snapshot) => liveDescendants(snapshot, project, id));
      try {
        return await cancelReply(
          context,
          await engine.execute({ ...command, kind: 'cancelTask', request, descendants }),
        );
      } catch (fault) {
        if (!(fault instanceof CascadeChanged)) throw fault;
      }
    }
    throw new Refusal('OVERLOADED', `the tasks below ${request.name} change faster than they can be canceled`, {
      metadata: { name: request.name },
      retryAfterMs: 100,
    });
  };
}

/** The names of the live tasks below a task, parents before children. Refuses GRAPH_TOO_LARGE. */
async function liveDescendants(snapshot: StateSnapshot, project: string, root: string): Promise<readonly string[]> {
  const ids = [root];
  for (let at = 0; at < ids.length; at++) await addLiveChildren(snapshot, project, ids[at]!, ids);
  return ids.slice(1).map((id) => formatTask(project, id));
}

async function addLiveChildren(snapshot: StateSnapshot, project: string, parent: string, ids: string[]): Promise<void> {
  for await (const { id, row } of snapshot.scan({ by: 'parent', project, parent })) {
    if (!isLive(indexedOf(row.image).state)) continue;
    if (ids.length === CASCADE_TASKS_MAX) {
      throw new Refusal('GRAPH_TOO_LARGE', `more than ${CASCADE_TASKS_MAX} tasks would be canceled at once`, {
        metadata: { name: formatTask(project, ids[0]!), limit: String(CASCADE_TASKS_MAX) },
      });
    }
    ids.push(id);
  }
}

/** CancelTaskResponse {1: task, 2: position, 3: canceled_children}. */
async function cancelReply({ engine, positions }: ServiceContext, { replies, sequence }: Executed): Promise<Buffer> {
  const [task, ...children] = await tasksIn(engine, replies);
  return splice([
    { field: 1, bytes: task! },
    { field: 2, bytes: positions.bytes(sequence) },
    ...children.map((bytes) => ({ field: 3, bytes })),
  ]);
}
