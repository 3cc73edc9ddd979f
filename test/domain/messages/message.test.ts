import { MAILBOX_UNREAD_MAX, MESSAGE_TTL_MS, SESSION_CHAIN_MAX } from '../../../src/domain/limits';
import { mailboxesOf, unreadOf } from '../../../src/domain/messages/mailbox';
import { EntityKind, EventType, Mailbox } from '../../../src/gen/holdfast/journal/v1/journal';
import { Message } from '../../../src/gen/holdfast/v1/message';
import { AcknowledgeMessagesRequest, SendMessageRequest } from '../../../src/gen/holdfast/v1/message_service';
import { Agent, Session, SessionState } from '../../../src/gen/holdfast/v1/session';
import { World } from '../../support/world';

const P = 'projects/p';
const ADA = `${P}/agents/ada`;

/** A world in which these sessions of Ada were, each resumed by the next. */
function worldWith(...sessions: string[]): World {
  const world = new World();
  const agent = Agent.encode(Agent.fromPartial({ name: ADA })).finish();
  world.view.plant(EntityKind.AGENT, 'p', 'ada', agent, ++world.sequence);
  sessions.forEach((id, i) => {
    const nameOf = (other: string | undefined) => (other === undefined ? '' : `${P}/sessions/${other}`);
    const session = Session.fromPartial({
      ...{ name: nameOf(id), agent: ADA, state: SessionState.ACTIVE },
      ...{ resumedFrom: nameOf(sessions[i - 1]), successor: nameOf(sessions[i + 1]) },
    });
    world.view.plant(EntityKind.SESSION, 'p', id, Session.encode(session).finish(), ++world.sequence);
  });
  return world;
}

function send(recipient: string, message: Partial<Message> = {}) {
  const whole = Message.fromPartial({ text: 'hello', ...message, recipient });
  return { kind: 'sendMessage' as const, request: SendMessageRequest.fromPartial({ parent: P, message: whole }) };
}

function acknowledge(...ids: string[]) {
  const names = ids.map((id) => (id.includes('/') ? id : `${P}/messages/${id}`));
  const request = AcknowledgeMessagesRequest.fromPartial({ parent: P, names });
  return { kind: 'acknowledgeMessages' as const, request };
}

const expire = (id: string) => ({ kind: 'expireMessage' as const, request: { project: 'p', id } });
const look = (world: World) => (kind: EntityKind, project: string, id: string) =>
  world.view.row(kind, project, id)?.image;
const unread = (world: World, mailbox: string): number => unreadOf(look(world), 'p', mailbox);

function sent(world: World, recipient: string, message: Partial<Message> = {}): Message {
  return Message.decode(world.run(send(recipient, message)).replies[0]!.image);
}

function messageOf(world: World, id: string): Message | undefined {
  const row = world.view.row(EntityKind.MESSAGE, 'p', id);
  return row && Message.decode(row.image);
}

