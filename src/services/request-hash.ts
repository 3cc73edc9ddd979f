// What makes two requests the same: a canonical text of the decoded request, hashed.
//
// H1. The text does not depend on how the request was encoded: maps and structs go in the order of their keys.
// H2. Fields at their default are left out, so that a field that a later release adds does not change the hash of requests
//     without it. Unknown fields count.
// H3. `request_id` and `validate_only` do not count; the verb does: one id cannot serve two verbs.
// H4. Every string stands behind its length, so that no two requests have one text.

import { hash } from 'node:crypto';

/** Fields that hold a google.protobuf.Struct: in them a default is a value, and keys have no order. */
const STRUCT_FIELDS = new Set(['payload', 'result', 'details', 'value', 'data', 'metadata', 'content', 'schema']);
/** What a retry may differ in. */
const LEFT_OUT = new Set(['requestId', 'validateOnly']);
/** Bytes of SHA-256 that are kept: as many as the request id has. */
const HASH_BYTES = 16;

/** The first 16 bytes of SHA-256 over the verb and the decoded request.  */
export function requestHash(verb: string, request: object): Uint8Array {
  return hash('sha256', canonicalText(verb, request), 'buffer').subarray(0, HASH_BYTES);
}

/** The text that is hashed. */
export function canonicalText(verb: string, request: object): string {
  return `${verb}\n${messageText(request)}`;
}

/** Messages hold some forty fields, most of them at their default: those are passed over before anything else is asked. */
function messageText(message: object): string {
  const fields = message as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined || value === '' || value === 0 || value === false) continue;
    if (typeof value === 'object') text += objectText(key, value, STRUCT_FIELDS.has(key) && !('$case' in fields));
    else if (!LEFT_OUT.has(key)) text += `${key}=${scalarText(value)}`;
  }
  return `${text}}`;
}

/** What a oneof holds stands in a field `value` too, beside its `$case`: that is a message. */
function objectText(key: string, value: object | null, isStruct: boolean): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : `${key}=[${value.map(itemText).join('')}]`;
  if (value instanceof Map) return value.size === 0 ? '' : `${key}=${mapText(value)}`;
  if (ArrayBuffer.isView(value)) return value.byteLength === 0 ? '' : `${key}=${bytesText(value as Uint8Array)}`;
  if (key === '_unknownFields') return unknownText(value as Record<string, Uint8Array[]>);
  return `${key}=${isStruct ? structText(value) : messageText(value)}`;
}

/** A text behind its length (H4), a number or a truth value. */
function scalarText(value: unknown): string {
  return typeof value === 'string' ? `"${value.length}:${value}` : `${String(value)};`;
}

function itemText(value: unknown): string {
  return typeof value === 'object' && value !== null ? messageText(value) : scalarText(value);
}

function mapText(map: ReadonlyMap<unknown, unknown>): string {
  const keys = [...map.keys()].map(String).sort();
  return `<${keys.map((key) => `"${key.length}:${key}${itemText(map.get(key))}`).join('')}>`;
}

function structText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(structText).join('')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `<${entries.map(([key, item]) => `"${key.length}:${key}${structText(item)}`).join('')}>`;
  }
  return Object.is(value, -0) ? '-0;' : scalarText(value);
}

function unknownText(fields: Readonly<Record<string, readonly Uint8Array[]>>): string {
  let text = '';
  for (const [tag, values] of Object.entries(fields)) text += `?${tag}${values.map(bytesText).join('')}`;
  return text;
}

function bytesText(bytes: Uint8Array): string {
  return `x${bytes.length}:${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`;
}
