import { Struct } from '../gen/google/protobuf/struct';
import { STRUCT_BYTES_MAX, STRUCT_DEPTH_MAX } from './limits';
import { quote } from './quote';
import type { Report } from './violations';

/** Encoded bytes that a node takes besides its text, at most: tags and lengths of entry, key, value and nested message. */
const NODE_BYTES = 24;

type Json = Readonly<Record<string, unknown>>;

/** Checks a google.protobuf.Struct as it was decoded: depth, finite numbers, size. `field` is its path. */
export function checkStruct(
  struct: Json | undefined,
  field: string,
  report: Report,
  bytesMax = STRUCT_BYTES_MAX,
): void {
  if (struct === undefined) return;
  const walk = new Walk();
  walk.visit(struct, 1);
  if (walk.problem) report(field, walk.problem);
  else if (walk.bytesAtMost > bytesMax) {
    const bytes = Struct.encode(Struct.wrap(struct)).finish().length;
    if (bytes > bytesMax) report(field, `takes ${bytes} bytes, at most ${bytesMax} are allowed`);
  }
}

class Walk {
  problem: string | undefined;
  bytesAtMost = 0;

  visit(value: unknown, depth: number): void {
    this.bytesAtMost += NODE_BYTES;
    if (typeof value === 'string') this.bytesAtMost += 3 * value.length;
    else if (typeof value === 'number') {
      if (!Number.isFinite(value)) this.problem ??= 'holds a number that JSON does not have (NaN or an infinity)';
    } else if (typeof value === 'object' && value !== null) this.enter(value, depth);
  }

  private enter(value: object, depth: number): void {
    if (depth > STRUCT_DEPTH_MAX) {
      this.problem ??= `is deeper than ${STRUCT_DEPTH_MAX} levels of objects and lists`;
    } else if (Array.isArray(value)) {
      for (const item of value) this.visit(item, depth + 1);
    } else if (!isPlain(value) || Object.hasOwn(value, '__proto__')) {
      // The decoder puts fields into plain objects, where this key sets the prototype and is lost.
      this.problem ??= `holds the key ${quote('__proto__')}, which cannot be kept`;
    } else {
      for (const key of Object.keys(value)) {
        this.bytesAtMost += 3 * key.length;
        this.visit((value as Json)[key], depth + 1);
      }
    }
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype === 'object' && prototype !== null && Object.getPrototypeOf(prototype) === null;
}
