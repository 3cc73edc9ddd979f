// Locks, checkpoints, transcripts, memories, messages and queues, against a real server.

import { randomBytes } from 'node:crypto';
import { refusal, served } from './connected';
import { step } from './conformance-step';

step('lock', async () => {
  const { holdfast } = await served();
  const [ada, bob] = await Promise.all([
    holdfast.sessions.start({ agent: 'ada' }),
    holdfast.sessions.start({ agent: 'bob' }),
  ]);
  const result = await ada.lock('src/api/**', { ttlMs: 5000, purpose: 'refactoring' }, async (guard) => {
    expect(guard.signal.aborted).toBe(false);
    const [held] = await ada.locks.check(['src/api/server.ts']);
    expect(held).toMatchObject({ heldByCaller: true, heldByOthers: false });
    const error = await refusal(bob.locks.acquire('src/api/server.ts'));
    expect(error).toMatchObject({ reason: 'LOCK_HELD', metadata: { holder: ada.name } });
    return guard.fencingToken;
  });
  expect(result).toBeGreaterThan(0);
  expect(await holdfast.locks.list().toArray()).toEqual([]);
  const failing = ada.lock({ key: 'deploy' }, {}, () => Promise.reject(new Error('the work failed')));
  expect(await refusal(failing)).toMatchObject({ message: 'the work failed' });
  expect(await holdfast.locks.list().toArray()).toEqual([]);

  const [a] = await Promise.all([ada.locks.acquire({ key: 'a' }), bob.locks.acquire({ key: 'b' })]);
  const waiting = ada.locks.acquire({ key: 'b' }, { waitMs: 20_000 });
  // The wait is asked first, so that it is the other one that would close the circle.
  let closed: unknown;
  while (closed === undefined || (closed as { reason?: string }).reason === 'LOCK_HELD') {
    closed = await refusal(bob.locks.acquire({ key: 'a' }, { waitMs: 200 }));
  }
  expect(closed).toMatchObject({ reason: 'DEADLOCK' });
  await bob.end();
  expect((await waiting).fencingToken).toBeGreaterThan(a.fencingToken);
  await ada.end();
});

step('checkpoint', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Long work' });
  const task = await session.tasks.claim('t1');
  const saved = await session.checkpoints.save({ line: 120 }, { tasks: [task], facts: { step: 3 } });
  expect((await holdfast.tasks.get('t1')).latestCheckpoint).toBe(saved.name);
  const got = await holdfast.checkpoints.get(saved.name);
  expect([JSON.parse(got.data.toString()), got.mediaType]).toEqual([{ line: 120 }, 'application/json']);
  expect(await session.checkpoints.putWrites(saved.name, [{ task: 'part', index: 0, data: Buffer.from('x') }])).toBe(1);

  const large = randomBytes(5 * 1024 * 1024);
  const uploaded = await session.checkpoints.upload([large.subarray(0, 3_000_000), large.subarray(3_000_000)], {
    namespace: 'models',
    parent: saved.name,
  });
  expect(uploaded).toMatchObject({ sizeBytes: large.length, parent: saved.name });
  const pieces: Buffer[] = [];
  for await (const piece of holdfast.checkpoints.download(uploaded.name)) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(large)).toBe(true);

  const steps = await session.checkpoints.list({ filter: 'metadata.step >= 3' }).toArray();
  expect(steps.map(({ name }) => name)).toEqual([saved.name]);
  expect((await session.checkpoints.latest({ namespace: 'models' })).name).toBe(uploaded.name);
  const [copy] = await session.checkpoints.copy({ namespace: 'kept' });
  expect(copy).toMatchObject({ namespace: 'kept', digest: saved.digest });
  await session.checkpoints.setRetention({ maxCount: 1 }, { namespace: 'kept' });
  expect(await session.checkpoints.delete({ namespace: '-' })).toMatchObject({ deleted: 3, more: false });
  expect(await refusal(holdfast.checkpoints.get(saved.name))).toMatchObject({ reason: 'NOT_FOUND' });
  expect(() => holdfast.checkpoints.list()).toThrow(TypeError);
  await session.end();
});

