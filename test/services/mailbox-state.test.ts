// Goal: whatever is done with messages and memories, the state is what its rows say. Method: a server does all of it, with a restart in
// between; then its state is opened and read whole.

import { join } from 'node:path';
import { DeleteMemoryRequest, MemoryServiceClient, PutMemoryRequest } from '../../src/gen/holdfast/v1/memory_service';
import {
  AcknowledgeMessagesRequest,
  MessageServiceClient,
  SendMessageRequest,
} from '../../src/gen/holdfast/v1/message_service';
import { SessionServiceClient, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { openState } from '../../src/storage/state/open-state';
import { nodeFiles } from '../../src/storage/node-files';
import { boot, call } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';
const ttl = { seconds: 1, nanos: 0 };

it('messages and memories leave a state that is sound', async () => {
  const first = await boot();
  const sessions = first.client(SessionServiceClient);
  const request = StartSessionRequest.fromPartial({ parent, agent: 'ada' });
  const session = (await call(sessions, 'startSession', request)).session!.name;
  for (const namespace of ['kept', 'gone', 'short']) {
    const memory = { namespace, key: 'k', value: { namespace }, ttl: namespace === 'short' ? ttl : undefined };
    await call(first.client(MemoryServiceClient), 'putMemory', PutMemoryRequest.fromPartial({ parent, memory }));
  }
  const name = `${parent}/memories/gone/k`;
  await call(first.client(MemoryServiceClient), 'deleteMemory', DeleteMemoryRequest.fromPartial({ name }));
  const sent: string[] = [];
  for (let i = 0; i < 12; i++) {
    const recipient = i % 2 === 0 ? session : `${parent}/agents/ada`;
    const message = { recipient, text: String(i), ttl: i % 3 === 0 ? ttl : undefined };
    const made = await call(
      first.client(MessageServiceClient),
      'sendMessage',
      SendMessageRequest.fromPartial({ parent, message }),
    );
    sent.push(made.message!.name);
  }
  await first.stop();
  const second = await boot({ dir: first.dir });
  const names = sent.slice(4);
  await call(
    second.client(MessageServiceClient),
    'acknowledgeMessages',
    AcknowledgeMessagesRequest.fromPartial({ parent, names }),
  );
  const gone = new EventStream(second.events, {
    parent,
    types: ['memory.deleted'],
    start: { $case: 'earliest', value: true },
  });
  await gone.until(({ events }) => events.length === 2);
  const { history } = second.engine;
  await second.stop();
  const { state } = await openState({ dir: join(first.dir, 'state'), files: nodeFiles, history });
  expect(await state.scrub()).toMatchObject({ sound: true, strays: 0 });
  await state.close();
});
