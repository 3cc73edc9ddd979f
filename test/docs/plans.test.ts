// The commands of docs/plans.md are run as they are written, on a real server, with the plans that it shows; and what it shows
// of their output must be what came out.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boot } from '../support/boot';
import { tempDir } from '../support/temp-dir';
import { commandLine } from '../cli/command-line';

const page = readFileSync(join(__dirname, '../../docs/plans.md'), 'utf8');

const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
  language: language!,
  body: body!,
}));

/** The words of a command, as a shell parts them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

test('the plans and commands of the page do what it says', async () => {
  const { address } = await boot();
  const dir = tempDir();
  const plan = (language: string) => blocks.find((block) => block.language === language)!.body;
  writeFileSync(join(dir, 'plan.md'), plan('markdown'));
  writeFileSync(join(dir, 'plan.yaml'), plan('yaml'));
  const shown = blocks.filter(({ language }) => language === 'sh' || language === 'text');
  expect(shown.length).toBeGreaterThanOrEqual(8);
  for (const [index, { language, body }] of shown.entries()) {
    if (language !== 'sh') continue;
    let output = '';
    for (const line of body.trimEnd().split('\n')) {
      const [program, ...words] = wordsOf(line).map((word) => (/^plan\.\w+$/.test(word) ? join(dir, word) : word));
      expect(program).toBe('holdfast');
      const ran = await commandLine([...words, '--server', address]);
      expect({ line, stderr: ran.stderr, code: ran.exitCode }).toEqual({ line, stderr: '', code: 0 });
      output += ran.stdout;
    }
    expect(output).toBe(shown[index + 1]!.body);
  }
});
