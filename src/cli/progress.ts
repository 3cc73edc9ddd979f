// A progress bar on stderr. Silent where stderr is no terminal: a log is no place for it.

import type { CliContext } from './context';
import { fitTo } from './text-width';

/** Often enough to look alive, seldom enough to cost nothing. */
const redrawMs = 100;
const barColumns = 24;

export class Progress {
  private done = 0;
  private drawnAt = -Infinity;
  private readonly startedAt = performance.now();
  private readonly shown: boolean;

  /** `total` 0: unknown, so only the count is shown. */
  constructor(
    private readonly stderr: CliContext['stderr'],
    private readonly label: string,
    private total: number,
    private readonly columns: number,
    wanted = true,
  ) {
    this.shown = wanted && stderr.isTTY === true;
  }

  advance(count = 1): void {
    this.done += count;
    this.draw();
  }

  /** So much is done, of a total that may have changed. */
  reach(done: number, total: number): void {
    this.done = done;
    this.total = total;
    this.draw();
  }

  private draw(): void {
    if (!this.shown || performance.now() - this.drawnAt < redrawMs) return;
    this.drawnAt = performance.now();
    this.stderr.write(`\r${fitTo(this.line(), this.columns - 1)}\x1b[K`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.shown && this.drawnAt !== -Infinity) this.stderr.write('\r\x1b[K');
  }

  private line(): string {
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    if (this.total === 0) return `${this.label} ${this.done}  ${seconds} s`;
    const share = Math.min(1, this.done / this.total);
    const filled = Math.round(share * barColumns);
    const bar = '#'.repeat(filled) + '-'.repeat(barColumns - filled);
    return `${this.label} [${bar}] ${Math.floor(share * 100)} %  ${this.done}/${this.total}  ${seconds} s`;
  }
}
