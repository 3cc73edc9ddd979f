// What agents and the passing of time must do to tasks, sessions and locks, in the fewest words. Nothing here is read from the engine, but the
// numbers of its records, which are the tokens.

import { TaskState } from '../../../src/gen/holdfast/v1/task';

const { PENDING, RUNNING, SUCCEEDED, FAILED } = TaskState;

/** The ttl of all sessions, and of holds that have one of their own: shorter, so that a hold lapses before its session is lost. */
export const SESSION_TTL_MS = 10_000;
export const HOLD_TTL_MS = 4_000;
/** Attempts that may fail before a task has FAILED. */
export const ATTEMPTS = 3;

export interface Hold {
  session: string;
  /** The number of the record that gave it; 0 until that is known. */
  token: number;
  readonly ttlMs: number;
  renewedMs: number;
  /** It has run out: its token is good while nobody else has claimed the task. */
  lapsed: boolean;
}

export interface SimTask {
  readonly id: string;
  readonly number: number;
  readonly priority: number;
  readonly notBeforeMs: number;
  readonly createdMs: number;
  /** The task that must succeed first. */
  readonly after: string | undefined;
  state: TaskState;
  failures: number;
  hold: Hold | undefined;
}

export interface SimSession {
  readonly id: string;
  readonly slot: number;
  state: 'ACTIVE' | 'LOST' | 'ENDED';
  renewedMs: number;
  renewEveryMs: number;
  endedMs: number;
  /** What it holds was given back after its loss. */
  letGo: boolean;
  /** Tasks that were taken from it when it was over: who resumes it takes them up again. */
  readonly left: Set<string>;
}

export interface SimLock {
  readonly key: string;
  readonly id: string;
  session: string;
  token: number;
}

export type FinishVerb = 'complete' | 'fail' | 'release';

/** A command, with all its names and tokens. `session`: who asks; empty for nobody. */
export type AgentAsked =
  | { readonly kind: 'create'; readonly priority: number; readonly delayMs: number; readonly after: string | undefined }
  | { readonly kind: 'start'; readonly session: string; readonly slot: number }
  | { readonly kind: 'beat' | 'end'; readonly session: string }
  | { readonly kind: 'resume'; readonly from: string; readonly session: string; readonly takeOver: boolean }
  | { readonly kind: 'take'; readonly session: string; readonly task: string; readonly ttlMs: number }
  | {
      readonly kind: 'finish';
      readonly verb: FinishVerb;
      readonly session: string;
      readonly task: string;
      readonly token: number;
    }
  | { readonly kind: 'lock'; readonly session: string; readonly key: string }
  | { readonly kind: 'unlock'; readonly session: string; readonly lock: string; readonly token: number };

/** What was granted: the holds and locks that get the record's number as their token. */
export type Granted = readonly { token: number }[];

export class AgentModel {
  readonly tasks = new Map<string, SimTask>();
  readonly sessions = new Map<string, SimSession>();
  readonly locks = new Map<string, SimLock>();
  nowMs = 0;
  bootMs = 0;

  /** What is granted, or the reason of the refusal. Locks get the id `of`, once it is known. */
  apply(asked: AgentAsked): Granted | string {
    switch (asked.kind) {
      case 'create':
        return this.create(asked);
      case 'start':
        return this.start(asked.session, asked.slot);
      case 'beat':
        return this.as(asked.session, false, () => []);
      case 'end':
        return this.end(asked.session);
      case 'resume':
        return this.resume(asked.from, asked.session, asked.takeOver);
      case 'take':
        return this.as(asked.session, false, () => this.take(asked.session, asked.task, asked.ttlMs));
      case 'finish':
        return this.as(asked.session, asked.token !== 0, () => this.finish(asked.verb, asked.task, asked.token));
      case 'lock':
        return this.as(asked.session, false, () => this.lock(asked.session, asked.key));
      case 'unlock':
        return this.as(asked.session, true, () => this.unlock(asked.session, asked.lock, asked.token));
    }
  }

  /** The session claims what is ready first: these tasks were given. The reason of the refusal, or what is wrong. */
  next(session: string, given: readonly string[], most: number, ttlMs: number): Granted | string {
    return this.as(session, false, () => {
      const ready = this.ready();
      const right = ready.slice(0, Math.min(most, Math.max(given.length, 1)));
      if (given.join() !== right.join()) return `${right.join()} of ${ready.join()}`;
      return given.map((id) => this.give(this.tasks.get(id)!, session, ttlMs));
    });
  }

