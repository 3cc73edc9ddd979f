/** Bytes of a key that are compared at once, beside the entry's index in one 64-bit number. */
const PREFIX_BYTES = 5;
/** Keys that are compared one by one: fewer are not worth another round. */
const FEW = 24;

/**
 * The indices of `count` entries in order of their keys. `places` has for each entry where it begins and where its value begins in
 * `bytes`, flat; at most 2^24 entries.
 *
 * Five bytes after what all keys share and the index make one number: the engine sorts such numbers natively, twenty times faster
 * than by calls that compare. Keys that agree in these five are sorted by the next ones.
 */
export function sortedByKey(bytes: Buffer, places: Uint32Array, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  new KeySort(bytes, places).sort(order, 0);
  return order;
}

class KeySort {
  constructor(
    private readonly bytes: Buffer,
    private readonly places: Uint32Array,
  ) {}

  /** Sorts entries whose keys agree in their first `shared` bytes. */
  sort(order: Uint32Array, shared: number): void {
    if (order.length <= FEW) return this.sortFew(order);
    if (order.every((index) => this.length(index) <= shared)) return;
    const from = this.sharedBytes(order, shared);
    const numbers = new BigUint64Array(order.length);
    const halves = new Uint32Array(numbers.buffer);
    for (let i = 0; i < order.length; i++) this.number(order[i]!, from, halves, 2 * i);
    numbers.sort();
    for (let i = 0; i < order.length; i++) order[i] = halves[2 * i]! & 0xff_ffff;
    let begin = 0;
    for (let i = 1; i <= order.length; i++) {
      if (i < order.length && samePrefix(halves, i - 1, i)) continue;
      if (i - begin > 1) this.sort(order.subarray(begin, i), from + PREFIX_BYTES);
      begin = i;
    }
  }

  private length(index: number): number {
    return this.places[2 * index + 1]! - this.places[2 * index]!;
  }

  /** How many first bytes all keys share. */
  private sharedBytes(order: Uint32Array, least: number): number {
    const first = order[0]!;
    let shared = this.length(first);
    const start = this.places[2 * first]!;
    for (let i = 1; i < order.length && shared > least; i++) {
      const [at, end] = [this.places[2 * order[i]!]!, this.places[2 * order[i]! + 1]!];
      shared = Math.min(shared, end - at);
      let same = least;
      while (same < shared && this.bytes[start + same] === this.bytes[at + same]) same++;
      shared = same;
    }
    return Math.max(shared, least);
  }

  /** Little-endian: the half that counts less stands first. Bytes behind the key's end count as 0: ties are looked at again. */
  private number(index: number, from: number, halves: Uint32Array, at: number): void {
    const { bytes, places } = this;
    const start = places[2 * index]! + from;
    const left = places[2 * index + 1]! - start;
    const byte = (i: number): number => (i < left ? bytes[start + i]! : 0);
    halves[at] = (byte(4) << 24) | index;
    halves[at + 1] = (byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3);
  }

  private sortFew(order: Uint32Array): void {
    const { bytes, places } = this;
    order.sort((a, b) => bytes.compare(bytes, places[2 * b], places[2 * b + 1], places[2 * a], places[2 * a + 1]));
  }
}

function samePrefix(halves: Uint32Array, a: number, b: number): boolean {
  return halves[2 * a + 1] === halves[2 * b + 1] && halves[2 * a]! >>> 24 === halves[2 * b]! >>> 24;
}
