// Each client has a smoke program: the same steps, the same lines. Its README says how to run it; that is done here as it stands
// there, with the language's own toolchain, against a real server. A language whose toolchain or packages are not to be had is a
// named skip.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { clientFolder, projectRoot } from '../../scripts/clients/client-language';
import type { ClientLanguage } from '../../scripts/clients/client-language';
import { ProgramFailure } from '../../scripts/clients/program';
import { committedStubs, withFreshStubs } from '../../scripts/clients/stubs';
import { boot } from '../support/boot';
import { describeIf } from '../support/skips';
import { tempDir } from '../support/temp-dir';
import { staleViolations } from '../support/tidy-rules';

/** A first build compiles gRPC for the language: up to a minute of two cores, which other tests use at the same time. */
const buildTimeoutMs = 600_000;

/** What the smoke program prints against a fresh server: a line for each step that went well. */
const lines = [
  'ok create projects/default/tasks/t1',
  'ok create projects/default/tasks/t2',
  'ok create projects/default/tasks/t3',
  'ok get TASK_STATE_PENDING',
  'ok list 3',
  'ok watch task.created',
  'ok error NOT_FOUND projects/default/tasks/no-such-task',
  'ok error FIELD_INVALID task.title',
];

/** What it prints then where it also works as an agent. */
export const agentLines = ['ok claim projects/default/tasks/t1', 'ok complete TASK_STATE_SUCCEEDED'];

/**
 * Declares the tests of one client. `more` are the lines that its smoke program prints after those of all. `environment` tells its tools by variables where to put what they build: into the folder
 * that it is given, or into a cache, but not into the checkout.
 */
export function testClient(
  language: ClientLanguage,
  environment: (folder: string) => Record<string, string>,
  more: readonly string[] = [],
): void {
  const { lack, failure } = prepare(language);
  describeIf(lack === undefined, lack ?? '', `the ${language.name} client`, () => {
    beforeAll(() => {
      if (failure) throw failure;
    });

    it(
      'its committed stubs are what its generators make of the protos',
      () => {
        const committed = treeOf(committedStubs(language));
        expect(withFreshStubs(language, (fresh) => staleViolations(committed, treeOf(fresh)))).toEqual([]);
        expect(committed.size).toBeGreaterThan(0);
      },
      buildTimeoutMs,
    );

    it(
      'its smoke program, run as the README says, works against a real server',
      async () => {
        const { address } = await boot();
        const variables = { ...environment(tempDir()), HOLDFAST_ADDRESS: address };
        expect(await shell(tryIt(language), variables)).toEqual([...lines, ...more]);
      },
      buildTimeoutMs,
    );
  });
}

/** What to skip for, or what the tests are to fail with. Tests are declared at once, so that it cannot wait for them. */
function prepare(language: ClientLanguage): { lack?: string; failure?: Error } {
  const lack = language.lacks();
  if (lack !== undefined) return { lack };
  try {
    language.fetch();
    return {};
  } catch (error) {
    if (error instanceof ProgramFailure && error.unreachable) return { lack: 'needs a registry for its packages' };
    return { failure: error as Error };
  }
}

/** The block of commands in the README of a client. */
function tryIt(language: ClientLanguage): string {
  const readme = readFileSync(join(clientFolder(language.name), 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  expect(blocks).toHaveLength(1);
  return blocks[0]![1]!;
}

/** Runs commands in the project's folder and gives the lines that they printed, without colours. */
async function shell(script: string, variables: Record<string, string>): Promise<string[]> {
  const local = '127.0.0.1,localhost';
  const env = { ...process.env, no_proxy: local, NO_PROXY: local, ...variables };
  const child = spawn('nice', ['-n', '10', 'sh', '-e'], { cwd: projectRoot, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(script);
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`ended with ${code}\n${output}${errors}`);
  return stripVTControlCharacters(output).trim().split('\n');
}

function treeOf(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
