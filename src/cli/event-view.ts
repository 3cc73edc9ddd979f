// Events as people and agents read them: one line each.

import type { Event, Resource } from '../gen/holdfast/v1/event';
import { shortId } from './resource-name';
import { stateWord } from './task-words';
import { fitTo, oneLine, pad } from './text-width';
import { atOf } from './times';

/** As wide as the longest type in use, `project.undeleted`. */
const typeColumns = 17;

/** "   12  14:03:22  task.created       t12  PENDING  Fix the login page" */
export function eventLine(event: Event, columns: number, now: number): string {
  const at = event.time ? clockTime(atOf(event.time), now) : '';
  const sequence = String(event.position?.sequence ?? '').padStart(6);
  const line = `${sequence}  ${at}  ${pad(event.type, typeColumns)}  ${shortId(event.name)}  ${about(event.after)}`;
  return fitTo(line.trimEnd(), columns);
}

/** The same for an agent, without the time: "12 task.created t12 PENDING Fix the login page" */
export function briefEventLine(event: Event): string {
  const line = `${event.position?.sequence ?? ''} ${event.type} ${shortId(event.name)} ${about(event.after)}`;
  return fitTo(line.trimEnd(), 100);
}

/** One entity of a snapshot in a line. */
export function resourceLine({ resource }: Resource, columns: number): string {
  if (!resource) return '';
  return fitTo(`${pad(resource.$case, typeColumns)}  ${shortId(resource.value.name)}  ${about({ resource })}`, columns);
}

function about(after: Resource | undefined): string {
  const resource = after?.resource;
  if (!resource) return '';
  switch (resource.$case) {
    case 'task':
      return `${stateWord(resource.value.state)}  ${oneLine(resource.value.title)}`;
    case 'project':
      return oneLine(resource.value.displayName);
    case 'note':
      return oneLine(resource.value.text);
    case 'operation':
      return oneLine(resource.value.progress?.phase ?? '');
  }
}

/** The local time, with the date before it unless it is today's. */
function clockTime(at: number, now: number): string {
  const local = (moment: number) => new Date(moment - new Date(moment).getTimezoneOffset() * 60_000).toISOString();
  const [date, time] = [local(at).slice(0, 10), local(at).slice(11, 19)];
  return date === local(now).slice(0, 10) ? time : `${date} ${time}`;
}
