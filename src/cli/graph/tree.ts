// The task graph as a tree on a terminal. Each task is drawn once, with what is below it; elsewhere it is only referred to.
//
// 1. A task is drawn below its parent if that is there, else at the top if it is where the graph begins, else where the walk
//    first meets it.
// 2. A walk that gets too deep for the terminal goes on at the left margin, as a tree of its own.
// 3. So every task of the graph is drawn exactly once, whatever the edges are.

import type { Task } from '../../gen/holdfast/v1/task';
import { standingWord } from '../readiness-words';
import { shortId } from '../resource-name';
import { priorityWord } from '../task-words';
import { fitTo, oneLine } from '../text-width';
import type { Step, Steps } from './steps';

export interface TreeForm {
  readonly columns: number;
  /** Words and blanks instead of signs and lines: for agents. */
  readonly plain: boolean;
}

/** What a title needs at least, beside the lines of the tree, in columns. */
const titleColumnsLeast = 40;
const indentColumns = 3;
const briefColumns = 100;

const signs: Readonly<Record<string, readonly [sign: string, meaning: string]>> = {
  READY: ['○', 'ready'],
  PENDING: ['○', 'pending'],
  BLOCKED: ['◌', 'held back'],
  RUNNING: ['◐', 'running'],
  VERIFYING: ['◑', 'verifying'],
  INPUT_REQUIRED: ['?', 'needs an answer'],
  PAUSED: ['‖', 'paused'],
  SUCCEEDED: ['●', 'done'],
  FAILED: ['✗', 'failed'],
  CANCELED: ['–', 'canceled'],
  DELETED: ['⌫', 'deleted'],
};

/** Lines of the tree that begins with `roots`. */
export function treeLines(steps: Steps, roots: readonly string[], form: TreeForm): string[] {
  return new Drawing(steps, roots, form).lines;
}

/** What the signs of these tasks mean, in one line. */
export function legend(tasks: Iterable<Task>): string {
  const used = new Set([...tasks].map(standingWord));
  return Object.entries(signs)
    .filter(([word]) => used.has(word))
    .map(([, [sign, meaning]]) => `${sign} ${meaning}`)
    .join('   ');
}

class Drawing {
  readonly lines: string[] = [];
  private readonly drawn = new Set<string>();
  /** Tasks that are drawn at the left margin, in this order. */
  private readonly tops: string[];
  private readonly depthMax: number;

  constructor(
    private readonly steps: Steps,
    roots: readonly string[],
    private readonly form: TreeForm,
  ) {
    this.depthMax = Math.max(2, Math.floor((form.columns - titleColumnsLeast) / indentColumns));
    this.tops = [...roots];
    for (let next = 0; next < this.tops.length; next++) this.draw(this.tops[next]!, '', '', '', 0);
    // Whatever the walk has not met, because its home was cut away.
    for (const name of steps.tasks.keys()) this.draw(name, '', '', '', 0);
  }

  private draw(name: string, before: string, below: string, words: string, depth: number): void {
    const task = this.steps.tasks.get(name);
    if (!task || this.drawn.has(name)) return;
    this.drawn.add(name);
    this.say(before, words, task, '', depth);
    const steps = this.steps.from(name);
    for (const [index, step] of steps.entries()) {
      const last = index === steps.length - 1;
      const lead = `${below}${last ? '└─ ' : '├─ '}`;
      const whither = this.elsewhere(name, step, depth);
      if (whither) this.say(lead, step.words, this.steps.tasks.get(step.to)!, whither, depth + 1);
      else this.draw(step.to, lead, `${below}${last ? '   ' : '│  '}`, step.words, depth + 1);
    }
  }

  /** Where the task of a step is drawn if not here; empty for here. */
  private elsewhere(name: string, { to }: Step, depth: number): '' | 'above' | 'below' {
    if (this.drawn.has(to)) return 'above';
    const home = this.steps.parentOf(to);
    if (this.tops.includes(to) || (home !== undefined && home !== name)) return 'below';
    if (depth + 1 < this.depthMax) return '';
    this.tops.push(to);
    return 'below';
  }

  private say(before: string, words: string, task: Task, whither: string, depth: number): void {
    const standing = standingWord(task);
    const named = `${shortId(task.name)} ${priorityWord(task.priority)}`;
    const edge = words === '' ? '' : `${words} `;
    if (this.form.plain) {
      const what = whither ? `(${whither})` : `${standing} ${oneLine(task.title)}`;
      this.lines.push(fitTo(`${'  '.repeat(depth)}${edge}${named} ${what}`, briefColumns));
      return;
    }
    const sign = signs[standing]?.[0] ?? '○';
    const what = whither ? `(see ${whither})` : oneLine(task.title);
    this.lines.push(fitTo(`${before}${edge}${sign} ${named}  ${what}`, this.form.columns));
  }
}
