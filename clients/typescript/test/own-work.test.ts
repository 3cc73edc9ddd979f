// What the client does without being asked: request ids, positions, tries, deadlines.

import { Metadata, status as Code } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { Positions } from '../src/positions';
import { HoldfastError } from '../src/error';
import { noDetails } from '../src/status-details';
import { step } from './conformance-step';
import { connected, refusal, served } from './connected';
import { created, failure, fakeServer } from './fake-server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

step('request-id', async () => {
  const { holdfast } = await served();
  await holdfast.tasks.create({ title: 'By itself' });
  const requestId = randomUUID();
  const first = await holdfast.tasks.create({ title: 'Once' }, { requestId });
  expect(await holdfast.tasks.create({ title: 'Once' }, { requestId })).toEqual(first);
  expect(await holdfast.tasks.list().toArray()).toHaveLength(2);
  const { events } = await holdfast.events.read({ types: ['task.created'] });
  expect(events.map((event) => event.requestId)).toEqual([expect.stringMatching(UUID), requestId]);
  const error = await refusal(holdfast.tasks.create({ title: 'Another' }, { requestId }));
  expect(error).toMatchObject({ reason: 'REQUEST_ID_REUSED', requestId });
});

step('read-your-writes', async () => {
  const { server, holdfast } = await served();
  expect(holdfast.position).toBeUndefined();
  await holdfast.tasks.create({ title: 'Mine' });
  expect(holdfast.position).toEqual({ history: server.engine.history, sequence: server.engine.status.durable });
  const seen: unknown[] = [];
  const reach = server.engine.reach.bind(server.engine);
  server.engine.reach = (position) => {
    seen.push(position);
    return reach(position);
  };
  await holdfast.tasks.get('t1');
  await holdfast.tasks.list().toArray();
  expect(seen.map((position) => (position as { sequence: number }).sequence)).toEqual(
    seen.map(() => holdfast.position!.sequence),
  );
  expect(seen.length).toBeGreaterThanOrEqual(2);
});

step('validate-only', async () => {
  const { holdfast } = await served();
  expect((await holdfast.tasks.create({ title: 'Perhaps' }, { validateOnly: true })).title).toBe('Perhaps');
  expect(await holdfast.tasks.list().toArray()).toEqual([]);
  const error = await refusal(holdfast.tasks.create({ title: '' }, { validateOnly: true }));
  expect(error).toMatchObject({ reason: 'FIELD_INVALID' });
});

test('a session that is given to connect goes with every call', async () => {
  const { holdfast, server } = await served();
  const { name, token } = await holdfast.sessions.start({ agent: 'ada' });
  const acting = connected({ address: server.address, session: { name, token } });
  expect((await acting.tasks.create({ title: 'Of a session' })).originSession).toBe(name);
});

step('overloaded', async () => {
  const tries: { requestId: string; atMs: number }[] = [];
  const address = await fakeServer({
    createTask: ({ requestId }) => {
      tries.push({ requestId, atMs: performance.now() });
      if (tries.length < 3) throw failure(Code.RESOURCE_EXHAUSTED, 'OVERLOADED', {}, 150) as Error;
      return created('Patience');
    },
  });
  const task = await connected({ address }).tasks.create({ title: 'Patience' });
  expect(task.title).toBe('Patience');
  expect(tries).toHaveLength(3);
  expect(new Set(tries.map(({ requestId }) => requestId))).toEqual(new Set([expect.stringMatching(UUID)]));
  expect(tries[2]!.atMs - tries[0]!.atMs).toBeGreaterThanOrEqual(295);
});

step('unreached', async () => {
  const port = await freePort();
  const holdfast = connected({ address: `127.0.0.1:${port}`, retryForMs: 0 });
  const error = await refusal(holdfast.tasks.get('t1'));
  expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: undefined, isRetryable: true, mayHaveApplied: false });
  expect((error as Error).message).toContain(`no answer from 127.0.0.1:${port}`);
});

step('deadline', async () => {
  const holdfast = connected({ address: await fakeServer({}), timeoutMs: 200 });
  const error = await refusal(holdfast.tasks.create({ title: 'Unheard' }));
  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', mayHaveApplied: true, isRetryable: false });
  expect((error as HoldfastError).requestId).toMatch(UUID);
});

