/** Fields that every change moves, and what is not a field: no subscriber needs to be told. */
const SILENT = new Set(['etag', 'revision', 'updateTime', '_unknownFields']);

const protoNames = new Map<string, string>();

/** The proto names of the top-level fields in which two messages of one type differ, in the order of the message. */
export function changedPaths<T extends object>(before: T, after: T): string[] {
  const paths: string[] = [];
  for (const key of Object.keys(after)) {
    if (SILENT.has(key) || same(before[key as keyof T], after[key as keyof T])) continue;
    paths.push(protoName(key));
  }
  return paths;
}

/** Whether two decoded values are equal: scalars, lists, maps, messages, JSON. Unknown fields do not count. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !same(value, b.get(key))) return false;
    return true;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = keysOf(left);
  return (
    keys.length === keysOf(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
  );
}

function keysOf(value: object): string[] {
  return Object.keys(value).filter((key) => key !== '_unknownFields');
}

function protoName(key: string): string {
  let name = protoNames.get(key);
  if (name === undefined) {
    name = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    protoNames.set(key, name);
  }
  return name;
}
