// Waiting for an operation to end, over as many streams as it takes.

import { setTimeout as delay } from 'node:timers/promises';
import type { Operation } from '../gen/holdfast/v1/operation';
import { OperationState } from '../gen/holdfast/v1/operation';
import type { WatchOperationResponse } from '../gen/holdfast/v1/operation_service';
import { OperationServiceService } from '../gen/holdfast/v1/operation_service';
import type { Run } from './command-run';
import type { Answer } from './connection';
import { exitCode } from './exit-code';
import { hasEnded, outcomeLines, progressWords, refusedCount } from './operation-words';
import { Progress } from './progress';
import { shortId } from './resource-name';

const reconnectFirstMs = 50;
const reconnectLongestMs = 2000;

export type Followed =
  | { readonly kind: 'ended'; readonly operation: Operation }
  /** Ctrl-C, or the time was up: it goes on. */
  | { readonly kind: 'left'; readonly why: 'interrupted' | 'late' };

/**
 * Follows an operation to its end, with a progress bar. A broken stream is opened again for `--retry-for`. Throws a
 * CallFailure when that does not help. Ctrl-C, or `waitMs` if it is above 0, ends the following and not the operation.
 */
export async function followOperation(run: Run, name: string, waitMs = 0): Promise<Followed> {
  const { connection, settings, output, context } = run;
  const leave = new AbortController();
  const forget = context.onInterrupt(() => leave.abort('interrupted'));
  const timer = waitMs > 0 ? setTimeout(() => leave.abort('late'), waitMs) : undefined;
  const progress = new Progress(context.stderr, 'Working', 0, output.columns);
  let heardAt = performance.now();
  let pauseMs = reconnectFirstMs;
  try {
    for (;;) {
      if (leave.signal.aborted) return { kind: 'left', why: leave.signal.reason as 'interrupted' | 'late' };
      const stream = connection.stream(OperationServiceService.watchOperation, { name });
      // The iteration has its own listener; this one stands for the time after it.
      stream.on('error', () => undefined);
      const cancel = () => stream.cancel();
      leave.signal.addEventListener('abort', cancel, { once: true });
      try {
        for await (const { message } of stream as AsyncIterable<Answer<WatchOperationResponse>>) {
          heardAt = performance.now();
          pauseMs = reconnectFirstMs;
          const { operation } = message;
          if (!operation) continue;
          if (hasEnded(operation)) return { kind: 'ended', operation };
          progress.reach(operation.progress?.done ?? 0, operation.progress?.total ?? 0);
        }
      } catch (error) {
        if (leave.signal.aborted) continue;
        const failure = connection.failureOf(error);
        if (!failure.passing || performance.now() - heardAt > settings.retryForMs) throw failure;
      } finally {
        leave.signal.removeEventListener('abort', cancel);
        stream.cancel();
      }
      await delay(pauseMs, undefined, { signal: leave.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, reconnectLongestMs);
    }
  } finally {
    clearTimeout(timer);
    forget();
    progress.end();
  }
}

/** Says what came of an operation that was followed, and sets the exit code: 0 only if all of it was done. */
export async function tellOutcome(run: Run, name: string, followed: Followed): Promise<void> {
  const { output, context, settings } = run;
  if (followed.kind === 'left') {
    output.remark(`${shortId(name)} goes on without this command. Follow it: holdfast operation wait ${shortId(name)}`);
    output.remark(`Stop it: holdfast operation cancel ${shortId(name)}`);
    return context.setExitCode(followed.why === 'interrupted' ? exitCode.interrupted : exitCode.tryLater);
  }
  const { operation } = followed;
  if (settings.form === 'table') await output.lines(outcomeLines(operation));
  if (settings.form === 'brief') await output.line(`${shortId(name)} ${progressWords(operation)}`);
  if (operation.state !== OperationState.SUCCEEDED || refusedCount(operation) > 0)
    context.setExitCode(exitCode.refused);
}