test('what cannot pass by itself is tried once', async () => {
  let tries = 0;
  const address = await fakeServer({
    createTask: () => {
      tries++;
      throw failure(Code.RESOURCE_EXHAUSTED, 'DISK_FULL') as Error;
    },
  });
  expect(await refusal(connected({ address }).tasks.create({ title: 'x' }))).toMatchObject({ reason: 'DISK_FULL' });
  expect(tries).toBe(1);
});

test('an outage that outlasts the retries fails with the last error, and tells when a mutation may have been applied', async () => {
  const address = await fakeServer({
    createTask: () => {
      throw failure(Code.UNAVAILABLE, 'OUTCOME_UNKNOWN') as Error;
    },
  });
  const error = await refusal(connected({ address, retryForMs: 300 }).tasks.create({ title: 'x' }));
  expect(error).toMatchObject({ reason: 'OUTCOME_UNKNOWN', code: 'UNAVAILABLE', mayHaveApplied: true });
});

test('a caller can stop a call, and a wait between two tries', async () => {
  const unheard = connected({ address: await fakeServer({}) });
  const unreached = connected({ address: `127.0.0.1:${await freePort()}` });
  for (const holdfast of [unheard, unreached]) {
    const stop = new AbortController();
    const refused = refusal(holdfast.tasks.create({ title: 'x' }, { signal: stop.signal }));
    setImmediate(() => stop.abort(new Error('enough')));
    expect(await refused).toMatchObject({ code: 'CANCELLED', reason: undefined, cause: { message: 'enough' } });
  }
  const late = await refusal(unheard.tasks.get('t1', { signal: AbortSignal.abort() }));
  expect(late).toMatchObject({ code: 'CANCELLED' });
});

test('close ends what is under way and refuses what comes after', async () => {
  const holdfast = connected({ address: await fakeServer({}) });
  const refused = refusal(holdfast.tasks.create({ title: 'x' }));
  setImmediate(() => holdfast.close());
  expect(await refused).toMatchObject({ code: 'CANCELLED' });
  const after = await refusal(holdfast.tasks.get('t1'));
  expect((after as Error).message).toContain('closed');
  expect(() => holdfast.close()).not.toThrow();
});

test('the metadata of the client and of the call go with the call', async () => {
  let seen = new Metadata();
  const address = await fakeServer({
    createTask: (_request, metadata) => {
      seen = metadata;
      return created('x');
    },
  });
  const holdfast = connected({ address, metadata: { 'x-team': 'web' } });
  await holdfast.tasks.create({ title: 'x' }, { metadata: { traceparent: '00-1-2-03' } });
  expect([seen.get('x-team'), seen.get('traceparent')]).toEqual([['web'], ['00-1-2-03']]);
});

describe('positions', () => {
  const at = (history: string, sequence: number) => ({ history, sequence });
  const unknown = (history: string, sequence: number) =>
    new HoldfastError('OUT_OF_RANGE', {
      ...noDetails,
      reason: 'POSITION_UNKNOWN',
      metadata: { history, sequence: String(sequence) },
    });

  it('never run back within a history', () => {
    const positions = new Positions();
    for (const sequence of [3, 5, 4]) positions.seen(at('a', sequence));
    expect(positions.current).toEqual(at('a', 5));
  });

  it('follow into a new history, and never back into the old one', () => {
    const positions = new Positions();
    positions.seen(at('a', 5));
    positions.seen(at('b', 12));
    positions.seen(at('a', 9));
    expect(positions.current).toEqual(at('b', 12));
  });

  it('stay where they are when a restored server tells of the history before', () => {
    const positions = new Positions();
    for (const seen of [at('b', 100), at('a', 40), at('b', 101)]) positions.seen(seen);
    expect(positions.current).toEqual(at('b', 101));
  });

  it('begin again where a refusal says that the server is', () => {
    const positions = new Positions();
    positions.seen(at('a', 5));
    positions.refused(unknown('a', 3));
    expect(positions.current).toEqual(at('a', 3));
    positions.refused(unknown('b', 1));
    expect(positions.current).toEqual(at('b', 1));
  });

  it('stay as they are when the refused position was not theirs', () => {
    const positions = new Positions();
    positions.seen(at('a', 5));
    positions.refused(unknown('a', 7));
    expect(positions.current).toEqual(at('a', 5));
  });
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
