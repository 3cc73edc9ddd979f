// Where results and remarks go: results to stdout, remarks, progress and failures to stderr.

import { once } from 'node:events';
import type { CliContext } from './context';
import type { Failure } from './failure';
import { CallFailure, ReaderGone } from './failure';
import { oneLine, plainText } from './text-width';

/** Narrower terminals get lines of this many columns all the same. */
const columnsLeast = 40;

export class Output {
  readonly columns: number;
  private readonly colour: boolean;
  private gone = false;

  constructor(private readonly context: Pick<CliContext, 'stdout' | 'stderr' | 'isTty' | 'columns' | 'env'>) {
    this.columns = Math.max(columnsLeast, context.columns);
    this.colour = context.isTty && !context.env['NO_COLOR'] && context.env['TERM'] !== 'dumb';
    // `holdfast events --follow | head` closes the pipe: that ends the command, and is no defect.
    context.stdout.once('error', () => (this.gone = true));
  }

  /** Writes a line of the result. A reader that is slow, such as a pager, is waited for. */
  async line(text: string): Promise<void> {
    if (this.gone) throw new ReaderGone();
    if (this.context.stdout.write(`${text}\n`)) return;
    try {
      await once(this.context.stdout, 'drain');
    } catch {
      throw new ReaderGone();
    }
  }

  async lines(texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.line(text);
  }

  /** Writes a remark: no part of the result. */
  remark(text: string): void {
    this.context.stderr.write(`${text}\n`);
  }

  bold(text: string): string {
    return this.colour ? `\x1b[1m${text}\x1b[22m` : text;
  }

  dim(text: string): string {
    return this.colour ? `\x1b[2m${text}\x1b[22m` : text;
  }

  /** Says what went wrong and what to do: message, fields, advice. */
  failure(error: Failure): void {
    if (error instanceof ReaderGone) return;
    this.remark(`holdfast: ${plainText(error.message)}`);
    if (error instanceof CallFailure) {
      for (const { field, description } of error.fields) {
        // A single field is told by the message already.
        if (!error.message.includes(description)) this.remark(`  ${oneLine(field)}: ${oneLine(description)}`);
      }
    }
    for (const advice of error.advice) this.remark(`  ${oneLine(advice)}`);
    if (error instanceof CallFailure && error.mayHaveApplied) {
      this.remark('  It may have been applied. Repeat the command with this, and it applies at most once:');
      this.remark(`  --request-id ${error.requestId}`);
    }
  }
}
