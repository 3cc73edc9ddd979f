// How a listing was done, for people.

import type { QueryPlan } from '../gen/holdfast/v1/task_service';
import { oneLine, wrapTo } from './text-width';

const LABEL_COLUMNS = 10;

/** The plan in lines no wider than `columns`, words that are wider cut. */
export function planLines(plan: QueryPlan, columns: number): string[] {
  const { index, ranges, residual, order, examined, matched, advice } = plan;
  const rows: [string, string][] = [
    ['index', index === '' ? 'none: no task can match' : index],
    ...ranges.map((range, i): [string, string] => [i === 0 ? 'ranges' : '', range]),
    ['tested', residual === '' ? 'nothing: the ranges say it all' : residual],
    ['order', order],
    ['examined', `${examined} for ${matched} on this page`],
  ];
  if (advice !== '') rows.push(['advice', advice]);
  return rows.flatMap(([label, text]) => {
    const lines = wrapTo(oneLine(text), Math.max(columns - LABEL_COLUMNS, 20));
    return lines.map((line, i) => `${(i === 0 ? label : '').padEnd(LABEL_COLUMNS)}${line}`);
  });
}

/** The plans of several pages as one: the first one's, with all that was examined. */
export function joinedPlan(plans: readonly QueryPlan[]): QueryPlan | undefined {
  const [first] = plans;
  if (!first) return undefined;
  const sum = (of: (plan: QueryPlan) => number): number => plans.reduce((total, plan) => total + of(plan), 0);
  return { ...first, examined: sum((plan) => plan.examined), matched: sum((plan) => plan.matched) };
}
