// Mailboxes: how many messages of a recipient are unread, and which of them a session receives.

import { EntityKind, EventType, Mailbox } from '../../gen/holdfast/journal/v1/journal';
import { Session } from '../../gen/holdfast/v1/session';
import { idIn } from '../sessions/agent-names';
import type { Draft } from '../draft';
import type { StoredImage } from '../graph-rows';
import { MAILBOX_UNREAD_MAX, SESSION_CHAIN_MAX } from '../limits';
import { agentMailbox, formatRecipient, sessionMailbox } from './message-name';
import { Refusal } from '../refusal';
import { imageOf } from '../row-image';

/** How many messages of a mailbox are unread. */
export function unreadOf(look: StoredImage, project: string, mailbox: string): number {
  const image = look(EntityKind.MAILBOX, project, mailbox);
  return image ? Mailbox.decode(image).unread : 0;
}

/** Counts an unread message in. Refuses with QUOTA above 10,000. */
export function countIn(draft: Draft, project: string, mailbox: string): void {
  const unread = unreadIn(draft, project, mailbox);
  if (unread >= MAILBOX_UNREAD_MAX) throw full(formatRecipient(project, mailbox));
  put(draft, project, mailbox, unread + 1);
}

/** Counts a message out that is read, or gone unread. */
export function countOut(draft: Draft, project: string, mailbox: string): void {
  put(draft, project, mailbox, Math.max(unreadIn(draft, project, mailbox) - 1, 0));
}

/**
 * The mailboxes that a session receives from: its own, those of the sessions whose work it took over, and its agent's. Sessions that were purged
 * end the chain. Undefined if there is no such session.
 */
export function mailboxesOf(look: StoredImage, project: string, session: string): readonly string[] | undefined {
  const first = sessionAt(look, project, session);
  if (!first) return undefined;
  const mailboxes = [agentMailbox(idIn(first.agent)), sessionMailbox(session)];
  for (let next = idIn(first.resumedFrom); next !== '' && mailboxes.length <= SESSION_CHAIN_MAX;) {
    mailboxes.push(sessionMailbox(next));
    next = idIn(sessionAt(look, project, next)?.resumedFrom ?? '');
  }
  return mailboxes;
}

/** The id of the session that has a session's work now: the last of its successors, or itself. Undefined if there is no such session. */
export function lastSuccessor(look: StoredImage, project: string, session: string): string | undefined {
  let at = session;
  for (let i = 0; i < SESSION_CHAIN_MAX; i++) {
    const found = sessionAt(look, project, at);
    if (!found) return undefined;
    if (found.successor === '') return at;
    at = idIn(found.successor);
  }
  return at;
}

function unreadIn(draft: Draft, project: string, mailbox: string): number {
  return unreadOf((kind, at, id) => draft.image(kind, at, id), project, mailbox);
}

function put(draft: Draft, project: string, mailbox: string, unread: number): void {
  const image = unread === 0 ? undefined : imageOf(Mailbox, { unread });
  // Nothing is counted out that was not counted in, but a row that is not there cannot be taken away.
  if (!image && !draft.image(EntityKind.MAILBOX, project, mailbox)) return;
  draft.put(EntityKind.MAILBOX, project, mailbox, image, EventType.UNSPECIFIED, []);
}

function sessionAt(look: StoredImage, project: string, session: string): Session | undefined {
  const image = look(EntityKind.SESSION, project, session);
  return image && Session.decode(image);
}

function full(name: string): Refusal {
  const message = `${name} has ${MAILBOX_UNREAD_MAX} unread messages, and no more are taken until it has acknowledged some`;
  return new Refusal('QUOTA', message, { metadata: { limit: String(MAILBOX_UNREAD_MAX) } });
}
