// PutStep and GetSteps: what must not be done twice.

import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { stepId } from '../domain/work/step';
import type { Executed } from '../engine/executed';
import { EntityKind, EventType, TaskWork } from '../gen/holdfast/journal/v1/journal';
import type { GetStepsRequest } from '../gen/holdfast/v1/task_service';
import { decodePageToken, encodePageToken } from './page-token';
import { lookingNow } from './readiness';
import { PAGE_BYTES_MAX, findTask, pageSizeOf } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';

/** Keys that one call may ask for: as many as a task has steps. */
const KEYS_MAX = 256;
/** Field 3 of PutStepResponse, true. */
const EXISTED = Uint8Array.of(3 << 3, 1);

/** PutStepResponse {1: step, 2: position, 3: existed}. */
export function stepReply({ positions }: ServiceContext, { replies, sequence }: Executed): Buffer {
  const { image, event } = replies[0]!;
  const parts = [
    { field: 1, bytes: image },
    { field: 2, bytes: positions.bytes(sequence) },
  ];
  return splice(parts, event === EventType.STEP_KEPT ? undefined : EXISTED);
}

/** GetSteps: in the order in which they were kept. GetStepsResponse {1: steps, 2: position, 3: next_page_token}. */
export function getSteps(context: ServiceContext): (request: GetStepsRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, { principal }) => {
    const { name, keys } = request;
    if (keys.length > KEYS_MAX)
      throw fieldInvalid('keys', `has ${keys.length} entries, at most ${KEYS_MAX} are allowed`);
    const size = Math.min(pageSizeOf(request.pageSize), KEYS_MAX);
    const sequence = engine.reach(request.atLeast);
    const { project, id } = await findTask(engine, name, 'name');
    const query = `getSteps ${project}/${id} ${keys.join(' ')}`;
    const start = Number(decodePageToken(request.pageToken, query, principal) ?? 0);
    const wanted = new Set(keys);
    return lookingNow(engine, (look) => {
      const work = look(EntityKind.TASK_WORK, project, id);
      const steps = work ? TaskWork.decode(work).steps : [];
      const parts: Part[] = [];
      let bytes = 0;
      for (let at = start; at < steps.length; at++) {
        if (wanted.size > 0 && !wanted.has(steps[at]!)) continue;
        const row = look(EntityKind.STEP, project, stepId(id, at + 1));
        if (!row) continue;
        if (parts.length === size || (parts.length > 0 && bytes + row.length > PAGE_BYTES_MAX)) {
          const token = Buffer.from(encodePageToken(String(at), query, principal));
          return splice([...parts, { field: 2, bytes: positions.bytes(sequence) }, { field: 3, bytes: token }]);
        }
        parts.push({ field: 1, bytes: row });
        bytes += row.length;
      }
      return splice([...parts, { field: 2, bytes: positions.bytes(sequence) }]);
    });
  };
}
