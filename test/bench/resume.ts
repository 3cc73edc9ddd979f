// What a successor waits for: a session with a thousand unfinished tasks is taken over and told of, again and again, each time by the next one.

import {
  ResumeSessionRequest,
  ResumeSessionResponse,
  StartSessionRequest,
  StartSessionResponse,
} from '../../src/gen/holdfast/v1/session_service';
import { ClaimTaskRequest, ClaimTaskResponse } from '../../src/gen/holdfast/v1/task_service';
import { startHoldfast } from './child-server';
import { processorTime } from './process-figures';
import { connect } from './raw-client';
import { batchRequest, parent } from './reference';
import { figure } from './results';
import type { Row } from './results';
import type { Stage } from './stage';
import { median } from './statistics';

/** As many as one session may have. */
const tasks = 1000;
/** Tasks of one claim. */
const claimed = 100;
/** Milliseconds that a resume may take on two cores. */
const millisecondsMax = 100;
/** Resumes that do not count: V8 compiles in them. */
const warm = 5;

/** Resumes of a thousand tasks, with their briefings. */
export async function measureResume(stage: Stage): Promise<Row[]> {
  const server = await startHoldfast(stage.folder());
  try {
    const { client } = server;
    await client.unary('TaskService/BatchCreateTasks', batchRequest(tasks));
    const begin = StartSessionRequest.encode(StartSessionRequest.fromPartial({ parent, agent: 'agent' })).finish();
    const { session, token } = StartSessionResponse.decode(await client.unary('SessionService/StartSession', begin));
    const agent = connect(server.address, { 'holdfast-session': `${session!.name};${token}` });
    const claim = ClaimTaskRequest.encode(ClaimTaskRequest.fromPartial({ parent, maxTasks: claimed })).finish();
    // A claim gives what its window has: sometimes less than it asks for.
    for (let held = 0; held < tasks;) {
      held += ClaimTaskResponse.decode(await agent.unary('TaskService/ClaimTask', claim)).tasks.length;
    }
    agent.close();
    const times: number[] = [];
    let name = session!.name;
    let before = processorTime(server.pid);
    for (let i = -warm; i < stage.options.rounds * 10; i++) {
      if (i === 0) before = processorTime(server.pid);
      const from = { $case: 'session' as const, value: name };
      const request = ResumeSessionRequest.encode(ResumeSessionRequest.fromPartial({ parent, from, takeOver: true }));
      const began = performance.now();
      const reply = await client.unary('SessionService/ResumeSession', request.finish());
      if (i >= 0) times.push(performance.now() - began);
      const { session: next, briefing } = ResumeSessionResponse.decode(reply);
      const left = briefing!.omissions.find(({ kind }) => kind === 'tasks')?.count ?? 0;
      const told = briefing!.tasks.filter(({ held }) => held).length;
      if (told + left !== tasks) throw new Error(`a briefing tells of ${told} tasks and leaves ${left} out`);
      name = next!.name;
    }
    const mainMs = (processorTime(server.pid).mainUs - before.mainUs) / times.length / 1000;
    return [
      {
        what: 'resume of 1,000 tasks, with its briefing',
        measured: figure(median(times), 'ms'),
        against: figure(millisecondsMax, 'ms'),
        score: median(times) / millisecondsMax,
        reach: { bound: 'most', value: 1 },
        raw: { times },
      },
      { what: '  main thread', measured: figure(mainMs, 'ms'), against: '', raw: undefined },
    ];
  } finally {
    await server.stop();
  }
}
