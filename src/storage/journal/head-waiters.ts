interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (reason: Error) => void;
}

/** Those who wait for the head to pass a sequence. */
export class HeadWaiters {
  private waiting: Waiter[] = [];

  wait(sequence: number, head: number): Promise<void> {
    if (head > sequence) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ sequence, resolve, reject }));
  }

  moved(head: number): void {
    if (this.waiting.length === 0) return;
    const still: Waiter[] = [];
    for (const waiter of this.waiting) {
      if (head > waiter.sequence) waiter.resolve();
      else still.push(waiter);
    }
    this.waiting = still;
  }

  fail(reason: Error): void {
    for (const waiter of this.waiting.splice(0)) waiter.reject(reason);
  }
}
