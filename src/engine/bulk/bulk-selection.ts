import { setImmediate } from 'node:timers/promises';
import { BULK_COUNT_MAX } from '../../domain/limits';
import { formatTask, parseProject } from '../../domain/names';
import { parseFilter } from '../../domain/query/filter';
import type { Filter } from '../../domain/query/filter';
import { WireScan } from '../../domain/wire';
import type { BulkChangeTasksRequest } from '../../gen/holdfast/v1/task_service';
import type { StateSnapshot } from '../../storage/state/state';
import type { Engine } from '../engine';
import { selectTasks } from '../query/select';
import type { Selected } from '../query/select';

/** A task that a bulk change is about. */
export interface SelectedTask {
  readonly name: string;
  readonly uid: string;
}

/** Some of the tasks that a bulk change is about. */
export interface SelectedPage {
  /** None, if none of those that were looked at match: that does not mean the end. */
  readonly tasks: readonly SelectedTask[];
  /** Where the next page begins. Undefined after the last. */
  readonly next: string | undefined;
}

/** Task.uid. */
const UID_FIELD = 2;
/** Tasks of one page: a few flushes of work, after which a cancel is seen. */
const PAGE_TASKS = 256;
/** Times that a page is told of a thousand tasks that do not match, before it ends: some 30 ms of the main thread, with turns
 *  of the event loop between them. */
const PAGE_SILENCES = 10;
/** The same of a count. */
const COUNT_SILENCES = BULK_COUNT_MAX / 1000;

/**
 * The tasks that a bulk change selects.
 *
 * N1. Each page reads a snapshot of its own: none is held open while tasks are changed.
 * N2. The pages go by name, the newest given name first. A task's place in that order does not move with its state, so that
 *     what the operation itself does to it, or to its neighbours, makes no page skip it or bring it again. Children mostly have
 *     later names than their parents: they come first, as the verbs want it.
 */
export class BulkSelection {
  private readonly project: string;
  private readonly filter: Filter;

  /** Refuses FILTER_INVALID. */
  constructor(
    private readonly engine: Engine,
    request: BulkChangeTasksRequest,
  ) {
    this.project = parseProject(request.parent, 'parent');
    this.filter = parseFilter(request.filter, 'filter');
  }

  /** The tasks behind a place, or the first ones. */
  page(after: string | undefined): Promise<SelectedPage> {
    return this.engine.withSnapshot(async (snapshot) => {
      const tasks: SelectedTask[] = [];
      let silences = 0;
      for await (const { scanned, place } of this.select(snapshot, after)) {
        if (scanned) tasks.push({ name: formatTask(scanned.project, scanned.id), uid: uidOf(scanned.row.image) });
        else if (++silences < PAGE_SILENCES) await setImmediate();
        if (tasks.length === PAGE_TASKS || silences === PAGE_SILENCES) return { tasks, next: place };
      }
      return { tasks, next: undefined };
    });
  }

  /** How many there are in one snapshot, and the first of them. `limited`: there may be more, but enough was looked at. */
  count(
    sampleMax: number,
  ): Promise<{ readonly matched: number; readonly limited: boolean; readonly sample: readonly Uint8Array[] }> {
    return this.engine.withSnapshot(async (snapshot) => {
      const sample: Uint8Array[] = [];
      let matched = 0;
      let silences = 0;
      for await (const { scanned } of this.select(snapshot, undefined)) {
        if (matched === BULK_COUNT_MAX || silences === COUNT_SILENCES) return { matched, limited: true, sample };
        if (scanned && sample.length < sampleMax) sample.push(scanned.row.image);
        if (scanned) matched++;
        else silences++;
        if (!scanned || matched % PAGE_TASKS === 0) await setImmediate();
      }
      return { matched, limited: false, sample };
    });
  }

  private select(snapshot: StateSnapshot, after: string | undefined): AsyncIterable<Selected> {
    const { engine, project, filter } = this;
    const resolve = (inProject: string, id: string) => engine.taskIdByExternalId(inProject, id);
    const order = { by: 'name', descending: true } as const;
    return selectTasks(snapshot, { project, filter, nowMs: engine.nowMs, resolve, order }, after);
  }
}

/** Task.uid of an encoded task. */
function uidOf(image: Uint8Array): string {
  const scan = new WireScan(image);
  while (scan.next()) if (scan.field === UID_FIELD) return scan.text();
  return '';
}
