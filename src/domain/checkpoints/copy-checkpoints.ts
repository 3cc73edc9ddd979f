// CopyCheckpoints: a line of work becomes another, with ids of its own.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { CopyCheckpointsRequest } from '../../gen/holdfast/v1/session_service';
import { CHECKPOINTS_OF_CALL_MAX, LINE_LENGTH_MAX } from './checkpoint-limits';
import { putCheckpoint } from './checkpoint';
import { giveCheckpointId } from './checkpoint-line';
import { checkpointRowId, formatCheckpoint } from './checkpoint-names';
import { trimSoon } from './checkpoint-retention';
import { dataOf, find, putData, writeRowId } from './checkpoint-rows';
import type { Draft } from '../draft';
import { checkLength } from '../field-checks';
import type { ListedLine } from '../own-requests';
import { Refusal, fieldInvalid } from '../refusal';
import { findSavingSession, findSession } from './saving-session';
import { Violations } from '../violations';

const NO_BYTES = Buffer.alloc(0);
const NOTHING: ListedLine = { checkpoints: [], shared: new Set() };

/**
 * Copies the checkpoints of `listed` that still exist, oldest first, with their pending writes. A copy's parent is the copy of the parent, where
 * that is copied too. Copies belong to no tasks. Refuses with GRAPH_TOO_LARGE above 1000.
 *
 * Gives the indices of the copies' changes.
 */
export function copyCheckpoints(draft: Draft, request: CopyCheckpointsRequest, listed: ListedLine = NOTHING): number[] {
  const violations = new Violations();
  checkLength(request.namespace, LINE_LENGTH_MAX, 'namespace', violations.report);
  checkLength(request.destinationNamespace, LINE_LENGTH_MAX, 'destination_namespace', violations.report);
  violations.throwIfAny();
  const { project, id: session } = findSession(draft, 'copyCheckpoints', request.parent, 'parent');
  const to = findSavingSession(draft, 'copyCheckpoints', request.destination, 'destination');
  if (to.project !== project) throw fieldInvalid('destination', 'is of another project');
  if (to.id === session && request.destinationNamespace === request.namespace) {
    throw fieldInvalid('destination_namespace', 'is the line that is copied');
  }
  if (listed.checkpoints.length > CHECKPOINTS_OF_CALL_MAX) throw tooMany(request.parent);
  const line = { project, session: to.id, namespace: request.destinationNamespace };
  const copies = new Map<string, string>();
  const indices: number[] = [];
  for (const source of listed.checkpoints) {
    const original = find(draft, project, session, source);
    if (original?.namespace !== request.namespace) continue;
    const from = checkpointRowId(session, source);
    const { inline, writes } = dataOf(draft, project, from);
    const id = giveCheckpointId(draft, project, to.id);
    const data = listed.shared.has(original.digest) ? NO_BYTES : inline;
    const parent = copies.get(original.parent) ?? original.parent;
    indices.push(putCheckpoint(draft, line, id, { ...original, data, parent, tasks: [] }));
    copies.set(original.name, formatCheckpoint(project, to.id, id));
    copyWrites(draft, project, from, checkpointRowId(to.id, id), writes);
  }
  trimSoon(draft, line);
  return indices;
}

function copyWrites(draft: Draft, project: string, from: string, to: string, count: number): void {
  if (count === 0) return;
  for (let number = 1; number <= count; number++) {
    const image = draft.image(EntityKind.CHECKPOINT_WRITE, project, writeRowId(from, number)) as Buffer;
    draft.put(EntityKind.CHECKPOINT_WRITE, project, writeRowId(to, number), image, EventType.UNSPECIFIED, []);
  }
  putData(draft, project, to, { ...dataOf(draft, project, to), writes: count });
}

function tooMany(name: string): Refusal {
  const message = `${name} has more than ${CHECKPOINTS_OF_CALL_MAX} checkpoints in this namespace, which is the most that one call copies`;
  return new Refusal('GRAPH_TOO_LARGE', message, {
    metadata: { limit: String(CHECKPOINTS_OF_CALL_MAX) },
    resource: { type: 'session', name },
  });
}
