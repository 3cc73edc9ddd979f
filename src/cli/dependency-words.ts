// Kinds of edges as words: those that are typed, and those that are read.

import { DependencyKind } from '../gen/holdfast/v1/task';
import { usage } from './failure';

interface Words {
  /** As it is typed. */
  readonly typed: string;
  /** Between the task that has the edge and the other. */
  readonly forward: string;
  /** The other way round. */
  readonly backward: string;
}

const kinds: ReadonlyMap<DependencyKind, Words> = new Map([
  [DependencyKind.BLOCKS, { typed: 'blocks', forward: 'waits for', backward: 'is waited for by' }],
  [DependencyKind.RUN_IF_FAILED, { typed: 'run-if-failed', forward: 'runs if it fails:', backward: 'is stood in by' }],
  [DependencyKind.RELATED, { typed: 'related', forward: 'relates to', backward: 'relates to' }],
  [DependencyKind.DISCOVERED_FROM, { typed: 'discovered-from', forward: 'found in', backward: 'led to' }],
  [DependencyKind.SUPERSEDES, { typed: 'supersedes', forward: 'supersedes', backward: 'is superseded by' }],
  [DependencyKind.DUPLICATES, { typed: 'duplicates', forward: 'duplicates', backward: 'is duplicated by' }],
]);

/** The words that name the kinds on the command line. */
export const kindWords: readonly string[] = [...kinds.values()].map(({ typed }) => typed);

/** Reads a kind, in any case, with - or _. */
export function parseKind(text: string): DependencyKind {
  const wanted = text.trim().toLowerCase().replaceAll('_', '-');
  for (const [kind, { typed }] of kinds) if (typed === wanted) return kind;
  throw usage(`"${text.slice(0, 40)}" is no kind of edge`, `The kinds are ${kindWords.join(', ')}.`);
}

/** Reads kinds separated by commas. */
export function parseKinds(text: string): DependencyKind[] {
  return text.split(',').map(parseKind);
}

/** "waits for": what an edge says of the task that has it. */
export function forwardWords(kind: DependencyKind): string {
  return kinds.get(kind)?.forward ?? 'relates to';
}

/** "is waited for by": what an edge says of the task that it leads to. */
export function backwardWords(kind: DependencyKind): string {
  return kinds.get(kind)?.backward ?? 'relates to';
}
