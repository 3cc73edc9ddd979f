// Makes all code that comes from the protos: `npm run generate` all of it, `npm run generate -- typescript go` some of it.
// TypeScript needs nothing but this project's packages. Any other language needs its toolchain: without it the stubs stay as
// they are, and that is said. It is a failure only if the language was asked for.

import { join } from 'node:path';
import type { ClientLanguage } from './clients/client-language';
import { projectRoot } from './clients/client-language';
import { buf } from './clients/descriptor-set';
import { languages } from './clients/languages';
import { ProgramFailure, run } from './clients/program';
import { replaceStubs } from './clients/stubs';

type Outcome = 'generated' | 'skipped' | 'failed';

const known = ['typescript', ...languages.map(({ name }) => name)];

function generateAll(asked: readonly string[]): boolean {
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  const wanted = (name: string): boolean => asked.length === 0 || asked.includes(name);
  if (wanted('typescript')) generateTypeScript();
  const outcomes = languages.filter(({ name }) => wanted(name)).map(generate);
  return outcomes.every((outcome) => outcome === 'generated' || (outcome === 'skipped' && asked.length === 0));
}

/** The server's code, the TypeScript client's stubs and the descriptor set. The protos are put in shape first. */
function generateTypeScript(): void {
  buf(['format', '-w', '--exclude-path', 'proto/google', '--exclude-path', 'proto/grpc']);
  buf(['generate']);
  run(process.execPath, [join(projectRoot, 'scripts', 'descriptors.js')]);
  console.log('typescript: generated');
}

function generate(language: ClientLanguage): Outcome {
  const say = (outcome: Outcome, why = ''): Outcome => {
    console.log(`${language.name}: ${outcome}${why}`);
    return outcome;
  };
  const lack = language.lacks();
  if (lack !== undefined) return say('skipped', `, ${lack}`);
  try {
    replaceStubs(language);
    return say('generated');
  } catch (error) {
    if (!(error instanceof ProgramFailure)) throw error;
    if (error.unreachable) return say('skipped', `, cannot reach its packages\n${error.message}`);
    return say('failed', `\n${error.message}`);
  }
}

try {
  if (!generateAll(process.argv.slice(2))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
