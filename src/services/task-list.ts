// ListTasks: a page of a plan. The plan names the narrowest index; a page token says where the plan goes on.

import type { Caller } from '../domain/command';
import type { ResolveExternalId } from '../domain/query/query-row';
import { formatPlace, parsePlace } from '../engine/query/place';
import type { Place } from '../engine/query/place';
import { planOf } from '../engine/query/plan';
import type { Plan } from '../engine/query/plan';
import { QueryScan } from '../engine/query/scan';
import { indexOf, rangeWords } from '../engine/query/words';
import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { View } from '../gen/holdfast/v1/common';
import { QueryPlan } from '../gen/holdfast/v1/task_service';
import type { ListTasksRequest } from '../gen/holdfast/v1/task_service';
import type { ScannedRow, StateSnapshot } from '../storage/state/state';
import { Breather } from './breather';
import { listQueryOf } from './list-query';
import { decodePageToken, encodePageToken } from './page-token';
import { SnapshotLook, withReadiness } from './readiness';
import { PAGE_BYTES_MAX, pageSizeOf } from './reading';
import { canonicalText } from './request-hash';
import type { ServiceContext } from './replies';
import { splice } from './splice';
import type { Part } from './splice';
import { withWork } from './task-work';
import { taskInView } from './view-of';

/** Tasks that one page may examine, their neighbours included where readiness is shown: some 30 ms of the main thread. */
const EXAMINED_MAX = 10_000;
/** Bytes of tasks that one page may examine, counted again for each long text that the filter looks through: some 100 ms of
 *  the main thread, in pieces. */
const EXAMINED_BYTES_MAX = 64 * 1024 * 1024;

interface Page {
  readonly tasks: Uint8Array[];
  readonly next: Place | undefined;
  readonly scanLimited: boolean;
  readonly examined: number;
}

/** ListTasks. */
export function listTasks(context: ServiceContext): (request: ListTasksRequest, caller: Caller) => Promise<Buffer> {
  const { engine, positions } = context;
  const resolve: ResolveExternalId = (project, externalId) => engine.taskIdByExternalId(project, externalId);
  return async (request, { principal }) => {
    const size = pageSizeOf(request.pageSize);
    engine.reach(request.atLeast);
    const query = await listQueryOf(engine, request);
    const text = canonicalText('listTasks', {
      ...request,
      pageSize: 0,
      pageToken: '',
      atLeast: undefined,
      explain: false,
    });
    const token = decodePageToken(request.pageToken, text, principal);
    const plan = planOf(query, resolve);
    const start = token === undefined ? undefined : parsePlace(token);
    return engine.withSnapshot(async (snapshot) => {
      const { nowMs } = engine;
      const scan = new QueryScan(snapshot, plan, nowMs, resolve);
      const page = await readPage(scan, plan, start, size, new Showing(snapshot, request.view, nowMs));
      const parts: Part[] = page.tasks.map((bytes) => ({ field: 1, bytes }));
      if (page.next) {
        parts.push({ field: 2, bytes: Buffer.from(encodePageToken(formatPlace(page.next), text, principal)) });
      }
      parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
      if (request.explain) parts.push({ field: 5, bytes: explained(plan, scan, page) });
      return splice(parts, page.scanLimited ? SCAN_LIMITED : undefined);
    });
  };
}

/** Field 4 of the response, true. */
const SCAN_LIMITED = Uint8Array.of(4 << 3, 1);

/** Reads until the page is full and one more match is known, the plan ends, or too much was examined. */
async function readPage(
  scan: QueryScan,
  plan: Plan,
  start: Place | undefined,
  size: number,
  showing: Showing,
): Promise<Page> {
  const tasks: Uint8Array[] = [];
  const breather = new Breather();
  const weight = Math.max(1, plan.residual.longTexts);
  let last = start;
  let bytes = 0;
  let examined = 0;
  let examinedBytes = 0;
  for await (const { scanned, matches, place } of scan.rows(start)) {
    if (matches) {
      const image = showing.image(scanned!);
      const full = tasks.length === size || (tasks.length > 0 && bytes + image.length > PAGE_BYTES_MAX);
      if (full) return { tasks, next: last, scanLimited: false, examined };
      tasks.push(image);
      bytes += image.length;
    }
    last = place;
    examined++;
    examinedBytes += (scanned?.row.image.length ?? 0) * weight;
    if (examined + showing.reads >= EXAMINED_MAX || examinedBytes >= EXAMINED_BYTES_MAX) {
      return { tasks, next: last, scanLimited: tasks.length < size, examined };
    }
    await breather.pause();
  }
  return { tasks, next: undefined, scanLimited: false, examined };
}

/** What tasks look like in a page. */
class Showing {
  private readonly neighbours: SnapshotLook;

  constructor(
    snapshot: StateSnapshot,
    private readonly view: View,
    private readonly nowMs: number,
  ) {
    this.neighbours = new SnapshotLook(snapshot);
  }

  /** Rows beside the tasks themselves that were read. */
  get reads(): number {
    return this.neighbours.reads;
  }

  image({ project, id, row }: ScannedRow): Uint8Array {
    if (this.view !== View.FULL) return taskInView(row.image, this.view, View.BASIC);
    const { look } = this.neighbours;
    const ready = withReadiness(look, project, id, row.image, this.nowMs);
    return withWork(look, project, ready, look(EntityKind.TASK_WORK, project, id));
  }
}

function explained(plan: Plan, scan: QueryScan, { tasks, examined }: Page): Uint8Array {
  const found: QueryPlan = {
    index: indexOf(plan.access),
    ranges: rangeWords(scan.opened),
    residual: plan.residual.text,
    order: scan.order,
    examined,
    matched: tasks.length,
    advice: plan.advice,
  };
  return QueryPlan.encode(found).finish();
}
