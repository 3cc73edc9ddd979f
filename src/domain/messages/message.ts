// What one agent says to another. A message is one row; its mailbox counts it until it is acknowledged.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { Message } from '../../gen/holdfast/v1/message';
import type { AcknowledgeMessagesRequest, SendMessageRequest } from '../../gen/holdfast/v1/message_service';
import type { Draft } from '../draft';
import { checkDuration, millisecondsIn } from '../duration';
import { checkBytes } from '../field-checks';
import { checkStruct } from '../json-struct';
import { ACKNOWLEDGE_MAX, MESSAGE_TEXT_BYTES_MAX, MESSAGE_TTL_MAX_MS, MESSAGE_TTL_MS, TIMEOUT_MIN_MS } from '../limits';
import { countIn, countOut, lastSuccessor } from './mailbox';
import { formatMessage, formatRecipient, messageId, parseMailbox, parseMessage, sessionMailbox } from './message-name';
import { formatProject, formatTask, parseProject, parseTask } from '../names';
import type { OwnRow } from '../own-requests';
import { quote } from '../quote';
import { fieldInvalid, notFound } from '../refusal';
import { imageOf } from '../row-image';
import { enterProject, taskIdOf } from '../task-access';
import { millisecondsOf, timestampOf } from '../timestamp';
import type { Report } from '../violations';
import { Violations } from '../violations';

/**
 * SendMessage: to an agent that has had a session, or to a session; what is sent to a session that was resumed goes to the last of its
 * successors. Gives the index of the message's change. Refuses with NOT_FOUND, and with QUOTA when 10,000 of its messages are unread.
 */
export function sendMessage(draft: Draft, { parent, message: given }: SendMessageRequest): number {
  if (!given) throw fieldInvalid('message', 'is required');
  const project = parseProject(parent, 'parent');
  const violations = new Violations();
  violations.prefix = 'message.';
  checkMessage(given, violations.report);
  violations.throwIfAny();
  const addressed = parseMailbox(project, given.recipient, 'message.recipient');
  enterProject(draft, 'sendMessage', project);
  const mailbox = receiving(draft, project, addressed);
  countIn(draft, project, mailbox);
  const ttlMs = given.ttl === undefined ? MESSAGE_TTL_MS : millisecondsIn(given.ttl);
  const id = messageId(draft.context.sequence);
  const message: Message = {
    name: formatMessage(project, id),
    recipient: formatRecipient(project, mailbox),
    sender: draft.acting?.name ?? draft.caller.principal,
    text: given.text,
    data: given.data,
    task: given.task === '' ? '' : taskName(draft, project, given.task),
    createTime: draft.now,
    expireTime: timestampOf(draft.context.nowMs + ttlMs),
    ttl: given.ttl,
    acknowledgeTime: undefined,
    acknowledgedBy: '',
  };
  return draft.put(EntityKind.MESSAGE, project, id, imageOf(Message, message), EventType.MESSAGE_SENT, []);
}

/** AcknowledgeMessages. Gives the indices of the messages that were unread until now. Those that are read or gone are left alone. */
export function acknowledgeMessages(draft: Draft, { parent, names }: AcknowledgeMessagesRequest): readonly number[] {
  const project = parseProject(parent, 'parent');
  if (names.length === 0 || names.length > ACKNOWLEDGE_MAX) {
    throw fieldInvalid('names', `has ${names.length} entries, 1 to ${ACKNOWLEDGE_MAX} are allowed`);
  }
  const ids = names.map((name, i) => {
    const parsed = parseMessage(name, `names[${i}]`);
    if (parsed.project === project) return parsed.id;
    throw fieldInvalid(`names[${i}]`, `${quote(name)} is of another project than ${formatProject(project)}`);
  });
  enterProject(draft, 'acknowledgeMessages', project);
  const acknowledgedBy = draft.acting?.name ?? '';
  return [...new Set(ids)].flatMap((id) => {
    const message = messageAt(draft, project, id);
    if (!message || message.acknowledgeTime) return [];
    countOut(draft, project, mailboxIn(project, message));
    const after: Message = { ...message, acknowledgeTime: draft.now, acknowledgedBy };
    const paths = acknowledgedBy === '' ? ['acknowledge_time'] : ['acknowledge_time', 'acknowledged_by'];
    return draft.put(EntityKind.MESSAGE, project, id, imageOf(Message, after), EventType.MESSAGE_ACKNOWLEDGED, paths);
  });
}

/** Takes away a message whose time is over. Nothing happens to one that is gone. For the server's own use. */
export function expireMessage(draft: Draft, { project, id }: OwnRow): readonly number[] {
  const message = messageAt(draft, project, id);
  if (!message || millisecondsOf(message.expireTime) > draft.context.nowMs) return [];
  if (!message.acknowledgeTime) countOut(draft, project, mailboxIn(project, message));
  return [draft.put(EntityKind.MESSAGE, project, id, undefined, EventType.UNSPECIFIED, [])];
}

function checkMessage({ text, data, ttl }: Message, report: Report): void {
  if (text === '') report('text', 'is required');
  checkBytes(text, MESSAGE_TEXT_BYTES_MAX, 'text', report);
  checkStruct(data, 'data', report);
  checkDuration(ttl, TIMEOUT_MIN_MS, MESSAGE_TTL_MAX_MS, 'ttl', report);
}

/** The mailbox in which a message comes in that is addressed to this one. */
function receiving(draft: Draft, project: string, addressed: string): string {
  const [collection, id = ''] = addressed.split('/');
  const name = formatRecipient(project, addressed);
  if (collection === 'agents') {
    if (draft.image(EntityKind.AGENT, project, id)) return addressed;
    throw notFound('agent', name, 'has no session, and had none lately: nobody would receive the message');
  }
  const session = lastSuccessor((kind, at, row) => draft.image(kind, at, row), project, id);
  if (session === undefined) throw notFound('session', name);
  return sessionMailbox(session);
}

/** The name of the task that a message is about, deleted or not. */
function taskName(draft: Draft, project: string, given: string): string {
  const parsed = parseTask(given, 'message.task');
  if (parsed.project !== project) {
    throw fieldInvalid('message.task', `${quote(given)} is of another project than ${formatProject(project)}`);
  }
  const id = taskIdOf(draft, parsed);
  if (id !== undefined && draft.image(EntityKind.TASK, project, id)) return formatTask(project, id);
  throw notFound('task', given);
}

function messageAt(draft: Draft, project: string, id: string): Message | undefined {
  const image = draft.image(EntityKind.MESSAGE, project, id);
  return image && Message.decode(image);
}

/** The mailbox of a stored message. */
function mailboxIn(project: string, { recipient }: Message): string {
  return recipient.slice(formatProject(project).length + 1);
}
