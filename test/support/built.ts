import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The server and command line as they are run: dist/main.js, built from the present source. */
export function builtProgram(): string {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/setup.js')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
  return join(root, 'dist/main.js');
}
