/**
 * How the ids of rows stand in keys: rows of the same first parts are one range, in the order of their last part.
 */
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { KeyReader, KeyWriter } from './key-bytes';

/** The parts of an id. `owner`: up to the first slash; `number`: after the last one, or after the letter of a given id (m7);
 *  `rest`: what is left. */
type IdParts = 'none' | 'owner, number' | 'owner, rest' | 'owner, rest, number' | 'letter, number';

/** The kinds whose ids are not one part. */
const PARTS: { readonly [kind in EntityKind]?: IdParts } = {
  [EntityKind.PROJECT]: 'none',
  [EntityKind.HEALTH]: 'none',
  [EntityKind.RECOVERY]: 'none',
  [EntityKind.TASK_DEPENDENTS]: 'owner, number',
  [EntityKind.NOTE]: 'owner, number',
  [EntityKind.TASK_ATTEMPT]: 'owner, number',
  [EntityKind.TASK_INPUT]: 'owner, number',
  [EntityKind.ARTIFACT]: 'owner, number',
  [EntityKind.STEP]: 'owner, number',
  [EntityKind.SESSION_TASKS]: 'owner, number',
  [EntityKind.LOCK]: 'letter, number',
  [EntityKind.CHECKPOINT]: 'owner, rest',
  [EntityKind.CHECKPOINT_DATA]: 'owner, rest',
  [EntityKind.CHECKPOINT_WRITE]: 'owner, rest, number',
  [EntityKind.CHECKPOINT_LINE]: 'owner, rest',
  [EntityKind.TRANSCRIPT]: 'owner, rest',
  [EntityKind.TRANSCRIPT_BATCH]: 'owner, rest, number',
  [EntityKind.MESSAGE]: 'letter, number',
};
/** The letters of ids that are a letter and a number. */
const LETTERS: { readonly [kind in EntityKind]?: string } = { [EntityKind.LOCK]: 'l', [EntityKind.MESSAGE]: 'm' };

export function writeId(to: KeyWriter, kind: EntityKind, id: string): KeyWriter {
  const parts = PARTS[kind];
  if (parts === undefined) return to.id(id);
  if (parts === 'none') return to;
  if (parts === 'letter, number') return to.sequence(Number(id.slice(1)));
  const first = id.indexOf('/');
  to.id(id.slice(0, first));
  if (parts === 'owner, rest') return to.text(id.slice(first + 1));
  const last = id.lastIndexOf('/');
  if (parts === 'owner, rest, number') to.text(id.slice(first + 1, last));
  return to.u32(Number(id.slice(last + 1)));
}

/** Throws RangeError where the bytes are no such id. */
export function readId(from: KeyReader, kind: EntityKind): string {
  const parts = PARTS[kind];
  if (parts === undefined) return from.id();
  if (parts === 'none') return '';
  if (parts === 'letter, number') return `${LETTERS[kind]}${from.number(7)}`;
  const owner = from.id();
  if (parts === 'owner, number') return `${owner}/${from.number(4)}`;
  const rest = from.text();
  return parts === 'owner, rest' ? `${owner}/${rest}` : `${owner}/${rest}/${from.number(4)}`;
}
