import type { status as Code } from '@grpc/grpc-js';
import type { TraceContext } from '../domain/command';

/** One traced call. */
export interface RequestSpan {
  /** The call's own context: it goes on the record and from there on the events. */
  readonly context: TraceContext;
  /** Ends the span. Later calls do nothing. */
  end(code: Code): void;
}

/** Starts a span for each call; a server without tracing has no tracer. `telemetry/tracing` has the real one. */
export interface RequestTracer {
  /** `path` is `/package.Service/Method`. */
  start(path: string, parent: TraceContext | undefined): RequestSpan;
}
