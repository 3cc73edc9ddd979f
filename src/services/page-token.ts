// Page tokens: opaque, bound to the query and the principal, and good across restarts.
//
// Layout: version (1 byte), CRC-32 of the rest (4), hash of query and principal (8), the place to go on (UTF-8).

import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fieldInvalid } from '../domain/refusal';

const VERSION = 1;
const BINDING_BYTES = 8;
const HEADER_BYTES = 5 + BINDING_BYTES;
/** Characters of a token that are looked at: no place in a listing needs as many. */
const TOKEN_CHARACTERS_MAX = 4096;

/** A token to go on at `place` with the same query by the same principal. `query` is any canonical text of it. */
export function encodePageToken(place: string, query: string, principal: string): string {
  const rest = Buffer.concat([binding(query, principal), Buffer.from(place)]);
  const head = Buffer.alloc(5);
  head[0] = VERSION;
  head.writeUInt32BE(crc32(rest), 1);
  return Buffer.concat([head, rest]).toString('base64url');
}

/** The place that a token names; undefined for an empty token. Refuses a token of another query, or one that was changed. */
export function decodePageToken(token: string, query: string, principal: string): string | undefined {
  if (token === '') return undefined;
  const bytes = token.length <= TOKEN_CHARACTERS_MAX ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
  const whole =
    bytes.length >= HEADER_BYTES &&
    bytes[0] === VERSION &&
    bytes.readUInt32BE(1) === crc32(bytes.subarray(5)) &&
    bytes.toString('base64url') === token;
  if (!whole) throw fieldInvalid('page_token', 'is not a token that this service gave');
  if (!bytes.subarray(5, HEADER_BYTES).equals(binding(query, principal))) {
    throw fieldInvalid('page_token', 'belongs to another query: send the same fields as for the page before');
  }
  return bytes.toString('utf8', HEADER_BYTES);
}

function binding(query: string, principal: string): Buffer {
  return hash('sha256', `${principal.length}:${principal}${query}`, 'buffer').subarray(0, BINDING_BYTES);
}
