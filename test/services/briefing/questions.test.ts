import type { Briefing } from '../../../src/gen/holdfast/v1/briefing';
import { ConflictKind } from '../../../src/gen/holdfast/v1/briefing';
import { GetBriefingRequest } from '../../../src/gen/holdfast/v1/session_service';
import { TaskState } from '../../../src/gen/holdfast/v1/task';
import { ProvideInputRequest, RequestInputRequest } from '../../../src/gen/holdfast/v1/task_service';
import { bootAgents, claimAs, createTask, endAs, resumeAs, startAs } from '../../support/agent-client';
import type { AgentServer, Live } from '../../support/agent-client';
import { call } from '../../support/boot';

const told = ({ tasks }: Briefing) => tasks.map(({ task, held }) => [task!.name.split('/').at(-1), held]);

/** A task that a session has claimed, and asked about. */
async function ask(server: AgentServer, live: Live, question: string, keepLease = false): Promise<string> {
  const name = await createTask(server, {});
  const fencingToken = await claimAs(server, live, name);
  const request = RequestInputRequest.fromPartial({ name, fencingToken, keepLease, request: { question } });
  await call(server.tasks, 'requestInput', request, live.metadata);
  return name;
}

async function brief({ sessions }: AgentServer, name: string, of: 'session' | 'agent'): Promise<Briefing> {
  const request = GetBriefingRequest.fromPartial({ of: { $case: of, value: name } });
  return (await call(sessions, 'getBriefing', request)).briefing!;
}

test('who resumes a session learns which of its tasks wait for an answer, since when, and to what', async () => {
  const server = await bootAgents();
  const [ada, bob] = [await startAs(server, 'ada'), await startAs(server, 'bob')];
  const asked = await ask(server, ada, 'Which port?');
  await ask(server, ada, 'Kept?', true);
  await ask(server, bob, 'Which colour?');
  await endAs(server, ada);
  const { briefing, live, resumed } = await resumeAs(server, { from: { $case: 'session', value: ada.name } });
  expect(resumed!.name).toBe(ada.name);
  expect(told(briefing!).sort()).toEqual([
    ['t1', false],
    ['t2', false],
  ]);
  expect(briefing!.tasks[0]!.task).toMatchObject({ state: TaskState.INPUT_REQUIRED, stateReason: 'Which port?' });
  const conflict = briefing!.conflicts.find(({ task }) => task === asked)!;
  expect(conflict).toMatchObject({ kind: ConflictKind.SET_ASIDE, session: ada.name });
  expect(conflict.message).toMatch(/^it waits for an answer since 20\d\d-.*Z: Which port\?$/);
  expect(conflict.time!.seconds).toBeGreaterThan(0);
  // It is told so again, as long as nobody has answered.
  expect(told(await brief(server, live.name, 'session')).map(([id]) => id)).toContain('t1');
  await call(server.tasks, 'provideInput', ProvideInputRequest.fromPartial({ name: asked, answer: { text: '8080' } }));
  expect(told(await brief(server, live.name, 'session')).map(([id]) => id)).not.toContain('t1');
});

test('a session hears of its own questions, and of those of its agent whose sessions are over', async () => {
  const server = await bootAgents();
  const [first, second] = [await startAs(server, 'ada'), await startAs(server, 'ada')];
  await ask(server, first, 'One?');
  await ask(server, second, 'Two?');
  expect(told(await brief(server, first.name, 'session'))).toEqual([['t1', false]]);
  expect(told(await brief(server, second.name, 'session'))).toEqual([['t2', false]]);
  expect(told(await brief(server, 'projects/default/agents/ada', 'agent')).sort()).toEqual([
    ['t1', false],
    ['t2', false],
  ]);
  await endAs(server, first);
  // Nothing is left to take up: a fresh session begins, and learns of the question all the same.
  const { briefing, resumed } = await resumeAs(server, { from: { $case: 'agent', value: 'ada' } });
  expect(resumed).toBeUndefined();
  expect(told(briefing!)).toEqual([['t1', false]]);
});
