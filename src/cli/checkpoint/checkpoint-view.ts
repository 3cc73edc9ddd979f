// Checkpoints as people type and read them.

import type { Checkpoint } from '../../gen/holdfast/v1/checkpoint';
import { byteWords } from '../byte-count';
import { usage } from '../failure';
import { shortId } from '../resource-name';
import { tableLines } from '../table';
import { fitTo, oneLine } from '../text-width';
import { atOf, relativeTime } from '../times';

const idShape = /^[A-Za-z0-9]([A-Za-z0-9._:-]{0,126}[A-Za-z0-9])?$/;

/** The full name of a checkpoint that was typed by its id in the session, or by its name. */
export function checkpointName(session: string, typed: string): string {
  if (/^projects\/[^/]+\/sessions\/[^/]+\/checkpoints\/./.test(typed)) return typed;
  if (!idShape.test(typed)) throw usage(`"${typed.slice(0, 80)}" is no checkpoint id`);
  return `${session}/checkpoints/${typed}`;
}

/** One checkpoint in one line. */
export function briefCheckpoint(checkpoint: Checkpoint): string {
  const { name, namespace, sizeBytes, tasks } = checkpoint;
  const about = tasks.length > 0 ? ` for ${tasks.map(shortId).join(' ')}` : '';
  return `${shortId(name)}${namespace ? ` ${oneLine(namespace)}` : ''} ${byteWords(sizeBytes)}${about}`;
}

export function checkpointTable(checkpoints: readonly Checkpoint[], columns: number, now: number): string[] {
  const layout = [
    { title: 'ID' },
    { title: 'NAMESPACE' },
    { title: 'SAVED' },
    { title: 'SIZE' },
    { title: 'TASKS' },
    { title: 'METADATA', flexible: true },
  ];
  const rows = checkpoints.map(({ name, namespace, createTime, sizeBytes, tasks, metadata }) => [
    fitTo(shortId(name), 24),
    fitTo(oneLine(namespace), 16),
    createTime ? relativeTime(atOf(createTime), now) : '',
    byteWords(sizeBytes),
    fitTo(tasks.map(shortId).join(' '), 12),
    metadata ? oneLine(JSON.stringify(metadata)) : '',
  ]);
  // A column that nothing fills only takes room.
  const used = layout.map((_, index) => index === 0 || rows.some((row) => row[index] !== ''));
  const kept = <E>(cells: readonly E[]) => cells.filter((_, index) => used[index]);
  return tableLines(kept(layout), rows.map(kept), columns);
}
