/**
 * A figure that costs something to work out, kept for a while.
 *
 * L1. Nobody waits but the first who asks: later ones get the last value, and a new one is worked out beside them.
 * L2. Working it out takes at most a twentieth of the time, however long one takes.
 */

/** How old a value may be, in milliseconds. */
const AGE_MAX_MS = 5000;
/** … and at least this many times as old as it took. */
const REST = 20;

export class Lately<Value> {
  private last: { readonly value: Value; readonly atMs: number; readonly tookMs: number } | undefined;
  private working: Promise<void> | undefined;

  constructor(private readonly workOut: () => Promise<Value>) {}

  /** The last value. Rejects only if there is none, and it cannot be worked out. */
  async get(): Promise<Value> {
    const { last } = this;
    if (last === undefined) await this.renew();
    else if (performance.now() - last.atMs > Math.max(AGE_MAX_MS, REST * last.tookMs)) {
      // The last value is better than none; the next who asks tries again.
      this.renew().catch(() => undefined);
    }
    return this.last!.value;
  }

  /** Resolves when nothing is worked out any more. */
  async idle(): Promise<void> {
    await this.working?.catch(() => undefined);
  }

  private renew(): Promise<void> {
    return (this.working ??= this.run().finally(() => (this.working = undefined)));
  }

  private async run(): Promise<void> {
    const startMs = performance.now();
    const value = await this.workOut();
    const atMs = performance.now();
    this.last = { value, atMs, tookMs: atMs - startMs };
  }
}