step('transcript', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  const items = ['one', 'two', 'three'].map((text) => ({ uuid: text, role: 'user', text }));
  expect(await session.transcripts.append(items)).toMatchObject({ appended: 3, lastIndex: 3 });
  expect(await session.transcripts.append([...items, { text: 'four' }])).toMatchObject({ appended: 1, lastIndex: 4 });
  const last = await session.transcripts.read({ last: 2 });
  expect([last.items.map(({ text }) => text), last.total]).toEqual([['three', 'four'], 4]);
  const later = await holdfast.transcripts.read({ session: session.name, afterIndex: 1, maxItems: 1 });
  expect([later.items.map(({ text }) => text), later.more]).toEqual([['two'], true]);
  expect((await session.transcripts.pop())?.text).toBe('four');
  expect(await session.transcripts.clear()).toBe(3);
  expect(await session.transcripts.pop()).toBeUndefined();
  await session.end();
});

step('memory', async () => {
  const { holdfast } = await served();
  const { memories } = holdfast;
  const put = await memories.put('users/ada', 'colour', { name: 'red', level: 3 }, { etag: '0' });
  expect(await memories.get('users/ada', 'colour')).toMatchObject({ value: { name: 'red', level: 3 }, etag: put.etag });
  expect(await refusal(memories.put('users/ada', 'colour', {}, { etag: '0' }))).toMatchObject({
    reason: 'ETAG_MISMATCH',
  });
  await memories.put('users/bob', 'colour', { name: 'blue' }, { ttlMs: 60_000 });
  const found = await memories.list({ prefix: 'users', filter: 'value.name = "red"' }).toArray();
  expect(found.map(({ name }) => name)).toEqual(['projects/default/memories/users/ada/colour']);
  await memories.delete('users/ada', 'colour', { etag: put.etag });
  expect(await refusal(memories.get('users/ada', 'colour'))).toMatchObject({ reason: 'NOT_FOUND' });
});

step('message', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  const receiving = session.messages.receive({ waitMs: 20_000 });
  await holdfast.messages.send({ agent: 'ada' }, 'Build is red', { data: { job: 7 } });
  const [message] = await receiving;
  expect(message).toMatchObject({ text: 'Build is red', data: { job: 7 } });
  let unread = 0;
  session.on('unread', (count) => (unread = count));
  await session.heartbeat();
  expect(unread).toBe(1);
  expect(await session.messages.acknowledge([message!])).toBe(1);
  expect(await session.messages.receive()).toEqual([]);
  expect(await holdfast.messages.list({ agent: 'ada' }, { showAcknowledged: true }).toArray()).toMatchObject([
    { acknowledgedBy: session.name },
  ]);
  await session.end();
});

step('queue', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Mail', queue: 'mail' });
  await holdfast.queues.update('mail', { paused: true, concurrencyLimit: 5 });
  const { tasks, empty } = await session.tasks.claimNext({ queue: 'mail' });
  expect([tasks, empty?.paused]).toEqual([[], true]);
  const waiting = session.tasks.claimNext({ queue: 'mail', waitMs: 20_000 });
  const queue = await holdfast.queues.update('mail', { paused: false });
  expect(queue).toMatchObject({ paused: false, concurrencyLimit: 5 });
  expect((await waiting).tasks).toMatchObject([{ title: 'Mail' }]);
  expect((await holdfast.queues.get('mail')).counts).toMatchObject({ running: 1, pending: 0 });
  expect((await holdfast.queues.list().toArray()).map(({ name }) => name)).toContain('projects/default/queues/mail');
  await session.end();
});

step('briefing', async () => {
  const { holdfast } = await served();
  const session = await holdfast.sessions.start({ agent: 'ada' });
  await holdfast.tasks.create({ title: 'Held' });
  await holdfast.tasks.create({ title: 'Ready' });
  await session.tasks.claim('t1');
  await holdfast.messages.send({ agent: 'ada' }, 'Hello');
  await holdfast.memories.put('project', 'style', { tabs: false });
  const briefing = await session.briefing();
  expect(briefing.tasks).toMatchObject([{ held: true, task: { title: 'Held' } }]);
  expect(briefing.messages).toMatchObject([{ text: 'Hello' }]);
  expect(briefing.memories).toMatchObject([{ key: 'style' }]);
  expect(briefing.readyTasks).toMatchObject([{ title: 'Ready' }]);
  expect((await holdfast.sessions.briefing('ada')).messages).toHaveLength(1);
  await session.end();
});
