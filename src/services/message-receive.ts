// ReceiveMessages: what a session has not read, waiting for the first message if asked to.
//
// It wakes by the journal's feed and polls nothing. It ends with the call, and with DRAINING when the server shuts down.

import type { ServerUnaryCall } from '@grpc/grpc-js';
import { parseSession } from '../domain/sessions/agent-names';
import { mailboxesOf, unreadOf } from '../domain/messages/mailbox';
import { notFound } from '../domain/refusal';
import type { ReceiveMessagesRequest } from '../gen/holdfast/v1/message_service';
import type { ScannedRow } from '../storage/state/state';
import { durationMs } from './event-start';
import type { MailboxChanges } from './mailbox-changes';
import { oldestFirst } from './message-order';
import { lookingNow } from './readiness';
import { pageSizeOf } from './reading';
import type { ServiceContext } from './replies';
import { readRowPage } from './row-page';
import { splice } from './splice';
import type { WatchHub } from './watch-hub';

/** What waits for messages needs besides. */
export interface MessageContext extends ServiceContext {
  readonly hub: WatchHub;
  readonly mailboxes: MailboxChanges;
}

/** How long a call waits, in milliseconds: when it does not say, at least and at most. */
const WAIT_MS = { fallbackMs: 0, minMs: 0, maxMs: 600_000 };
/** Bytes of messages in one answer: all of them can be acknowledged by one command, whose record holds them once more. */
const RECEIVE_BYTES_MAX = 2 * 1024 * 1024;

/** ReceiveMessages. */
export async function receiveMessages(
  context: MessageContext,
  request: ReceiveMessagesRequest,
  call: ServerUnaryCall<unknown, Buffer>,
): Promise<Buffer> {
  const { engine, hub, mailboxes: changes } = context;
  const waitMs = durationMs(request.wait, 'wait', WAIT_MS);
  const countMax = pageSizeOf(request.maxMessages, 'max_messages');
  const { project, id } = parseSession(request.session, 'session');
  const found = await lookingNow(engine, (look) => mailboxesOf(look, project, id));
  if (!found) throw notFound('session', request.session);
  let over = waitMs === 0;
  let wake = (): void => undefined;
  const stop = (): void => {
    over = true;
    wake();
  };
  const timer = over ? undefined : setTimeout(stop, waitMs).unref();
  call.on('cancelled', stop);
  const forget = [hub.onDrain(stop), changes.listen(project, found, () => wake())];
  try {
    for (;;) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      const unread = await lookingNow(engine, (look) =>
        found.filter((mailbox) => unreadOf(look, project, mailbox) > 0),
      );
      if (unread.length > 0 || over) return await answer(context, project, unread, countMax);
      hub.mustGoOn();
      await changed;
      hub.mustGoOn();
    }
  } finally {
    clearTimeout(timer);
    for (const each of forget) each();
  }
}

/** What is unread in these mailboxes; ReceiveMessagesResponse {1: messages, 2: position}. */
function answer(
  { engine, positions }: MessageContext,
  project: string,
  mailboxes: readonly string[],
  countMax: number,
): Promise<Buffer> | Buffer {
  if (mailboxes.length === 0) return splice([{ field: 2, bytes: positions.bytes(engine.reach(undefined)) }]);
  const ranges = mailboxes.map((mailbox) => ({ by: 'mailbox', project, mailbox, read: false }) as const);
  return engine.withSnapshot(async (snapshot) => {
    const { parts } = await readRowPage(firstBytes(oldestFirst(snapshot, ranges)), countMax);
    return splice([...parts, { field: 2, bytes: positions.bytes(snapshot.sequence) }]);
  });
}

/** The first rows, up to the bound on bytes, and one in any case. */
async function* firstBytes(rows: AsyncIterable<ScannedRow>): AsyncGenerator<ScannedRow> {
  let bytes = 0;
  for await (const row of rows) {
    const { length } = row.row.image;
    if (bytes > 0 && bytes + length > RECEIVE_BYTES_MAX) return;
    bytes += length;
    yield row;
  }
}
