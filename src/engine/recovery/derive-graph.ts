/**
 * Makes the graph rows of a state those that its tasks have: after a loss a task may be newer or older than what its neighbours say of it.
 *
 * Boundary: a state in the making, which nobody else has. What does not fit is found by the comprehensive check's own walk (check-relations).
 *
 * G1. Tasks say what is so; counts, dependents and awaited edges follow. Nothing of a task changes but whether it is held back.
 * G2. Digest, index entries and counts move with the rows: the state is sound behind it.
 */
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { GraphRows } from '../../domain/graph-rows';
import type { ChangedRow } from '../../domain/graph-rows';
import { Refusal } from '../../domain/refusal';
import type { Row } from '../../domain/view';
import { entityHash, rowCrc } from '../../storage/entity-hash';
import type { RowName } from '../../storage/state/keys';
import type { LevelState } from '../../storage/state/level-state';
import { mendEntries, mendRow, otherStateEntry, storedRow } from '../../storage/state/mend';
import type { MendParts } from '../../storage/state/mend';
import { checkRelations, misfitLine } from '../integrity/check-relations';
import type { Misfit, WalkOptions } from '../integrity/check-relations';
import { checkTallies } from '../integrity/check-tallies';

export interface GraphDerived {
  /** What was put right, in words: the first of it. */
  readonly named: readonly string[];
  /** How much was put right. */
  readonly count: number;
  /** What does not fit and was left: it follows from no task. */
  readonly left: readonly Misfit[];
}

/** Buckets of one walk: with more a second walk takes the rest. A sixteenth of all facts is in memory then. */
const BUCKETS_AT_ONCE = 4096;
/** Walks at most: each puts a sixteenth right, and what is left then goes round in a circle. */
const WALKS_MAX = 32;
/** Repairs that a report names. */
const NAMED_MAX = 100;
const DERIVED: ReadonlySet<EntityKind> = new Set([EntityKind.TASK_GRAPH, EntityKind.TASK_AWAITED]);

/** `sequence` is what changed rows are given. In the state when it resolves; durable with its next checkpoint. */
export async function deriveGraph(state: LevelState, sequence: number, options: WalkOptions): Promise<GraphDerived> {
  const named: string[] = [];
  let [count, before] = [0, ''];
  let left: readonly Misfit[] = [];
  for (let walk = 0; walk < WALKS_MAX; walk++) {
    const limits = { buckets: BUCKETS_AT_ONCE, misfits: Infinity };
    left = await state.atMoment((moment) => checkRelations(moment, options, limits));
    const wrong = left.filter(({ kind }) => DERIVED.has(kind));
    const words = wrong.map(misfitLine);
    // Nothing is left, or what is left cannot be put right: it would go round in a circle.
    if (wrong.length === 0 || words.join('\n') === before) break;
    before = words.join('\n');
    count += wrong.length;
    named.push(...words.slice(0, NAMED_MAX - named.length));
    await state.mend(async (mend) => {
      for (const some of byOwner(wrong).values()) await putRight(mend, some, sequence);
    });
  }
  if (count > 0) {
    const { counted } = await state.atMoment((moment) => checkTallies(moment, options));
    state.tallies.become(counted);
  }
  return { named, count, left };
}

function byOwner(misfits: readonly Misfit[]): Map<string, Misfit[]> {
  const owners = new Map<string, Misfit[]>();
  for (const misfit of misfits) {
    const key = `${misfit.kind}/${misfit.project}/${misfit.owner}`;
    const some = owners.get(key);
    if (some) some.push(misfit);
    else owners.set(key, [misfit]);
  }
  return owners;
}

/** What one task's graph row, or what awaits one task, ought to be. */
async function putRight(mend: MendParts, misfits: readonly Misfit[], sequence: number): Promise<void> {
  const rows = new GraphRows((kind, project, id) => storedAt(mend, { kind, project, id })?.image);
  const { project, owner } = misfits[0]!;
  count(rows, misfits);
  for (const misfit of misfits) if (misfit.item.includes(' ')) register(rows, misfit);
  const graph = rows.changedGraph(project, owner);
  await write(mend, [...(graph ? [graph] : []), ...rows.changedLists()], sequence);
  if (!graph) return;
  const other = otherStateEntry(mend.store, project, owner);
  await mendEntries(mend, [{ kind: EntityKind.TASK, project, id: owner }], other ? [other] : []);
}

/** First: edges are registered in the lists that there are. */
function count(rows: GraphRows, misfits: readonly Misfit[]): void {
  for (const { relation, project, owner, item, left } of misfits) {
    if (relation === 'live children') rows.graph(project, owner).liveChildren += left;
    else if (relation === 'open blockers') rows.graph(project, owner).openBlockers += left;
    else if (relation === 'notes') rows.graph(project, owner).notes += left;
    else if (relation === 'chunk of dependents') {
      const { dependentChunks } = rows.graph(project, owner);
      while (dependentChunks.length <= Number(item)) dependentChunks.push(0);
      dependentChunks[Number(item)]! += left;
      while (dependentChunks.at(-1) === 0) dependentChunks.pop();
    }
  }
}

/** An edge that its task has and nobody knows, or the other way round. */
function register(rows: GraphRows, { relation, project, owner, item, left }: Misfit): void {
  const space = item.lastIndexOf(' ');
  const edge = { task: item.slice(0, space), kind: Number(item.slice(space + 1)) };
  try {
    for (let n = Math.abs(left); n > 0; n--) {
      if (relation === 'dependents' && left > 0) rows.addDependent(project, owner, edge);
      else if (relation === 'dependents') rows.removeDependent(project, owner, edge);
      else if (left > 0) rows.addAwaiting(project, owner, edge);
      else rows.removeAwaiting(project, owner, edge);
    }
  } catch (error) {
    // More edges than one task may have, half of them from before the loss: it stays, and is named.
    if (!(error instanceof Refusal)) throw error;
  }
}

/** G2. */
async function write(mend: MendParts, rows: readonly ChangedRow[], sequence: number): Promise<void> {
  const batch = mend.store.array();
  for (const { kind, project, id, image } of rows) {
    const name = { kind, project, id };
    const hash = entityHash(kind, project, id);
    mend.digest.replace(hash, storedAt(mend, name)?.crc ?? 0, image ? rowCrc(hash, sequence, image) : 0);
    mendRow(mend, batch, name, image && { sequence, image });
  }
  await batch.write();
}

/** A state in the making has no damaged rows. */
function storedAt({ store }: MendParts, name: RowName): Row | undefined {
  const row = storedRow(store, name);
  return row === 'damaged' ? undefined : row;
}
