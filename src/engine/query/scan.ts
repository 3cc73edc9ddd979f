/**
 * A plan carried out on a snapshot.
 *
 * Q1. Every task that the plan selects comes once, in its order. A task that does not change between two scans, of which the
 *     second goes on at a place of the first, comes in exactly one of them.
 * Q2. Every task that is read is given, matching or not, so that the caller can bound the work.
 * Q3. What ends a scan early leaves nothing open.
 */
import { isHeld } from '../../domain/indexed';
import { QueryRow } from '../../domain/query/query-row';
import type { ResolveExternalId } from '../../domain/query/query-row';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { ScannedRow, ScanRange, StateSnapshot } from '../../storage/state/state';
import { ClaimScan } from './claim-scan';
import { checkCursor, noPlace } from './place';
import type { Place } from './place';
import type { Plan } from './plan';
import { orderWords, wordsOf } from './words';

/** What was read: a task, or, where a scan goes project by project, a project that has no more. */
export interface Examined {
  readonly scanned: ScannedRow | undefined;
  readonly matches: boolean;
  /** Behind it. */
  readonly place: Place;
}

/** A plan on its way over one snapshot. */
export class QueryScan {
  /** Ranges that were opened so far, in words. */
  readonly opened: string[] = [];
  /** Ranges stand one behind another that the plan wanted merged. */
  private oneByOne = false;
  private readonly resolve: ResolveExternalId;

  /** `nowMs`: journal time, which decides what is ready. */
  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly plan: Plan,
    private readonly nowMs: number,
    resolve: ResolveExternalId,
  ) {
    this.resolve = remembered(resolve);
  }

  /** The order in which rows come, in words; known once the first came. */
  get order(): string {
    return orderWords(this.plan, this.oneByOne);
  }

  /** What the plan reads, behind `start` if given. */
  async *rows(start?: Place): AsyncGenerator<Examined, void, undefined> {
    const { access } = this.plan;
    if (access.by === 'point') yield* this.point(access.project, access.id, start);
    else if (access.by === 'ranges') yield* this.ranges(access.ranges, start);
    else if (access.by === 'claims') {
      const { snapshot, plan, nowMs, opened } = this;
      const claims = new ClaimScan(snapshot, access, plan.descending, nowMs, opened);
      for await (const { scanned, place } of claims.rows(start)) {
        this.oneByOne = claims.oneByOne;
        yield this.examined(scanned, place);
      }
      this.oneByOne = claims.oneByOne;
    }
  }

  private async *point(project: string, id: string, start: Place | undefined): AsyncGenerator<Examined> {
    this.opened.push(`the task ${id}`);
    const row = start ? undefined : await this.snapshot.row(EntityKind.TASK, project, id);
    if (!row) return;
    let held: boolean | undefined;
    if (this.plan.residual.needsHeld) {
      held = isHeld((await this.snapshot.row(EntityKind.TASK_GRAPH, project, id))?.image);
    }
    const scanned = { kind: EntityKind.TASK, project, id, row, held, cursor: '' };
    yield this.examined(scanned, { in: 'range', project, range: 0, cursor: '' });
  }

  private async *ranges(ranges: readonly ScanRange[], start: Place | undefined): AsyncGenerator<Examined> {
    if (start && start.in !== 'range') throw noPlace();
    const { descending: reverse, residual } = this.plan;
    for (let range = start?.range ?? 0; range < ranges.length; range++) {
      this.opened.push(wordsOf(ranges[range]!));
      const after = range === start?.range ? start.cursor : undefined;
      checkCursor(ranges[range]!, after);
      const rows = this.snapshot.scan(ranges[range]!, { after, reverse, withHeld: residual.needsHeld });
      for await (const scanned of rows) {
        yield this.examined(scanned, { in: 'range', project: '', range, cursor: scanned.cursor });
      }
    }
  }

  private examined(scanned: ScannedRow | undefined, place: Place): Examined {
    if (!scanned) return { scanned, matches: false, place };
    const { project, id, row, held } = scanned;
    const matches = this.plan.residual.matches(new QueryRow(project, id, row.image, held, this.resolve), this.nowMs);
    return { scanned, matches, place };
  }
}

/** The same, asking once for each name: a filter may name 100, which would be looked up for each of 10,000 tasks. */
function remembered(resolve: ResolveExternalId): ResolveExternalId {
  let of = '';
  let known = new Map<string, string | undefined>();
  return (project, externalId) => {
    if (project !== of) known = new Map();
    of = project;
    const id = known.get(externalId);
    if (id !== undefined || known.has(externalId)) return id;
    const found = resolve(project, externalId);
    known.set(externalId, found);
    return found;
  };
}
