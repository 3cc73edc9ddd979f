// What of some tasks is unfinished, and in which order it can be worked on.

import { isGating } from '../../domain/graph-rows';
import { indexedOf } from '../../domain/indexed';
import { taskIdIn } from '../../domain/names';
import { standingOf } from '../../domain/standing';
import type { Look } from '../../domain/standing';
import { isUnfinished, standpointOf } from '../../domain/sessions/unfinished';
import type { Standpoint } from '../../domain/sessions/unfinished';
import { WIRE_BYTES, WIRE_VARINT, WireScan } from '../../domain/wire';
import { isHeldWork } from '../../domain/work/work-rows';
import { claimKeyOf } from '../../engine/query/order';
import type { ClaimKey } from '../../engine/query/order';
import { EntityKind, TaskGraph, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import { Task } from '../../gen/holdfast/v1/task';
import type { TaskState } from '../../gen/holdfast/v1/task';
import type { Lease } from '../../gen/holdfast/v1/work';
import { workOrder } from './work-order';

/** An unfinished task. */
export interface Unfinished {
  readonly id: string;
  readonly image: Uint8Array;
  /** All of the task, decoded when it is asked for: most are told from their bytes. */
  readonly task: () => Task;
  readonly state: TaskState;
  /** The sequence of its last change. */
  readonly changed: number;
  /** The id of its parent; empty for none. */
  readonly parent: string;
  readonly work: TaskWork | undefined;
  readonly graph: TaskGraph;
  /** The one who is briefed holds it. */
  readonly held: boolean;
  /** Ids of unfinished tasks that come before it. */
  readonly after: string[];
  readonly key: ClaimKey;
  /** Whoever is briefed knows it as it was at this sequence: when they began to hold it. 0 for never. */
  readonly seen: number;
}

/** A task that was the session's, and is not any more. */
export interface Gone {
  readonly id: string;
  readonly standpoint: Exclude<Standpoint, 'held'>;
}

/** From whose side tasks are seen. */
export interface Sight {
  readonly look: Look;
  readonly project: string;
  /** Whether a lease is that of the one who is briefed. */
  isOurs(lease: Lease): boolean;
  /** The names of the sessions whose holds count as having seen a task. */
  readonly seenBy: ReadonlySet<string>;
}

/** Attempts of a task that are looked at for the one that its session made: the newest. */
const ATTEMPTS_LOOKED_AT = 3;

/** What of the entries is unfinished, in the order in which it can be worked on, and what is gone. Each task counts once: as it stands first. */
export function workOf(
  sight: Sight,
  entries: readonly SessionTask[],
): { readonly unfinished: Unfinished[]; readonly gone: Gone[] } {
  const { look, project } = sight;
  const unfinished = new Map<string, Unfinished>();
  const gone = new Map<string, Gone>();
  for (const entry of entries) {
    const id = entry.task;
    if (unfinished.has(id) || gone.has(id)) continue;
    const standpoint = standpointOf(look, project, entry);
    const found = isUnfinished(standpoint) || standpoint === 'claimed' ? taskAt(sight, id) : undefined;
    // One that was lost, or is assigned, may be in the right hands all the same.
    if (found && (standpoint !== 'claimed' || found.held)) unfinished.set(id, found);
    else gone.set(id, { id, standpoint: standpoint as Gone['standpoint'] });
  }
  for (const each of unfinished.values()) placeAmong(look, project, each, unfinished);
  return { unfinished: workOrder([...unfinished.values()]), gone: [...gone.values()] };
}

function taskAt(sight: Sight, id: string): Unfinished {
  const { look, project } = sight;
  const image = look(EntityKind.TASK, project, id)!;
  const workImage = look(EntityKind.TASK_WORK, project, id);
  const work = workImage && TaskWork.decode(workImage);
  const graph = look(EntityKind.TASK_GRAPH, project, id);
  const indexed = indexedOf(image);
  return {
    id,
    image,
    task: once(() => Task.decode(image)),
    state: indexed.state as TaskState,
    changed: changedAt(image),
    parent: indexed.parent,
    work,
    graph: graph ? TaskGraph.decode(graph) : TaskGraph.create(),
    held: work !== undefined && isHeldWork(work) && sight.isOurs(work.lease!),
    after: [],
    key: claimKeyOf(indexed, id),
    seen: work ? seenAt(sight, id, work) : 0,
  };
}

/** The token of the newest hold of one of the sessions that count: the sequence at which it began. */
function seenAt({ look, project, seenBy }: Sight, id: string, { lease, attempts }: TaskWork): number {
  if (lease && seenBy.has(lease.session)) return lease.fencingToken;
  for (let number = attempts; number > Math.max(attempts - ATTEMPTS_LOOKED_AT, 0); number--) {
    const image = look(EntityKind.TASK_ATTEMPT, project, `${id}/${number}`);
    const hold = image && holdIn(image);
    if (hold && seenBy.has(hold.session)) return hold.token;
  }
  return 0;
}

/** Task.etag. */
const ETAG_FIELD = 3;

function changedAt(task: Uint8Array): number {
  const scan = new WireScan(task);
  while (scan.next()) if (scan.field === ETAG_FIELD && scan.wire === WIRE_BYTES) return Number(scan.text());
  return 0;
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** Fields of Attempt. */
const ATTEMPT_SESSION = 2;
const ATTEMPT_TOKEN = 4;

/** Whose an attempt was, under which token: its times and errors are not decoded, for there may be thousands. */
function holdIn(attempt: Uint8Array): { readonly session: string; readonly token: number } {
  let session = '';
  let token = 0;
  const scan = new WireScan(attempt);
  while (scan.next()) {
    if (scan.field === ATTEMPT_SESSION && scan.wire === WIRE_BYTES) session = scan.text();
    else if (scan.field === ATTEMPT_TOKEN && scan.wire === WIRE_VARINT) token = scan.varint;
  }
  return { session, token };
}

/** Notes which of the others come before a task: what it waits for by an edge, and, before their parent, children. */
function placeAmong(look: Look, project: string, each: Unfinished, all: ReadonlyMap<string, Unfinished>): void {
  // Edges to tasks that are done are not counted there, and cost no look.
  const waits = each.graph.openBlockers > 0;
  for (const { task, kind } of waits ? each.task().dependencies : []) {
    if (!isGating(kind)) continue;
    const target = all.has(taskIdIn(task)) ? taskIdIn(task) : standingOf(look, project, taskIdIn(task)).id;
    if (all.has(target) && !each.after.includes(target)) each.after.push(target);
  }
  const parent = each.parent === '' ? undefined : all.get(each.parent);
  if (parent && !parent.after.includes(each.id)) parent.after.push(each.id);
}
