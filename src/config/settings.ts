// The settings: names, forms, defaults and words. docs/configuration.md has them as a table.

import { z } from 'zod';

/** The server's configuration, frozen. */
export interface Config {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly socket: string;
  readonly tcp: boolean;
  readonly allowRemote: boolean;
  readonly logLevel: LogLevel;
  /** Rows. */
  readonly cacheSize: number;
  readonly operationTimeoutMs: number;
  readonly watchStallTimeoutMs: number;
  readonly drainTimeoutMs: number;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** One setting. */
export interface Setting {
  /** Its name in the file. */
  readonly name: string;
  /** PERSISTENCE_ and this. */
  readonly env: string;
  readonly schema: z.ZodType;
  readonly fallback: string | number | boolean;
  /** Whether `serve` takes it as a flag. */
  readonly flag: boolean;
  readonly text: string;
}

const FORM = {
  text: z.string().min(1, 'must not be empty'),
  flag: z.preprocess(
    (value) => ({ true: true, '1': true, yes: true, false: false, '0': false, no: false })[String(value).toLowerCase()],
    z.boolean({ error: 'must be true or false' }),
  ),
  whole: (min: number, max: number) => {
    const error = `must be a whole number from ${min} to ${max}`;
    return z.preprocess(
      (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value),
      z.number({ error }).int(error).min(min, error).max(max, error),
    );
  },
  duration: (minMs: number, maxMs: number) => {
    const error = `must be a duration from ${minMs}ms to ${maxMs / 1000}s, such as 500ms, 30s or 30000`;
    return z.preprocess(milliseconds, z.number({ error }).min(minMs, error).max(maxMs, error));
  },
};

function milliseconds(value: unknown): unknown {
  const match = /^(\d+)(ms|s|m)?$/.exec(String(value));
  if (!match) return value;
  return Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[(match[2] ?? 'ms') as 'ms' | 's' | 'm'];
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** All settings, in the order in which they are shown. */
export const settings: Readonly<Record<keyof Config, Setting>> = {
  dir: {
    name: 'dir',
    env: 'DIR',
    schema: FORM.text,
    fallback: '.holdfast',
    flag: true,
    text: 'The data directory, relative to where the server starts. One server at a time.',
  },
  host: {
    name: 'host',
    env: 'HOST',
    schema: FORM.text,
    fallback: '127.0.0.1',
    flag: true,
    text: 'The address to listen on. Any but a loopback address needs `allowRemote`.',
  },
  port: {
    name: 'port',
    env: 'PORT',
    schema: FORM.whole(0, 65_535),
    fallback: 7420,
    flag: true,
    text: 'The port to listen on; 0 takes any free one.',
  },
  socket: {
    name: 'socket',
    env: 'SOCKET',
    schema: z.string(),
    fallback: '',
    flag: true,
    text: 'The path of a Unix socket to listen on too; only its owner may connect.',
  },
  tcp: {
    name: 'tcp',
    env: 'TCP',
    schema: FORM.flag,
    fallback: true,
    flag: false,
    text: 'Whether to listen on host and port; false needs a socket.',
  },
  allowRemote: {
    name: 'allowRemote',
    env: 'ALLOW_REMOTE',
    schema: FORM.flag,
    fallback: false,
    flag: true,
    text: 'Whether other machines may connect. Holdfast does not ask who is calling.',
  },
  logLevel: {
    name: 'logLevel',
    env: 'LOG_LEVEL',
    schema: z.preprocess(
      (value) => String(value).toLowerCase(),
      z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }),
    ),
    fallback: 'info',
    flag: true,
    text: `How much to log: ${LEVELS.join(', ')}. \`PERSISTENCE_DEBUG=true\` means debug where no level is set.`,
  },
  cacheSize: {
    name: 'cacheSize',
    env: 'CACHE_SIZE',
    schema: FORM.whole(0, 10_000_000),
    fallback: 50_000,
    flag: false,
    text: 'Rows to keep in memory; never more than 24 MB.',
  },
  operationTimeoutMs: {
    name: 'operationTimeout',
    env: 'OPERATION_TIMEOUT',
    schema: FORM.duration(100, 3_600_000),
    fallback: 30_000,
    flag: false,
    text: 'How long a unary call may take. ReadEvents may wait longer.',
  },
  watchStallTimeoutMs: {
    name: 'watchStallTimeout',
    env: 'WATCH_STALL_TIMEOUT',
    schema: FORM.duration(100, 3_600_000),
    fallback: 30_000,
    flag: false,
    text: 'How long the reader of a watch may read nothing before it ends with SLOW_CONSUMER.',
  },
  drainTimeoutMs: {
    name: 'drainTimeout',
    env: 'DRAIN_TIMEOUT',
    schema: FORM.duration(0, 3_600_000),
    fallback: 10_000,
    flag: false,
    text: 'How long a stopping server waits for open calls.',
  },
};

/** Reads a word such as `true`, `1` or `no`. */
export const flagForm = FORM.flag;
