// Queues as people read them.

import type { Queue } from '../gen/holdfast/v1/queue';
import type { Output } from './output';
import { shortId } from './resource-name';
import { tableLines } from './table';
import { fitTo, oneLine } from './text-width';
import { lengthOfTime, msOf } from './times';

/** One queue in one line. */
export function briefQueue(queue: Queue): string {
  const { counts } = queue;
  const failed = counts?.failed ? ` ${counts.failed} failed` : '';
  const waits = `${counts?.pending ?? 0} pending ${counts?.blocked ?? 0} blocked ${counts?.running ?? 0} running`;
  return `${shortId(queue.name)}${queue.paused ? ' PAUSED' : ''} ${waits}${failed}`;
}

export function queueTable(queues: readonly Queue[], columns: number): string[] {
  const titles = ['ID', 'STATE', 'LIMIT', 'PENDING', 'BLOCKED', 'RUNNING', 'OTHER', 'FAILED'];
  const layout = titles.map((title) => ({ title, flexible: title === 'ID' }));
  const rows = queues.map(({ name, paused, concurrencyLimit, counts }) => [
    shortId(name),
    paused ? 'PAUSED' : 'open',
    concurrencyLimit > 0 ? String(concurrencyLimit) : '',
    String(counts?.pending ?? 0),
    String(counts?.blocked ?? 0),
    String(counts?.running ?? 0),
    String((counts?.verifying ?? 0) + (counts?.inputRequired ?? 0) + (counts?.paused ?? 0)),
    String(counts?.failed ?? 0),
  ]);
  return tableLines(layout, rows, columns);
}

/** Everything about one queue, for a person. */
export function queueLines(queue: Queue, output: Output): string[] {
  const { counts, retryPolicy: policy, timeouts } = queue;
  const lasts = (duration: { seconds: number; nanos: number } | undefined) => duration && lengthOfTime(msOf(duration));
  const facts: [string, string | undefined][] = [
    ['state', queue.paused ? 'PAUSED: nothing is claimed from it' : 'open'],
    ['limit', queue.concurrencyLimit > 0 ? `${queue.concurrencyLimit} RUNNING at once` : ''],
    ['pending', String(counts?.pending ?? 0)],
    ['blocked', String(counts?.blocked ?? 0)],
    ['running', String(counts?.running ?? 0)],
    ['verifying', counts?.verifying ? String(counts.verifying) : ''],
    ['wait for input', counts?.inputRequired ? String(counts.inputRequired) : ''],
    ['paused', counts?.paused ? String(counts.paused) : ''],
    ['failed', counts?.failed ? `${counts.failed}: holdfast queue dead-letters ${shortId(queue.name)}` : '0'],
    ['max attempts', policy?.maxAttempts ? String(policy.maxAttempts) : ''],
    ['first backoff', lasts(policy?.initialBackoff)],
    ['longest backoff', lasts(policy?.maxBackoff)],
    ['multiplier', policy?.multiplier ? String(policy.multiplier) : ''],
    ['not retried', policy?.nonRetryable.join(', ')],
    ['lease timeout', lasts(timeouts?.lease)],
    ['run timeout', lasts(timeouts?.run)],
    ['total timeout', lasts(timeouts?.total)],
    ['etag', queue.etag],
  ];
  const lines = [output.bold(fitTo(shortId(queue.name), output.columns)), ''];
  for (const [name, value] of facts) {
    if (value) lines.push(`${output.dim(name.padEnd(15))}  ${fitTo(oneLine(value), output.columns - 17)}`);
  }
  return lines;
}
