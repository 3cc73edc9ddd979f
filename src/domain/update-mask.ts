import { MASK_PATHS_MAX } from './limits';
import { quote } from './quote';
import { fieldInvalid } from './refusal';

/** A field that a mask may name. */
interface Maskable<T> {
  readonly path: string;
  readonly isSet: (message: T) => boolean;
}

/** The fields of a message as masks see them. */
export interface MaskFields<T> {
  readonly settable: readonly Maskable<T>[];
  /** Accepted and ignored. */
  readonly outputOnly: ReadonlySet<string>;
}

/** Maps of which a mask may name one entry: `labels.KEY`. */
const MAPS = new Set(['labels', 'annotations']);

/** One field to change, or one entry of a map. */
export interface Edit {
  readonly path: string;
  readonly key?: string | undefined;
}

/** What a mask asks to change. */
export interface Edits {
  /** In the order of the mask, each once. */
  readonly list: readonly Edit[];
  /** Whether the mask is `*`: fields that can only be given on create are left as they are when unset. */
  readonly all: boolean;
}

/** What to change: absent, the fields that are set in the message; `*`, all. Refuses an unknown path with FIELD_INVALID. */
export function readMask<T>({ settable, outputOnly }: MaskFields<T>, message: T, mask: readonly string[] = []): Edits {
  if (mask.length === 0) return { list: settable.filter(({ isSet }) => isSet(message)), all: false };
  if (mask.length === 1 && mask[0] === '*') return { list: settable, all: true };
  if (mask.length > MASK_PATHS_MAX) {
    throw fieldInvalid('update_mask', `has ${mask.length} paths, at most ${MASK_PATHS_MAX} are allowed`);
  }
  const list: Edit[] = [];
  for (const path of new Set(mask)) {
    const dot = path.indexOf('.');
    const head = dot < 0 ? path : path.slice(0, dot);
    const key = dot < 0 ? undefined : path.slice(dot + 1);
    if (outputOnly.has(head)) continue;
    const known =
      settable.some((field) => field.path === head) && (key === undefined || (MAPS.has(head) && key !== ''));
    if (!known) throw unknownPath(path, settable);
    list.push({ path: head, key });
  }
  return { list, all: false };
}

/** A map with one entry as another map has it: set, or gone. */
export function withEntry(
  map: ReadonlyMap<string, string>,
  key: string,
  from: ReadonlyMap<string, string>,
): Map<string, string> {
  const edited = new Map(map);
  const value = from.get(key);
  if (value === undefined) edited.delete(key);
  else edited.set(key, value);
  return edited;
}

function unknownPath(path: string, settable: readonly { readonly path: string }[]): Error {
  const entries = settable.some(({ path: field }) => MAPS.has(field)) ? ', labels.KEY, annotations.KEY' : '';
  const known = settable.map((field) => field.path).join(', ') + entries;
  const why = path === '*' ? '"*" stands alone' : `${quote(path)} is no field to change`;
  return fieldInvalid('update_mask', `${why}; there are ${known}`);
}
