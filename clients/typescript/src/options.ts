// What `connect` takes: defaults, checks, and what cannot be meant.

import type { ChannelCredentials } from '@grpc/grpc-js';

/** Certificates for TLS, each as PEM. Without `rootCertificates` those of the system are trusted. */
export interface TlsOptions {
  readonly rootCertificates?: Buffer;
  /** The client's own key and certificates, for servers that ask for them. Both or none. */
  readonly privateKey?: Buffer;
  readonly certificateChain?: Buffer;
}

/** An agent's session: who calls, beside the principal of the connection. */
export interface SessionOptions {
  readonly name: string;
  readonly token: string;
}

/** Where the server is, and how to call it. */
export interface ConnectOptions {
  /** `HOST:PORT` or `unix:PATH`. Default `127.0.0.1:7420`. */
  readonly address?: string;
  /** The project that bare task ids belong to. Default `default`. */
  readonly project?: string;
  /** `true`, or certificates. Without it the address must be of this machine, or `insecure` must be set. */
  readonly tls?: boolean | TlsOptions;
  /** Send everything in the clear to another machine. Only for a network that is trusted. */
  readonly insecure?: boolean;
  /** Credentials of grpc-js instead of `tls` and `insecure`. */
  readonly credentials?: ChannelCredentials;
  /** Sent with every call as `holdfast-session`. */
  readonly session?: SessionOptions;
  /** More metadata for every call. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** How long one try of a call may take, in milliseconds. Default 30,000. At most 24 days. */
  readonly timeoutMs?: number;
  /** How long a call is tried again while no server answers or it is overloaded, in milliseconds. Default 10,000; 0 for never. */
  readonly retryForMs?: number;
}

/** What `connect` was told, checked and completed. */
export interface ResolvedOptions {
  readonly address: string;
  /** Whether the server is on this machine. */
  readonly local: boolean;
  readonly project: string;
  readonly tls: TlsOptions | undefined;
  readonly credentials: ChannelCredentials | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly retryForMs: number;
}

/** A name or a token as metadata carries it: `NAME;TOKEN`. */
const SESSION_PART = /^[\x21-\x3a\x3c-\x7e]+$/;
/** What the server itself allows a call by default. */
const TIMEOUT_DEFAULT_MS = 30_000;
/** Long enough for a server to restart and recover after a crash. */
const RETRY_FOR_DEFAULT_MS = 10_000;
/** grpc-js fails a call at once when its deadline is further away than a timer can wait, 2^31 ms. */
export const TIMEOUT_MAX_MS = 24 * 24 * 3600 * 1000;

/** Checks what `connect` was told. Throws TypeError or RangeError, naming the option. */
export function resolveOptions(options: ConnectOptions): ResolvedOptions {
  const { address = '127.0.0.1:7420', project = 'default', tls, session, timeoutMs = TIMEOUT_DEFAULT_MS } = options;
  const { retryForMs = RETRY_FOR_DEFAULT_MS } = options;
  mustBeTime('timeoutMs', timeoutMs, 1);
  mustBeTime('retryForMs', retryForMs, 0);
  if (address === '') throw new TypeError('options.address is empty: give HOST:PORT or unix:PATH');
  if (project === '' || project.includes('/')) {
    throw new TypeError(`options.project is ${JSON.stringify(project)}: give a project's id, without "projects/"`);
  }
  const local = isLocal(address);
  if (!tls && !options.credentials && !options.insecure && !local) {
    throw new TypeError(
      `options.address is ${address}, another machine: set options.tls, or options.insecure if the network is trusted`,
    );
  }
  if (session && !(SESSION_PART.test(session.name) && SESSION_PART.test(session.token))) {
    throw new TypeError('options.session: name and token are printable ASCII without spaces and semicolons');
  }
  return {
    address,
    local,
    project,
    tls: tls === true ? {} : tls || undefined,
    credentials: options.credentials,
    metadata: {
      ...options.metadata,
      ...(session ? { 'holdfast-session': `${session.name};${session.token}` } : {}),
    },
    timeoutMs,
    retryForMs,
  };
}

/** Refuses a time that is no number of milliseconds within bounds. */
export function mustBeTime(name: string, ms: number, minMs: number): void {
  if (ms >= minMs && ms <= TIMEOUT_MAX_MS) return;
  throw new RangeError(`${name} is ${ms}: give milliseconds, from ${minMs} to ${TIMEOUT_MAX_MS}`);
}

function isLocal(address: string): boolean {
  return /^(unix:|localhost(:|$)|127(\.\d+){3}(:|$)|\[::1\](:|$)|(ipv4:|dns:)?127\.0\.0\.1(:|$))/.test(address);
}
