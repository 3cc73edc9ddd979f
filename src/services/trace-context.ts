import type { TraceContext } from '../domain/command';

/** W3C Trace Context: version, trace id, span id, flags. Later versions may append fields. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
/** Characters of a tracestate that are kept; W3C asks for at least 512. */
const TRACESTATE_CHARACTERS_MAX = 512;
/** Bytes of a context in a record: trace id, span id, flags. */
const TRACE_BYTES = 25;

/** The context of a `traceparent` header, or undefined for one that W3C says to ignore. */
export function parseTrace(traceparent: string, tracestate = ''): TraceContext | undefined {
  const match = TRACEPARENT.exec(traceparent);
  if (!match) return undefined;
  const [, version, trace, span, flags, more] = match as unknown as string[];
  if (version === 'ff' || (version === '00' && more)) return undefined;
  if (/^0+$/.test(trace!) || /^0+$/.test(span!)) return undefined;
  return {
    traceId: Buffer.from(trace!, 'hex'),
    spanId: Buffer.from(span!, 'hex'),
    flags: parseInt(flags!, 16),
    state: tracestate.length <= TRACESTATE_CHARACTERS_MAX ? tracestate : '',
  };
}

/** The `traceparent` of a record's 25 trace bytes; empty for none. */
export function traceparentOf(trace: Uint8Array): string {
  if (trace.length !== TRACE_BYTES) return '';
  const hex = Buffer.from(trace.buffer, trace.byteOffset, trace.length).toString('hex');
  return `00-${hex.slice(0, 32)}-${hex.slice(32, 48)}-${hex.slice(48)}`;
}
