/**
 * The three marks of the engine, as sequences.
 *
 * M1. decided ≥ durable ≥ applied, and none ever falls.
 */
export class Marks {
  private decidedAt: number;
  private durableAt: number;
  private appliedAt: number;
  private waiters: {
    readonly sequence: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  private failure: Error | undefined;

  /** Called when somebody begins to wait for the applied mark. */
  onWait: () => void = () => undefined;

  constructor(head: number) {
    this.decidedAt = head;
    this.durableAt = head;
    this.appliedAt = head;
  }

  get decided(): number {
    return this.decidedAt;
  }

  get durable(): number {
    return this.durableAt;
  }

  get applied(): number {
    return this.appliedAt;
  }

  decide(sequence: number): void {
    if (sequence !== this.decidedAt + 1)
      throw new Error(`broken invariant M1: decided ${sequence} after ${this.decidedAt}`);
    this.decidedAt = sequence;
  }

  settle(sequence: number): void {
    if (sequence < this.durableAt || sequence > this.decidedAt) {
      throw new Error(`broken invariant M1: durable ${sequence}, was ${this.durableAt}, decided ${this.decidedAt}`);
    }
    this.durableAt = sequence;
  }

  apply(sequence: number): void {
    if (sequence < this.appliedAt || sequence > this.durableAt) {
      throw new Error(`broken invariant M1: applied ${sequence}, was ${this.appliedAt}, durable ${this.durableAt}`);
    }
    this.appliedAt = sequence;
    if (this.waiters.length === 0) return;
    const reached = this.waiters.filter((waiter) => waiter.sequence <= sequence);
    this.waiters = this.waiters.filter((waiter) => waiter.sequence > sequence);
    for (const waiter of reached) waiter.resolve();
  }

  /** Resolves when everything up to `sequence` is applied; rejects when that can no longer happen. */
  whenApplied(sequence: number): Promise<void> {
    if (this.appliedAt >= sequence) return Promise.resolve();
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiters.push({ sequence, resolve, reject });
      this.onWait();
    });
  }

  /** Nothing more will be applied: rejects all who wait, now and later. */
  fail(error: Error): void {
    this.failure = error;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }
}
