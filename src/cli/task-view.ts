// Tasks as people and agents read them.

import type { Dependency, Task } from '../gen/holdfast/v1/task';
import { forwardWords } from './dependency-words';
import type { Output } from './output';
import { obstacles } from './readiness-words';
import { shortId } from './resource-name';
import { tableLines } from './table';
import { priorityWord, stateWord } from './task-words';
import { fitTo, oneLine, plainText, wrapTo } from './text-width';
import { atOf, relativeTime } from './times';
import { workFacts, workHistory } from './work/work-facts';

/** An agent pays for each column; a line of this width names a task well enough to choose it. */
const briefColumns = 100;

/** One task in one line: id, priority, state, title. */
export function briefLine(task: Task): string {
  const parts = [shortId(task.name), priorityWord(task.priority), stateWord(task.state)];
  if (task.deleteTime) parts.push('deleted');
  return fitTo(`${parts.join(' ')} ${oneLine(task.title)}`, briefColumns);
}

/** A table of tasks no wider than the terminal. `showProject` puts the project before each id. */
export function taskTable(tasks: readonly Task[], output: Output, now: number, showProject: boolean): string[] {
  const layout = [
    { title: 'ID' },
    { title: 'PRI' },
    { title: 'STATE' },
    { title: 'ASSIGNEE' },
    { title: 'CHANGED' },
    { title: 'TITLE', flexible: true },
  ];
  const rows = tasks.map((task) => [
    fitTo(showProject ? task.name.replace(/^projects\/([^/]+)\/tasks\//, '$1/') : shortId(task.name), 24),
    priorityWord(task.priority),
    task.deleteTime ? 'deleted' : stateWord(task.state),
    fitTo(oneLine(task.assignee), 12),
    task.updateTime ? relativeTime(atOf(task.updateTime), now) : '',
    oneLine(task.title),
  ]);
  // A column that no task fills only takes room from the titles.
  const used = layout.map((_, index) => index !== 3 || rows.some((row) => row[index] !== ''));
  const lines = tableLines(
    layout.filter((_, index) => used[index]),
    rows.map((row) => row.filter((_, index) => used[index])),
    output.columns,
  );
  return lines.map((line, index) => (index === 0 ? output.dim(line) : line));
}

/** Everything about one task, for a person. */
export function taskLines(task: Task, output: Output, now: number): string[] {
  const when = (at: Task['createTime']) => at && `${relativeTime(atOf(at), now)} (${new Date(atOf(at)).toISOString()})`;
  const facts: [string, string | undefined][] = [
    ['state', [stateWords(task), oneLine(task.stateReason)].filter(Boolean).join(': ')],
    ...workFacts(task, now),
    ['priority', priorityWord(task.priority)],
    ['kind', task.kind],
    ['assignee', task.assignee],
    ['queue', task.queue === 'default' ? '' : task.queue],
    ['parent', task.parent && shortId(task.parent)],
    ['external id', task.externalId],
    ['labels', pairs(task.labels)],
    ['needs', task.requiredCapabilities.join(', ')],
    ['not before', when(task.notBefore)],
    ['due', when(task.dueTime)],
    ['created', when(task.createTime)],
    ['changed', when(task.updateTime)],
    ['ended', when(task.endTime)],
    ['deleted', when(task.deleteTime)],
    ['goes for good', when(task.purgeTime)],
    ['created by', [task.creator, task.originSession].filter(Boolean).join(', ')],
    ['successor', task.successor && shortId(task.successor)],
    ['revision', `${task.revision}, etag ${task.etag}`],
    ['payload', task.payload && JSON.stringify(task.payload)],
    ['result', task.result && JSON.stringify(task.result)],
    ['error', task.error && [task.error.code, task.error.message].filter(Boolean).join(': ')],
  ];
  const room = output.columns - 15;
  const lines = [output.bold(fitTo(`${shortId(task.name)}  ${oneLine(task.title)}`, output.columns)), ''];
  for (const [name, value] of facts) {
    if (value) lines.push(`${output.dim(name.padEnd(13))}  ${fitTo(oneLine(value), room)}`);
  }
  for (const fact of edgeFacts(task)) lines.push(`${output.dim('edge'.padEnd(13))}  ${fitTo(fact, room)}`);
  for (const fact of obstacles(task, now)) lines.push(`${output.dim('held back'.padEnd(13))}  ${fitTo(fact, room)}`);
  for (const remedy of task.readiness?.remedies ?? []) {
    for (const [index, line] of wrapTo(oneLine(remedy), room).entries()) {
      lines.push(`${output.dim((index === 0 ? 'what helps' : '').padEnd(13))}  ${line}`);
    }
  }
  for (const [key, value] of task.annotations) {
    lines.push(`${output.dim('annotation'.padEnd(13))}  ${fitTo(`${oneLine(key)}: ${oneLine(value)}`, room)}`);
  }
  if (task.description) lines.push('', plainText(task.description));
  if (task.acceptanceCriteria.length > 0) lines.push('', output.dim('Done when'));
  for (const { id, text, met } of task.acceptanceCriteria) {
    lines.push(`  [${met ? 'x' : ' '}] ${id} ${oneLine(text)}`);
  }
  for (const { heading, lines: facts } of workHistory(task, now)) {
    lines.push('', output.dim(heading), ...facts.map((fact) => fitTo(`  ${fact}`, output.columns)));
  }
  return lines;
}

/** "PENDING, ready" where that is known. */
function stateWords(task: Task): string {
  return task.readiness?.ready ? `${stateWord(task.state)}, ready` : stateWord(task.state);
}

/** Its edges, one line for each kind: "waits for t1, t2", and those whose target is not there. */
function edgeFacts({ dependencies, unresolvedDependencies }: Task): string[] {
  const facts = new Map<string, string[]>();
  const add = (edges: readonly Dependency[], remark: string) => {
    for (const { task, kind } of edges) {
      const words = forwardWords(kind);
      facts.set(words, [...(facts.get(words) ?? []), `${oneLine(shortId(task))}${remark}`]);
    }
  };
  add(dependencies, '');
  add(unresolvedDependencies, ' (not there yet)');
  return [...facts].map(([words, targets]) => `${words} ${targets.join(', ')}`);
}

function pairs(map: ReadonlyMap<string, string>): string {
  return [...map].map(([key, value]) => (value ? `${key}=${value}` : key)).join(', ');
}
