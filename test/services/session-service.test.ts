import { status as Code } from '@grpc/grpc-js';
import { GetAgentRequest, ListAgentsRequest } from '../../src/gen/holdfast/v1/agent_service';
import { SessionState } from '../../src/gen/holdfast/v1/session';
import { GetSessionRequest, ListSessionsRequest, StartSessionRequest } from '../../src/gen/holdfast/v1/session_service';
import { CompleteTaskRequest, PauseTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { TaskState } from '../../src/gen/holdfast/v1/task';
import {
  PARENT,
  bootAgents,
  claimAs,
  createTask,
  endAs,
  header,
  heartbeatAs,
  resumeAs,
  startAs,
} from '../support/agent-client';
import type { AgentServer } from '../support/agent-client';
import { call } from '../support/boot';

const SECOND = { seconds: 1, nanos: 0 };

async function get({ sessions }: AgentServer, name: string) {
  return (await call(sessions, 'getSession', GetSessionRequest.fromPartial({ name }))).session!;
}

async function listed({ sessions }: AgentServer, more: Partial<ListSessionsRequest> = {}): Promise<string[]> {
  const names: string[] = [];
  for (let pageToken = ''; ;) {
    const request = ListSessionsRequest.fromPartial({ parent: PARENT, pageSize: 2, pageToken, ...more });
    const page = await call(sessions, 'listSessions', request);
    names.push(...page.sessions.map(({ name }) => name.split('/').pop()!));
    if (page.nextPageToken === '') return names;
    pageToken = page.nextPageToken;
  }
}

test('a session shows when it was seen, until when it lasts, and what it holds', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada', { labels: new Map([['host', 'one']]) });
  await claimAs(server, ada, await createTask(server, {}));
  const session = await get(server, ada.name);
  expect(session).toMatchObject({
    agent: 'projects/default/agents/ada',
    state: SessionState.ACTIVE,
    ttl: { seconds: 900 },
    taskCount: 1,
    lockCount: 0,
  });
  expect(session.expireTime!.seconds).toBe(session.lastSeenTime!.seconds + 900);
  expect([...session.labels]).toEqual([['host', 'one']]);
  const { sessions } = server;
  await expect(
    call(sessions, 'getSession', GetSessionRequest.fromPartial({ name: `${ada.name}x` })),
  ).rejects.toMatchObject({ code: Code.NOT_FOUND });
});

test('a start is applied once, and its repeated request gets the same token', async () => {
  const { sessions } = await bootAgents();
  const requestId = '0a5a3f0e-5a9e-4b62-9d0e-0f6a3f6f1a11';
  const request = StartSessionRequest.fromPartial({ parent: PARENT, agent: 'ada', requestId });
  const [first, again] = [await call(sessions, 'startSession', request), await call(sessions, 'startSession', request)];
  expect(first.token).not.toBe('');
  expect([again.token, again.session!.name]).toEqual([first.token, first.session!.name]);
});

test('sessions are listed by name, or those of an agent, newest first; by state too', async () => {
  const server = await bootAgents();
  const first = await startAs(server, 'ada', { sessionId: 'c' });
  await startAs(server, 'bob', { sessionId: 'a' });
  await startAs(server, 'ada', { sessionId: 'b' });
  await startAs(server, 'ada-2', { sessionId: 'd' });
  await startAs(server, 'ada', { sessionId: 'A' });
  await endAs(server, first);
  expect(await listed(server)).toEqual(['A', 'a', 'b', 'c', 'd']);
  expect(await listed(server, { agent: 'ada' })).toEqual(['A', 'b', 'c']);
  expect(await listed(server, { agent: 'projects/default/agents/ada', states: [SessionState.ACTIVE] })).toEqual([
    'A',
    'b',
  ]);
  expect(await listed(server, { states: [SessionState.ENDED] })).toEqual(['c']);
  expect(await listed(server, { agent: 'nobody' })).toEqual([]);
  const unknown = ListSessionsRequest.fromPartial({ parent: 'projects/none' });
  await expect(call(server.sessions, 'listSessions', unknown)).rejects.toMatchObject({ code: Code.NOT_FOUND });
});

test('agents appear with their first session', async () => {
  const server = await bootAgents();
  for (const agent of ['bob', 'ada', 'bob']) await startAs(server, agent);
  const { agents } = await call(server.agents, 'listAgents', ListAgentsRequest.fromPartial({ parent: PARENT }));
  expect(agents.map(({ name, sessionCount }) => [name, sessionCount])).toEqual([
    ['projects/default/agents/ada', 1],
    ['projects/default/agents/bob', 2],
  ]);
  const name = 'projects/default/agents/bob';
  const { agent } = await call(server.agents, 'getAgent', GetAgentRequest.fromPartial({ name }));
  expect((await get(server, agent!.latestSession)).createTime).toEqual(agent!.latestSessionTime);
  const nobody = GetAgentRequest.fromPartial({ name: 'projects/default/agents/nobody' });
  await expect(call(server.agents, 'getAgent', nobody)).rejects.toMatchObject({ code: Code.NOT_FOUND });
});

