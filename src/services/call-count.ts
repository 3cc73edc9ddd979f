import { status as Code } from '@grpc/grpc-js';
import type { ServerMethodDefinition } from '@grpc/grpc-js';
import type { CallFigures, CallOutcome } from '../engine/health/call-figures';

/** What the codes mean that are no refusals. */
const OUTCOMES: ReadonlyMap<Code, CallOutcome> = new Map([
  [Code.OK, 'ok'],
  [Code.INTERNAL, 'error'],
  [Code.DATA_LOSS, 'error'],
  [Code.UNAVAILABLE, 'error'],
]);

/** Counts calls as they end. */
export class CallCount {
  /** `waiting` names the unary methods that may wait: their times say nothing. `onSlow` hears of calls that are slow. */
  constructor(
    private readonly figures: CallFigures,
    private readonly waiting: ReadonlySet<string>,
    private readonly onSlow?: (path: string, tookMs: number) => void,
  ) {}

  /** A call has ended. `beganMs` is from `performance.now()`. */
  ended(method: ServerMethodDefinition<unknown, unknown>, code: Code, beganMs: number): void {
    const { path, requestStream, responseStream } = method;
    const isTimed = !requestStream && !responseStream && !this.waiting.has(path);
    const tookMs = isTimed ? performance.now() - beganMs : undefined;
    if (this.figures.ended(OUTCOMES.get(code) ?? 'refused', tookMs)) this.onSlow?.(path, tookMs!);
  }
}
