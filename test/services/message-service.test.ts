import { status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { Message } from '../../src/gen/holdfast/v1/message';
import {
  AcknowledgeMessagesRequest,
  ListMessagesRequest,
  MessageServiceClient,
  ReceiveMessagesRequest,
  SendMessageRequest,
} from '../../src/gen/holdfast/v1/message_service';
import type { ReceiveMessagesResponse } from '../../src/gen/holdfast/v1/message_service';
import {
  ResumeSessionRequest,
  SessionServiceClient,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';

interface Post {
  readonly server: Booted;
  readonly messages: MessageServiceClient;
  readonly sessions: SessionServiceClient;
}

async function booted(options: Parameters<typeof boot>[0] = {}): Promise<Post> {
  const server = await boot(options);
  return { server, messages: server.client(MessageServiceClient), sessions: server.client(SessionServiceClient) };
}

/** The name of a fresh session of an agent. */
async function start({ sessions }: Post, agent: string, sessionId = ''): Promise<string> {
  const request = StartSessionRequest.fromPartial({ parent, sessionId, agent });
  return (await call(sessions, 'startSession', request)).session!.name;
}

async function send({ messages }: Post, recipient: string, text: string, fields: object = {}): Promise<Message> {
  const request = SendMessageRequest.fromPartial({ parent, message: { recipient, text, ...fields } });
  return (await call(messages, 'sendMessage', request)).message!;
}

function receive({ messages }: Post, session: string, waitS = 0, maxMessages = 0): Promise<ReceiveMessagesResponse> {
  const wait = { seconds: Math.floor(waitS), nanos: (waitS % 1) * 1e9 };
  return call(messages, 'receiveMessages', ReceiveMessagesRequest.fromPartial({ session, maxMessages, wait }));
}

const textsOf = ({ messages }: { messages: readonly Message[] }): string[] => messages.map(({ text }) => text);

async function acknowledge({ messages }: Post, ...names: string[]): Promise<number> {
  const request = AcknowledgeMessagesRequest.fromPartial({ parent, names });
  return (await call(messages, 'acknowledgeMessages', request)).acknowledged;
}

/** The texts of all pages of a recipient's messages. */
async function listed({ messages }: Post, recipient: string, fields: object = {}): Promise<string[]> {
  const found: string[] = [];
  for (let pageToken = ''; ;) {
    const request = ListMessagesRequest.fromPartial({ parent, recipient, ...fields, pageToken });
    const page = await call(messages, 'listMessages', request);
    found.push(...textsOf(page));
    pageToken = page.nextPageToken;
    if (!pageToken) return found;
  }
}

const ADA = `${parent}/agents/ada`;

it('a session receives what was sent to it and to its agent, oldest first, until it is acknowledged', async () => {
  const post = await booted();
  const [mine, other] = [await start(post, 'ada'), await start(post, 'ada')];
  const sent = [
    await send(post, ADA, '1'),
    await send(post, mine, '2'),
    await send(post, other, 'x'),
    await send(post, ADA, '3'),
  ];
  expect(textsOf(await receive(post, mine))).toEqual(['1', '2', '3']);
  expect(textsOf(await receive(post, mine, 0, 2))).toEqual(['1', '2']);
  expect(textsOf(await receive(post, other))).toEqual(['1', 'x', '3']);
  expect(await acknowledge(post, sent[0]!.name, sent[1]!.name)).toBe(2);
  expect(await acknowledge(post, sent[0]!.name, sent[1]!.name)).toBe(0);
  expect(textsOf(await receive(post, mine))).toEqual(['3']);
  expect(textsOf(await receive(post, other))).toEqual(['x', '3']);
});

it('a message is received at least once, whatever restarts come between', async () => {
  let post = await booted();
  const session = await start(post, 'ada');
  const sent = [];
  for (let i = 0; i < 5; i++) sent.push(await send(post, i % 2 === 0 ? ADA : session, String(i)));
  const restart = async (): Promise<void> => {
    await post.server.stop();
    post = await booted({ dir: post.server.dir });
  };
  await restart();
  expect((await receive(post, session)).messages).toEqual(sent);
  await acknowledge(post, sent[0]!.name, sent[3]!.name);
  await restart();
  expect(textsOf(await receive(post, session))).toEqual(['1', '2', '4']);
});

it('a successor receives what its predecessor has not read, and what is sent to it', async () => {
  const post = await booted();
  const session = await start(post, 'ada');
  await send(post, session, 'before');
  const request = ResumeSessionRequest.fromPartial({
    parent,
    from: { $case: 'session', value: session },
    takeOver: true,
  });
  const successor = (await call(post.sessions, 'resumeSession', request)).session!.name;
  expect((await send(post, session, 'after')).recipient).toBe(successor);
  expect(textsOf(await receive(post, successor))).toEqual(['before', 'after']);
});

describe('waiting for messages', () => {
  it('ends with the first one', async () => {
    const post = await booted();
    const session = await start(post, 'ada');
    const waiting = receive(post, session, 600);
    await send(post, ADA, 'now');
    expect(textsOf(await waiting)).toEqual(['now']);
  });

  it('ends empty when the time is up', async () => {
    const post = await booted();
    const session = await start(post, 'ada');
    const before = performance.now();
    expect(textsOf(await receive(post, session, 0.3))).toEqual([]);
    expect(performance.now() - before).toBeGreaterThan(290);
  });

  it('may take longer than other calls', async () => {
    const post = await booted({ server: { operationTimeoutMs: 300 } });
    const session = await start(post, 'ada');
    const waiting = receive(post, session, 600);
    // The bound on other calls strikes at ticks of 250 ms: after the second that follows it, it would have struck.
    await receive(post, session, 1);
    await send(post, session, 'late');
    expect(textsOf(await waiting)).toEqual(['late']);
  });

  it('ends with DRAINING when the server shuts down, and when the caller goes away nobody waits any more', async () => {
    const post = await booted();
    const session = await start(post, 'ada');
    const request = ReceiveMessagesRequest.fromPartial({ session, wait: { seconds: 600, nanos: 0 } });
    const gone = new Promise<ServiceError | null>((resolve) => {
      const left = post.messages.receiveMessages(request, resolve);
      setImmediate(() => left.cancel());
    });
    expect(await gone).toMatchObject({ code: Code.CANCELLED });
    const waiting = receive(post, session, 600);
    const ended = expect(waiting).rejects.toMatchObject({ code: Code.UNAVAILABLE });
    await receive(post, session);
    await post.server.stop();
    await ended;
  });

  it('wakes, of a thousand, those whom a message concerns', async () => {
    const post = await booted();
    const sessions = await Promise.all(Array.from({ length: 1000 }, (_, i) => start(post, `a${i % 100}`)));
    let ended = 0;
    const waiting = sessions.map((session) =>
      receive(post, session, 600).then((response) => {
        ended++;
        return response;
      }),
    );
    await send(post, sessions[7]!, 'for one');
    expect(textsOf(await waiting[7]!)).toEqual(['for one']);
    expect(ended).toBe(1);
    await send(post, `${parent}/agents/a42`, 'for ten');
    const ofAgent = waiting.filter((_, i) => i % 100 === 42);
    expect((await Promise.all(ofAgent)).map(textsOf)).toEqual(Array(10).fill(['for ten']));
    expect(ended).toBe(11);
    await Promise.all([
      ...Array.from({ length: 100 }, (_, i) => send(post, `${parent}/agents/a${i}`, 'for all')),
      Promise.all(waiting),
    ]);
  });
});

describe('a listing', () => {
  it('has the unread messages of one recipient, and those that are read if asked for', async () => {
    const post = await booted();
    const session = await start(post, 'ada');
    const sent: Message[] = [];
    for (let i = 0; i < 12; i++) sent.push(await send(post, i === 5 ? session : ADA, String(i)));
    await acknowledge(post, ...sent.filter((_, i) => i % 3 === 0).map(({ name }) => name));
    const all = sent.map(({ text }) => text).filter((text) => text !== '5');
    const unread = all.filter((text) => Number(text) % 3 !== 0);
    for (const pageSize of [0, 1, 2, 5]) {
      expect(await listed(post, ADA, { pageSize })).toEqual(unread);
      expect(await listed(post, ADA, { pageSize, showAcknowledged: true })).toEqual(all);
    }
    expect(await listed(post, session)).toEqual(['5']);
    expect(await listed(post, `${parent}/agents/bob`)).toEqual([]);
  });

  it('refuses who is no recipient, and a token of another query', async () => {
    const post = await booted();
    await start(post, 'ada');
    for (let i = 0; i < 3; i++) await send(post, ADA, String(i));
    const request = ListMessagesRequest.fromPartial({ parent, recipient: ADA, pageSize: 1 });
    const { nextPageToken: pageToken } = await call(post.messages, 'listMessages', request);
    for (const fields of [{ pageToken, showAcknowledged: true }, { recipient: 'ada' }, { pageToken: 'x' }]) {
      const wrong = call(post.messages, 'listMessages', ListMessagesRequest.fromPartial({ ...request, ...fields }));
      await expect(wrong).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
    }
    await expect(listed(post, ADA, { parent: 'projects/none' })).rejects.toMatchObject({ code: Code.NOT_FOUND });
  });
});

it('all that one answer brings can be acknowledged by one call, however large it is', async () => {
  const post = await booted();
  const session = await start(post, 'ada');
  const large = { data: { text: 'd'.repeat(50_000) } };
  for (let i = 0; i < 40; i++) await send(post, ADA, 't'.repeat(60_000), large);
  const counts: number[] = [];
  for (let count = -1; count !== 0; counts.push(count)) {
    const { messages } = await receive(post, session, 0, 1000);
    count = messages.length;
    if (count > 0) expect(await acknowledge(post, ...messages.map(({ name }) => name))).toBe(count);
  }
  // Some 110 KB each, 2 MiB in one answer.
  expect(counts).toEqual([19, 19, 2, 0]);
});

it('a message whose ttl has passed goes by itself', async () => {
  const post = await booted();
  const session = await start(post, 'ada');
  await send(post, ADA, 'short', { ttl: { seconds: 1, nanos: 0 } });
  await send(post, ADA, 'kept');
  let texts = textsOf(await receive(post, session));
  expect(texts).toEqual(['short', 'kept']);
  while (texts.length > 1) texts = textsOf(await receive(post, session));
  expect(texts).toEqual(['kept']);
});

it('subscribers are told of a message when it is sent and when it is acknowledged', async () => {
  const post = await booted();
  const session = await start(post, 'ada');
  const stream = new EventStream(post.server.events, { parent, types: ['message.*'] });
  await stream.until((each) => each.of('caughtUp').length === 1);
  const { name } = await send(post, session, 'look');
  await acknowledge(post, name);
  await stream.until(({ events }) => events.length === 2);
  expect(stream.events).toMatchObject([
    { type: 'message.sent', name, after: { resource: { $case: 'message', value: { text: 'look', sender: 'local' } } } },
    { type: 'message.acknowledged', name, changedPaths: ['acknowledge_time'] },
  ]);
});
