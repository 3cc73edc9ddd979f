// What is wanted of a holder, in words.

import type { Directive } from '../../gen/holdfast/v1/work';
import { DirectiveKind } from '../../gen/holdfast/v1/work';
import { shortId } from '../resource-name';
import { oneLine } from '../text-width';
import { atOf, relativeTime } from '../times';

const kindWords: Readonly<Record<number, string>> = {
  [DirectiveKind.PAUSE]: 'PAUSE',
  [DirectiveKind.CANCEL]: 'CANCEL',
};

/** "CANCEL wanted by local in 5 min: out of scope". */
export function directiveFact({ kind, by, reason, deadline }: Directive, now: number): string {
  const due = deadline ? `, at the latest ${relativeTime(atOf(deadline), now)}` : '';
  const why = reason ? `: ${oneLine(reason)}` : '';
  return `${kindWords[kind] ?? `KIND_${kind}`} wanted by ${oneLine(shortId(by))}${due}${why}`;
}

/** The same with its task, and with what to do: for its holder. */
export function directiveWords(task: string, directive: Directive | undefined, now: number): string {
  const id = shortId(task);
  if (!directive) return `${id}: something is wanted of its holder`;
  return `${id}: ${directiveFact(directive, now)}. Stop, then: holdfast acknowledge ${id}`;
}
