// What an agent needs that has had no session and has no task yet: the service briefs those whom it knows.

import type { Omission } from '../../gen/holdfast/v1/briefing';
import { Briefing } from '../../gen/holdfast/v1/briefing';
import { View } from '../../gen/holdfast/v1/common';
import { Memory } from '../../gen/holdfast/v1/memory';
import { ListMemoriesRequest, MemoryServiceService } from '../../gen/holdfast/v1/memory_service';
import type { GetBriefingRequest } from '../../gen/holdfast/v1/session_service';
import { GetBriefingResponse } from '../../gen/holdfast/v1/session_service';
import { Task } from '../../gen/holdfast/v1/task';
import { ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Answer, Connection } from '../connection';
import { projectName, shortId } from '../resource-name';

/** As many ready tasks as a briefing of the service tells. */
const readyMost = 20;
const memoriesMost = 200;
/** So many of what was left out are named. */
const namedMost = 20;

/** The briefing of an agent without a session: what is ready for it, and what is known. */
export async function firstBriefing(
  connection: Connection,
  project: string,
  agent: string,
  { memoryPrefix, maxBytes }: Pick<GetBriefingRequest, 'memoryPrefix' | 'maxBytes'>,
): Promise<Answer<GetBriefingResponse>> {
  const parent = projectName(project);
  const assignee = shortId(agent);
  // What is meant for others is not claimed by it; some more are asked for, so that there are enough all the same.
  const ready = await connection.call(
    TaskServiceService.listTasks,
    ListTasksRequest.fromPartial({ parent, pageSize: readyMost * 5, filter: 'ready = true', view: View.BASIC }),
  );
  const known = await connection.call(
    MemoryServiceService.listMemories,
    ListMemoriesRequest.fromPartial({ parent, pageSize: memoriesMost, namespacePrefix: memoryPrefix }),
  );
  const fit = within(maxBytes);
  const briefing = Briefing.fromPartial({
    readyTasks: fit(
      'ready_tasks',
      ready.message.tasks.filter((task) => !task.assignee || task.assignee === assignee).slice(0, readyMost),
      (task) => Task.encode(task).finish().length,
    ),
    memories: fit('memories', known.message.memories, (memory) => Memory.encode(memory).finish().length),
    // The earlier of the two reads: what changed in between is told again rather than missed.
    watchFrom: ready.message.position,
    omissions: fit.omissions,
  });
  const message = GetBriefingResponse.fromPartial({ briefing, position: known.message.position });
  return { message, bytes: GetBriefingResponse.encode(message).finish() };
}

/** Keeps the first of each list that fit into what room is left, and counts the others. */
function within(maxBytes: number) {
  let room = maxBytes;
  const omissions: Omission[] = [];
  const fit = <E extends { readonly name: string }>(kind: string, all: readonly E[], size: (one: E) => number): E[] => {
    const kept = all.filter((one) => {
      const fits = size(one) <= room;
      if (fits) room -= size(one);
      return fits;
    });
    const names = all.filter((one) => !kept.includes(one)).map(({ name }) => name);
    if (names.length > 0) omissions.push({ kind, count: names.length, names: names.slice(0, namedMost) });
    return kept;
  };
  return Object.assign(fit, { omissions });
}
