// From where a call comes, as the journal keeps it: `127.0.0.1 holdfast-cli/0.5.0 grpc-node-js/1.13.4`, `unix my-agent`.

import type { Metadata } from '@grpc/grpc-js';
import { ORIGIN_PROGRAM_LENGTH_MAX } from '../domain/audit-limits';

/** What an origin is made of. */
export interface OriginCall {
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  /** `ADDRESS:PORT`; `unknown` over a Unix socket, which has no address, and once the connection is gone. */
  getPeer(): string;
}

/** Different origins that are remembered: each caller's is the same string in all its records. */
const KNOWN_MAX = 1000;
/** An IPv4 address that comes in by an IPv6 socket. */
const MAPPED = '::ffff:';

const known = new Map<string, string>();

/** The address of the caller and the program that it says it is. A port says nothing later, so there is none. */
export function originOf(call: OriginCall): string {
  const peer = call.getPeer();
  const [agent = ''] = call.metadata.get('user-agent');
  const key = `${peer} ${String(agent)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const origin = `${addressOf(peer, call.cancelled)} ${programOf(String(agent))}`.trimEnd();
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, origin);
  return origin;
}

function addressOf(peer: string, gone: boolean): string {
  if (peer === 'unknown') return gone ? 'unknown' : 'unix';
  const address = peer.slice(0, peer.lastIndexOf(':'));
  return address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
}

/** What a caller sends is kept for people to read: nothing in it hides or moves what is around it. */
function programOf(agent: string): string {
  return agent
    .slice(0, ORIGIN_PROGRAM_LENGTH_MAX)
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}
