/**
 * Whether the rows of a state fit each other (domain/integrity/facts), whatever the digest says: it would not notice a rule that forgot a neighbour.
 *
 * Q1. Memory does not grow with the state: facts are summed in buckets by a hash of what they are about, and only those of buckets that do not add up
 *     are looked at one by one, in a second walk.
 * Q2. Rows of a project that is being purged do not fit on the way, and are left out.
 */
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { factsOf } from '../../domain/integrity/facts';
import type { AskedRow, Fact } from '../../domain/integrity/facts';
import { rowLabel } from '../../domain/integrity/row-label';
import { indexedOf } from '../../domain/indexed';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import * as keys from '../../storage/state/keys';
import { DamagedRow } from '../../storage/state/state';
import type { StateMoment } from '../../storage/state/mend';
import { parseRow } from '../../storage/state/values';

/** Two sides that do not add up. */
export interface Misfit extends Omit<Fact, 'count'> {
  /** What is left: above 0 if the rows say more than is counted. */
  readonly left: number;
}

export interface WalkOptions {
  /** Journal time. */
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** Told now and then how many rows were read. */
  readonly onRows: (rows: number) => void;
}

/** Buckets of facts: a megabyte, and few facts of a million tasks share one. */
const FACT_BUCKETS = 65_536;
/** Buckets that are looked at one by one. With more, the first of them say what is wrong. */
const NAMED_BUCKETS_MAX = 256;
/** Rows read at a time at first. */
const CHUNK = 128;
const MISFITS_MAX = 1000;

/** How much of what does not fit is named: buckets that are looked at one by one, and misfits. */
export interface NamedLimits {
  readonly buckets: number;
  readonly misfits: number;
}

const LIMITS: NamedLimits = { buckets: NAMED_BUCKETS_MAX, misfits: MISFITS_MAX };

/** All misfits, the first thousand at most. Rejects with the signal's reason. */
export async function checkRelations(moment: StateMoment, options: WalkOptions, limits = LIMITS): Promise<Misfit[]> {
  const leaving = await purging(moment, options);
  const sums = new Uint32Array(FACT_BUCKETS * 2);
  for await (const { fact } of allFacts(moment, leaving, options)) {
    const key = keyOf(fact);
    const hash = crc32(key);
    const at = (hash % FACT_BUCKETS) * 2;
    sums[at]! += Math.imul(hash ^ (hash >>> 15) ^ 0x85ebca6b, fact.count);
    sums[at + 1]! += Math.imul(crc32(key, SECOND_SEED), fact.count);
  }
  const odd = new Set<number>();
  for (let bucket = 0; bucket < FACT_BUCKETS && odd.size < limits.buckets; bucket++) {
    if (sums[bucket * 2] !== 0 || sums[bucket * 2 + 1] !== 0) odd.add(bucket);
  }
  return odd.size === 0 ? [] : (await named(moment, leaving, odd, options)).slice(0, limits.misfits);
}

/** A misfit in words. */
export function misfitWords({ relation, item, left }: Misfit): string {
  if (relation === 'owner' || relation === 'state and lease') return item;
  if (item !== '')
    return left > 0
      ? `${relation}: ${item} is not known to it`
      : `${relation}: it names ${item}, which does not name it`;
  return left > 0 ? `${relation}: it counts ${left} too few` : `${relation}: it counts ${-left} too many`;
}

/** The same with whose it is. */
export function misfitLine(misfit: Misfit): string {
  const { kind, project, owner } = misfit;
  return `${rowLabel({ kind, project, id: owner })}: ${misfitWords(misfit)}`;
}

async function named(
  moment: StateMoment,
  leaving: ReadonlySet<string>,
  odd: ReadonlySet<number>,
  options: WalkOptions,
): Promise<Misfit[]> {
  const left = new Map<string, { fact: Fact; left: number }>();
  for await (const { fact } of allFacts(moment, leaving, options)) {
    const key = keyOf(fact);
    if (!odd.has(crc32(key) % FACT_BUCKETS)) continue;
    const known = left.get(key);
    if (known) known.left += fact.count;
    else left.set(key, { fact, left: fact.count });
  }
  return [...left.values()]
    .filter((each) => each.left !== 0)
    .map(({ fact: { relation, kind, project, owner, item }, left: rest }) => {
      return { relation, kind, project, owner, item, left: rest };
    });
}

async function* allFacts(
  moment: StateMoment,
  leaving: ReadonlySet<string>,
  options: WalkOptions,
): AsyncGenerator<{ readonly fact: Fact }> {
  const { store, snapshot } = moment;
  const look = (kind: EntityKind, project: string, id: string): Uint8Array | undefined => {
    const value = store.getAt(snapshot, keys.rowKey(kind, project, id));
    return value && imageOf({ kind, project, id }, value);
  };
  for await (const row of rowsOf(moment, options)) {
    if (leaving.has(row.project)) continue;
    for (const fact of factsOf(row, look)) yield { fact };
  }
}

/** All rows that read well, in the order of their keys. */
export async function* rowsOf(
  { store, snapshot }: StateMoment,
  { signal, onRows }: WalkOptions,
): AsyncGenerator<AskedRow> {
  const range = { gte: Buffer.from([keys.TABLE_ROWS]), lt: Buffer.from([keys.TABLE_STATE]) };
  let rows = 0;
  for await (const chunk of store.chunks(snapshot, range, CHUNK)) {
    signal.throwIfAborted();
    for (const [key, value] of chunk) {
      const name = nameIn(key);
      const image = name && imageOf(name, value);
      if (name && image) yield { ...name, image };
    }
    onRows((rows += chunk.length));
    await setImmediate();
  }
}

async function purging(moment: StateMoment, options: WalkOptions): Promise<Set<string>> {
  const leaving = new Set<string>();
  for await (const { kind, project, image } of rowsOf(moment, { ...options, onRows: () => undefined })) {
    // Projects come first.
    if (kind !== EntityKind.PROJECT) break;
    const { deleted, dueMs } = indexedOf(image, kind);
    if (deleted && dueMs <= options.nowMs) leaving.add(project);
  }
  return leaving;
}

/** Damage is named by those who look for it. */
function imageOf({ kind, project, id }: keys.RowName, value: Buffer): Uint8Array | undefined {
  try {
    return parseRow(kind, project, id, value).image;
  } catch (error) {
    if (error instanceof DamagedRow) return undefined;
    throw error;
  }
}

function nameIn(key: Buffer): keys.RowName | undefined {
  try {
    return keys.parseRowKey(key);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const SECOND_SEED = 0x9e3779b1;

function keyOf({ relation, kind, project, owner, item }: Fact): string {
  return `${relation}\n${kind}/${project}/${owner}\n${item}`;
}