  /** The ids of the tasks that can be claimed, in the order of claiming. */
  ready(): string[] {
    const ready = [...this.tasks.values()].filter((task) => task.state === PENDING && this.isReady(task));
    const order = (a: SimTask, b: SimTask): number =>
      a.priority - b.priority || a.notBeforeMs - b.notBeforeMs || a.createdMs - b.createdMs || a.number - b.number;
    return ready.sort(order).map(({ id }) => id);
  }

  /** Whether the time `atMs` takes something from somebody. */
  takesAt(atMs: number): boolean {
    const sessions = [...this.sessions.values()].some((session) => this.sessionEndMs(session) <= atMs);
    return sessions || [...this.tasks.values()].some((task) => this.holdEndMs(task) <= atMs);
  }

  /** Claims of these sessions wait: they are renewed when three tenths of the shortest ttl have passed since they were. */
  keepAlive(ids: readonly string[]): void {
    for (const id of ids) {
      const session = this.sessions.get(id)!;
      const due = this.nowMs - session.renewedMs >= 3 * session.renewEveryMs;
      if (session.state === 'ACTIVE' && due) session.renewedMs = this.nowMs;
    }
  }

  /** Time has come to `nowMs`: what is due by then has come to pass. */
  pass(nowMs: number): void {
    this.nowMs = nowMs;
    for (const task of this.tasks.values()) if (this.holdEndMs(task) <= nowMs) this.lapse(task);
    for (const session of this.sessions.values()) {
      if (this.sessionEndMs(session) > nowMs) continue;
      if (session.state === 'ACTIVE') Object.assign(session, { state: 'LOST', endedMs: nowMs });
      else {
        session.letGo = true;
        for (const task of this.heldBy(session.id)) this.lapse(task);
        this.dropLocks(session.id);
      }
    }
  }

  heldBy(session: string): SimTask[] {
    return [...this.tasks.values()].filter(({ hold }) => hold?.session === session && !hold.lapsed);
  }

  private create({ priority, delayMs, after }: Extract<AgentAsked, { kind: 'create' }>): Granted {
    const number = this.tasks.size + 1;
    const times = { createdMs: this.nowMs, notBeforeMs: delayMs > 0 ? this.nowMs + delayMs : 0 };
    const task = { id: `t${number}`, number, priority, after, ...times, state: PENDING, failures: 0, hold: undefined };
    this.tasks.set(task.id, task);
    return [];
  }

  private start(id: string, slot: number): Granted {
    const times = { renewedMs: this.nowMs, renewEveryMs: SESSION_TTL_MS / 10, endedMs: 0 };
    this.sessions.set(id, { id, slot, state: 'ACTIVE', ...times, letGo: false, left: new Set() });
    return [];
  }

  /** Lets a session act, and renews it unless it is refused. */
  private as(id: string, byToken: boolean, act: () => Granted | string): Granted | string {
    if (id === '') return act();
    const session = this.sessions.get(id)!;
    if (session.state === 'ENDED') return 'SESSION_ENDED';
    if (session.state === 'LOST' && !byToken) return 'SESSION_LOST';
    const outcome = act();
    const old = this.nowMs - session.renewedMs >= session.renewEveryMs;
    if (typeof outcome !== 'string' && session.state === 'ACTIVE' && old) session.renewedMs = this.nowMs;
    return outcome;
  }

  private end(id: string): Granted | string {
    const session = this.sessions.get(id)!;
    if (session.state === 'ENDED') return 'SESSION_ENDED';
    for (const task of this.heldBy(id)) {
      Object.assign(task, { state: PENDING });
      task.hold!.lapsed = true;
      session.left.add(task.id);
    }
    this.dropLocks(id);
    session.state = 'ENDED';
    return [];
  }

  private resume(from: string, id: string, takeOver: boolean): Granted | string {
    const old = this.sessions.get(from)!;
    if (old.state === 'ACTIVE' && !takeOver) return 'SESSION_ACTIVE';
    this.start(id, old.slot);
    const granted: { token: number }[] = [];
    for (const task of this.heldBy(from)) granted.push(this.hand(task, id));
    for (const taskId of [...old.left]) {
      const task = this.tasks.get(taskId)!;
      if (task.state !== PENDING) continue;
      old.left.delete(taskId);
      if (this.isFree(task)) granted.push(this.give(task, id, 0));
      else this.sessions.get(id)!.left.add(taskId);
    }
    for (const lock of this.locks.values()) {
      if (lock.session === from) granted.push(Object.assign(lock, { session: id, token: 0 }));
    }
    old.state = 'ENDED';
    return granted;
  }

