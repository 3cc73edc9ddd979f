import { createInterface } from 'node:readline/promises';
import type { CliContext } from './context';
import { usage } from './failure';

/**
 * Asks a question on stderr and gives whether the answer was yes. Where nobody can answer it throws: `--yes` has to be given
 * then. `asked` is what `--yes` would allow.
 */
export async function confirm(context: CliContext, question: string): Promise<boolean> {
  if (!context.canAsk) {
    throw usage(
      'this needs a yes, and there is no terminal to ask on',
      'Repeat it with --yes; --dry-run only shows it.',
    );
  }
  const lines = createInterface({ input: context.stdin, output: context.stderr });
  try {
    // A closed input is no answer, so it is a no.
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    const answer = await Promise.race([lines.question(`${question} [y/N] `), closed]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
