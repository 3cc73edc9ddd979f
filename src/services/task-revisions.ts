// The past of a task: each change of its row carries the sequence of the change before it.

import type { Caller } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { WIRE_VARINT, WireScan } from '../domain/wire';
import type { Engine } from '../engine/engine';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Change } from '../gen/holdfast/journal/v1/journal';
import { View } from '../gen/holdfast/v1/common';
import type { ListTaskRevisionsRequest } from '../gen/holdfast/v1/task_service';
import { PositionTooOld } from '../storage/journal/journal';
import { decodePageToken, encodePageToken } from './page-token';
import { findTask, PAGE_BYTES_MAX, pageSizeOf } from './reading';
import type { FoundTask } from './reading';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { taskInView } from './view-of';

/** Task.revision. */
const REVISION_FIELD = 4;

/** The revision that an encoded task has. */
export function revisionOf(image: Uint8Array): number {
  const scan = new WireScan(image);
  while (scan.next()) if (scan.field === REVISION_FIELD && scan.wire === WIRE_VARINT) return scan.varint;
  return 0;
}

/** The task as it was at a revision, or undefined if it never had it. Throws PositionTooOld. */
export async function taskAtRevision(
  engine: Engine,
  { project, id, row }: FoundTask,
  revision: number,
): Promise<Uint8Array | undefined> {
  if (revision > revisionOf(row.image)) return undefined;
  for (let sequence = row.sequence; sequence > 0;) {
    const change = await taskChange(engine, project, id, sequence);
    if (revisionOf(change.image) === revision) return change.image;
    sequence = change.previousSequence;
  }
  return undefined;
}

/** ListTaskRevisions: a walk along the back-links, newest first. */
export function listTaskRevisions(
  context: ServiceContext,
): (request: ListTaskRevisionsRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, { principal }) => {
    const pageSize = pageSizeOf(request.pageSize);
    const seen = engine.reach(request.atLeast);
    const { project, id, row } = await findTask(engine, request.name, 'name');
    const query = `revisions ${request.view} ${project}/${id}`;
    const place = decodePageToken(request.pageToken, query, principal);
    let sequence = place === undefined ? row.sequence : Number(place);
    if (!Number.isSafeInteger(sequence) || sequence > seen) throw fieldInvalid('page_token', 'names no revision');
    const parts: Part[] = [];
    for (let bytes = 0; sequence > 0 && parts.length < pageSize && bytes < PAGE_BYTES_MAX;) {
      let change: Change;
      try {
        change = await taskChange(engine, project, id, sequence);
      } catch (fault) {
        // The list goes as far back as the journal does: what a trim took is not an error here.
        if (!(fault instanceof PositionTooOld)) throw fault;
        sequence = 0;
        break;
      }
      const image = taskInView(change.image, request.view, View.BASIC);
      parts.push({ field: 1, bytes: image });
      bytes += image.length;
      sequence = change.previousSequence;
    }
    if (sequence > 0) {
      parts.push({ field: 2, bytes: Buffer.from(encodePageToken(String(sequence), query, principal)) });
    }
    parts.push({ field: 3, bytes: positions.bytes(seen) });
    return splice(parts);
  };
}

async function taskChange(engine: Engine, project: string, id: string, sequence: number): Promise<Change> {
  const { changes } = await engine.record(sequence);
  const change = changes.find(
    (each) => each.kind === EntityKind.TASK && each.id === id && each.project === project && !each.removed,
  );
  if (!change) throw new Error(`the record ${sequence} has no change of ${project}/${id}, which links to it`);
  return change;
}
