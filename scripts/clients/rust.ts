import { join } from 'node:path';
import { cacheFolder } from './cache';
import type { ClientLanguage } from './client-language';
import { clientFolder } from './client-language';
import { missing, ProgramFailure, run } from './program';

const folder = clientFolder('rust');

/** Runs cargo on the client. What it builds lies in the cache, so that the next run compiles little. */
export function cargo(args: readonly string[]): string {
  return run('cargo', args, { cwd: folder, env: { CARGO_TARGET_DIR: targetFolder() } });
}

/** Where cargo's builds are. */
export function targetFolder(): string {
  return cacheFolder('rust', [join(folder, 'Cargo.lock')]);
}

/** tonic-prost-build in a small program of ours: it reads the descriptor set, so that no protoc is needed. */
export const rust: ClientLanguage = {
  name: 'rust',
  generated: 'src/gen',

  lacks: () => missing('cargo', ['--version'], [1, 88], 'Rust 1.88 or newer, by rustup'),

  fetch() {
    try {
      cargo(['fetch', '--quiet', '--locked', '--offline']);
    } catch (error) {
      if (!(error instanceof ProgramFailure)) throw error;
      cargo(['fetch', '--quiet', '--locked']);
    }
  },

  generate(set, work) {
    const out = join(work, 'out');
    cargo(['run', '--quiet', '--locked', '--offline', '--package', 'holdfast-codegen', '--', set, out]);
    return out;
  },
};
