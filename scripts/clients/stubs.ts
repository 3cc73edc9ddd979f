import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientLanguage } from './client-language';
import { clientFolder } from './client-language';
import { writeDescriptorSet } from './descriptor-set';

/**
 * Makes a language's stubs from the protos as they are and hands their folder to `use`; it is gone afterwards. Downloads the
 * generators if needed. Throws a ProgramFailure.
 */
export function withFreshStubs<Result>(language: ClientLanguage, use: (folder: string) => Result): Result {
  const work = mkdtempSync(join(tmpdir(), `holdfast-${language.name}-`));
  try {
    const set = join(work, 'protos.binpb');
    writeDescriptorSet(set);
    language.fetch();
    return use(language.generate(set, work));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The folder of a language's committed stubs. */
export function committedStubs(language: ClientLanguage): string {
  return join(clientFolder(language.name), language.generated);
}

/** Puts fresh stubs in the place of the committed ones; files that are no longer generated go. */
export function replaceStubs(language: ClientLanguage): void {
  withFreshStubs(language, (fresh) => {
    rmSync(committedStubs(language), { recursive: true, force: true });
    cpSync(fresh, committedStubs(language), { recursive: true });
  });
}
