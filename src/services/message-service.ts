import type { Server, ServerUnaryCall } from '@grpc/grpc-js';
import type { Caller } from '../domain/command';
import { formatMessage, parseMailbox, parseMessage } from '../domain/messages/message-name';
import { AcknowledgeMessagesResponse, MessageServiceService } from '../gen/holdfast/v1/message_service';
import type { ListMessagesRequest, ReceiveMessagesRequest } from '../gen/holdfast/v1/message_service';
import type { Executed } from '../engine/executed';
import { oldestFirst } from './message-order';
import type { MailboxRange } from './message-order';
import { receiveMessages } from './message-receive';
import type { MessageContext } from './message-receive';
import { serve, unary } from './method';
import { decodePageToken, encodePageToken } from './page-token';
import { findProject, pageSizeOf } from './reading';
import { mutation } from './replies';
import type { ServiceContext } from './replies';
import { canonicalText } from './request-hash';
import { readRowPage } from './row-page';
import { splice } from './splice';

/** Unary methods that may wait longer than the operation timeout. */
export const waitingMessageMethods: readonly string[] = [MessageServiceService.receiveMessages.path];

/** Serves holdfast.v1.MessageService. */
export function addMessageService(server: Server, context: MessageContext): void {
  server.addService(serve(MessageServiceService), {
    sendMessage: mutation(context, 'sendMessage'),
    receiveMessages: unary(
      context,
      (request: ReceiveMessagesRequest, _caller, call: ServerUnaryCall<unknown, Buffer>) =>
        receiveMessages(context, request, call),
    ),
    acknowledgeMessages: mutation(context, 'acknowledgeMessages', acknowledged),
    listMessages: unary(context, (request: ListMessagesRequest, caller) => listMessages(context, request, caller)),
  });
}

/** The reply of the record names each message that was unread. */
function acknowledged({ engine }: ServiceContext, { replies, sequence }: Executed): Buffer {
  const position = { history: engine.history, sequence };
  return Buffer.from(AcknowledgeMessagesResponse.encode({ acknowledged: replies.length, position }).finish());
}

/** Oldest first, of one mailbox alone. */
async function listMessages(
  { engine, positions }: ServiceContext,
  request: ListMessagesRequest,
  { principal }: Caller,
): Promise<Buffer> {
  const size = pageSizeOf(request.pageSize);
  engine.reach(request.atLeast);
  const project = await findProject(engine, request.parent, 'parent');
  const mailbox = parseMailbox(project, request.recipient, 'recipient');
  const query = canonicalText('listMessages', { ...request, pageSize: 0, pageToken: '', atLeast: undefined });
  const token = decodePageToken(request.pageToken, query, principal);
  const after = token === undefined ? undefined : parseMessage(formatMessage(project, token), 'page_token').id;
  const ranges = (request.showAcknowledged ? [false, true] : [false]).map((read): MailboxRange => ({
    by: 'mailbox',
    project,
    mailbox,
    read,
  }));
  return engine.withSnapshot(async (snapshot) => {
    const { parts, next } = await readRowPage(oldestFirst(snapshot, ranges, after), size);
    if (next !== undefined) parts.push({ field: 2, bytes: Buffer.from(encodePageToken(next, query, principal)) });
    parts.push({ field: 3, bytes: positions.bytes(snapshot.sequence) });
    return splice(parts);
  });
}
