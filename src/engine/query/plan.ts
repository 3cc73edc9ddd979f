/**
 * Which index a listing reads, and what is left to look at in each task.
 *
 * P1. Together the ranges of a plan hold every task that the conditions select; the residual leaves out the rest.
 * P2. A condition is left out of the residual only if the ranges bear it out exactly.
 * P3. The plan depends on the query alone, not on the data: a page token goes on in the same plan. Ids behind external ids are
 *     the exception; they do not change while the task exists.
 */
import { isLive } from '../../domain/derive';
import type { Condition, Fact } from '../../domain/query/condition';
import { Filter, parseFilter } from '../../domain/query/filter';
import type { ResolveExternalId } from '../../domain/query/query-row';
import type { TaskReference } from '../../domain/query/values';
import { fieldInvalid } from '../../domain/refusal';
import { stateName } from '../../domain/task-state';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { ScanRange } from '../../storage/state/state';
import { stateRanges } from './access';
import type { Access } from './access';
import { adviceOf } from './advice';
import type { Order } from './order';

/** What is asked. */
export interface Query {
  /** Undefined: all projects. */
  readonly project: string | undefined;
  readonly filter: Filter;
  readonly showDeleted: boolean;
  readonly order: Order | undefined;
}

export interface Plan {
  readonly access: Access;
  /** What is tested on each task that is read. */
  readonly residual: Filter;
  readonly order: Order['by'] | 'index';
  readonly descending: boolean;
  /** What would make it cheaper, in words; empty for nothing. */
  readonly advice: string;
}

const NOT_DELETED = parseFilter('deleted = false', 'filter').conditions[0]!;

/** The plan of a query. Refuses FIELD_INVALID for an order that its conditions do not allow. */
export function planOf(query: Query, resolve: ResolveExternalId): Plan {
  return new Planner(query, resolve).plan();
}

class Planner {
  private readonly conditions: readonly Condition[];
  private readonly used = new Set<Condition>();
  private readonly project: string | undefined;
  /** Undefined: any. */
  private readonly states: readonly TaskState[] | undefined;
  private readonly ready: boolean;
  /** No deleted task is asked for. */
  private readonly undeleted: boolean;
  private readonly impossible: boolean;

  constructor(
    private readonly query: Query,
    private readonly resolve: ResolveExternalId,
  ) {
    const { filter, showDeleted } = query;
    this.conditions = showDeleted ? filter.conditions : [NOT_DELETED, ...filter.conditions];
    this.ready = this.facts('ready').length > 0;
    const sets = this.facts('state').map(({ fact }) => fact.states);
    if (this.ready) sets.push(new Set([TaskState.PENDING]));
    const all = Object.values(TaskState).filter((state) => sets.every((states) => states.has(state)));
    this.states = sets.length === 0 ? undefined : all;
    const deleted = this.facts('deleted').map(({ fact }) => fact.deleted);
    this.undeleted = this.ready || deleted.includes(false);
    const projects = [...this.facts('name'), ...this.facts('parent')].map(({ fact }) => fact.task?.project);
    const named = new Set([query.project, ...projects].filter((project) => project !== undefined));
    this.project = [...named][0];
    this.impossible = named.size > 1 || this.states?.length === 0 || (this.undeleted && deleted.includes(true));
  }

  plan(): Plan {
    const { order } = this.query;
    const claims = order ? order.by === 'priority' : this.ready;
    if (claims) this.checkClaims();
    const access = this.impossible
      ? ({ by: 'nothing' } as const)
      : (this.point() ?? (claims ? this.claims() : this.ranges()));
    const residual = new Filter(this.conditions.filter((condition) => !this.used.has(condition)));
    const by = claims ? 'priority' : (order?.by ?? 'index');
    const facts = residual.conditions.flatMap(({ fact }) => (fact ? [fact] : []));
    const advice = adviceOf(access, residual, { facts, showDeleted: this.query.showDeleted });
    return { access, residual, order: by, descending: order?.descending ?? false, advice };
  }

  /** The order of claiming is that of the state index: it has some states, and no deleted tasks. */
  private checkClaims(): void {
    const why = `priority needs a state in the filter, among ${INDEXED.map(stateName).join(', ')}`;
    if (!this.states?.every(isIndexed)) throw fieldInvalid('order_by', why);
    if (!this.undeleted) throw fieldInvalid('order_by', 'priority has no deleted tasks: leave show_deleted out');
  }

  private point(): Access | undefined {
    const { project } = this;
    const name = this.facts('name')[0];
    const external = this.facts('external_id')[0];
    if (project === undefined || !(name ?? external)) return undefined;
    const task: TaskReference = name ? name.fact.task : { externalId: external!.fact.text };
    this.used.add((name ?? external)!.condition);
    const id = this.idOf(project, task);
    if (id === undefined) return { by: 'nothing' };
    return { by: 'point', index: task.id === undefined ? 'external_id' : 'tasks', project, id };
  }

  private claims(): Access {
    const queue = this.facts('queue')[0];
    if (queue) this.used.add(queue.condition);
    this.use('state', 'ready', 'deleted');
    return { by: 'claims', project: this.project, states: this.states!, ready: this.ready, queue: queue?.fact.text };
  }

  /** The narrowest index that holds every match. By name come the tasks of a project, of a parent and of an assignee. */
  private ranges(): Access {
    const { project, undeleted, states } = this;
    const all: Access = { by: 'ranges', index: 'tasks', ranges: [{ by: 'tasks', project }] };
    if (project === undefined || !undeleted) return all;
    const parent = this.facts('parent').find(({ fact }) => fact.task !== undefined);
    if (parent) {
      this.used.add(parent.condition);
      this.use('deleted');
      const id = this.idOf(project, parent.fact.task!);
      if (id === undefined) return { by: 'nothing' };
      return { by: 'ranges', index: 'parent', ranges: [{ by: 'parent', project, parent: id }] };
    }
    const assignee = this.facts('assignee')[0];
    if (assignee && states?.every(isLive)) {
      this.used.add(assignee.condition);
      this.use('deleted');
      const range: ScanRange = { by: 'assignee', project, assignee: assignee.fact.text };
      return { by: 'ranges', index: 'assignee', ranges: [range] };
    }
    if (this.query.order?.by === 'name' || !states?.every(isIndexed)) return all;
    const queue = this.facts('queue')[0];
    if (queue) this.used.add(queue.condition);
    this.use('state', 'deleted');
    return { by: 'ranges', index: 'state', ranges: stateRanges(project, states, this.ready, queue?.fact.text) };
  }

  private idOf(project: string, { id, externalId }: TaskReference): string | undefined {
    return id ?? this.resolve(project, externalId!);
  }

  /** Conditions that the access bears out. All facts of these kinds were intersected, so that each of them holds. */
  private use(...kinds: readonly Fact['about'][]): void {
    for (const condition of this.conditions) {
      if (condition.fact && kinds.includes(condition.fact.about)) this.used.add(condition);
    }
  }

  private facts<About extends Fact['about']>(
    about: About,
  ): { readonly condition: Condition; readonly fact: Extract<Fact, { about: About }> }[] {
    type Wanted = Extract<Fact, { about: About }>;
    return this.conditions.flatMap((condition) =>
      condition.fact?.about === about ? [{ condition, fact: condition.fact as Wanted }] : [],
    );
  }
}

function isIndexed(state: number): boolean {
  return isLive(state) || state === TaskState.FAILED;
}

const INDEXED = Object.values(TaskState).filter(isIndexed);
