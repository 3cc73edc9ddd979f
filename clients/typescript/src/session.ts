// One life of an agent, kept alive: everything that is asked through it is asked as this session.
//
// S1. It gives a sign of life at a third of its ttl, until it is ended, closed or lost.
// S2. `lost` aborts when the server says that the session is over, in whatever call it says so, and then nothing renews it any more.

import { EventEmitter } from 'node:events';
import type { CallOptions, MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { msOf } from './durations';
import { isHoldfastError } from './error';
import type { HoldfastError } from './error';
import type { Briefing } from './gen/holdfast/v1/briefing';
import type { Position } from './gen/holdfast/v1/common';
import type { Session as SessionInfo } from './gen/holdfast/v1/session';
import { SessionServiceService as Service } from './gen/holdfast/v1/session_service';
import type { EndSessionResponse, HeartbeatSessionResponse, TaskDirective } from './gen/holdfast/v1/session_service';
import { guarded } from './lock-guard';
import type { GuardOptions, LockGuard } from './lock-guard';
import type { Target } from './locks';
import { mutation } from './mutations';
import { nameIn } from './names';
import { periodOf, Pulse } from './pulse';
import { Services } from './services';

/** What a session hears with its signs of life. */
export interface SessionEvents {
  /** Somebody wants the holder of a task to stop. Comes with every sign of life until it is obeyed. */
  readonly directive: [TaskDirective];
  /** A task that it held is not its own any more: the task's name. */
  readonly 'lost-task': [string];
  /** How many messages wait for it and its agent; when that changes. */
  readonly unread: [number];
}

/** What a session that took another's work over was given. */
export interface Resumption {
  /** The session that was resumed; undefined when there was none, and a fresh one began. */
  readonly resumed: SessionInfo | undefined;
  readonly briefing: Briefing;
}

export interface EndOptions extends MutationOptions {
  /** What was done, and what is to be done next: whoever resumes the work reads this. */
  readonly summary?: string;
  /** Who gets its tasks: a session, or an agent, to which they are assigned. Without it they are for anyone. */
  readonly handOverTo?: { readonly session: string } | { readonly agent: string };
}

export interface BriefingOptions extends ReadOptions {
  /** What changed after this is told as changed; without it after the session began. */
  readonly since?: Position;
  readonly maxBytes?: number;
  /** Only memories of this namespace and below it. */
  readonly memoryPrefix?: string;
}

/** Reasons that say of a session that it is over. */
const OVER = ['SESSION_LOST', 'SESSION_ENDED', 'FENCED', 'NOT_FOUND'] as const;

export class Session extends Services {
  /** Its name: `projects/P/sessions/S`. */
  readonly name: string;
  /** What it took over, if it was resumed. */
  readonly resumption: Resumption | undefined;
  /** What proves that a caller is this session. Keep it secret. */
  readonly token: string;
  private readonly pulse: Pulse;
  private readonly emitter = new EventEmitter();
  private readonly losing = new AbortController();
  private latest: SessionInfo;
  private unread = 0;
  /** Losses that the last answer told. */
  private toldLosses: ReadonlySet<string> = new Set();

  /** @internal Sessions are made by `Sessions`. */
  constructor(connection: Connection, info: SessionInfo, token: string, resumption?: Resumption) {
    const { name } = info;
    super(
      connection.bound(
        { project: name.split('/')[1]!, metadata: { 'holdfast-session': `${name};${token}` } },
        (failure) => this.failed(failure),
      ),
      name,
    );
    this.name = name;
    this.token = token;
    this.latest = info;
    this.resumption = resumption;
    // A beat that waits longer than a period for its answer would be late for the next one.
    this.pulse = new Pulse({
      periodMs: () => periodOf(this.ttlMs),
      beat: async () => void (await this.heartbeat({ timeoutMs: Math.max(1000, periodOf(this.ttlMs)) })),
      onEnd: (error) => this.lose(error),
    });
  }

  /** The agent whose life it is, by name. */
  get agent(): string {
    return this.latest.agent;
  }

  /** The session as the last sign of life showed it. */
  get info(): SessionInfo {
    return this.latest;
  }

  /** How long it lasts without a sign of life, in milliseconds; 0: until it is ended. */
  get ttlMs(): number {
    return msOf(this.latest.ttl) ?? 0;
  }

  /** Aborts when the session is over and it was not this object that ended it; its reason is the HoldfastError that said so. */
  get lost(): AbortSignal {
    return this.losing.signal;
  }

  /** Hears what comes with the signs of life. Gives what ends that. */
  on<Key extends keyof SessionEvents>(event: Key, listener: (...facts: SessionEvents[Key]) => void): () => void {
    const heard = listener as (...facts: unknown[]) => void;
    this.emitter.on(event, heard);
    return () => void this.emitter.off(event, heard);
  }

  /** Gives a sign of life now. Signs of life go by themselves: this is for whoever wants the answer. */
  async heartbeat(options: CallOptions = {}): Promise<HeartbeatSessionResponse> {
    const request = { ...mutation({}), name: this.name };
    const answer = await this.connection.unary(Service.heartbeatSession, request, options, periodOf(this.ttlMs));
    this.latest = answer.session!;
    for (const directive of answer.directives) this.emitter.emit('directive', directive);
    // The server tells a loss more than once, for an answer may be lost.
    const lost = answer.lostTasks.filter((task) => !this.toldLosses.has(task));
    this.toldLosses = new Set(answer.lostTasks);
    for (const task of lost) this.emitter.emit('lost-task', task);
    if (answer.unreadMessages !== this.unread) this.emitter.emit('unread', answer.unreadMessages);
    this.unread = answer.unreadMessages;
    return answer;
  }

  /** What its agent needs after its context was cut: tasks, messages, memories, what others changed. It changes nothing. */
  async briefing(options: BriefingOptions = {}): Promise<Briefing> {
    const { since, maxBytes = 0, memoryPrefix = '', atLeast } = options;
    const request = { of: { $case: 'session', value: this.name } as const, since, maxBytes, memoryPrefix, atLeast };
    return (await this.connection.unary(Service.getBriefing, request, options)).briefing!;
  }

  /**
   * Does work under a lock: gets it, renews it if it has a ttl, and lets go of it when the work has ended. `signal` of the guard
   * aborts when the lock is gone all the same. Rejects as the work does.
   */
  lock<T>(
    targets: Target | readonly Target[],
    options: GuardOptions,
    work: (lock: LockGuard) => Promise<T>,
  ): Promise<T> {
    return guarded(this.locks, this.lost, targets, options, work);
  }

  /** Ends the session: what it holds is handed over, or given back. No signs of life any more. */
  async end(options: EndOptions = {}): Promise<EndSessionResponse> {
    const { summary = '', handOverTo } = options;
    const { project } = this.connection.options;
    const to =
      handOverTo === undefined
        ? ''
        : 'session' in handOverTo
          ? nameIn(project, 'sessions', handOverTo.session)
          : nameIn(project, 'agents', handOverTo.agent);
    await this.close();
    const request = { ...mutation(options), name: this.name, summary, handOverTo: to };
    return this.connection.unary(Service.endSession, request, options);
  }

  /** Leaves the session to itself: no signs of life any more, but it is not ended. For whoever hands name and token on. */
  async close(): Promise<void> {
    await this.pulse.stop();
  }

  /** Ends the session, if it is not over: for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.lost.aborted) await this.end();
    } catch (error) {
      if (!isHoldfastError(error, ...OVER)) throw error;
    }
  }

  private failed(failure: HoldfastError): void {
    if (failure.is(...OVER) && failure.metadata['name'] === this.name) this.lose(failure);
  }

  private lose(reason: unknown): void {
    void this.pulse.stop();
    this.losing.abort(reason);
  }
}
