// A TCP proxy that breaks connections: after so many bytes of the server's, or at once.

import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

const open: CuttingProxy[] = [];

afterEach(() => {
  for (const proxy of open.splice(0)) proxy.close();
});

export class CuttingProxy {
  /** How many bytes of the server's a new connection passes on before it breaks; undefined for all. */
  budget: () => number | undefined = () => undefined;
  /** How many connections were broken for their bytes. */
  cuts = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: () => number,
  ) {}

  /** A proxy to a port of this machine. */
  static async start(target: () => number): Promise<CuttingProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new CuttingProxy(server, target);
    server.on('connection', (socket) => proxy.join(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push(proxy);
    return proxy;
  }

  /** What a client dials. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private join(client: Socket): void {
    const server = connect({ port: this.target(), host: '127.0.0.1', noDelay: true });
    let left = this.budget() ?? Infinity;
    const end = (): void => {
      client.destroy();
      server.destroy();
      this.sockets.delete(client);
      this.sockets.delete(server);
    };
    for (const socket of [client, server]) {
      this.sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    client.pipe(server);
    server.on('data', (bytes) => {
      const passed = bytes.subarray(0, left);
      left -= passed.length;
      if (left === 0) {
        this.cuts++;
        client.write(passed, end);
      } else if (!client.write(passed)) {
        server.pause();
        client.once('drain', () => server.resume());
      }
    });
  }
}