describe('a message', () => {
  it('says who sent it, to whom and when, and waits in a mailbox', () => {
    const world = worldWith('s1');
    const { sequence, decision } = world.run(send(ADA, { data: { n: 1 } }));
    const seconds = Date.UTC(2026, 0, 1) / 1000 + 1;
    expect(messageOf(world, `m${sequence}`)).toMatchObject({
      ...{ name: `${P}/messages/m${sequence}`, recipient: ADA, sender: 'local', text: 'hello', data: { n: 1 } },
      ...{ createTime: { seconds }, expireTime: { seconds: seconds + MESSAGE_TTL_MS / 1000 } },
      acknowledgeTime: undefined,
    });
    expect(decision.changes.map(({ kind, event }) => [kind, event])).toEqual([
      [EntityKind.MAILBOX, EventType.UNSPECIFIED],
      [EntityKind.MESSAGE, EventType.MESSAGE_SENT],
    ]);
    expect([unread(world, 'agents/ada'), unread(world, 'sessions/s1')]).toEqual([1, 0]);
    expect(mailboxesOf(look(world), 'p', 's1')).toEqual(['agents/ada', 'sessions/s1']);
  });

  it('to a session that was resumed goes to the last of its successors', () => {
    const world = worldWith('s1', 's2', 's3');
    expect(sent(world, `${P}/sessions/s1`).recipient).toBe(`${P}/sessions/s3`);
    expect(sent(world, `${P}/sessions/s3`).recipient).toBe(`${P}/sessions/s3`);
    expect(unread(world, 'sessions/s3')).toBe(2);
  });

  it('that came before a resume is received by the successor', () => {
    const world = worldWith('s1');
    sent(world, `${P}/sessions/s1`);
    const next = { name: `${P}/sessions/s2`, agent: ADA, resumedFrom: `${P}/sessions/s1` };
    world.view.plant(EntityKind.SESSION, 'p', 's2', Session.encode(Session.fromPartial(next)).finish(), 99);
    expect(mailboxesOf(look(world), 'p', 's2')).toEqual(['agents/ada', 'sessions/s2', 'sessions/s1']);
    expect(unread(world, 'sessions/s1')).toBe(1);
  });

  it('is not looked for beyond a bound, nor in sessions that are gone', () => {
    const many = worldWith(...Array.from({ length: SESSION_CHAIN_MAX + 9 }, (_, i) => `s${i}`));
    expect(mailboxesOf(look(many), 'p', `s${SESSION_CHAIN_MAX + 8}`)).toHaveLength(SESSION_CHAIN_MAX + 1);
    const cut = worldWith();
    const session = { agent: ADA, resumedFrom: `${P}/sessions/gone` };
    cut.view.plant(EntityKind.SESSION, 'p', 's', Session.encode(Session.fromPartial(session)).finish(), 9);
    expect(mailboxesOf(look(cut), 'p', 's')).toEqual(['agents/ada', 'sessions/s', 'sessions/gone']);
    expect(mailboxesOf(look(cut), 'p', 'none')).toBeUndefined();
  });

  it('is about a task under its own name', () => {
    const world = worldWith('s1');
    world.create({ externalId: 'X 1' });
    expect(sent(world, ADA, { task: `${P}/tasks/external:X 1` }).task).toBe(`${P}/tasks/t1`);
    expect(world.refusal(send(ADA, { task: `${P}/tasks/t9` })).reason).toBe('NOT_FOUND');
    expect(world.refusal(send(ADA, { task: 'projects/q/tasks/t1' })).details.fields?.[0]?.field).toBe('message.task');
  });

  it('to nobody is refused', () => {
    const world = worldWith('s1');
    expect(world.refusal(send(`${P}/agents/bob`))).toMatchObject({
      reason: 'NOT_FOUND',
      details: { resource: { type: 'agent', name: `${P}/agents/bob` } },
    });
    expect(world.refusal(send(`${P}/sessions/s9`)).reason).toBe('NOT_FOUND');
    for (const name of ['ada', '', `${P}/tasks/t1`, 'projects/q/agents/ada']) {
      expect(world.refusal(send(name)).details.fields?.[0]?.field).toBe('message.recipient');
    }
  });

  it.each<[string, Partial<Message>, string]>([
    ['no text', { text: '' }, 'message.text'],
    ['more than 64 KiB of text', { text: 'é'.repeat(32_769) }, 'message.text'],
    ['large data', { data: { text: 'x'.repeat(70_000) } }, 'message.data'],
    ['a ttl of nothing', { ttl: { seconds: 0, nanos: 0 } }, 'message.ttl'],
    ['a ttl of more than a year', { ttl: { seconds: 366 * 86_400, nanos: 0 } }, 'message.ttl'],
  ])('is refused with %s', (_what, message, field) => {
    const refusal = worldWith('s1').refusal(send(ADA, message));
    expect([refusal.reason, refusal.details.fields?.map((each) => each.field)]).toEqual(['FIELD_INVALID', [field]]);
  });

  it(`is refused where ${MAILBOX_UNREAD_MAX} are unread`, () => {
    const world = worldWith('s1');
    const full = Mailbox.encode({ unread: MAILBOX_UNREAD_MAX }).finish();
    world.view.plant(EntityKind.MAILBOX, 'p', 'agents/ada', full, ++world.sequence);
    expect(world.refusal(send(ADA))).toMatchObject({ reason: 'QUOTA', details: { metadata: { limit: '10000' } } });
    world.run(send(`${P}/sessions/s1`));
  });
});

describe('an acknowledgement', () => {
  it('marks each message once', () => {
    const world = worldWith('s1');
    const [one, two] = [sent(world, ADA).name, sent(world, ADA).name];
    const first = world.run(acknowledge(one, one));
    expect(first.replies).toHaveLength(1);
    expect(first.decision.changes.map(({ event }) => event)).toContain(EventType.MESSAGE_ACKNOWLEDGED);
    expect(unread(world, 'agents/ada')).toBe(1);
    expect(world.run(acknowledge(one, two, 'm999')).replies).toHaveLength(1);
    expect(unread(world, 'agents/ada')).toBe(0);
    expect(world.view.row(EntityKind.MAILBOX, 'p', 'agents/ada')).toBeUndefined();
    expect(world.decide(acknowledge(one, two)).changes).toEqual([]);
  });

  it('names messages of its project, one to a thousand', () => {
    const world = worldWith('s1');
    const fieldOf = (...ids: string[]) => world.refusal(acknowledge(...ids)).details.fields?.[0]?.field;
    expect(fieldOf()).toBe('names');
    expect(fieldOf(...Array.from({ length: 1001 }, (_, i) => `m${i + 1}`))).toBe('names');
    expect(fieldOf('m1', 'projects/q/messages/m1')).toBe('names[1]');
    for (const wrong of ['m0', 'm01', 'x1', 'm', 'm1/2']) expect(fieldOf(wrong)).toBe('names[0]');
  });
});

describe('a message whose ttl has passed', () => {
  it('goes, and is not counted any more', () => {
    const world = worldWith('s1');
    const ttl = { seconds: 60, nanos: 0 };
    const [unreadOne, readOne] = [sent(world, ADA, { ttl }), sent(world, ADA, { ttl })].map(({ name }) =>
      name.slice(20),
    );
    world.run(acknowledge(readOne!));
    expect(world.decide(expire(unreadOne!)).changes).toEqual([]);
    world.nowMs += 60_000;
    for (const id of [unreadOne!, readOne!]) {
      expect(world.run(expire(id)).decision.changes.length).toBeGreaterThan(0);
      expect(messageOf(world, id)).toBeUndefined();
      expect(world.decide(expire(id)).changes).toEqual([]);
    }
    expect(unread(world, 'agents/ada')).toBe(0);
    expect([...world.view.rows.keys()].filter((key) => /^(28|29)\//.test(key))).toEqual([]);
  });
});
