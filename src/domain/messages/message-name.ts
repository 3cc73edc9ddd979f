// Names of messages, `projects/{project}/messages/{message}`, and of those who get them. Ids are given: m and the sequence of the sending.

import type { NamedIn } from '../sessions/agent-names';
import { recipientOf } from '../sessions/agent-names';
import { formatProject, isId } from '../names';
import { quote } from '../quote';
import { fieldInvalid } from '../refusal';

// A sequence has at most 15 digits where it is exact in every client.
const MESSAGE_ID = /^m[1-9][0-9]{0,14}$/;

/** `sequence` is that of the record that sends it. */
export function messageId(sequence: number): string {
  return `m${sequence}`;
}

/** The number in a message's id: later messages have larger ones. */
export function messageNumber(id: string): number {
  return Number(id.slice(1));
}

export function formatMessage(project: string, id: string): string {
  return `${formatProject(project)}/messages/${id}`;
}

/** What a message's name says. Refuses with FIELD_INVALID, `field` being the name's path in the request. */
export function parseMessage(name: string, field: string): NamedIn {
  const [projects, project = '', collection, id = '', ...rest] = name.split('/');
  const named = projects === 'projects' && isId(project) && collection === 'messages' && rest.length === 0;
  if (named && MESSAGE_ID.test(id)) return { project, id };
  throw fieldInvalid(field, `${quote(name)} is not the name of a message: projects/{project}/messages/m{number}`);
}

/** Where messages of a recipient come in: agents/{agent} or sessions/{session}. Refuses with FIELD_INVALID what is no name of an agent or
 *  a session of this project, `field` being the name's path in the request. */
export function parseMailbox(project: string, name: string, field: string): string {
  const recipient = recipientOf(name);
  if (!recipient) {
    const form = 'projects/{project}/agents/{agent} or projects/{project}/sessions/{session}';
    throw fieldInvalid(field, `${quote(name)} is not the name of an agent or a session: ${form}`);
  }
  if (recipient.project === project) return `${recipient.kind}/${recipient.id}`;
  throw fieldInvalid(field, `${quote(name)} is of another project than ${formatProject(project)}`);
}

export function sessionMailbox(session: string): string {
  return `sessions/${session}`;
}

export function agentMailbox(agent: string): string {
  return `agents/${agent}`;
}

/** The name of whom a mailbox belongs to. */
export function formatRecipient(project: string, mailbox: string): string {
  return `${formatProject(project)}/${mailbox}`;
}
