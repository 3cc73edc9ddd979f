import { createInterface } from 'node:readline';
import type { CliContext } from './context';
import { usage } from './failure';

/**
 * Asks a question on stderr and gives whether the answer was yes. Where nobody can answer it throws: `--yes` has to be given
 * then.
 */
export async function confirm(context: CliContext, question: string): Promise<boolean> {
  if (!context.canAsk) {
    throw usage(
      'this needs a yes, and there is no terminal to ask on',
      'Repeat it with --yes; --dry-run only shows it.',
    );
  }
  context.stderr.write(`${question} [y/N] `);
  // Without `output` it leaves the terminal as it is: in raw mode Ctrl-C would no longer end the command by itself.
  const lines = createInterface({ input: context.stdin });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    // A closed input is no answer, so it is a no.
    lines.once('close', () => resolve(''));
  });
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