test('a heartbeat tells what is wanted of a session', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const name = await createTask(server, {});
  await claimAs(server, ada, name);
  await call(server.tasks, 'pauseTask', PauseTaskRequest.fromPartial({ name, reason: 'not now' }));
  const heard = await heartbeatAs(server, ada);
  expect(heard).toMatchObject({
    unreadMessages: 0,
    lostTasks: [],
    directives: [{ task: name, directive: { reason: 'not now' } }],
  });
  expect(heard.session!.name).toBe(ada.name);
  const guessed = { name: ada.name, metadata: header(ada.name, 'guessed') };
  await expect(heartbeatAs(server, guessed)).rejects.toMatchObject({ code: Code.ABORTED });
});

test('a session that ends names what it gives back', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  const names = [await createTask(server, {}), await createTask(server, {})];
  for (const name of names) await claimAs(server, ada, name);
  const { session, tasks } = await endAs(server, ada, { summary: 'later' });
  expect(tasks).toEqual(names);
  expect(session).toMatchObject({ state: SessionState.ENDED, summary: 'later', taskCount: 0 });
  await expect(heartbeatAs(server, ada)).rejects.toMatchObject({ code: Code.FAILED_PRECONDITION });
});

test('racing resumes have one winner; the losers learn of the successor', async () => {
  const server = await bootAgents();
  const ada = await startAs(server, 'ada');
  await claimAs(server, ada, await createTask(server, {}));
  const from = { $case: 'session' as const, value: ada.name };
  const races = Array.from({ length: 16 }, () => resumeAs(server, { from, takeOver: true }));
  const settled = await Promise.allSettled(races);
  const winners = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(winners).toHaveLength(1);
  for (const each of settled) {
    if (each.status === 'fulfilled') continue;
    expect(each.reason).toMatchObject({ code: Code.FAILED_PRECONDITION });
    expect((each.reason as Error).message).toContain(winners[0]!.session!.name);
  }
  expect(winners[0]!.briefing!.tasks).toMatchObject([{ held: true }]);
});

test('a lost session keeps its task for the grace; then it lapses, and a late holder may still complete it', async () => {
  const server = await bootAgents();
  const [ada, bob] = [await startAs(server, 'ada', { ttl: SECOND }), await startAs(server, 'bob')];
  const name = await createTask(server, {});
  const token = await claimAs(server, ada, name);
  await until(async () => (await get(server, ada.name)).state === SessionState.LOST);
  await expect(claimAs(server, bob, name)).rejects.toMatchObject({ code: Code.ABORTED });
  const task = () => call(server.tasks, 'getTask', { name, revision: 0, view: 0, atLeast: undefined });
  await until(async () => (await task()).task!.state === TaskState.PENDING);
  expect((await task()).task).toMatchObject({ failureCount: 1, lease: { lapsed: true } });
  const late = CompleteTaskRequest.fromPartial({ name, fencingToken: token });
  const { task: done } = await call(server.tasks, 'completeTask', late, ada.metadata);
  expect(done!.state).toBe(TaskState.SUCCEEDED);
});

test('a lost session is resumed across a restart of the server', async () => {
  const first = await bootAgents();
  const ada = await startAs(first, 'ada', { ttl: SECOND });
  const name = await createTask(first, {});
  const token = await claimAs(first, ada, name);
  await first.stop();
  const server = await bootAgents({ dir: first.dir });
  await until(async () => (await get(server, ada.name)).state === SessionState.LOST);
  const { live, briefing, resumed } = await resumeAs(server, { from: { $case: 'agent', value: 'ada' } });
  expect(resumed).toMatchObject({ name: ada.name, state: SessionState.ENDED, successor: live.name });
  const { fencingToken } = briefing!.tasks[0]!.task!.lease!;
  expect(fencingToken).toBeGreaterThan(token);
  const stale = CompleteTaskRequest.fromPartial({ name, fencingToken: token });
  await expect(call(server.tasks, 'completeTask', stale)).rejects.toMatchObject({ code: Code.ABORTED });
  const good = CompleteTaskRequest.fromPartial({ name, fencingToken });
  await call(server.tasks, 'completeTask', good, live.metadata);
});

/** Waits until it is so: whatever a session's time brings comes by itself, within some seconds. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
