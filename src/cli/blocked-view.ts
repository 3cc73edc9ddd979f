// Tasks that are held back, as people and agents read them.

import type { Task } from '../gen/holdfast/v1/task';
import type { Output } from './output';
import { hasFailedBlocker, obstacles } from './readiness-words';
import { shortId } from './resource-name';
import { priorityWord } from './task-words';
import { fitTo, oneLine, pad, wrapTo } from './text-width';

/** For each task a line, then what is in its way, then what helps; those with a failure are marked with `!`. */
export function blockedLines(tasks: readonly Task[], output: Output, now: number): string[] {
  const widest = Math.max(...tasks.map(({ name }) => shortId(name).length));
  return tasks.flatMap((task) => {
    const mark = hasFailedBlocker(task) ? '!' : ' ';
    const head = `${mark} ${pad(shortId(task.name), widest)}  ${priorityWord(task.priority)}  ${oneLine(task.title)}`;
    const indent = ' '.repeat(widest + 8);
    const room = Math.max(20, output.columns - indent.length);
    const below = (text: string) => wrapTo(oneLine(text), room).map((line) => `${indent}${line}`);
    return [
      fitTo(head, output.columns),
      ...below(obstacles(task, now).join('; ')).map((line) => output.dim(line)),
      ...(task.readiness?.remedies ?? []).flatMap((remedy) => below(`-> ${remedy}`)),
    ];
  });
}

/** The same for an agent: "t5 P1 FAILED_DEPENDENCY t3,t4 Deploy the site". */
export function briefBlockedLine(task: Task): string {
  const { readiness } = task;
  const word = hasFailedBlocker(task) ? 'FAILED_DEPENDENCY' : 'BLOCKED';
  const children = readiness?.liveChildren ? [`children:${readiness.liveChildren}`] : [];
  const waitsFor = [...(readiness?.blocking.map(shortId) ?? []), ...children].join(',') || '-';
  return fitTo(`${shortId(task.name)} ${priorityWord(task.priority)} ${word} ${waitsFor} ${oneLine(task.title)}`, 100);
}
