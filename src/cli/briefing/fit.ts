// Which parts of a text fit within a bound of bytes, and in what detail: the most important first.

export interface Part {
  /** The heading that it stands under. Parts of a heading follow each other. */
  readonly heading: string;
  /** Its text in growing detail; the first is the shortest that is of any use. */
  readonly forms: readonly string[];
  /** What it is counted as where it is left out: "tasks". */
  readonly kind: string;
  /** What it is named as there: "t3". */
  readonly id: string;
}

export interface Fitted {
  /** Headings and parts, line by line; parts in their order. */
  readonly text: string;
  /** Parts that are not in the text at all. */
  readonly absent: readonly Part[];
  /** Parts that are there in less detail than there is. */
  readonly shortened: readonly Part[];
}

/** A step of filling: the first so many parts of each heading, up to this form. */
interface Step {
  readonly count: number;
  readonly form: number;
}

/** Enough of everything for a picture first; then the first things in detail; then the rest. */
const steps: readonly Step[] = [
  { count: 20, form: 0 },
  { count: 8, form: 1 },
  { count: 3, form: 2 },
  { count: Infinity, form: 0 },
  { count: Infinity, form: 1 },
  { count: Infinity, form: 2 },
];

/** Each form stands on lines of its own. */
const endOfLine = 1;

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** The text, cut to at most so many bytes of UTF-8 at a whole character; an ellipsis says that it was cut. */
export function cutTo(text: string, bytesMax: number): string {
  if (byteLength(text) <= bytesMax) return text;
  const room = bytesMax - byteLength('…');
  if (room < 0) return '';
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Chooses the parts that fit into `bytesMax`, and how much of each. The text is never longer. */
export function fitParts(parts: readonly Part[], bytesMax: number): Fitted {
  const chosen = new Map<Part, number>();
  const opened = new Set<string>();
  const places = placesOf(parts);
  const costs = new Map(parts.map((part) => [part, part.forms.map((form) => byteLength(form) + endOfLine)]));
  let bytes = 0;
  for (const { count, form } of steps) {
    for (const part of parts) {
      if (places.get(part)! >= count) continue;
      const before = chosen.get(part);
      const wanted = Math.min(form, part.forms.length - 1);
      if (before !== undefined && before >= wanted) continue;
      const heading = opened.has(part.heading) ? 0 : byteLength(headingText(part.heading));
      const had = before === undefined ? 0 : costs.get(part)![before]!;
      const more = heading + costs.get(part)![wanted]! - had;
      if (bytes + more > bytesMax) continue;
      bytes += more;
      chosen.set(part, wanted);
      opened.add(part.heading);
    }
  }
  return {
    text: textOf(parts, chosen),
    absent: parts.filter((part) => !chosen.has(part)),
    shortened: parts.filter((part) => chosen.has(part) && chosen.get(part)! < part.forms.length - 1),
  };
}

function textOf(parts: readonly Part[], chosen: ReadonlyMap<Part, number>): string {
  let text = '';
  let heading: string | undefined;
  for (const part of parts) {
    const form = chosen.get(part);
    if (form === undefined) continue;
    if (part.heading !== heading) text += headingText(part.heading);
    heading = part.heading;
    text += `${part.forms[form]!}\n`;
  }
  return text;
}

/** Each part's place among those of its heading, from 0. */
function placesOf(parts: readonly Part[]): Map<Part, number> {
  const counts = new Map<string, number>();
  const places = new Map<Part, number>();
  for (const part of parts) {
    const place = counts.get(part.heading) ?? 0;
    places.set(part, place);
    counts.set(part.heading, place + 1);
  }
  return places;
}

function headingText(heading: string): string {
  return `\n## ${heading}\n\n`;
}
