// Makes all code that comes from the protos: `npm run generate` all of it, `npm run generate -- typescript go` some of it.
// TypeScript needs nothing but this project's packages. Another language needs its toolchain: one that is not there is named
// and left as it is, unless it was asked for.

import { join } from 'node:path';
import { projectRoot } from './clients/client-language';
import { buf } from './clients/descriptor-set';
import { languages } from './clients/languages';
import { ProgramFailure, run } from './clients/program';
import { replaceStubs } from './clients/stubs';

const known = ['typescript', ...languages.map(({ name }) => name)];

function typescript(): void {
  buf(['generate']);
  run(process.execPath, [join(projectRoot, 'scripts', 'descriptors.js')]);
}

function generate(asked: readonly string[]): boolean {
  const wanted = (name: string): boolean => asked.length === 0 || asked.includes(name);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. There are: ${known.join(', ')}`);
  let complete = true;
  buf(['format', '-w', '--exclude-path', 'proto/google', '--exclude-path', 'proto/grpc']);
  if (wanted('typescript')) {
    typescript();
    console.log('typescript: generated');
  }
  for (const language of languages.filter(({ name }) => wanted(name))) {
    const lack = language.lacks();
    if (lack) {
      console.log(`${language.name}: skipped, ${lack}`);
      complete &&= asked.length === 0;
      continue;
    }
    try {
      replaceStubs(language);
      console.log(`${language.name}: generated`);
    } catch (error) {
      if (!(error instanceof ProgramFailure)) throw error;
      console.log(
        `${language.name}: ${error.unreachable ? 'skipped, cannot reach its packages' : 'failed'}\n${error.message}`,
      );
      complete &&= error.unreachable && asked.length === 0;
    }
  }
  return complete;
}

try {
  if (!generate(process.argv.slice(2))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
