// ListTasks: the narrowest index that holds every match, and the rest of the conditions on the stored bytes.

import type { Caller } from '../domain/command';
import { isLive } from '../domain/derive';
import { indexedOf } from '../domain/indexed';
import { parseTask } from '../domain/names';
import { fieldInvalid } from '../domain/refusal';
import { WireScan } from '../domain/wire';
import type { Engine } from '../engine/engine';
import { View } from '../gen/holdfast/v1/common';
import { TaskState } from '../gen/holdfast/v1/task';
import type { ListTasksRequest } from '../gen/holdfast/v1/task_service';
import type { ScanRange, ScannedRow, StateSnapshot } from '../storage/state/state';
import { decodePageToken, encodePageToken } from './page-token';
import { ALL_PROJECTS, findParent, PAGE_BYTES_MAX, pageSizeOf } from './reading';
import { canonicalText } from './request-hash';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { taskInView } from './view-of';

/** Tasks that one page may examine: some 30 ms of the main thread. */
const EXAMINED_MAX = 10_000;
/** Field numbers of holdfast.v1.Task and of a map's entry. */
const LABELS_FIELD = 13;
const KEY_FIELD = 1;
const VALUE_FIELD = 2;

/** What a listing asks of each task. */
interface Conditions {
  readonly states: ReadonlySet<number>;
  readonly assignee: string;
  readonly queue: string;
  /** The id of the parent. */
  readonly parent: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly showDeleted: boolean;
}

/** Where a page goes on: the number of the range, and the cursor in it. */
interface Place {
  readonly range: number;
  readonly after: string | undefined;
}

interface Page {
  readonly parts: Part[];
  readonly next: Place | undefined;
  readonly scanLimited: boolean;
}

/** ListTasks. */
export function listTasks(context: ServiceContext): (request: ListTasksRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  return async (request, { principal }) => {
    const pageSize = pageSizeOf(request.pageSize);
    engine.reach(request.atLeast);
    const { project, conditions } = await conditionsOf(engine, request);
    const query = canonicalText('listTasks', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
    const token = decodePageToken(request.pageToken, query, principal);
    const ranges = rangesOf(project, conditions);
    return engine.withSnapshot(async (snapshot) => {
      const page = await readPage(snapshot, ranges, placeOf(token), conditions, request.view, pageSize);
      const parts = page.parts;
      if (page.next) {
        const text = encodePageToken(`${page.next.range}:${page.next.after ?? ''}`, query, principal);
        parts.push({ field: 2, bytes: Buffer.from(text) });
      }
      parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
      return splice(parts, page.scanLimited ? SCAN_LIMITED : undefined);
    });
  };
}

/** Field 4 of the response, true. */
const SCAN_LIMITED = Uint8Array.of(4 << 3, 1);

async function conditionsOf(
  engine: Engine,
  request: ListTasksRequest,
): Promise<{ project: string | undefined; conditions: Conditions }> {
  let project = await findParent(engine, request.parent);
  let parent = '';
  if (request.parentTask !== '') {
    const named = parseTask(request.parentTask, 'parent_task');
    if (request.parent !== ALL_PROJECTS && named.project !== project) {
      throw fieldInvalid('parent_task', 'must be a task of the project that is listed');
    }
    project = named.project;
    // An unknown task has no children: an id that cannot be given finds none.
    parent = named.id ?? engine.taskIdByExternalId(named.project, named.externalId) ?? '-';
  }
  if (request.states.includes(TaskState.UNSPECIFIED)) throw fieldInvalid('states', 'must name states');
  const { assignee, queue, labels, showDeleted } = request;
  return { project, conditions: { states: new Set(request.states), assignee, queue, parent, labels, showDeleted } };
}

/** The ranges to walk, one after the other. Together they hold every match, and no task twice. */
function rangesOf(project: string | undefined, conditions: Conditions): readonly ScanRange[] {
  const { states, assignee, queue, parent, showDeleted } = conditions;
  if (project === undefined || showDeleted) return [{ by: 'tasks', project }];
  if (parent !== '') return [{ by: 'parent', project, parent }];
  const asked = [...states];
  if (assignee !== '' && asked.length > 0 && asked.every(isLive)) return [{ by: 'assignee', project, assignee }];
  const indexed = asked.length > 0 && asked.every((state) => isLive(state) || state === TaskState.FAILED);
  if (!indexed) return [{ by: 'tasks', project }];
  const inQueue = queue === '' ? {} : { queue };
  const held = (state: number) => (state === TaskState.PENDING ? [false, true] : [false]);
  return asked
    .sort((a, b) => a - b)
    .flatMap((state) => held(state).map((each) => ({ by: 'state' as const, project, state, held: each, ...inQueue })));
}

/** Reads until the page is full and one more match is known, the ranges end, or too much was examined. */
async function readPage(
  snapshot: StateSnapshot,
  ranges: readonly ScanRange[],
  start: Place,
  conditions: Conditions,
  view: View,
  pageSize: number,
): Promise<Page> {
  const parts: Part[] = [];
  let last: Place = start;
  let bytes = 0;
  let examined = 0;
  for (let range = start.range; range < ranges.length; range++) {
    for await (const item of snapshot.scan(ranges[range]!, {
      after: range === start.range ? start.after : undefined,
    })) {
      const here: Place = { range, after: item.cursor };
      if (matches(item, conditions)) {
        const image = taskInView(item.row.image, view, View.BASIC);
        const full = parts.length === pageSize || (parts.length > 0 && bytes + image.length > PAGE_BYTES_MAX);
        if (full) return { parts, next: last, scanLimited: false };
        parts.push({ field: 1, bytes: image });
        bytes += image.length;
      }
      last = here;
      if (++examined === EXAMINED_MAX) return { parts, next: last, scanLimited: parts.length < pageSize };
    }
  }
  return { parts, next: undefined, scanLimited: false };
}

function matches({ row }: ScannedRow, conditions: Conditions): boolean {
  const { states, assignee, queue, parent, labels, showDeleted } = conditions;
  const indexed = indexedOf(row.image);
  if (indexed.deleted && !showDeleted) return false;
  if (states.size > 0 && !states.has(indexed.state)) return false;
  if (assignee !== '' && indexed.assignee !== assignee) return false;
  if (queue !== '' && indexed.queue !== queue) return false;
  if (parent !== '' && indexed.parent !== parent) return false;
  return labels.size === 0 || hasLabels(row.image, labels);
}

/** Whether the task has all of these labels; an empty value stands for any. */
function hasLabels(image: Uint8Array, wanted: ReadonlyMap<string, string>): boolean {
  let missing = wanted.size;
  const scan = new WireScan(image);
  while (scan.next()) {
    if (scan.field !== LABELS_FIELD) continue;
    let key = '';
    let value = '';
    const entry = scan.message();
    while (entry.next()) {
      if (entry.field === KEY_FIELD) key = entry.text();
      else if (entry.field === VALUE_FIELD) value = entry.text();
    }
    const asked = wanted.get(key);
    if (asked !== undefined && (asked === '' || asked === value)) missing--;
  }
  return missing === 0;
}

function placeOf(token: string | undefined): Place {
  if (token === undefined) return { range: 0, after: undefined };
  const colon = token.indexOf(':');
  return { range: Number(token.slice(0, colon)), after: token.slice(colon + 1) || undefined };
}
