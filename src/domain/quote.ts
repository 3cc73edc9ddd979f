import { QUOTE_LENGTH_MAX } from './limits';

/** The caller's own words for a message: cut, in quotes, with control characters and lone surrogates escaped. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH_MAX ? `${text.slice(0, QUOTE_LENGTH_MAX)}…` : text);
}
