// A briefing as a language model reads it: Markdown within a bound of bytes, with what was left out named.

import type { Briefing } from '../../gen/holdfast/v1/briefing';
import { byteLength, cutTo, fitParts } from './fit';
import { partsOf } from './parts';

/** Less room than this holds no briefing. */
export const briefingBytesMin = 512;
/** What the server takes at most as `max_bytes`, and at least. */
const serverBytesMax = 3 * 1024 * 1024;
const serverBytesMin = 1024;
/** The part of the room that what was left out may take, and the most that it is ever given. */
const tailShare = 6;
const tailBytesMax = 1500;
/** So many of what was left out are named. */
const namedMost = 20;

const kindWords: Readonly<Record<string, string>> = { ready_tasks: 'ready tasks', directives: 'things wanted of you' };

interface About {
  /** Whom the briefing is for: the id of a session or an agent. */
  readonly subject: string;
  readonly maxBytes: number;
  readonly now: number;
}

/** The bound to give the server for a text of so many bytes: a row takes more bytes there than its words here. */
export function askedBytes(maxBytes: number): number {
  return Math.min(serverBytesMax, Math.max(serverBytesMin, maxBytes * 2));
}

/** The briefing in words, without a newline at its end; with that newline at most `maxBytes` bytes of UTF-8. */
export function briefingText(briefing: Briefing, { subject, maxBytes, now }: About): string {
  const position = briefing.watchFrom;
  const since = position ? `${position.history}:${position.sequence}` : '';
  const head = `# Briefing for ${subject}\n${since && `\nWhat changes after this: holdfast brief --since ${since}\n`}`;
  const parts = partsOf(briefing, now);
  const nothing = parts.length === 0 ? '\nNothing is unfinished, nothing is unread, and nothing is ready.\n' : '';
  const room = maxBytes - byteLength(head) - byteLength(nothing);
  const everything = fitParts(parts, room);
  const lost = briefing.omissions.length > 0 || everything.absent.length + everything.shortened.length > 0;
  if (!lost) return cutTo(`${head}${nothing}${everything.text}`.trimEnd(), maxBytes - 1);
  const tailMax = Math.min(tailBytesMax, Math.floor(maxBytes / tailShare));
  const { text, absent, shortened } = fitParts(parts, room - tailMax);
  const left = new Map<string, { count: number; names: string[] }>();
  const leave = (kind: string, count: number, names: readonly string[]) => {
    const words = kindWords[kind] ?? kind;
    const before = left.get(words) ?? { count: 0, names: [] };
    left.set(words, { count: before.count + count, names: [...before.names, ...names] });
  };
  for (const { kind, id } of absent) leave(kind, 1, [id]);
  for (const { kind, count, names } of briefing.omissions) leave(kind, count, names.map(lastOf));
  for (const { kind, id } of shortened) leave(`details of ${kindWords[kind] ?? kind}`, 1, [id]);
  const whole = `${head}${nothing}${text}${tailText(left, maxBytes, tailMax)}`.trimEnd();
  return cutTo(whole, maxBytes - 1);
}

function tailText(
  left: ReadonlyMap<string, { readonly count: number; readonly names: readonly string[] }>,
  maxBytes: number,
  tailMax: number,
): string {
  const more = `More: holdfast brief --max-bytes ${Math.ceil((maxBytes * 4) / 1024)}k; one task: holdfast task show ID\n`;
  // As many names as there is room for; the counts stay.
  for (let named = namedMost; named >= 0; named = named > 4 ? Math.floor(named / 2) : named - 1) {
    const lines = [...left].map(([kind, { count, names }]) => {
      const shown = names.slice(0, named);
      const hidden = count > shown.length && shown.length > 0 ? ', …' : '';
      return `- ${count} ${kind}${shown.length > 0 ? `: ${shown.join(', ')}${hidden}` : ''}\n`;
    });
    const tail = `\n## Left out for want of room\n\n${lines.join('')}${more}`;
    if (byteLength(tail) <= tailMax) return tail;
  }
  const counts = [...left].map(([kind, { count }]) => `${count} ${kind}`).join(', ');
  return `\n${cutTo(`Left out: ${counts}.`, tailMax - 2)}\n`;
}

/** The last part of a name, or the whole of what is no name. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
