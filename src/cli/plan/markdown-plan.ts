// Plans in Markdown. The grammar is in docs/plans.md, with these rules:
//
// 1. `# Title` names the plan. A deeper heading is a task if items stand below it, and they are its children.
// 2. A list item with a box, `- [ ] title` or `1. [x] title`, is a task. One that is indented deeper is its child.
// 3. Items with numbers, one after the other in one list, wait for each other in this order.
// 4. Text that is indented below an item is its description; `Done when: …` in it is a criterion.
// 5. All else is text for people. Fenced code is never read.

import type { Marks } from './marks';
import { marksOf } from './marks';
import type { Plan, PlanItem, PlanMistake } from './plan';
import { badPlan } from './plan';

/** An item while it grows. */
interface Growing {
  readonly line: number;
  readonly marks: Marks;
  readonly done: boolean;
  readonly before: Growing | undefined;
  /** Columns before its bullet; a heading of level n stands n - 100 columns deep, left of every item. */
  readonly indent: number;
  readonly children: Growing[];
  readonly text: string[];
  ordered: boolean;
}

const headingShape = /^(#{1,6})\s+(\S.*)$/;
const itemShape = /^(\s*)([-*+]|\d{1,9}[.)])\s+\[([ xX])\]\s+(.*)$/;
const fenceShape = /^\s*(```+|~~~+)/;
const headingColumns = -100;
const tabColumns = 4;
/** A title has at most 500 characters; longer lines only make the reading slow. In characters. */
const lineLengthMax = 10_000;

/** Reads a plan. Throws a Failure that names each mistake with its line. */
export function markdownPlan(text: string, fileName: string): Plan {
  return new Reading(fileName).read(text.replace(/^\uFEFF/, '').split(/\r?\n/));
}

class Reading {
  private readonly root: Growing = growing(0, marksOf(''), headingColumns, undefined);
  /** The item that text and deeper items belong to, with those around it; the root first. */
  private open: Growing[] = [this.root];
  private readonly mistakes: PlanMistake[] = [];
  private name = '';
  private items = 0;

  constructor(private readonly fileName: string) {}

  read(lines: readonly string[]): Plan {
    let fence = '';
    for (const [index, line] of lines.entries()) {
      if (line.length > lineLengthMax) {
        this.mistakes.push({ line: index + 1, message: `it has more than ${lineLengthMax} characters` });
        continue;
      }
      const mark = fenceShape.exec(line)?.[1];
      if (mark && (fence === '' || mark.startsWith(fence))) {
        fence = fence === '' ? mark : '';
        this.addText(line);
      } else if (fence !== '') this.addText(line);
      else this.readLine(line, index + 1);
    }
    const items = this.finishAll(this.root);
    if (this.items === 0 && this.mistakes.length === 0) {
      this.mistakes.push({ line: 1, message: 'it has no items: an item is a line like `- [ ] title`' });
    }
    if (this.mistakes.length > 0) throw badPlan(this.fileName, this.mistakes);
    return { name: this.name, items };
  }

  private readLine(line: string, number: number): void {
    const heading = headingShape.exec(line);
    if (heading) return this.readHeading(heading[1]!.length, heading[2]!, number);
    const item = itemShape.exec(line);
    if (!item) return this.addText(line);
    const [, blanks, bullet, box, title] = item;
    const marks = marksOf(title!);
    if (marks.title === '') this.mistakes.push({ line: number, message: 'the item has no title' });
    const parent = this.closeTo(indentOf(blanks!));
    const ordered = /\d/.test(bullet!);
    const previous = parent.children.at(-1);
    const follows = ordered && previous?.ordered && previous.indent >= 0 && !parent.text.includes(listBreak(previous));
    const grown = growing(number, marks, indentOf(blanks!), follows ? previous : undefined, box !== ' ');
    grown.ordered = ordered;
    parent.children.push(grown);
    this.open.push(grown);
    this.items++;
  }

  private readHeading(level: number, text: string, number: number): void {
    const marks = marksOf(text.trimEnd().replace(/ #+$/, ''));
    if (level === 1) {
      if (this.name !== '') {
        this.mistakes.push({ line: number, message: 'a plan has one title; use ## for its parts' });
      }
      this.name = marks.id ?? marks.title;
      this.open = [this.root];
      return;
    }
    const parent = this.closeTo(headingColumns + level);
    const grown = growing(number, marks, headingColumns + level, undefined);
    parent.children.push(grown);
    this.open.push(grown);
  }

  /** Closes what is not left of the column, and gives what is open then. */
  private closeTo(indent: number): Growing {
    while (this.open.length > 1 && this.open.at(-1)!.indent >= indent) this.open.pop();
    return this.open.at(-1)!;
  }

  /** Text belongs to the item that it is indented below, or to the heading above. Text at the margin ends a list. */
  private addText(line: string): void {
    const innermost = this.open.at(-1)!;
    if (line.trim() === '') return void innermost.text.push('');
    const owner = this.closeTo(indentOf(/^\s*/.exec(line)![0]));
    const last = owner.children.at(-1);
    if (last) owner.text.push(listBreak(last));
    // Behind the items of a heading comes text for people, not about the heading.
    if (!last || owner.indent >= 0) owner.text.push(line);
  }

  private finishAll(parent: Growing): PlanItem[] {
    const made = new Map<Growing, PlanItem>();
    for (const child of parent.children) {
      const item = this.finish(child, child.before && made.get(child.before));
      if (item) made.set(child, item);
    }
    return [...made.values()];
  }

  /** Turns what has grown into an item; a heading without items into nothing. */
  private finish(grown: Growing, before: PlanItem | undefined): PlanItem | undefined {
    const children = this.finishAll(grown);
    if (grown.indent < 0 && children.length === 0) return undefined;
    const undone = grown.done && children.find((child) => !child.done);
    if (undone) {
      const message = `it is ticked, but what is below it is not (line ${undone.line})`;
      this.mistakes.push({ line: grown.line, message });
    }
    const { description, criteria } = textOf(grown.text);
    const { title, id, priority, assignee, labels, needs } = grown.marks;
    const { line, done } = grown;
    const unsaid = { queue: undefined, kind: undefined };
    return {
      ...unsaid,
      line,
      title,
      id,
      description,
      priority,
      assignee,
      labels,
      criteria,
      needs,
      before,
      done,
      children,
    };
  }
}

function growing(line: number, marks: Marks, indent: number, before: Growing | undefined, done = false): Growing {
  return { line, marks, indent, before, done, children: [], text: [], ordered: false };
}

/** Stands in an item's text for text that came after one of its children: it ends that list. */
function listBreak({ line }: Growing): string {
  return `\0${line}`;
}

function indentOf(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns += blank === '\t' ? tabColumns - (columns % tabColumns) : 1;
  return columns;
}

function textOf(lines: readonly string[]): Pick<PlanItem, 'description' | 'criteria'> {
  const own = lines.filter((line) => !line.startsWith('\0'));
  const criteria: string[] = [];
  const rest = own.filter((line) => {
    const criterion = /^\s*done when:\s*(.+)$/i.exec(line)?.[1];
    if (criterion) criteria.push(criterion.trim());
    return criterion === undefined;
  });
  const indent = Math.min(...rest.filter((line) => line.trim()).map((line) => /^\s*/.exec(line)![0].length));
  const description = rest
    .map((line) => line.slice(Number.isFinite(indent) ? indent : 0).trimEnd())
    .join('\n')
    .trim();
  return { description: description || undefined, criteria: criteria.length > 0 ? criteria : undefined };
}
