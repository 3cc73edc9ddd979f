// Events as people and agents read them: one line each.

import type { Event, Resource } from '../gen/holdfast/v1/event';
import type { OperationProgress } from '../gen/holdfast/v1/operation';
import { HealthStatus } from '../gen/holdfast/v1/system';
import type { Health } from '../gen/holdfast/v1/system';
import type { Task } from '../gen/holdfast/v1/task';
import { byteWords } from './byte-count';
import { targetWord } from './lock/lock-view';
import { shortId } from './resource-name';
import { sessionStateWord } from './session/session-view';
import { stateWord } from './task-words';
import { fitTo, oneLine, pad } from './text-width';
import { atOf } from './times';

/** As wide as the longest type in use, `operation.progressed`. */
const typeColumns = 20;

/** "   12  14:03:22  task.created       t12  PENDING  Fix the login page" */
export function eventLine(event: Event, columns: number, now: number): string {
  const at = event.time ? clockTime(atOf(event.time), now) : '';
  const sequence = String(event.position?.sequence ?? '').padStart(6);
  const line = `${sequence}  ${at}  ${pad(event.type, typeColumns)}  ${subject(event.name)}  ${about(event.after)}`;
  return fitTo(line.trimEnd(), columns);
}

/** The same for an agent, without the time: "12 task.created t12 PENDING Fix the login page" */
export function briefEventLine(event: Event): string {
  const line = `${event.position?.sequence ?? ''} ${event.type} ${subject(event.name)} ${about(event.after)}`;
  return fitTo(line.trimEnd(), 100);
}

/** One entity of a snapshot in a line. */
export function resourceLine({ resource }: Resource, columns: number): string {
  if (!resource) return '';
  return fitTo(
    `${pad(resource.$case, typeColumns)}  ${subject('name' in resource.value ? resource.value.name : resource.$case)}  ${about({ resource })}`,
    columns,
  );
}

/** What an event is about, as one types it: `t12`; of a note, `t12/n3`; of a memory, its namespace and key. */
function subject(name: string): string {
  const memory = /^projects\/[^/]+\/memories\/(.+)$/.exec(name)?.[1];
  if (memory !== undefined) return oneLine(memory);
  const [, owner, id] = /^(.*)\/(?:notes|checkpoints)\/([^/]+)$/.exec(name) ?? [];
  return owner === undefined ? shortId(name) : `${shortId(owner)}/${id}`;
}

function about(after: Resource | undefined): string {
  const resource = after?.resource;
  if (!resource) return '';
  switch (resource.$case) {
    case 'task':
      return `${stateWord(resource.value.state)}${holder(resource.value)}  ${oneLine(resource.value.title)}`;
    case 'project':
      return oneLine(resource.value.displayName);
    case 'note':
      return `${oneLine(resource.value.author)}: ${oneLine(resource.value.text)}`;
    case 'operation':
      return oneLine(progressText(resource.value.progress));
    case 'queue':
      return resource.value.paused ? 'paused' : '';
    case 'session':
      return `${sessionStateWord(resource.value.state)}  ${shortId(resource.value.agent)}`;
    case 'agent':
      return shortId(resource.value.latestSession);
    case 'checkpoint':
      return oneLine(`${byteWords(resource.value.sizeBytes)}  ${resource.value.namespace}`);
    case 'lock':
      return oneLine(`${shortId(resource.value.agent)}  ${resource.value.targets.map(targetWord).join(' ')}`);
    case 'memory':
      return oneLine(JSON.stringify(resource.value.value ?? {}));
    case 'message':
      return `for ${shortId(resource.value.recipient)}: ${oneLine(resource.value.text)}`;
    case 'health':
      return oneLine(healthWords(resource.value));
    case 'repair':
      return oneLine(`${resource.value.name}: ${resource.value.problem}`);
    case 'recovery':
      return oneLine(resource.value.reason);
  }
}

/** "DEGRADED  backup_old, disk_low" */
function healthWords({ status, issues }: Health): string {
  const word = Object.entries(HealthStatus).find(([, value]) => value === status)?.[0] ?? '';
  return `${word}  ${issues.map(({ code }) => code).join(', ')}`;
}

/** " by alice" of a task that a session holds. */
function holder({ lease }: Task): string {
  return lease ? ` by ${shortId(lease.agent)}` : '';
}

/** "canceling tasks  20/300 tasks" */
function progressText(progress: OperationProgress | undefined): string {
  if (!progress) return '';
  const { phase, done, total, unit } = progress;
  return `${phase}  ${total > 0 ? `${done}/${total}` : done} ${unit}`;
}

/** The local time, with the date before it unless it is today's. */
function clockTime(at: number, now: number): string {
  const local = (moment: number) => new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString();
  const [date, time] = [local(at).slice(0, 10), local(at).slice(11, 19)];
  return date === local(now).slice(0, 10) ? time : `${date} ${time}`;
}
