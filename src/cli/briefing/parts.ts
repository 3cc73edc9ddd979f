// What a briefing holds, as parts of a Markdown text, most important first.

import type { BriefedTask, Briefing, Conflict } from '../../gen/holdfast/v1/briefing';
import { ConflictKind } from '../../gen/holdfast/v1/briefing';
import type { Memory } from '../../gen/holdfast/v1/memory';
import type { Message } from '../../gen/holdfast/v1/message';
import { briefLock } from '../lock/lock-view';
import { shortId } from '../resource-name';
import { priorityWord, stateWord } from '../task-words';
import { oneLine, plainText } from '../text-width';
import { atOf, relativeTime } from '../times';
import { directiveFact } from '../work/directive-words';
import { leaseFact, progressFact } from '../work/work-facts';
import { cutTo } from './fit';
import type { Part } from './fit';

/** Texts are cut to this in the shortest form of a part. */
const shortBytes = 240;
const middleBytes = 1500;

const conflictWords: Readonly<Record<number, string>> = {
  [ConflictKind.CLAIMED]: 'claimed by another',
  [ConflictKind.ENDED]: 'has ended',
  [ConflictKind.DELETED]: 'was deleted',
  [ConflictKind.CHANGED]: 'was changed',
  [ConflictKind.BLOCKED]: 'is held back now',
  [ConflictKind.SET_ASIDE]: 'was set aside',
};

/** The parts of a briefing, in the order in which they are told. */
export function partsOf(briefing: Briefing, now: number): Part[] {
  const parts: Part[] = [];
  if (briefing.summary) {
    const forms = [shortBytes, middleBytes, Infinity].map((bytes) => quoted(cutTo(briefing.summary, bytes)));
    parts.push({
      heading: 'Left for you by the session before',
      forms: distinct(forms),
      kind: 'summary',
      id: 'summary',
    });
  }
  const held = briefing.tasks.filter((one) => one.held);
  for (const { task } of held) {
    if (!task?.directive) continue;
    const id = shortId(task.name);
    const forms = [`- ${id}: ${directiveFact(task.directive, now)}. Stop, then: holdfast acknowledge ${id}`];
    parts.push({ heading: 'Wanted of you', forms, kind: 'directives', id });
  }
  for (const one of held) parts.push(taskPart('Tasks you hold', one, now));
  for (const conflict of briefing.conflicts) parts.push(conflictPart(conflict, now));
  for (const message of briefing.messages) parts.push(messagePart(message, now));
  for (const one of briefing.tasks) if (!one.held) parts.push(taskPart('Unfinished tasks you do not hold', one, now));
  for (const lock of briefing.locks) {
    parts.push({
      heading: 'Locks you hold',
      forms: [`- ${briefLock(lock, now)}`],
      kind: 'locks',
      id: shortId(lock.name),
    });
  }
  for (const task of briefing.readyTasks) {
    const head = `- ${shortId(task.name)} ${priorityWord(task.priority)} ${oneLine(task.title)}`;
    const forms = [cutTo(head, shortBytes)];
    parts.push({ heading: 'Ready to be claimed', forms, kind: 'ready_tasks', id: shortId(task.name) });
  }
  for (const memory of briefing.memories) parts.push(memoryPart(memory));
  return parts;
}

