import { EntityKind, TaskGraph } from '../gen/holdfast/journal/v1/journal';
import { taskIdIn } from './names';
import { WIRE_BYTES, WIRE_VARINT, WireScan } from './wire';

/** Field numbers of holdfast.v1.Task; a disk format (docs/adr/0003). */
const TASK_STATE = 5;
const TASK_DELETE_TIME = 31;
const TASK_SUCCESSOR = 35;
/** Successors that are followed. Each is a Reopen of the one before: nobody comes near it. */
const SUCCESSORS_MAX = 1000;

/** A row's newest bytes; undefined if there is none. */
export type Look = (kind: EntityKind, project: string, id: string) => Uint8Array | undefined;

/** By what an edge to a task counts. */
export interface Standing {
  /** The id of the last successor, or of the task itself. */
  readonly id: string;
  /** The state of that task; the one that it had, if it was purged. 0 if it never existed. */
  readonly state: number;
  readonly deleted: boolean;
  /** It was purged. */
  readonly gone: boolean;
}

/** By what an edge to this task counts: the last of its successors. */
export function standingOf(look: Look, project: string, id: string): Standing {
  let at = readStanding(look, project, id);
  for (let i = 0; i < SUCCESSORS_MAX && at.successor !== ''; i++) at = readStanding(look, project, at.successor);
  return at;
}

function readStanding(look: Look, project: string, id: string): Standing & { readonly successor: string } {
  const image = look(EntityKind.TASK, project, id);
  if (!image) {
    const graph = look(EntityKind.TASK_GRAPH, project, id);
    const { goneState, goneSuccessor } = graph ? TaskGraph.decode(graph) : TaskGraph.create();
    return { id, state: goneState, deleted: true, gone: true, successor: goneSuccessor };
  }
  let state = 0;
  let deleted = false;
  let successor = '';
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.field === TASK_STATE && scan.wire === WIRE_VARINT) state = scan.varint;
    else if (scan.field === TASK_DELETE_TIME) deleted = true;
    else if (scan.field === TASK_SUCCESSOR && scan.wire === WIRE_BYTES) successor = taskIdIn(scan.text());
  }
  return { id, state, deleted, gone: false, successor };
}
