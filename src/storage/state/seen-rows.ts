/**
 * Which rows a walk has met, by 64 bits of hash over kind, project and id as they stand in a record: nothing is decoded for it.
 *
 * Two rows may share all 64 bits, one in a million stores of three million rows. Whoever relies on it holds the outcome against the
 * journal's digest.
 */
export class SeenRows {
  private slots = new Uint32Array(2 * 4096);
  private marks = new Uint8Array(4096);
  private count = 0;
  private high = 0;
  private low = 0;

  /** How many rows were met. */
  get size(): number {
    return this.count;
  }

  /** Points at a row: its kind, and project and id as UTF-8. */
  point(kind: number, bytes: Uint8Array, projectAt: number, projectEnd: number, idAt: number, idEnd: number): this {
    this.high = Math.imul(kind + 1, 0x9e3779b1);
    this.low = kind + 0x7f4a7c15;
    this.mix(bytes, projectAt, projectEnd);
    this.mixByte(0x100);
    this.mix(bytes, idAt, idEnd);
    // 0, 0 marks a free slot.
    if (this.high === 0 && this.low === 0) this.low = 1;
    return this;
  }

  /** Notes the row with a mark from 1 to 255. Gives the mark that it had, which then stays, or 0. */
  note(mark: number): number {
    if (2 * this.count >= this.marks.length) this.grow();
    const at = this.find();
    const found = this.marks[at]!;
    if (found !== 0) return found;
    this.slots[2 * at] = this.high;
    this.slots[2 * at + 1] = this.low;
    this.marks[at] = mark;
    this.count++;
    return 0;
  }

  /** The row's mark; 0 if it was not met. */
  get mark(): number {
    return this.marks[this.find()]!;
  }

  private mix(bytes: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.mixByte(bytes[i]!);
  }

  private mixByte(byte: number): void {
    // Two unlike mixers: a pair of strings that collides in one does not for that in the other.
    const high = Math.imul(this.high ^ byte, 0x85ebca6b);
    this.high = high ^ (high >>> 13);
    const low = Math.imul(this.low + byte, 0xc2b2ae35);
    this.low = low ^ (low >>> 16);
  }

  private find(): number {
    const mask = this.marks.length - 1;
    let at = (this.low ^ Math.imul(this.high, 0x27d4eb2f)) >>> 0;
    for (at = (at ^ (at >>> 15)) & mask; this.marks[at] !== 0; at = (at + 1) & mask) {
      if ((this.slots[2 * at]! | 0) === (this.high | 0) && (this.slots[2 * at + 1]! | 0) === (this.low | 0)) return at;
    }
    return at;
  }

  private grow(): void {
    const { slots, marks, high, low } = this;
    this.slots = new Uint32Array(slots.length * 2);
    this.marks = new Uint8Array(marks.length * 2);
    for (let i = 0; i < marks.length; i++) {
      if (marks[i] === 0) continue;
      this.high = slots[2 * i]!;
      this.low = slots[2 * i + 1]!;
      const at = this.find();
      this.slots[2 * at] = this.high;
      this.slots[2 * at + 1] = this.low;
      this.marks[at] = marks[i]!;
    }
    this.high = high;
    this.low = low;
  }
}
