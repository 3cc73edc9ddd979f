/** Lets one piece of work run at a time, in the order in which they came. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when all that came before has ended, well or badly. */
  take<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const turn = this.last.then(work);
    // The caller of that turn hears of its failure; the next turn does not care.
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when nothing runs and nothing waits of what had come by now. */
  async idle(): Promise<void> {
    await this.last;
  }
}
