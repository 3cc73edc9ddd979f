import { fitTo, pad, textWidth } from './text-width';

export interface Column {
  readonly title: string;
  /** It gives way when the line is too long; one column at most. */
  readonly flexible?: boolean;
}

const gap = '  ';
/** A flexible column is not made narrower than this, even if the terminal is. */
const flexibleLeast = 12;

/** Lines of a table no wider than `columns`: a heading, then the rows. Cells hold one line each. */
export function tableLines(layout: readonly Column[], rows: readonly (readonly string[])[], columns: number): string[] {
  const titles = layout.map(({ title }) => title);
  const widths = layout.map((_, index) => Math.max(...[titles, ...rows].map((row) => textWidth(row[index] ?? ''))));
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (layout.length - 1);
  const flexible = layout.findIndex((column) => column.flexible);
  if (flexible >= 0 && total > columns) {
    widths[flexible] = Math.max(flexibleLeast, widths[flexible]! - (total - columns));
  }
  return [titles, ...rows].map((row) =>
    layout
      .map((_, index) => pad(fitTo(row[index] ?? '', widths[index]!), widths[index]!))
      .join(gap)
      .trimEnd(),
  );
}
