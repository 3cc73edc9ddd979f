// Texts compared with a value that may hold stars. No backtracking: the work is bounded by the lengths alone.

import type { Value } from './syntax';

/** Whether a text is the value, a star standing for any characters, none too. */
export function equalTo({ parts }: Value): (text: string) => boolean {
  if (parts.length === 1) {
    const [wanted] = parts;
    return (text) => text === wanted;
  }
  const first = parts[0]!;
  const last = parts.at(-1)!;
  const inner = parts.slice(1, -1);
  const least = first.length + last.length;
  return (text) => {
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = findAll(text, inner, first.length);
    return end >= 0 && end <= text.length - last.length;
  };
}

/** Whether a text, given in small letters, holds the value in any case; a star stands for any characters between. */
export function heldBy({ parts }: Value): (text: string) => boolean {
  const wanted = parts.map((part) => part.toLowerCase());
  return (text) => findAll(text, wanted, 0) >= 0;
}

/** Where the last of the parts ends if they are found one behind the other, each as early as can be; -1 if not. */
function findAll(text: string, parts: readonly string[], from: number): number {
  let at = from;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return -1;
    at = found + part.length;
  }
  return at;
}
