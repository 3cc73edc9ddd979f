// Runs the programs of other languages' toolchains, and tells a failure of theirs from a registry that cannot be reached.

import { spawnSync } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that ran and failed, with what it printed. */
export class ProgramFailure extends Error {
  constructor(
    readonly command: string,
    readonly output: string,
    ended: string,
  ) {
    super(`${command} ${ended}\n${output.trim()}`);
  }

  /** Whether it failed because a registry could not be reached: then there is nothing to mend here. */
  get unreachable(): boolean {
    return unreachable.test(this.output);
  }
}

/** What pip, go, mvn and cargo print when there is no network, no name service or no answer. */
const unreachable = new RegExp(
  [
    'name resolution',
    'could not (?:resolve host|connect to)',
    'failed to (?:resolve|connect)',
    'no such host',
    'unknown host',
    'network is unreachable',
    'no route to host',
    'connection refused',
    'connection reset',
    'connect(?:ion)? timed? ?out',
    'read timed out',
    'i/o timeout',
    'operation timed out',
    'failed to establish a new connection',
    'newconnectionerror',
    // Maven: what it asked for and was told does not exist, it "could not find".
    'transfer failed for',
    'could not transfer',
    // pip, when no index answers: the packages it is asked for do exist.
    'from versions: none',
  ].join('|'),
  'i',
);

/** The longest a download or a compilation may take: ten times what the slowest takes on two cores with empty caches. */
const timeoutMs = 600_000;

/** Runs a program to its end, at low priority, and gives its output. Throws a ProgramFailure. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): string {
  // Tests that measure time may run beside a compilation.
  const [program, ...rest] = process.platform === 'win32' ? [command, ...args] : ['nice', '-n', '10', command, ...args];
  const { status, signal, stdout, stderr, error } = spawnSync(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    timeout: timeoutMs,
  });
  if (status === 0) return stdout;
  const ended = error ? error.message : `ended with ${signal ?? status}`;
  throw new ProgramFailure([command, ...args].join(' '), `${stdout ?? ''}${stderr ?? ''}`, ended);
}

/** Says what to install if a program is not there or is too old; undefined if it will do. */
export function missing(
  command: string,
  args: readonly string[],
  oldest: readonly [major: number, minor: number],
  what: string,
): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 });
  const found = status === 0 ? /(\d+)\.(\d+)/.exec(`${stdout}${stderr}`) : null;
  if (!found) return `needs ${what}`;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const enough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return enough ? undefined : `needs ${what}; found ${found[0]}`;
}
