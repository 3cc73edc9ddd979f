import { fieldInvalid } from '../domain/refusal';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a request id, or undefined for an empty one. Refuses what is no UUID. */
export function parseRequestId(text: string): Uint8Array | undefined {
  if (text === '') return undefined;
  if (!UUID.test(text)) throw fieldInvalid('request_id', 'must be a UUID like 0190c7a2-7d2b-7f00-8000-0242ac120002');
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** The text form of a record's request id; empty for none. */
export function requestIdText(bytes: Uint8Array): string {
  if (bytes.length !== 16) return '';
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
