// What a restore does to entities: the restored state beside the present one, kind by kind, in key order. Memory stays flat.

import { formatTask } from '../../domain/names';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { RestoreDifference } from '../../gen/holdfast/v1/backup';
import type { ScannedRow, StateSnapshot } from '../../storage/state/state';

/** Entities of a kind that are named. */
const EXAMPLES_MAX = 20;

/** The kinds that callers know as entities of their own, and the kinds of rows whose changes count as theirs. */
const KINDS: readonly (readonly [kind: string, row: EntityKind, beside: readonly EntityKind[]])[] = [
  ['projects', EntityKind.PROJECT, []],
  ['queues', EntityKind.QUEUE, []],
  ['tasks', EntityKind.TASK, [EntityKind.TASK_WORK]],
  ['notes', EntityKind.NOTE, []],
  ['artifacts', EntityKind.ARTIFACT, []],
  ['steps', EntityKind.STEP, []],
  ['sessions', EntityKind.SESSION, [EntityKind.SESSION_WORK]],
  ['agents', EntityKind.AGENT, []],
  ['checkpoints', EntityKind.CHECKPOINT, []],
  ['transcripts', EntityKind.TRANSCRIPT, []],
  ['locks', EntityKind.LOCK, []],
  ['memories', EntityKind.MEMORY, []],
  ['messages', EntityKind.MESSAGE, []],
  ['operations', EntityKind.OPERATION, []],
];

/** What becomes of each kind of entity when `present` gives way to `restored`. Kinds without a difference are left out. */
export async function differencesOf(
  present: StateSnapshot,
  restored: StateSnapshot,
  signal: AbortSignal,
): Promise<RestoreDifference[]> {
  const found: RestoreDifference[] = [];
  for (const [kind, row, beside] of KINDS) {
    const difference: RestoreDifference = { kind, removed: 0, restored: 0, reverted: 0, examples: [] };
    const changed = new Set<string>();
    await compare(present, restored, row, signal, (which, one) => {
      difference[which] += 1;
      if (which === 'reverted' && beside.length > 0 && changed.size < CHANGED_MAX) changed.add(nameOf(kind, one));
      example(difference, nameOf(kind, one));
    });
    for (const each of beside) {
      // What goes on at an entity is a row of its own: one that changed alone reverts its entity.
      await compare(present, restored, each, signal, (which, one) => {
        if (which !== 'reverted' || changed.has(nameOf(kind, one))) return;
        difference.reverted += 1;
        example(difference, nameOf(kind, one));
      });
    }
    if (difference.removed + difference.restored + difference.reverted > 0) found.push(difference);
  }
  return found;
}

/** Names kept so that an entity with two changed rows is counted once; beyond them it may be counted twice. */
const CHANGED_MAX = 100_000;

function example({ examples }: RestoreDifference, name: string): void {
  if (examples.length < EXAMPLES_MAX && !examples.includes(name)) examples.push(name);
}

type Which = 'removed' | 'restored' | 'reverted';

async function compare(
  present: StateSnapshot,
  restored: StateSnapshot,
  kind: EntityKind,
  signal: AbortSignal,
  tell: (which: Which, row: ScannedRow) => void,
): Promise<void> {
  const now = present.scan({ by: 'rows', kind })[Symbol.asyncIterator]();
  const then = restored.scan({ by: 'rows', kind })[Symbol.asyncIterator]();
  let [left, right] = await Promise.all([now.next(), then.next()]);
  for (let seen = 0; left.done !== true || right.done !== true; seen += 1) {
    if (seen % 1024 === 0) signal.throwIfAborted();
    const order = left.done === true ? 1 : right.done === true ? -1 : keyOf(left.value).compare(keyOf(right.value));
    if (order < 0) tell('removed', left.value as ScannedRow);
    else if (order > 0) tell('restored', right.value as ScannedRow);
    else if ((left.value as ScannedRow).row.sequence !== (right.value as ScannedRow).row.sequence) {
      tell('reverted', left.value as ScannedRow);
    }
    if (order <= 0) left = await now.next();
    if (order >= 0) right = await then.next();
  }
}

const keyOf = ({ cursor }: ScannedRow): Buffer => Buffer.from(cursor, 'base64url');

function nameOf(kind: string, { project, id }: ScannedRow): string {
  if (kind === 'projects') return `projects/${project}`;
  if (kind === 'tasks') return formatTask(project, id);
  return project === '' ? `${kind}/${id}` : `projects/${project}/${kind}/${id}`;
}
