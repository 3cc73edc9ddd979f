/**
 * Tasks in the order of claiming: the ranges of all queues, merged.
 *
 * Each range of the state index is in this order by itself: a merge takes the first of their heads. Where tasks must be ready,
 * those of a priority whose `not_before` lies ahead are jumped over, however many they are.
 */
import { indexedOf } from '../../domain/indexed';
import { fieldInvalid } from '../../domain/refusal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { rowCursor, stateCursor } from '../../storage/state/scan-ranges';
import type { ScannedRow, ScanRange, StateSnapshot } from '../../storage/state/state';
import { claimKeyOf, compareClaims } from './order';
import type { ClaimKey } from './order';
import { checkCursor, noPlace } from './place';
import type { Place } from './place';
import { stateRanges } from './access';
import type { Access } from './access';
import { wordsOf } from './words';

type Claims = Extract<Access, { by: 'claims' }>;
type StateRange = Extract<ScanRange, { by: 'state' }>;

/** Ranges (a queue in a state) that a listing merges: each costs a first read of up to 64 tasks. */
const MERGED_RANGES_MAX = 64;
/** Ranges that it goes on merging, if queues were added between two pages. */
const MERGED_RANGES_LATER_MAX = 256;
/** Above any time that a key holds. */
const TIME_MAX = 0xffff_ffff_ffff;

type Rows = AsyncGenerator<ScannedRow, void, undefined>;

interface Claimed {
  /** Undefined: the project has no more. */
  readonly scanned: ScannedRow | undefined;
  readonly place: Place;
}

interface Head {
  readonly rows: Rows;
  readonly scanned: ScannedRow;
  readonly key: ClaimKey;
}

export class ClaimScan {
  /** The ranges were too many to merge, and came one behind another. */
  oneByOne = false;

  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly claims: Claims,
    private readonly descending: boolean,
    private readonly nowMs: number,
    /** Gets each range that is opened, in words. */
    private readonly opened: string[],
  ) {}

  async *rows(start: Place | undefined): AsyncGenerator<Claimed, void, undefined> {
    const { project } = this.claims;
    if (project !== undefined) {
      if (start && start.project !== project) throw noPlace();
      yield* this.ofProject(project, start);
      return;
    }
    if (start && start.in !== 'projects') yield* this.ofOneOfAll(start.project, start);
    const after = start && rowCursor(EntityKind.PROJECT, start.project, '');
    const { descending: reverse } = this;
    for await (const each of this.snapshot.scan({ by: 'projects' }, { after, reverse })) {
      yield* this.ofOneOfAll(each.project, undefined);
    }
  }

  private async *ofOneOfAll(project: string, start: Place | undefined): AsyncGenerator<Claimed, void, undefined> {
    yield* this.ofProject(project, start);
    yield { scanned: undefined, place: { in: 'projects', project } };
  }

  private async *ofProject(project: string, start: Place | undefined): AsyncGenerator<Claimed, void, undefined> {
    if (start?.in === 'projects') throw noPlace();
    const rangesMax = start?.in === 'merge' ? MERGED_RANGES_LATER_MAX : MERGED_RANGES_MAX;
    const ranges = start?.in === 'range' ? undefined : await this.mergeable(project, rangesMax);
    if (ranges) return yield* this.merged(project, ranges, start?.in === 'merge' ? start.key : undefined);
    if (start?.in === 'merge')
      throw fieldInvalid('page_token', 'there are many more queues now: begin again without it');
    this.oneByOne = true;
    yield* this.oneBehindAnother(project, start);
  }

  /** A range for each queue that has tasks; undefined if they are more than that. */
  private async mergeable(project: string, rangesMax: number): Promise<StateRange[] | undefined> {
    const { states, ready, queue } = this.claims;
    const ranges: StateRange[] = [];
    for (const range of stateRanges(project, states, ready, queue)) {
      if (queue !== undefined) {
        ranges.push(range);
        continue;
      }
      for await (const each of this.snapshot.queues(project, range.state, range.held)) {
        if (ranges.length === rangesMax) return undefined;
        ranges.push({ ...range, queue: each });
      }
    }
    return ranges;
  }

  private async *merged(
    project: string,
    ranges: readonly StateRange[],
    after?: ClaimKey,
  ): AsyncGenerator<Claimed, void, undefined> {
    const open = new Set<Rows>();
    const advance = async (rows: Rows): Promise<Head | undefined> => {
      const { value } = await rows.next();
      if (!value) return void open.delete(rows);
      return { rows, scanned: value, key: claimKeyOf(indexedOf(value.row.image), value.id) };
    };
    try {
      const iterators = ranges.map((range) => {
        this.opened.push(wordsOf(range, this.claims.ready));
        const rows = this.due(range, after && stateCursor(range, range.queue!, after));
        open.add(rows);
        return rows;
      });
      const heads = (await Promise.all(iterators.map(advance))).filter((head) => head !== undefined);
      const sign = this.descending ? -1 : 1;
      while (heads.length > 0) {
        let first = 0;
        for (let i = 1; i < heads.length; i++) {
          if (sign * compareClaims(heads[i]!.key, heads[first]!.key) < 0) first = i;
        }
        const { rows, scanned, key } = heads[first]!;
        yield { scanned, place: { in: 'merge', project, key } };
        const next = await advance(rows);
        if (next) heads[first] = next;
        else heads.splice(first, 1);
      }
    } finally {
      for (const rows of open) await rows.return();
    }
  }

  private async *oneBehindAnother(project: string, start: Place | undefined): AsyncGenerator<Claimed, void, undefined> {
    const { states, ready, queue } = this.claims;
    const ranges = stateRanges(project, states, ready, queue);
    if (this.descending) ranges.reverse();
    const from = start?.in === 'range' ? start : undefined;
    for (let range = from?.range ?? 0; range < ranges.length; range++) {
      this.opened.push(wordsOf(ranges[range]!, ready));
      const after = range === from?.range ? from.cursor : undefined;
      checkCursor(ranges[range]!, after);
      for await (const scanned of this.due(ranges[range]!, after)) {
        yield { scanned, place: { in: 'range', project, range, cursor: scanned.cursor } };
      }
    }
  }

  /** The rows of a range; if they must be ready, those alone whose `not_before` has passed. */
  private async *due(range: StateRange, start: string | undefined): Rows {
    const { snapshot, descending: reverse, nowMs } = this;
    const { ready } = this.claims;
    let after = start;
    for (;;) {
      let jump: string | undefined;
      for await (const scanned of snapshot.scan(range, { after, reverse })) {
        const ahead = ready ? indexedOf(scanned.row.image) : undefined;
        if (!ahead || ahead.notBeforeMs <= nowMs) {
          yield scanned;
          continue;
        }
        // Behind the last of its priority; backwards, before the first of them that lies ahead.
        const key = reverse
          ? { priority: ahead.priority, notBeforeMs: nowMs + 1, createTimeMs: 0, id: '' }
          : { priority: ahead.priority, notBeforeMs: TIME_MAX, createTimeMs: TIME_MAX, id: '' };
        jump = stateCursor(range, ahead.queue, key);
        break;
      }
      if (jump === undefined) return;
      after = jump;
    }
  }
}