function taskPart(heading: string, one: BriefedTask, now: number): Part {
  const { task } = one;
  if (!task) return { heading, forms: ['- a task that is gone'], kind: 'tasks', id: '' };
  const id = shortId(task.name);
  const progress = task.progress ? ` (${progressFact(task.progress)})` : '';
  const head = cutTo(
    `- **${id}** ${priorityWord(task.priority)} ${stateWord(task.state)} ${oneLine(task.title)}${progress}`,
    shortBytes,
  );
  const middle: string[] = [];
  if (task.lease) middle.push(`held by ${leaseFact(task.lease, now)}`);
  if (one.after.length > 0) middle.push(`after ${one.after.map(shortId).join(', ')}`);
  if (one.steps.length > 0)
    middle.push(`steps done, not to be repeated: ${one.steps.map(({ key }) => oneLine(key)).join(', ')}`);
  if (one.checkpoint) middle.push(`checkpoint ${one.checkpoint.name}: holdfast checkpoint get ${one.checkpoint.name}`);
  const last = one.notes.at(-1);
  if (last)
    middle.push(`last note, by ${oneLine(last.author || last.creator)}: ${cutTo(oneLine(last.text), shortBytes)}`);
  if (task.description) middle.push(`what: ${cutTo(oneLine(task.description), shortBytes)}`);
  const open = task.acceptanceCriteria.filter(({ met }) => !met);
  if (open.length > 0) middle.push(`done when: ${cutTo(open.map(({ text }) => oneLine(text)).join('; '), shortBytes)}`);
  const full = middle.filter((line) => !line.startsWith('what: ') && !line.startsWith('done when: '));
  const blocks = full.map((line) => `  - ${line}`);
  if (task.description) blocks.push('  - what:', quoted(task.description, '    '));
  for (const { met, text } of task.acceptanceCriteria) blocks.push(`  - [${met ? 'x' : ' '}] ${oneLine(text)}`);
  for (const { key, result } of one.steps) {
    if (result && Object.keys(result).length > 0)
      blocks.push(`  - step ${oneLine(key)}: ${oneLine(JSON.stringify(result))}`);
  }
  for (const note of one.notes.slice(0, -1)) {
    blocks.push(`  - note by ${oneLine(note.author || note.creator)}: ${oneLine(note.text)}`);
  }
  const forms = [head, [head, ...middle.map((line) => `  - ${line}`)].join('\n'), [head, ...blocks].join('\n')];
  return { heading, forms: distinct(forms), kind: 'tasks', id };
}

function conflictPart({ task, kind, message, session, time }: Conflict, now: number): Part {
  const id = shortId(task);
  const by = session ? ` by ${shortId(session)}` : '';
  const when = time ? `, ${relativeTime(atOf(time), now)}` : '';
  const head = `- ${id} ${conflictWords[kind] ?? `KIND_${kind}`}${by}${when}`;
  const forms = [head, ...(message ? [`${head}: ${oneLine(message)}`] : [])];
  return { heading: 'Changed by others', forms, kind: 'conflicts', id };
}

function messagePart(message: Message, now: number): Part {
  const about = message.task ? ` about ${shortId(message.task)}` : '';
  const when = message.createTime ? `, ${relativeTime(atOf(message.createTime), now)}` : '';
  const head = `- ${shortId(message.name)} from ${oneLine(shortId(message.sender))}${about}${when}: `;
  const data = message.data ? ` ${JSON.stringify(message.data)}` : '';
  const forms = [
    head + cutTo(oneLine(message.text), shortBytes),
    head + cutTo(oneLine(message.text), middleBytes),
    `${head.trimEnd()}\n${quoted(message.text, '  ')}${data && `\n  ${oneLine(data)}`}`,
  ];
  const short = message.text.length <= shortBytes && !message.text.includes('\n') && !data;
  return {
    heading: 'Unread messages (when done with one: holdfast message ack ID)',
    forms: short ? forms.slice(0, 1) : distinct(forms),
    kind: 'messages',
    id: shortId(message.name),
  };
}

function memoryPart(memory: Memory): Part {
  const id = `${memory.namespace}/${memory.key}`;
  const value = oneLine(JSON.stringify(memory.value ?? {}));
  const forms = [shortBytes, middleBytes, Infinity].map((bytes) => `- ${oneLine(id)}: ${cutTo(value, bytes)}`);
  return { heading: 'What is known', forms: distinct(forms), kind: 'memories', id };
}

/** Text of somebody else stands in a quotation, so that it does not look like a part of the briefing. */
function quoted(text: string, indent = ''): string {
  return plainText(text)
    .split('\n')
    .map((line) => `${indent}> ${line}`.trimEnd())
    .join('\n');
}

/** Forms that add nothing are left out. */
function distinct(forms: readonly string[]): string[] {
  return forms.filter((form, index) => index === 0 || form !== forms[index - 1]);
}