  private take(session: string, id: string, ttlMs: number): Granted | string {
    const task = this.tasks.get(id)!;
    const { hold } = task;
    if (hold && !hold.lapsed) return hold.session === session ? [] : 'ALREADY_CLAIMED';
    if (task.state !== PENDING) return 'ILLEGAL_TRANSITION';
    return this.isReady(task) ? [this.give(task, session, ttlMs)] : 'NOT_READY';
  }

  private finish(verb: FinishVerb, id: string, token: number): Granted | string {
    const task = this.tasks.get(id)!;
    const { hold } = task;
    const held = hold !== undefined && !hold.lapsed;
    const right = hold !== undefined && token !== 0 && hold.token === token;
    const late = right && !held && task.state === PENDING;
    const legal = task.state === RUNNING || (task.state === PENDING && (verb !== 'release' || late));
    if (!legal) return 'ILLEGAL_TRANSITION';
    if ((held || token !== 0 || verb === 'release') && !right) return 'FENCED';
    task.hold = undefined;
    if (verb === 'complete') task.state = SUCCEEDED;
    else if (verb === 'release') task.state = PENDING;
    else if (held) task.state = ++task.failures < ATTEMPTS ? PENDING : FAILED;
    else if (!late) task.state = FAILED;
    return [];
  }

  private lock(session: string, key: string): Granted | string {
    if (this.locks.has(key)) return 'LOCK_HELD';
    const lock = { key, id: '', session, token: 0 };
    this.locks.set(key, lock);
    return [lock];
  }

  private unlock(session: string, id: string, token: number): Granted | string {
    const lock = [...this.locks.values()].find((each) => each.id === id);
    if (!lock) return 'NOT_FOUND';
    if (lock.session !== session || lock.token !== token) return 'FENCED';
    this.locks.delete(lock.key);
    return [];
  }

  private give(task: SimTask, session: string, ttlMs: number): Hold {
    task.state = RUNNING;
    task.hold = { session, token: 0, ttlMs, renewedMs: this.nowMs, lapsed: false };
    if (ttlMs > 0) this.renewOften(session, ttlMs);
    return task.hold;
  }

  private hand(task: SimTask, session: string): Hold {
    return this.give(task, session, task.hold!.ttlMs);
  }

  private renewOften(id: string, ttlMs: number): void {
    const session = this.sessions.get(id)!;
    if (session.renewEveryMs <= ttlMs / 10) return;
    Object.assign(session, { renewEveryMs: ttlMs / 10, renewedMs: this.nowMs });
  }

  /** Whoever held it has failed. */
  private lapse(task: SimTask): void {
    const session = this.sessions.get(task.hold!.session)!;
    if (++task.failures === ATTEMPTS) Object.assign(task, { state: FAILED, hold: undefined });
    else {
      task.state = PENDING;
      task.hold!.lapsed = true;
      if (session.state !== 'ACTIVE') session.left.add(task.id);
    }
  }

  private dropLocks(session: string): void {
    for (const [key, lock] of this.locks) if (lock.session === session) this.locks.delete(key);
  }

  private isReady(task: SimTask): boolean {
    return task.notBeforeMs <= this.nowMs && this.isFree(task);
  }

  private isFree({ after }: SimTask): boolean {
    return after === undefined || this.tasks.get(after)!.state === SUCCEEDED;
  }

  private holdEndMs({ hold }: SimTask): number {
    if (!hold || hold.lapsed || hold.ttlMs === 0) return Infinity;
    const { state, renewedMs } = this.sessions.get(hold.session)!;
    return Math.max(hold.renewedMs, state === 'ACTIVE' ? renewedMs : 0, this.bootMs) + hold.ttlMs * 1.1;
  }

  /** When it is lost; of one that is lost, when what it holds is given back. */
  private sessionEndMs({ state, renewedMs, endedMs, letGo }: SimSession): number {
    if (state === 'ACTIVE') return Math.max(renewedMs, this.bootMs) + SESSION_TTL_MS * 1.1;
    return state === 'LOST' && !letGo ? Math.max(endedMs, this.bootMs) + SESSION_TTL_MS : Infinity;
  }
}
