// What Beads and Holdfast call the same thing: kinds of edges, labels, criteria. Both directions, so that what was imported is
// written back in the words that it had.

import { DependencyKind } from '../../gen/holdfast/v1/task';

const { BLOCKS, RUN_IF_FAILED, RELATED, DISCOVERED_FROM, SUPERSEDES, DUPLICATES } = DependencyKind;

/** The first word of a kind is the one that is written for it. All words but these are RELATED. */
const kindOfWord: ReadonlyMap<string, DependencyKind> = new Map([
  ['blocks', BLOCKS],
  ['conditional-blocks', RUN_IF_FAILED],
  ['related', RELATED],
  ['discovered-from', DISCOVERED_FROM],
  ['supersedes', SUPERSEDES],
  ['duplicates', DUPLICATES],
  // It waits for all children of the other: the other holds a parent back until they have ended, so this holds no less.
  ['waits-for', BLOCKS],
]);

/** The type of an edge from a child to its parent. */
export const parentWord = 'parent-child';
/** The author of notes that are the `notes` of an issue, not a comment. */
export const notesAuthor = 'beads:notes';
/** Annotations that an import from Beads leaves. */
export const beadsAnnotation = {
  /** Fields that have no place of their own, as JSON. */
  record: 'beads.record',
  /** The status that became PAUSED. */
  status: 'beads.status',
  design: 'beads.design',
  updatedAt: 'beads.updated_at',
  /** Labels that are no labels here, as a JSON list. */
  labels: 'beads.labels',
  /** Criteria that are too long to be ones. */
  acceptance: 'beads.acceptance_criteria',
  /** Before the key of another task: the types of the edges to it, if they have no kind of their own here. */
  edge: 'beads.edge.',
} as const;

/** What the type of an edge means. An empty one blocks, as in Beads. */
export function kindOf(word: string): DependencyKind {
  return word === '' ? BLOCKS : (kindOfWord.get(word) ?? RELATED);
}

/** The type of an edge of this kind, if nothing says another. */
export function wordOf(kind: DependencyKind): string {
  for (const [word, its] of kindOfWord) if (its === kind) return word;
  return 'related';
}

/** Whether the word alone comes back from its kind. */
export function isPlain(word: string): boolean {
  return word !== parentWord && wordOf(kindOf(word)) === word;
}

const labelKeyShape = /^[a-z0-9]([a-z0-9._/-]{0,61}[a-z0-9])?$/;

/** Labels are words in Beads: `docs` becomes the key docs, `area:docs` the key area with the value docs. `kept` are the others. */
export function labelsOf(words: readonly string[]): { labels: Map<string, string>; kept: string[] } {
  const labels = new Map<string, string>();
  const kept: string[] = [];
  for (const word of words) {
    const colon = word.indexOf(':');
    const key = colon < 0 ? word : word.slice(0, colon);
    const value = colon < 0 ? '' : word.slice(colon + 1);
    const fits = labelKeyShape.test(key) && [...value].length <= 63 && (colon < 0 || value !== '');
    if (fits && !labels.has(key) && labels.size < 64) labels.set(key, value);
    else kept.push(word);
  }
  return { labels, kept };
}

export function labelWords(labels: ReadonlyMap<string, string>): string[] {
  return [...labels].map(([key, value]) => (value === '' ? key : `${key}:${value}`));
}

/** Criteria of a text, one a line; a box or a bullet before it is no part of it. */
export function criteriaOf(text: string): { text: string; met: boolean }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, box, words] = /^\s*(?:[-*+]\s+)?(?:\[([ xX])\]\s*)?(.*?)\s*$/.exec(line)!;
    return words === '' ? [] : [{ text: words!, met: box !== undefined && box !== ' ' }];
  });
}

export function criteriaText(criteria: readonly { readonly text: string; readonly met: boolean }[]): string {
  return criteria.map(({ text, met }) => `- [${met ? 'x' : ' '}] ${text.replace(/\s*\n\s*/g, ' ')}`).join('\n');
}
