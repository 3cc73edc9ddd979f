// What every command that calls a server is told: by flags first, by the environment next.

import type { Command } from 'commander';
import type { CliContext } from './context';
import { usage } from './failure';
import type { Actor } from './session/actor';
import { actorOf, projectOf } from './session/actor';
import { uuidV7 } from './uuid';

export type OutputForm = 'table' | 'brief' | 'json';

export interface Settings {
  /** What the program says that it is: the journal keeps it with each change. */
  readonly program?: string;
  /** What grpc-js dials: `HOST:PORT` or `unix:PATH`. */
  readonly server: string;
  readonly project: string;
  readonly form: OutputForm;
  /** For one attempt of one call. */
  readonly timeoutMs: number;
  /** How long a call is tried again while no server answers. */
  readonly retryForMs: number;
  readonly requestId: string;
  readonly validateOnly: boolean;
  /** The session that the command acts as, whether its token is known or not; undefined for none. */
  readonly actor: Actor | undefined;
  /** `NAME;TOKEN` of that session; undefined where the token is not known. */
  readonly session: string | undefined;
  /** Who calls, as `--mine` means it. */
  readonly agent: string | undefined;
}

interface GlobalFlags {
  server?: string;
  project?: string;
  session?: string;
  json?: boolean;
  brief?: boolean;
  timeout?: string;
  retryFor?: string;
  requestId?: string;
  validateOnly?: boolean;
}

/** Long enough for a server to restart and recover after a crash; docs/guarantees.md gives its bounds. */
const retryForDefaultMs = 10_000;
/** What the server itself allows a call by default. */
const timeoutDefaultMs = 30_000;
/** grpc-js fails at once when a deadline is further away than a timer can wait (2^31 ms). */
const timeoutMaxMs = 24 * 24 * 3600 * 1000;

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Adds the flags that every command takes. */
export function addGlobalFlags(program: Command): Command {
  return program
    .option('--server <address>', 'HOST:PORT or unix:PATH (PERSISTENCE_HOST, _PORT, _SOCKET; else 127.0.0.1:7420)')
    .option('--project <id>', 'the project that ids belong to (default: the session\'s, else "default")')
    .option('--session <id>', 'act as this session (else HOLDFAST_SESSION, else AGENT_SESSION_ID)')
    .option('--json', 'canonical ProtoJSON, one message a line')
    .option('--brief', 'one short line a task')
    .option('--timeout <duration>', 'give one attempt at most this long: 500ms, 30s, 5m', '30s')
    .option('--retry-for <duration>', 'try again this long while no server answers; 0s: not at all (default: "10s")')
    .option('--request-id <uuid>', 'repeat an earlier command: it applies at most once')
    .option('--validate-only', 'say what would happen, and change nothing');
}

export function readSettings(command: Command, context: CliContext, retryForMs = retryForDefaultMs): Settings {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const { env } = context;
  if (flags.json && flags.brief) throw usage('--json and --brief exclude each other');
  if (flags.requestId !== undefined && !uuidShape.test(flags.requestId)) throw usage('--request-id must be a UUID');
  const timeoutMs = parseDurationMs('--timeout', flags.timeout, timeoutDefaultMs);
  if (timeoutMs === 0 || timeoutMs > timeoutMaxMs) throw usage('--timeout must be above 0 and at most 24 days');
  const server = flags.server === undefined ? serverOf(env) : checkAddress(flags.server);
  const actor = actorOf(env, server, flags.project || undefined, flags.session);
  return {
    program: programOf(command),
    server,
    project: flags.project || (actor && projectOf(actor.name)) || 'default',
    form: flags.json ? 'json' : flags.brief ? 'brief' : 'table',
    timeoutMs,
    retryForMs: parseDurationMs('--retry-for', flags.retryFor, retryForMs),
    requestId: flags.requestId?.toLowerCase() ?? uuidV7(),
    validateOnly: flags.validateOnly ?? false,
    actor,
    session: actor?.token === undefined ? undefined : `${actor.name};${actor.token}`,
    agent: env['AGENT_ID'] || undefined,
  };
}

/** `holdfast-cli/0.5.0`. */
function programOf(command: Command): string {
  let root = command;
  while (root.parent) root = root.parent;
  const version = root.version();
  return version === undefined ? 'holdfast-cli' : `holdfast-cli/${version}`;
}

function serverOf(env: CliContext['env']): string {
  if (env['PERSISTENCE_SOCKET']) return `unix:${env['PERSISTENCE_SOCKET']}`;
  const host = env['PERSISTENCE_HOST'] || '127.0.0.1';
  const wildcard: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const dialled = wildcard[host] ?? host;
  return checkAddress(`${dialled.includes(':') ? `[${dialled}]` : dialled}:${env['PERSISTENCE_PORT'] || '7420'}`);
}

function checkAddress(address: string): string {
  if (address.startsWith('unix:') && address.length > 'unix:'.length) return address;
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^:[\]/\s]+):(\d{1,5})$/.exec(address)?.[1]);
  if (port > 0 && port < 65536) return address;
  throw usage(`"${address.slice(0, 80)}" is no server address`, 'Give HOST:PORT, [IPV6]:PORT or unix:PATH.');
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration such as 500ms, 30s, 5m, 2h, 3d into milliseconds; `absentMs` if there is none. */
export function parseDurationMs(flag: string, text: string | undefined, absentMs: number): number {
  if (text === undefined) return absentMs;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  if (!match) throw usage(`${flag} must be a duration such as 500ms, 30s or 5m`);
  return Math.round(Number(match[1]) * unitMs[match[2]!]!);
}
