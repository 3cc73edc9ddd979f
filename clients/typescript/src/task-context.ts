// What a handler has of the task that it works on.

import { isHoldfastError } from './error';
import type { JsonObject } from './fields';
import type { Checkpoint } from './gen/holdfast/v1/checkpoint';
import { View } from './gen/holdfast/v1/common';
import type { Task } from './gen/holdfast/v1/task';
import type { DeepPartial } from './gen/holdfast/v1/task_service';
import type { InputAnswer, InputRequest, TaskProgress } from './gen/holdfast/v1/work';
import type { ArtifactFields, FollowUp } from './holder-verbs';
import type { GuardOptions, LockGuard } from './lock-guard';
import type { Target } from './locks';
import type { SaveCheckpointOptions } from './checkpoint-fields';
import type { Session } from './session';
import { AnswerPending } from './task-outcome';

export interface AskOptions {
  /** Keep the lease and wait here for the answer, instead of beginning anew when there is one. */
  readonly keepLease?: boolean;
}

/** What the worker lends to the context of a task. */
export interface TaskHold {
  readonly session: Session;
  readonly task: Task;
  readonly signal: AbortSignal;
  /** Gives a sign of life with this progress. */
  readonly beat: (progress: DeepPartial<TaskProgress>) => Promise<void>;
}

/** A handler's means. Bound to its task: the methods may be taken apart. */
export class TaskContext {
  /** What goes with the completion. */
  readonly made: { readonly artifacts: ArtifactFields[]; readonly followUps: FollowUp[] } = {
    artifacts: [],
    followUps: [],
  };
  private kept: Promise<Map<string, JsonObject>> | undefined;

  constructor(private readonly hold: TaskHold) {}

  /** The session that holds the task. */
  get session(): Session {
    return this.hold.session;
  }

  /**
   * Aborts when the work is to stop. Its reason says why: a `Directed`, a `WorkerStopped`, or the HoldfastError by which the
   * hold was lost.
   */
  get signal(): AbortSignal {
    return this.hold.signal;
  }

  /** Tells how far the work has come: 0 to 100. */
  readonly progress = (percent: number, message = '', details?: JsonObject): Promise<void> =>
    this.hold.beat({ percent, message, details });

  /**
   * Does a side effect once for all attempts at the task, and gives its result: the one that is kept, if there is one. An effect
   * that is cut off before its result is kept is done again; pass `idempotencyKey`, the same in every attempt, to whoever can
   * tell by it. `key` is unique in the task. What is not JSON in the result is lost.
   */
  readonly step = async <T extends object | void>(
    key: string,
    effect: (idempotencyKey: string) => Promise<T>,
  ): Promise<T> => {
    const { session, task, signal } = this.hold;
    this.kept ??= this.keptSteps();
    const kept = await this.kept;
    const known = kept.get(key);
    if (known !== undefined) return known as T;
    signal.throwIfAborted();
    const result = await effect(`${task.uid}/${key}`);
    const answer = await session.tasks.putStep(task, key, { ...(result ?? {}) });
    const stored = answer.step?.result ?? {};
    kept.set(key, stored);
    return stored as T;
  };

  /**
   * Asks a question and gives its answer. Without `keepLease` the handler ends here, by an `AnswerPending` that it must let
   * pass, and begins anew when there is an answer: then the same question is answered at once. Effects before it belong into
   * steps. Question by question: it is known by its words.
   */
  readonly ask = async (
    question: string | (DeepPartial<InputRequest> & { readonly question: string }),
    { keepLease = false }: AskOptions = {},
  ): Promise<InputAnswer> => {
    const { session, task, signal } = this.hold;
    const request = typeof question === 'string' ? { question } : question;
    const answered = await this.answerTo(request.question);
    if (answered) return answered;
    signal.throwIfAborted();
    const since = await session.events.head({ signal });
    await session.tasks.requestInput(task, request, { keepLease });
    if (!keepLease) throw new AnswerPending(request.question);
    for await (const entry of session.events.watch({ start: since, types: ['task.*'], signal })) {
      if (entry.kind !== 'events' || !entry.events.some(({ name }) => name === task.name)) continue;
      const answer = await this.answerTo(request.question);
      if (answer) return answer;
    }
    signal.throwIfAborted();
    throw new AnswerPending(request.question);
  };

  /** Saves progress: whoever claims the task next finds it by `latestCheckpoint`. */
  readonly checkpoint = (
    data: Uint8Array | JsonObject,
    options: Omit<SaveCheckpointOptions, 'tasks' | 'session'> = {},
  ): Promise<Checkpoint> => this.session.checkpoints.save(data, { ...options, tasks: [this.hold.task] });

  /** The newest checkpoint that belongs to the task, of whatever attempt; undefined if there is none. */
  readonly latestCheckpoint = async (): Promise<Checkpoint | undefined> => {
    const { session, task } = this.hold;
    const { latestCheckpoint } = await session.tasks.get(task.name);
    if (latestCheckpoint === '') return undefined;
    try {
      return await session.checkpoints.get(latestCheckpoint);
    } catch (error) {
      // Its retention may have ended meanwhile.
      if (isHoldfastError(error, 'NOT_FOUND')) return undefined;
      throw error;
    }
  };

  /** Does a part of the work under a lock of the session. */
  readonly lock = <T>(
    targets: Target | readonly Target[],
    options: GuardOptions,
    work: (lock: LockGuard) => Promise<T>,
  ): Promise<T> => this.session.lock(targets, options, work);

  /** Adds something that the task made: it is stored with the completion. */
  readonly artifact = (artifact: ArtifactFields): void => void this.made.artifacts.push(artifact);

  /** Adds a task that follows from this one: it is created with the completion. */
  readonly followUp = (followUp: FollowUp): void => void this.made.followUps.push(followUp);

  private async keptSteps(): Promise<Map<string, JsonObject>> {
    const kept = new Map<string, JsonObject>();
    for await (const { key, result } of this.session.tasks.steps(this.hold.task.name)) {
      kept.set(key, result ?? {});
    }
    return kept;
  }

  private async answerTo(question: string): Promise<InputAnswer | undefined> {
    const { inputs } = await this.session.tasks.get(this.hold.task.name, { view: View.FULL });
    return inputs.findLast(({ request, answer }) => request?.question === question && answer !== undefined)?.answer;
  }
}
