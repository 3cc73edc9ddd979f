// The marks at the end of an item of a Markdown plan: `Write the manual P1 @agent-7 #docs (after: api) {#manual}`.

import { Priority } from '../../gen/holdfast/v1/task';
import { commaList } from '../comma-list';

export interface Marks {
  /** The item without its marks. */
  readonly title: string;
  readonly id: string | undefined;
  readonly priority: Priority | undefined;
  readonly assignee: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly needs: readonly string[];
}

/** Each takes one mark off the end. A mark has a blank before it; what stands within a title is no mark. */
const shapes = {
  id: /\s+\{#([^{}\s]+)\}$/u,
  needs: /\s+\((?:after|needs):\s*([^()]*)\)$/iu,
  priority: /\s+P([0-4])$/u,
  assignee: /\s+@([^\s@]+)$/u,
  // `#12` is the number of an issue in most titles, so a label begins with a letter.
  label: /\s+#([a-z][a-z0-9._/-]*)(?:=(\S+))?$/u,
} as const;

/** Reads the marks from the end of the text backwards, up to the first word that is none. */
export function marksOf(text: string): Marks {
  // Runs of blanks say nothing in Markdown, and would make the search for marks slow.
  let title = text.replace(/\s+/gu, ' ').trim();
  let id: string | undefined;
  let priority: Priority | undefined;
  let assignee: string | undefined;
  const labels = new Map<string, string>();
  const needs: string[] = [];
  const take = (shape: RegExp): RegExpExecArray | null => {
    const match = shape.exec(title);
    if (match) title = title.slice(0, match.index);
    return match;
  };
  for (let before = ''; before !== title;) {
    before = title;
    id ??= take(shapes.id)?.[1];
    const targets = take(shapes.needs)?.[1];
    if (targets !== undefined) needs.unshift(...commaList(targets));
    if (priority === undefined) {
      const digit = take(shapes.priority)?.[1];
      if (digit !== undefined) priority = (Priority.P0 + Number(digit)) as Priority;
    }
    assignee ??= take(shapes.assignee)?.[1];
    const label = take(shapes.label);
    if (label && !labels.has(label[1]!)) labels.set(label[1]!, label[2] ?? '');
  }
  return { title, id, priority, assignee, labels, needs };
}
