// The sessions of a server: started, resumed, taken up from their token, looked at.

import type { MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf } from './durations';
import { mapOf } from './fields';
import type { StringMap } from './fields';
import type { Briefing } from './gen/holdfast/v1/briefing';
import type { SessionState } from './gen/holdfast/v1/session';
import type { Session as SessionInfo } from './gen/holdfast/v1/session';
import {
  HeartbeatSessionRequest,
  ResumeSessionRequest,
  SessionServiceService as Service,
  StartSessionRequest,
} from './gen/holdfast/v1/session_service';
import type { EndSessionResponse, ListSessionsResponse } from './gen/holdfast/v1/session_service';
import { mutation } from './mutations';
import { nameIn, projectName } from './names';
import type { SessionOptions } from './options';
import { Pages } from './pages';
import { Session } from './session';
import type { BriefingOptions } from './session';

export interface StartOptions extends Omit<MutationOptions, 'validateOnly'> {
  /** Whose life it is: the id of an agent. */
  readonly agent: string;
  /** Its id; without it the server gives one. */
  readonly id?: string;
  /** How long it lasts without a sign of life, in milliseconds, from 1 s to 24 h; 0: until it is ended. Without it 15 minutes. */
  readonly ttlMs?: number;
  readonly labels?: StringMap;
  /** The project, instead of the client's own. */
  readonly project?: string;
}

export interface ResumeOptions extends Omit<MutationOptions, 'validateOnly'> {
  /** Take the work of a session that is active, too: it is fenced. */
  readonly takeOver?: boolean;
  /** The successor's id; without it the server gives one. */
  readonly id?: string;
  /** The successor's agent; without it that of the session that is resumed. */
  readonly successorAgent?: string;
  /** The successor's ttl in milliseconds; without it that of the session that is resumed. */
  readonly ttlMs?: number;
  /** Bound on the briefing. */
  readonly maxBytes?: number;
  readonly project?: string;
}

export interface ListSessionsOptions extends ReadOptions {
  readonly agent?: string;
  readonly states?: readonly SessionState[];
  readonly pageSize?: number;
  readonly project?: string;
}

/** Wherever a method takes a session or an agent, its id is enough. */
export class Sessions {
  constructor(private readonly connection: Connection) {}

  /** Starts a session, and keeps it alive until it is ended. */
  async start(options: StartOptions): Promise<Session> {
    const { agent, id = '', project, ttlMs } = options;
    const request = StartSessionRequest.fromPartial({
      ...mutation(options),
      parent: this.parentOf(project),
      sessionId: id,
      agent,
      ttl: durationOf('ttlMs', ttlMs),
    });
    request.labels = mapOf(options.labels);
    const { session, token } = await this.connection.unary(Service.startSession, request, options);
    return new Session(this.connection, session!, token);
  }

  /**
   * Takes up the work of a session that is over, under a new one, and keeps that alive. Of an agent: its newest session with
   * unfinished work, else a fresh one begins. `resumption` of the session tells what it was given.
   */
  async resume(
    of: { readonly session: string } | { readonly agent: string },
    options: ResumeOptions = {},
  ): Promise<Session> {
    const { takeOver = false, id = '', successorAgent = '', ttlMs, maxBytes = 0, project } = options;
    const own = project ?? this.connection.options.project;
    const from =
      'session' in of
        ? ({ $case: 'session', value: nameIn(own, 'sessions', of.session) } as const)
        : ({ $case: 'agent', value: of.agent } as const);
    const request = ResumeSessionRequest.fromPartial({
      ...mutation(options),
      parent: this.parentOf(project),
      from,
      takeOver,
      sessionId: id,
      successorAgent,
      ttl: durationOf('ttlMs', ttlMs),
      maxBytes,
    });
    const answer = await this.connection.unary(Service.resumeSession, request, options);
    const { session, token, resumed, briefing } = answer;
    return new Session(this.connection, session!, token, { resumed, briefing: briefing! });
  }

  /** Goes on as a session that runs already, from its name and its token, and keeps it alive. */
  async attach({ name, token }: SessionOptions, options: Pick<MutationOptions, 'signal'> = {}): Promise<Session> {
    const whole = nameIn(this.connection.options.project, 'sessions', name);
    const metadata = { 'holdfast-session': `${whole};${token}` };
    const request = HeartbeatSessionRequest.fromPartial({ name: whole });
    const { session } = await this.connection.unary(Service.heartbeatSession, request, { ...options, metadata });
    return new Session(this.connection, session!, token);
  }

  /** A session, as it is. */
  async get(session: string, options: ReadOptions = {}): Promise<SessionInfo> {
    const request = { name: this.nameOf(session), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getSession, request, options)).session!;
  }

  /** The sessions that meet all conditions, by name; those of an agent newest first. */
  list(options: ListSessionsOptions = {}): Pages<ListSessionsResponse, SessionInfo> {
    const { agent = '', states = [], pageSize = 0, atLeast } = options;
    const request = { parent: this.parentOf(options.project), agent, states: [...states], pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listSessions, { ...request, pageToken }, options),
      (page) => page.sessions,
    );
  }

  /** Ends a session that is LOST: what it holds is given back. One that is active ends by `Session.end`. */
  async end(
    session: string,
    options: MutationOptions & { readonly summary?: string } = {},
  ): Promise<EndSessionResponse> {
    const name = this.nameOf(session);
    const request = { ...mutation(options), name, summary: options.summary ?? '', handOverTo: '' };
    return this.connection.unary(Service.endSession, request, options);
  }

  /** What an agent needs at its start: tasks that are assigned to it, messages, memories, what is ready. It changes nothing. */
  async briefing(agent: string, options: Omit<BriefingOptions, 'since'> = {}): Promise<Briefing> {
    const { maxBytes = 0, memoryPrefix = '', atLeast } = options;
    const value = nameIn(this.connection.options.project, 'agents', agent);
    const of = { $case: 'agent', value } as const;
    const request = { of, since: undefined, maxBytes, memoryPrefix, atLeast };
    return (await this.connection.unary(Service.getBriefing, request, options)).briefing!;
  }

  private parentOf(project: string | undefined): string {
    return projectName(project ?? this.connection.options.project);
  }

  private nameOf(session: string): string {
    return nameIn(this.connection.options.project, 'sessions', session);
  }
}
