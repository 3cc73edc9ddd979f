// Traces by OpenTelemetry, configured by the standard OTEL_* variables alone. Without them the SDK is not even loaded.

import { createTraceState, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Tracer } from '@opentelemetry/api';
import type { TraceContext } from '../domain/command';
import type { CommandStages, Observer } from '../engine/observer';
import type { RequestSpan, RequestTracer } from '../services/tracing';

/** The variables that ask for traces when they are set. */
const ASKING = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER'];
/** `TraceFlags.SAMPLED`. */
const SAMPLED = 1;
/** Codes that are the server's fault, by the semantic conventions of gRPC servers. */
const FAULT_CODES: ReadonlySet<number> = new Set([2, 4, 12, 13, 14, 15]);

/** What a traced server is wired with. */
export interface Tracing {
  readonly tracer: RequestTracer;
  readonly observer: Observer;
  /** Sends what is left and stops. Resolves within the exporter's own timeout. */
  stop(): Promise<void>;
}

/** Whether the environment asks for traces. */
export function asksForTracing(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return ASKING.some((name) => env[name]);
}

/** Loads and starts the SDK, which reads OTEL_* itself. Call it once, and only if `asksForTracing`. */
export async function startTracing(version: string): Promise<Tracing> {
  const { NodeSDK, resources } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({
    instrumentations: [],
    // The SDK's own resource, from OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, stands over this.
    resource: resources.resourceFromAttributes({ 'service.name': 'holdfast', 'service.version': version }),
  });
  sdk.start();
  const tracer = trace.getTracer('holdfast', version);
  return {
    tracer: requestTracer(tracer),
    observer: stageObserver(tracer),
    stop: () => sdk.shutdown(),
  };
}

/** Server spans, one a call, below the span that the caller sent. */
export function requestTracer(tracer: Tracer): RequestTracer {
  return {
    start(path, parent) {
      const name = path.slice(1);
      const slash = name.indexOf('/');
      const attributes = {
        'rpc.system': 'grpc',
        'rpc.service': name.slice(0, slash),
        'rpc.method': name.slice(slash + 1),
      };
      const context = parent ? contextOf(parent) : ROOT_CONTEXT;
      return new ServerSpan(tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, context));
    },
  };
}

class ServerSpan implements RequestSpan {
  readonly context: TraceContext;
  private ended = false;

  constructor(private readonly span: ReturnType<Tracer['startSpan']>) {
    const { traceId, spanId, traceFlags, traceState } = span.spanContext();
    this.context = {
      traceId: Buffer.from(traceId, 'hex'),
      spanId: Buffer.from(spanId, 'hex'),
      flags: traceFlags,
      state: traceState?.serialize() ?? '',
    };
  }

  end(code: number): void {
    if (this.ended) return;
    this.ended = true;
    this.span.setAttribute('rpc.grpc.status_code', code);
    if (FAULT_CODES.has(code)) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

/** Spans of a command's stages, below the call's own span. Their stamps are those of `performance.now()`. */
export function stageObserver(tracer: Tracer): Observer {
  return {
    wants: (context) => context !== undefined && (context.flags & SAMPLED) !== 0,
    stages: (context, stages) => {
      const parent = contextOf(context);
      for (const [name, start, end] of spansOf(stages)) {
        const attributes = { 'holdfast.sequence': stages.sequence };
        tracer.startSpan(name, { startTime: start, attributes }, parent).end(end);
      }
    },
  };
}

function spansOf(stages: CommandStages): readonly (readonly [string, number, number])[] {
  return [
    ['inbox wait', stages.enqueued, stages.decideStart],
    ['decide', stages.decideStart, stages.decideEnd],
    ['journal write', stages.writeStart, stages.syncStart],
    ['journal fsync', stages.syncStart, stages.syncEnd],
    ['apply', stages.applyStart, stages.applyEnd],
  ];
}

function contextOf({ traceId, spanId, flags, state }: TraceContext): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: hex(traceId),
    spanId: hex(spanId),
    traceFlags: flags,
    isRemote: true,
    ...(state ? { traceState: createTraceState(state) } : {}),
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
