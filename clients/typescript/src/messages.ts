// Messages between agents. Each method is one RPC of holdfast.v1.MessageService, whose comments are its manual.

import type { CallOptions, MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf, timeoutOfWait } from './durations';
import type { JsonObject } from './fields';
import { Message } from './gen/holdfast/v1/message';
import { MessageServiceService as Service } from './gen/holdfast/v1/message_service';
import type { ListMessagesResponse } from './gen/holdfast/v1/message_service';
import { mutation } from './mutations';
import { nameIn, projectName, taskName } from './names';
import { Pages } from './pages';

/** Who is meant: an agent or a session, by id or name. */
export type Recipient = { readonly agent: string } | { readonly session: string };

export interface SendOptions extends MutationOptions {
  /** For programs. */
  readonly data?: JsonObject;
  /** The task that it is about. */
  readonly task?: string;
  /** How long it is kept, in milliseconds; without it 7 days. */
  readonly ttlMs?: number;
}

export interface ReceiveOptions extends CallOptions {
  /** Whose messages; without it those of the client's own session. */
  readonly session?: string;
  readonly maxMessages?: number;
  /** How long to wait while there is none, in milliseconds; at most 10 minutes. */
  readonly waitMs?: number;
}

export class Messages {
  /** `ownSession` is the name of the session that calls, if one does. */
  constructor(
    private readonly connection: Connection,
    private readonly ownSession?: string,
  ) {}

  /** Sends a message to an agent or to a session. */
  async send(to: Recipient, text: string, options: SendOptions = {}): Promise<Message> {
    const { project } = this.connection.options;
    const task = options.task === undefined ? '' : taskName(project, options.task);
    const ttl = durationOf('ttlMs', options.ttlMs);
    const message = Message.fromPartial({ recipient: this.nameOf(to), text, data: options.data, task, ttl });
    const request = { ...mutation(options), parent: projectName(project), message };
    return (await this.connection.unary(Service.sendMessage, request, options)).message!;
  }

  /** The unread messages of a session and of its agent, oldest first. They stay unread until they are acknowledged. */
  async receive(options: ReceiveOptions = {}): Promise<Message[]> {
    const { maxMessages = 0, waitMs, session = this.ownSession } = options;
    if (session === undefined) throw new TypeError('options.session is missing: this client has no session of its own');
    const name = nameIn(this.connection.options.project, 'sessions', session);
    const request = { session: name, maxMessages, wait: durationOf('waitMs', waitMs) };
    const timeoutMs = timeoutOfWait(waitMs ?? 0, options.timeoutMs ?? this.connection.options.timeoutMs);
    return (await this.connection.unary(Service.receiveMessages, request, { ...options, timeoutMs })).messages;
  }

  /** Marks messages as read, and gives how many were unread until now. */
  async acknowledge(messages: readonly (string | Message)[], options: MutationOptions = {}): Promise<number> {
    const { project } = this.connection.options;
    const names = messages.map((one) => nameIn(project, 'messages', typeof one === 'string' ? one : one.name));
    const request = { ...mutation(options), parent: projectName(project), names };
    return (await this.connection.unary(Service.acknowledgeMessages, request, options)).acknowledged;
  }

  /** The messages of an agent or a session, oldest first. */
  list(
    of: Recipient,
    options: ReadOptions & { readonly pageSize?: number; readonly showAcknowledged?: boolean } = {},
  ): Pages<ListMessagesResponse, Message> {
    const { pageSize = 0, showAcknowledged = false, atLeast } = options;
    const parent = projectName(this.connection.options.project);
    const request = { parent, pageSize, recipient: this.nameOf(of), showAcknowledged, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listMessages, { ...request, pageToken }, options),
      (page) => page.messages,
    );
  }

  private nameOf(recipient: Recipient): string {
    const { project } = this.connection.options;
    if ('agent' in recipient) return nameIn(project, 'agents', recipient.agent);
    return nameIn(project, 'sessions', recipient.session);
  }
}
