// What goes on at a task, in words: who holds it, how far it is, what came of each try.

import type { Task } from '../../gen/holdfast/v1/task';
import type { Artifact, Attempt, InputExchange, Lease, TaskProgress } from '../../gen/holdfast/v1/work';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import { byteWords } from '../byte-count';
import { shortId } from '../resource-name';
import { oneLine } from '../text-width';
import { atOf, lengthOfTime, relativeTime } from '../times';
import { directiveFact } from './directive-words';

const outcomeNames = new Map<number, string>(
  Object.entries(AttemptOutcome).map(([name, value]) => [value as number, name.toLowerCase().replaceAll('_', ' ')]),
);

/** "alice (session s1), until in 14 min, token 55". */
export function leaseFact(lease: Lease, now: number): string {
  const { session, agent, expireTime, fencingToken, lapsed, runDeadline } = lease;
  const until = lapsed
    ? 'run out: anybody may claim it'
    : expireTime
      ? `ends ${relativeTime(atOf(expireTime), now)} unless renewed`
      : 'until its session ends';
  const bound = runDeadline ? `, has to be done ${relativeTime(atOf(runDeadline), now)}` : '';
  return `${shortId(agent)} (session ${shortId(session)}), ${until}${bound}, token ${fencingToken}`;
}

/** "40 %: tests written". */
export function progressFact({ percent, message }: TaskProgress): string {
  const share = `${Number(percent.toFixed(1))} %`;
  return message ? `${share}: ${oneLine(message)}` : share;
}

/** Facts of the work on a task, each with its name; for the lines of `task show`. */
export function workFacts(task: Task, now: number): [string, string | undefined][] {
  const at = (time: Task['totalDeadline']) => time && relativeTime(atOf(time), now);
  const failed = task.failureCount > 0 ? `, ${task.failureCount} failed` : '';
  return [
    ['held by', task.lease && leaseFact(task.lease, now)],
    ['wanted', task.directive && directiveFact(task.directive, now)],
    ['progress', task.progress && progressFact(task.progress)],
    ['details', task.progress?.details && JSON.stringify(task.progress.details)],
    ['started', at(task.startTime)],
    ['time is up', at(task.totalDeadline)],
    ['offered', task.offerEndTime && `to ${task.assignee || 'the asker'} first, until ${at(task.offerEndTime)}`],
    ['checkpoint', task.latestCheckpoint],
    ['attempts', task.attemptCount > 0 ? `${task.attemptCount}${failed}` : undefined],
  ];
}

/** Attempts, questions and artifacts, each under a heading, as far as there are any. */
export function workHistory(task: Task, now: number): { heading: string; lines: string[] }[] {
  return [
    { heading: 'Attempts', lines: task.attempts.map((attempt) => attemptLine(attempt, now)) },
    { heading: 'Questions', lines: task.inputs.flatMap((input) => inputLines(input, now)) },
    { heading: 'Artifacts', lines: task.artifacts.map(artifactLine) },
  ].filter(({ lines }) => lines.length > 0);
}

function attemptLine(attempt: Attempt, now: number): string {
  const { number, agent, session, startTime, endTime, outcome, error, retryTime } = attempt;
  const began = startTime ? relativeTime(atOf(startTime), now) : '';
  const took = startTime && endTime ? ` after ${lengthOfTime(Math.max(0, atOf(endTime) - atOf(startTime)))}` : '';
  const why = error ? `: ${[error.code, error.message].filter(Boolean).map(oneLine).join(': ')}` : '';
  const again = retryTime && atOf(retryTime) > now ? `; again ${relativeTime(atOf(retryTime), now)}` : '';
  const who = `${shortId(agent)} (${shortId(session)})`;
  return `#${number} ${began} ${who} ${outcomeNames.get(outcome) ?? `outcome ${outcome}`}${took}${why}${again}`;
}

function inputLines({ request, session, askTime, answer, answeredBy, expired }: InputExchange, now: number): string[] {
  const when = askTime ? ` ${relativeTime(atOf(askTime), now)}` : '';
  const lines = [`${shortId(session)} asked${when}: ${oneLine(request?.question ?? '')}`];
  if (!answer && request && request.options.length > 0)
    lines.push(`  one of: ${request.options.map(oneLine).join(', ')}`);
  const due = request?.deadline;
  if (answer) {
    const data = answer.data ? ` ${JSON.stringify(answer.data)}` : '';
    lines.push(`  ${oneLine(shortId(answeredBy))} answered: ${oneLine(answer.text)}${data}`);
  } else if (expired) lines.push('  nobody answered in time');
  else if (due) lines.push(`  not answered; the deadline is ${relativeTime(atOf(due), now)}`);
  else lines.push('  not answered');
  return lines;
}

function artifactLine({ name, mediaType, uri, sizeBytes, digest }: Artifact): string {
  const what = uri || `${byteWords(sizeBytes)}, sha256 ${digest.slice(0, 12)}`;
  return `${oneLine(name)}  ${oneLine(mediaType)}  ${oneLine(what)}`;
}
