// How work on a task ends otherwise than by a result, and why it is asked to end.

import type { DirectiveKind } from './gen/holdfast/v1/work';
import type { Directive } from './gen/holdfast/v1/work';
import type { JsonObject } from './fields';
import type { ReleaseOptions } from './holder-verbs';

/** Throw it to say that another try would fail too: the task has FAILED, whatever its policy says. */
export class NonRetryable extends Error {
  override readonly name = 'NonRetryable';

  /** `code` is a short word for programs. */
  constructor(
    message: string,
    readonly code = 'non_retryable',
    readonly details?: JsonObject,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Throw it to give the task back without a failure: to hand it on, or because another task must be done first. */
export class HandBack extends Error {
  override readonly name = 'HandBack';

  constructor(readonly options: Pick<ReleaseOptions, 'reason' | 'handOverTo' | 'blockedBy'> = {}) {
    super(options.reason ?? 'handed back');
  }
}

/** Ends a handler that waits for an answer: `ask` throws it, and the task begins anew when there is one. Let it pass. */
export class AnswerPending extends Error {
  override readonly name = 'AnswerPending';

  constructor(readonly question: string) {
    super(`waits for an answer: ${question}`);
  }
}

/** Why `signal` aborts: somebody wants the task to stop. When the handler has thrown, the worker obeys. */
export class Directed extends Error {
  override readonly name = 'Directed';
  /** PAUSE or CANCEL. */
  readonly kind: DirectiveKind;
  /** Who wants it. */
  readonly by: string;
  /** When the server does it itself. */
  readonly deadline: Date | undefined;

  constructor({ kind, by, reason, deadline }: Directive) {
    super(reason === '' ? `told to stop by ${by}` : reason);
    this.kind = kind;
    this.by = by;
    this.deadline = deadline;
  }
}

/** Why `signal` aborts: the worker is stopped and the time that it was given is over. The task is given back. */
export class WorkerStopped extends Error {
  override readonly name = 'WorkerStopped';
}

/** What a task's error says of something that a handler threw. */
export function taskErrorOf(thrown: unknown): { code: string; message: string; details?: JsonObject } {
  if (thrown instanceof NonRetryable) {
    return { code: thrown.code, message: clipped(thrown.message), details: thrown.details };
  }
  if (!(thrown instanceof Error)) return { code: 'error', message: clipped(String(thrown)) };
  const given = (thrown as { code?: unknown }).code;
  const code = typeof given === 'string' && CODE.test(given) ? given : 'error';
  return { code, message: clipped(thrown.message || thrown.name) };
}

const CODE = /^[\x21-\x7e]{1,63}$/;
/** A task's error holds 4 KiB of message; a character takes up to four bytes, with one more for the sign that it was cut. */
const MESSAGE_CHARACTERS_MAX = 1000;

function clipped(message: string): string {
  return message.length <= MESSAGE_CHARACTERS_MAX ? message : `${message.slice(0, MESSAGE_CHARACTERS_MAX)}…`;
}
