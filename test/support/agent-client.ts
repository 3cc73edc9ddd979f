// Agents of a real server: sessions begin, act with their header, and claim.

import { Metadata } from '@grpc/grpc-js';
import { AgentServiceClient } from '../../src/gen/holdfast/v1/agent_service';
import {
  EndSessionRequest,
  HeartbeatSessionRequest,
  ResumeSessionRequest,
  SessionServiceClient,
  StartSessionRequest,
} from '../../src/gen/holdfast/v1/session_service';
import type { ResumeSessionResponse } from '../../src/gen/holdfast/v1/session_service';
import { ClaimTaskRequest, CreateTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { boot, call } from './boot';
import type { BootOptions, Booted } from './boot';

/** A session of a real server and its header. */
export interface Live {
  readonly name: string;
  readonly metadata: Metadata;
}

/** A server with the clients that agents need. */
export interface AgentServer extends Booted {
  readonly sessions: SessionServiceClient;
  readonly agents: AgentServiceClient;
}

export const PARENT = 'projects/default';

export async function bootAgents(options: BootOptions = {}): Promise<AgentServer> {
  const booted = await boot(options);
  return { ...booted, sessions: booted.client(SessionServiceClient), agents: booted.client(AgentServiceClient) };
}

export function header(name: string, token: string): Metadata {
  const metadata = new Metadata();
  metadata.set('holdfast-session', `${name};${token}`);
  return metadata;
}

export async function startAs(
  { sessions }: AgentServer,
  agent: string,
  more: Partial<StartSessionRequest> = {},
): Promise<Live> {
  const request = StartSessionRequest.fromPartial({ parent: PARENT, agent, ...more });
  const { session, token } = await call(sessions, 'startSession', request);
  return { name: session!.name, metadata: header(session!.name, token) };
}

export async function resumeAs(
  { sessions }: AgentServer,
  more: Partial<ResumeSessionRequest>,
): Promise<ResumeSessionResponse & { readonly live: Live }> {
  const request = ResumeSessionRequest.fromPartial({ parent: PARENT, ...more });
  const response = await call(sessions, 'resumeSession', request);
  const { name } = response.session!;
  return { ...response, live: { name, metadata: header(name, response.token) } };
}

export async function endAs({ sessions }: AgentServer, live: Live, more: Partial<EndSessionRequest> = {}) {
  const request = EndSessionRequest.fromPartial({ name: live.name, ...more });
  return call(sessions, 'endSession', request, live.metadata);
}

export async function heartbeatAs({ sessions }: AgentServer, live: Live) {
  return call(sessions, 'heartbeatSession', HeartbeatSessionRequest.fromPartial({ name: live.name }), live.metadata);
}

/** Creates a task, in nobody's name, and gives its name. */
export async function createTask({ tasks }: AgentServer, task: Partial<Task>, taskId = ''): Promise<string> {
  const request = CreateTaskRequest.fromPartial({ parent: PARENT, task: { title: 'Do it', ...task }, taskId });
  return (await call(tasks, 'createTask', request)).task!.name;
}

/** Claims a task by name, and gives its fencing token. */
export async function claimAs({ tasks }: AgentServer, live: Live, name: string): Promise<number> {
  const response = await call(tasks, 'claimTask', ClaimTaskRequest.fromPartial({ name }), live.metadata);
  return response.tasks[0]!.lease!.fencingToken;
}
