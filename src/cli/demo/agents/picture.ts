// The picture at the end: 80 columns of text.

import { fitTo, oneLine, pad } from '../../text-width';
import type { Change, Refused } from './agent-process';
import type { Ledger } from './ledger';
import { idOf } from './ledger';
import type { Task } from '../../../gen/holdfast/v1/task';

/** What the picture is drawn for. */
export const columnsMax = 80;
const timelineColumns = 66;
const cells = 3;
/** More tasks than this are not shown one by one; those of several attempts still are. */
const tasksShownMax = 90;

interface Life {
  readonly id: string;
  readonly changes: readonly Change[];
}

/** What each agent did, from the first moment to the last: a line each. */
export function timelines(agents: readonly Life[], endMs: number): string[] {
  const legend = '   + born   # at work   . waiting   z frozen   X killed';
  const scale = pad('   0 s', 12 + timelineColumns - 4) + `${Math.round(endMs / 1000)} s`;
  return [
    legend,
    '',
    ...agents.map((agent) => `   ${pad(fitTo(agent.id, 8), 9)}${timeline(agent.changes, endMs)}`),
    scale,
  ];
}

function timeline(changes: readonly Change[], endMs: number): string {
  const columnMs = endMs / timelineColumns;
  let line = '';
  for (let column = 0; column < timelineColumns; column++) {
    const [fromMs, toMs] = [column * columnMs, (column + 1) * columnMs];
    const within = changes.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const before = changes.findLast(({ atMs }) => atMs < fromMs);
    line += signOf(before ? [before, ...within] : within, within);
  }
  return line.trimEnd();
}

/** The sign of a column: what happened in it, else the most that was done in it. */
function signOf(known: readonly Change[], within: readonly Change[]): string {
  const mark = within.findLast(({ mark }) => mark === 'X') ?? within.find(({ mark }) => mark !== undefined);
  if (mark?.mark) return mark.mark;
  const doings = known.map(({ doing }) => doing);
  if (doings.includes('frozen')) return 'z';
  if (doings.includes('working')) return '#';
  return doings.includes('idle') ? '.' : ' ';
}

/** Each task: by whom it was done; from the second attempt on also in which. */
export function taskGrid(ledger: Ledger, tasks: readonly Task[]): string[] {
  const many = tasks.length > tasksShownMax;
  const shown = many ? tasks.filter(({ name }) => ledger.of(name).grants.length > 1) : tasks;
  const width = Math.floor((columnsMax - 3) / cells);
  const texts = shown.map(({ name }) => pad(cellOf(ledger, name, width - 2), width));
  const rows = Math.ceil(texts.length / cells);
  const lines = Array.from({ length: rows }, (_, row) =>
    `   ${texts.filter((_, i) => i % rows === row).join('')}`.trimEnd(),
  );
  return many ? [`   ${tasks.length - shown.length} at the first attempt, and these later:`, ...lines] : lines;
}

/** A task in so many columns: of a long id the beginning, of who did it all. */
function cellOf(ledger: Ledger, name: string, columns: number): string {
  const { grants, completions } = ledger.of(name);
  const by = completions[0] && grants.findLast(({ sequence }) => sequence < completions[0]!.sequence);
  const attempt = by ? grants.indexOf(by) + 1 : 0;
  const rest = by ? ` ${by.agent}${attempt > 1 ? ` #${attempt}` : ''}` : ' not done';
  return `${fitTo(idOf(name), columns - rest.length)}${rest}`;
}

/** What was refused, and why: a line each. */
export function refusals(refused: readonly Refused[]): string[] {
  return [...refused]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, agent, task, why }) => {
      const when = `${(atMs / 1000).toFixed(1)} s`.padStart(7);
      const what = task === '' ? 'its session' : idOf(task);
      return fitTo(`   ${when} ${agent}, ${what}: ${short(oneLine(why))}`, columnsMax);
    });
}

/** Names without the collections before them: they are long, and all of one project. */
function short(why: string): string {
  return why.replace(/projects\/[^/\s]+\/(?:sessions|agents|tasks)\//g, '');
}
