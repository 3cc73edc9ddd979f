import type { Metadata } from '@grpc/grpc-js';
import { PRINCIPAL_LOCAL } from '../domain/command';
import type { Caller, TraceContext } from '../domain/command';
import { fieldInvalid } from '../domain/refusal';
import { parseTrace } from './trace-context';

/** The metadata key by which an agent's session names itself: NAME;TOKEN. */
export const SESSION_KEY = 'holdfast-session';

/** NAME is an id or a resource name, TOKEN is opaque; both printable, without spaces or semicolons. */
const SESSION = /^([A-Za-z0-9][A-Za-z0-9._/-]{0,255});([\x21-\x3a\x3c-\x7e]{1,512})$/;

/** Who calls, by the call's metadata. Refuses a session header of another shape. The decision looks at the token. */
export function callerOf(metadata: Metadata, origin: string, span: TraceContext | undefined): Caller {
  const [session, sessionToken] = sessionOf(metadata);
  return { principal: PRINCIPAL_LOCAL, session, sessionToken, origin, trace: span ?? traceOf(metadata) };
}

/** The trace context that the caller sent, if any. */
export function traceOf(metadata: Metadata): TraceContext | undefined {
  const traceparent = metadata.get('traceparent')[0];
  if (traceparent === undefined) return undefined;
  return parseTrace(String(traceparent), metadata.get('tracestate').map(String).join(','));
}

function sessionOf(metadata: Metadata): readonly [name: string, token: string] {
  const values = metadata.get(SESSION_KEY);
  if (values.length === 0) return ['', ''];
  const match = values.length === 1 ? SESSION.exec(String(values[0])) : null;
  if (!match) throw fieldInvalid(`metadata.${SESSION_KEY}`, 'must be NAME;TOKEN, once');
  return [match[1]!, match[2]!];
}
