import { randomFillSync } from 'node:crypto';

/** Random bytes are drawn in blocks: one system call for this many ids. */
const POOL_IDS = 256;
/** Bytes of randomness in one id: RFC 9562, section 5.7. */
const RANDOM_BYTES = 10;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Makes UUIDv7 (RFC 9562): 48 bits of journal time, then randomness. Entities get them when they are decided; replay
 * reads them from the journal.
 */
export class UuidSource {
  private readonly pool = Buffer.allocUnsafe(POOL_IDS * RANDOM_BYTES);
  private used = POOL_IDS;

  constructor(private readonly fill: (buffer: Buffer) => void = (buffer) => void randomFillSync(buffer)) {}

  /** `timeMs` is in milliseconds since 1970. */
  next(timeMs: number): string {
    if (this.used === POOL_IDS) {
      this.fill(this.pool);
      this.used = 0;
    }
    const at = this.used++ * RANDOM_BYTES;
    const hex = (offset: number, and = 0xff, or = 0): string => HEX[((this.pool[at + offset] ?? 0) & and) | or] ?? '';
    const time = timeMs.toString(16).padStart(12, '0');
    return (
      `${time.slice(0, 8)}-${time.slice(8)}-${hex(0, 0x0f, 0x70)}${hex(1)}-${hex(2, 0x3f, 0x80)}${hex(3)}-` +
      `${hex(4)}${hex(5)}${hex(6)}${hex(7)}${hex(8)}${hex(9)}`
    );
  }
}
