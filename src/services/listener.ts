// Sockets that the server takes connections from. grpc-js could bind ports itself, but then nothing bounds the number of
// connections, nothing can end them all, and a Unix socket keeps the permissions of the umask.

import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { chmodSync, existsSync, lstatSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where to listen: a TCP address (port 0: any free one), or the path of a Unix socket. */
export type Endpoint = { readonly host: string; readonly port: number } | { readonly path: string };

/** A configuration that the server does not start with; the message says why and what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** Connections at a time: each costs memory before it has asked for anything. */
const CONNECTIONS_MAX = 1024;
/** How long a socket file may take to answer before it counts as stale, in milliseconds. */
const ANSWER_TIMEOUT_MS = 1000;
/** Only the owner may connect. */
const SOCKET_MODE = 0o600;

/** Whether only programs of this machine reach the host. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Throws CannotListen for an endpoint that other machines reach, unless that is allowed. */
export function mustBeAllowed(endpoints: readonly Endpoint[], allowRemote: boolean): void {
  for (const endpoint of endpoints) {
    if ('path' in endpoint || allowRemote || isLoopback(endpoint.host)) continue;
    throw new CannotListen(
      `${endpoint.host} can be reached from other machines, and Holdfast does not ask who is calling: ` +
        'whoever reaches the port can read and change everything. ' +
        'To start all the same, pass --allow-remote or set PERSISTENCE_ALLOW_REMOTE=true; ' +
        'else leave out --host, which listens on this machine only.',
    );
  }
}

/** One open listening socket and its connections. */
export class Listener {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    /** `127.0.0.1:7420`, or `unix:PATH`: what a client takes as the address. */
    readonly address: string,
    /** Where it listens, with the port that it got. */
    readonly endpoint: Endpoint,
  ) {}

  /** Listens and hands each connection to `take`. Throws CannotListen. */
  static async open(endpoint: Endpoint, take: (socket: Socket) => void): Promise<Listener> {
    if ('path' in endpoint) await clearStale(endpoint.path);
    const server = createServer({ noDelay: true });
    server.maxConnections = CONNECTIONS_MAX;
    await listen(server, endpoint);
    const bound = server.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    const got = 'path' in endpoint ? endpoint : { host: endpoint.host, port };
    const listener = new Listener(server, addressOf(endpoint, port), got);
    server.on('connection', (socket) => {
      listener.sockets.add(socket);
      socket.once('close', () => listener.sockets.delete(socket));
      take(socket);
    });
    return listener;
  }

  /** Takes no more connections; those that are open go on. */
  close(): void {
    this.server.close();
  }

  /** Ends all connections at once. */
  destroy(): void {
    this.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

function addressOf(endpoint: Endpoint, port: number): string {
  if ('path' in endpoint) return `unix:${endpoint.path}`;
  return endpoint.host.includes(':') ? `[${endpoint.host}]:${port}` : `${endpoint.host}:${port}`;
}

function listen(server: Server, endpoint: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CannotListen(problem(endpoint, error))));
    server.once('listening', resolve);
    if (!('path' in endpoint)) {
      server.listen(endpoint.port, endpoint.host);
      return;
    }
    // The file appears within the call, so no other moment sees the narrow umask, nor the socket without it.
    const umask = process.umask(0o777 & ~SOCKET_MODE);
    try {
      server.listen(endpoint.path, () => chmodSync(endpoint.path, SOCKET_MODE));
    } finally {
      process.umask(umask);
    }
  });
}

function problem(endpoint: Endpoint, { code, message }: NodeJS.ErrnoException): string {
  const where = 'path' in endpoint ? endpoint.path : `${endpoint.host}:${endpoint.port}`;
  if (code === 'EADDRINUSE') return `${where} is in use: another server is running there, or choose another port`;
  // The system says so of a socket in a directory that is not there, too.
  if ('path' in endpoint && !existsSync(dirname(endpoint.path)))
    return `cannot make ${where}: its directory does not exist`;
  if (code === 'EACCES') return `${where} may not be used by this user`;
  return `cannot listen on ${where}: ${message}`;
}

/** Removes a socket file that nobody answers on. Refuses one that is answered, and a file that is no socket. */
async function clearStale(path: string): Promise<void> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isSocket()) throw new CannotListen(`${path} exists and is not a socket: it is left alone`);
  if (await answers(path)) throw new CannotListen(`${path} is in use: another server answers there`);
  unlinkSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const done = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => done(true));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
